"""Anthropic's messages, with a schema that is enforced while the reply is written.

Errors leave here as those of OpenAI's client, so that one place turns both into ours. Imported only once a request is
to be sent, because what stands below it is slow to import.
"""

from typing import Any, ClassVar, Final, cast

import anthropic
import httpx2
import instructor
import openai

from summarizer.llm import dialects
from summarizer.llm.providers import Provider
from summarizer.llm.wires.base import Asked, Said, Seen, count, field
from summarizer.llm.wires.restating import restated
from summarizer.types import Tokens

__all__ = ["AnthropicMessages"]

_NO_KEY: Final = "none"
"""Without a key the client would look for one in files and in the environment."""

_CUT: Final = frozenset({"max_tokens", "model_context_window_exceeded"})
_FINAL_WITHOUT_TEXT: Final = _CUT | {"refusal"}


class AnthropicMessages:
    """Messages over one HTTP client."""

    streams: ClassVar[bool] = False

    def __init__(self, provider: Provider, *, key: str | None, http_client: httpx2.AsyncClient) -> None:
        self._provider = provider
        self._anthropic = anthropic.AsyncAnthropic(
            api_key=key or _NO_KEY,
            base_url=provider.base_url,
            timeout=http_client.timeout,
            max_retries=0,
            http_client=http_client,
        )
        self._client = instructor.from_anthropic(self._anthropic, mode=instructor.Mode[provider.mode])

    async def ask(self, asked: Asked) -> Said:
        """Send one request.

        Instructor's own ways of asking for a shape are a tool, which a model that thinks may not be made to call, and
        an instruction that nothing enforces; so the schema goes beside the messages, and the shape not to Instructor.
        """
        schema = dialects.schema_for(asked.shape, self._provider.dialect)
        messages = [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]
        try:
            message: object = await self._client.create(
                response_model=None,
                messages=cast("Any", messages),
                max_retries=0,
                model=asked.model,
                max_tokens=asked.max_tokens,
                output_config={"format": {"type": "json_schema", "schema": schema}},
                extra_body=dict(asked.sampling) or None,
            )
        except anthropic.APIStatusError as error:
            raise restated(error.response, error.body) from error
        except anthropic.APIConnectionError as error:
            raise openai.APIConnectionError(request=error.request) from (error.__cause__ or error)
        except anthropic.APIError as error:
            raise openai.APIError(type(error).__name__, error.request, body=None) from error
        return _said(message)

    @staticmethod
    def worth(data: object) -> Seen:
        """Tell a reply that a model gave from an error or nothing under a good status."""
        usage: object = field(data, "usage")
        tokens = _tokens(usage)
        if field(data, "type") == "error":
            return Seen(status=502, fault="an error under status 200", tokens=tokens)
        blocks: object = field(data, "content")
        whole = isinstance(blocks, list)
        spoken = whole and (
            bool(tokens and tokens.output) or bool(_words(cast("list[object]", blocks)).strip())
        )
        final = whole and field(data, "stop_reason") in _FINAL_WITHOUT_TEXT
        fault = None if spoken or final else "an empty message" if whole else "no message"
        written = count(usage, "cache_creation_input_tokens")
        return Seen(status=502 if fault else 200, fault=fault, tokens=tokens, written=written)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._anthropic.close()


def _said(message: object) -> Said:
    data = cast("anthropic.types.Message", message).model_dump(mode="json", warnings=False)
    words, stop = _words(cast("list[object]", data.get("content") or [])), data.get("stop_reason")
    if stop == "refusal":
        reason: object = field(data.get("stop_details"), "explanation")
        return Said(refusal=words or (reason if isinstance(reason, str) else "") or "it gives no reason")
    return Said(text=words, finish="length" if stop in _CUT else "whole")


def _words(blocks: list[object]) -> str:
    """What was said; thoughts stand in blocks of their own."""
    texts = (field(block, "text") for block in blocks if field(block, "type") == "text")
    return "".join(text for text in texts if isinstance(text, str))


def _tokens(usage: object) -> Tokens | None:
    """Anthropic counts what it read from its cache, and what it put there, apart from the other input."""
    if usage is None:
        return None
    cached = count(usage, "cache_read_input_tokens")
    anew = count(usage, "input_tokens") + count(usage, "cache_creation_input_tokens")
    return Tokens(input=anew + cached, cached=cached, output=count(usage, "output_tokens"))
