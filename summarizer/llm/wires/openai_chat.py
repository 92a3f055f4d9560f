"""OpenAI's chat completions, which most model services speak too.

Imported only once a request is to be sent, because what stands below it is slow to import.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

import httpx2
import instructor
from instructor.core import IncompleteOutputException, InstructorRetryException
from openai import APIStatusError, AsyncOpenAI
from pydantic import BaseModel

from summarizer.llm import dialects
from summarizer.llm.providers import Provider, wording
from summarizer.llm.wires.base import Asked, Said, Seen, count, field
from summarizer.llm.wires.restating import restated
from summarizer.types import Tokens

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

__all__ = ["OpenAIChat"]

_NO_KEY: Final = "none"
"""Sent to servers that want no key, because the OpenAI client insists on one."""

_CUT: Final = frozenset({"length", "model_length"})
"""Mistral calls it otherwise when the window is full."""

_FINAL_WITHOUT_TEXT: Final = _CUT | {"content_filter"}


class OpenAIChat:
    """Chat completions over one HTTP client."""

    streams: ClassVar[bool] = True

    def __init__(self, provider: Provider, *, key: str | None, http_client: httpx2.AsyncClient) -> None:
        self._provider = provider
        self._openai = AsyncOpenAI(
            api_key=key or _NO_KEY,
            base_url=provider.base_url,
            timeout=http_client.timeout,
            max_retries=0,
            http_client=http_client,
        )
        if provider.name != "openai" or provider.elsewhere:
            # The client takes these from the environment; they are nobody's business but OpenAI's.
            self._openai.organization = self._openai.project = None
        self._client = instructor.from_openai(self._openai, mode=instructor.Mode[provider.mode])

    async def ask(self, asked: Asked) -> Said:
        """Send one request; an unfit reply is no error, because our own reading judges it."""
        messages = [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]
        try:
            _, completion = await self._client.chat.completions.create_with_completion(
                cast("Any", messages),
                response_model=_prepared(asked.shape),
                max_retries=0,
                **self._options(asked),
            )
        except IncompleteOutputException as error:
            completion = error.last_completion
        except InstructorRetryException as error:
            if not error.failed_attempts:
                raise _beneath(error) from _beneath(error).__cause__
            completion = error.failed_attempts[-1].completion
        return _said(cast("ChatCompletion", completion))

    def _options(self, asked: Asked) -> dict[str, Any]:
        """The fields of a request besides its messages."""
        words = wording(self._provider, asked.model)
        options: dict[str, Any] = {"model": asked.model, words.max_tokens_field: asked.max_tokens}
        if words.temperature is not None:
            options["temperature"] = words.temperature
        # Instructor never asks for strict replies; what stands here takes the place of its own form of the schema.
        format_ = dialects.response_format(asked.shape, self._provider.dialect)
        options["extra_body"] = {**self._provider.body, **asked.sampling, "response_format": format_}
        return options

    @staticmethod
    def worth(data: object) -> Seen:
        """Tell a reply that a model gave from an error or nothing under a good status."""
        tokens = _tokens(data)
        written = count(field(field(data, "usage"), "prompt_tokens_details"), "cache_write_tokens")
        if error := _error(data):
            code = field(error, "code")
            known = isinstance(code, int) and 400 <= code < 600  # noqa: PLR2004 -- HTTP errors
            return Seen(
                status=cast("int", code) if known else 502, fault="an error under status 200", tokens=tokens
            )
        # A model that wrote something, even in the wrong place, was asked and paid for: it is asked again, not insisted on.
        fault = None if tokens and tokens.output and _is_message(data) else _emptiness(data)
        return Seen(status=502 if fault else 200, fault=fault, tokens=tokens, written=written)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._openai.close()


@lru_cache(maxsize=32)
def _prepared(shape: type[BaseModel]) -> type[BaseModel]:
    """The class that Instructor would otherwise derive anew for every request, without the schema it is not to send."""
    prepared = instructor.response_schema(shape)
    # Made for every request, taken apart by the OpenAI client, and then replaced: half of the work of a request.
    setattr(prepared, "model_json_schema", dict)  # noqa: B010 - a class method in the eyes of a type checker
    return prepared


def _beneath(error: InstructorRetryException) -> BaseException:
    """What is not about the reply lies one cause deeper; errors of other services are put as OpenAI would."""
    cause = error.__cause__ or error
    return restated(cause.response, cause.body) if isinstance(cause, APIStatusError) else cause


def _said(completion: "ChatCompletion") -> Said:
    """The first choice, which the door has seen to be there."""
    choice = completion.choices[0]
    if choice.message.refusal:
        return Said(refusal=choice.message.refusal)
    if choice.finish_reason == "content_filter":
        return Said(finish="filter")
    cut = choice.finish_reason in _CUT
    return Said(text=_text(cast("object", choice.message.content)), finish="length" if cut else "whole")


def _text(content: object) -> str:
    """The words of a message; Mistral's thinking models give a list, in which the thoughts stand apart."""
    if isinstance(content, list):
        parts = (field(part, "text") for part in cast("list[object]", content))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _error(data: object) -> object:
    """An error under a good status, of the whole reply or of its one choice."""
    choice = _choice(data)
    return field(data, "error") or field(choice, "error") or field(choice, "finish_reason") == "error"


def _choice(data: object) -> object:
    choices: object = field(data, "choices")
    return cast("list[object]", choices)[0] if isinstance(choices, list) and choices else None


def _is_message(data: object) -> bool:
    return isinstance(field(_choice(data), "message"), dict)


def _emptiness(data: object) -> str | None:
    choice = _choice(data)
    if choice is None:
        return "no choices"
    message = field(choice, "message")
    if not isinstance(message, dict):
        return "no message"
    if _text(field(cast("object", message), "content")).strip():
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
