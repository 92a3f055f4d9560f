"""OpenAI's chat completions, which most model services speak too.

Imported only once a request is to be sent, because what stands below it is slow to import.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

import httpx2
import instructor
from openai import AsyncOpenAI
from pydantic import BaseModel

from summarizer.llm import dialects
from summarizer.llm.providers import Provider, wording
from summarizer.llm.wires.base import Said, Seen, count, field
from summarizer.types import Tokens

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

__all__ = ["OpenAIChat"]

_NO_KEY: Final = "none"
"""Sent to servers that want no key, because the OpenAI client insists on one."""

_FINAL_WITHOUT_TEXT: Final = frozenset({"length", "content_filter"})


class OpenAIChat:
    """Chat completions over one HTTP client."""

    def __init__(self, provider: Provider, *, key: str | None, http_client: httpx2.AsyncClient) -> None:
        self._provider = provider
        self._openai = AsyncOpenAI(
            api_key=key or _NO_KEY,
            base_url=provider.base_url,
            timeout=http_client.timeout,
            max_retries=0,
            http_client=http_client,
        )
        if provider.elsewhere:
            # The client takes these from the environment; they are nobody's business but OpenAI's.
            self._openai.organization = self._openai.project = None
        self.client = instructor.from_openai(self._openai, mode=instructor.Mode[provider.mode])

    def options(
        self, model: str, shape: type[BaseModel], max_tokens: int, sampling: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The fields of a request besides its messages."""
        words = wording(self._provider, model)
        options: dict[str, Any] = {"model": model, words.max_tokens_field: max_tokens}
        if words.temperature is not None:
            options["temperature"] = words.temperature
        extra = dict(sampling)
        if self._provider.dialect == "openai-strict":
            # Instructor never asks for strict replies; what stands here replaces its own form of the schema.
            extra["response_format"] = _response_format(shape)
        if extra:
            options["extra_body"] = extra
        return options

    def said(self, completion: object) -> Said:
        """The first choice, which the door has seen to be there."""
        choice = cast("ChatCompletion", completion).choices[0]
        if choice.message.refusal:
            return Said(refusal=choice.message.refusal)
        if choice.finish_reason == "content_filter":
            return Said(finish="filter")
        text = choice.message.content or ""
        return Said(text=text, finish="length" if choice.finish_reason == "length" else "whole")

    @staticmethod
    def worth(data: object) -> Seen:
        """Tell a reply that a model gave from an error or nothing under a good status."""
        tokens = _tokens(data)
        if error := field(data, "error"):
            code = field(error, "code")
            known = isinstance(code, int) and 400 <= code < 600  # noqa: PLR2004 -- HTTP errors
            return Seen(
                status=cast("int", code) if known else 502, fault="an error under status 200", tokens=tokens
            )
        fault = _emptiness(data)
        return Seen(status=502 if fault else 200, fault=fault, tokens=tokens)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._openai.close()


@lru_cache(maxsize=64)
def _response_format(shape: type[BaseModel]) -> dict[str, Any]:
    return dialects.response_format(shape)


def _emptiness(data: object) -> str | None:
    choices = field(data, "choices")
    if not isinstance(choices, list) or not choices:
        return "no choices"
    choice = cast("list[object]", choices)[0]
    message = field(choice, "message")
    if not isinstance(message, dict):
        return "no message"
    content = field(cast("object", message), "content")
    if isinstance(content, str) and content.strip():
        return None
    if field(cast("object", message), "refusal") or field(choice, "finish_reason") in _FINAL_WITHOUT_TEXT:
        return None
    return "an empty message"


def _tokens(data: object) -> Tokens | None:
    """As OpenAI counts them, or else as llama.cpp does: `cache_n` were cached, `prompt_n` were read anew."""
    usage: object = field(data, "usage")
    timings: object = field(data, "timings")
    details: object = field(usage, "prompt_tokens_details")
    cached = count(details, "cached_tokens", count(timings, "cache_n"))
    timed_input = count(timings, "cache_n") + count(timings, "prompt_n")
    if usage is None and timings is None:
        return None
    return Tokens(
        input=count(usage, "prompt_tokens", timed_input),
        cached=cached,
        output=count(usage, "completion_tokens", count(timings, "predicted_n")),
    )
