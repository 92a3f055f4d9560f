"""Errors of other services, restated as OpenAI would have put them, so that one place turns all of them into ours."""

import re
from typing import Final, cast

import httpx2
import openai

from summarizer.llm.wires.base import field

__all__ = ["restated"]

_CODES: Final = (
    (
        re.compile(
            r"prompt is too long|token count .{0,40}exceeds|maximum context|context window", re.IGNORECASE
        ),
        "context_length_exceeded",
    ),
    (re.compile(r"credit balance|insufficient credits", re.IGNORECASE), "insufficient_quota"),
    (
        re.compile(r"invalid model|not a valid model|deployment .{0,60}does not exist", re.IGNORECASE),
        "model_not_found",
    ),
    (re.compile(r"api key not valid|api key expired", re.IGNORECASE), "invalid_api_key"),
)
"""Causes that a service tells in words only, and OpenAI's codes for them."""

_TYPES: Final = {"billing_error": "insufficient_quota", "DeploymentNotFound": "model_not_found"}
_STATUS: Final = {"invalid_api_key": 401}
"""What a service says under another status."""
_BAD_REQUEST: Final = frozenset({400, 404, 413, 422})
_COUNT: Final = re.compile(r"\d[\d,]{2,}")
_PLAIN: Final = re.compile(r"\d tokens")


def restated(response: httpx2.Response, body: object) -> openai.APIStatusError:
    """The error that OpenAI's client would have raised, had OpenAI refused for the same cause.

    Args:
        response: As received.
        body: The JSON of the reply or its `error`, in a list or not; or the text of a page.
    """
    first = cast("list[object]", body)[0] if isinstance(body, list) and body else cast("object", body)
    inner = cast("object", field(first, "error") or first)
    words = _words(field(inner, "message") or field(inner, "detail"))
    if not isinstance(inner, dict):
        return openai.APIStatusError(words, response=response, body=inner)
    fields = cast("dict[str, object]", inner)
    if response.status_code not in _BAD_REQUEST:
        return openai.APIStatusError(words, response=response, body=fields)
    named, kind = fields.get("code"), fields.get("type")
    code = _TYPES.get(str(named)) or _TYPES.get(str(kind)) or _code(words) or named
    if isinstance(code, str) and code in _STATUS:
        response = httpx2.Response(_STATUS[code], headers=response.headers, request=response.request)
    counts = _counts(words) if code == "context_length_exceeded" else {}
    plain = {**fields, "message": words, "code": code, **counts}
    return openai.APIStatusError(words, response=response, body=plain)


def _code(words: str) -> str | None:
    return next((code for pattern, code in _CODES if pattern.search(words)), None)


def _words(message: object) -> str:
    """A message; Mistral lists what is wrong with each field in the place of one."""
    details: object = field(message, "detail") or message
    if isinstance(details, list):
        texts = (field(detail, "msg") for detail in cast("list[object]", details))
        return "; ".join(text for text in texts if isinstance(text, str))
    return details if isinstance(details, str) else ""


def _counts(words: str) -> dict[str, int]:
    """How long a prompt is and may be, as llama.cpp would say it; nothing where the words are OpenAI's."""
    counts = [int(count.replace(",", "")) for count in _COUNT.findall(words)][:2]
    if len(set(counts)) < 2 or len(_PLAIN.findall(words)) > 1:  # noqa: PLR2004 -- a prompt and a window
        return {}
    return {"n_prompt_tokens": max(counts), "n_ctx": min(counts)}
