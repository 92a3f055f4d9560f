"""One call to a service as it is at home: the fake stands in as the proxy on the way there, and says it is a fake."""

from dataclasses import dataclass
from typing import Any

from summarizer.llm import ModelRef
from tests.llm.asking import Asked, ask
from tests.llm.fake_server import FakeServer, Received, Say

__all__ = ["GOOD_TEXT", "KEY", "PROMPT", "AtHome", "at_home", "message", "refusal_of"]

KEY = "sk-secret-key"
PROMPT = "On Tuesday the harbour authority of Porto Novo closed the northern quay to every vessel."
GOOD_TEXT = '{"city": "Lisbon", "year": 1755}'

HOMES = {
    "openai": "http://api.openai.com/v1",
    "azure": "http://fake-resource.openai.azure.com",
    "anthropic": "http://api.anthropic.com",
    "gemini": "http://generativelanguage.googleapis.com/v1beta/openai",
    "mistral": "http://api.mistral.ai/v1",
    "openrouter": "http://openrouter.ai/api/v1",
}


@dataclass(frozen=True)
class AtHome:
    """What came of a call, and what the service was sent."""

    asked: Asked
    requests: list[Received]

    @property
    def sent(self) -> Received:
        """The first request."""
        return self.requests[0]


def at_home(model: str, *script: Say, **options: Any) -> AtHome:
    """Ask a model under its service's own address, in plain HTTP so that the fake on the way can read it."""
    provider, _, name = model.partition("/")
    with FakeServer(*script) as server:
        proxy = server.base_url.removesuffix("/v1")
        place = {"base_url": HOMES[provider], "proxy": proxy, "user": PROMPT, **options}
        asked = ask(server, ref=ModelRef(provider, name), **place)
    return AtHome(asked, server.requests)


def message(text: str | None = GOOD_TEXT, *, stop: str = "end_turn", **fields: Any) -> Say:
    """A reply in Anthropic's form: 40 tokens read, 60 from the cache and 10 put there, 20 written."""
    thoughts = {"type": "thinking", "thinking": "It is a fake.", "signature": "none"}
    body = {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": "fake-model",
        "content": [thoughts, {"type": "text", "text": text}] if text is not None else [],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 40,
            "cache_creation_input_tokens": 10,
            "cache_read_input_tokens": 60,
            "output_tokens": 20,
        },
    }
    return Say(body={**body, **fields}, headers={"request-id": "req_fake"})


def refusal_of(kind: str, words: str, status: int) -> Say:
    """An error in Anthropic's form."""
    return Say(status=status, body={"type": "error", "error": {"type": kind, "message": words}})
