"""The one door through which every request leaves: it journals each, and sees what the reply is worth.

Imported only once a request is to be sent, because the HTTP client behind it is slow to import.
"""

import json
import time
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import httpx2

from summarizer.llm.retry import asked_wait
from summarizer.llm.usage import Call
from summarizer.types import Tokens

__all__ = ["CALL", "MAX_REPLY_BYTES", "JournalingTransport", "Seen", "see"]

MAX_REPLY_BYTES: Final = 8 * 2**20
"""Longest reply that is read, uncompressed."""

CALL: ContextVar[Call] = ContextVar("CALL")
"""The call on whose behalf a request is sent."""

_REFRAMED: Final = ("content-encoding", "content-length", "transfer-encoding")

_FINAL_WITHOUT_TEXT: Final = frozenset({"length", "content_filter"})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a reply is worth, seen from the outside."""

    status: int
    """As it should have been: a page or an error that came with status 200 is a gateway's fault."""
    fault: str | None = None
    tokens: Tokens | None = None


class JournalingTransport(httpx2.AsyncBaseTransport):
    """Sends requests over a network or a Unix socket, and enters each in the journals of its call."""

    def __init__(self, *, uds: Path | None = None, proxy: str | None = None) -> None:
        # Another class of transport would be out of reach of the recorder, which patches this one.
        self._inner = httpx2.AsyncHTTPTransport(uds=str(uds) if uds else None, proxy=proxy)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request, and read its reply to the end."""
        call = CALL.get()
        call.send()
        started = time.perf_counter()
        fault: str | None = "cut off"
        try:
            response = await self._inner.handle_async_request(request)
            body = await _read(response)
            fault = None
        except httpx2.HTTPError as error:
            fault = type(error).__name__
            call.settle(outcome="failed")
            raise
        finally:
            call.settle(seconds=time.perf_counter() - started, fault=fault)
        seen = see(response.status_code, body)
        call.settle(
            status=response.status_code,
            fault=seen.fault,
            tokens=seen.tokens,
            retry_after_s=asked_wait(response.headers),
        )
        return _restated(request, response, seen, body or b"")

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


def see(status: int, body: bytes | None) -> Seen:
    """Tell a reply that a model gave from a page, an error or nothing under a good status.

    Args:
        status: As received.
        body: Uncompressed; None when it was longer than is read.
    """
    if body is None:
        return Seen(status=502, fault="longer than 8 MB")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return Seen(status=502, fault="not JSON") if _good(status) else Seen(status=status)
    tokens = _tokens(data)
    if not _good(status):
        return Seen(status=status, tokens=tokens)
    if error := _get(data, "error"):
        code = _get(error, "code")
        known = isinstance(code, int) and not _good(code) and 400 <= code < 600  # noqa: PLR2004 -- HTTP errors
        return Seen(
            status=cast("int", code) if known else 502, fault="an error under status 200", tokens=tokens
        )
    fault = _emptiness(data)
    return Seen(status=502 if fault else status, fault=fault, tokens=tokens)


async def _read(response: httpx2.Response) -> bytes | None:
    body = bytearray()
    try:
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > MAX_REPLY_BYTES:
                return None
    finally:
        await response.aclose()
    return bytes(body)


def _restated(request: httpx2.Request, response: httpx2.Response, seen: Seen, body: bytes) -> httpx2.Response:
    headers = [item for item in response.headers.multi_items() if item[0].lower() not in _REFRAMED]
    return httpx2.Response(seen.status, headers=headers, content=body, request=request)


def _good(status: int) -> bool:
    return 200 <= status < 300  # noqa: PLR2004 -- HTTP success


def _emptiness(data: object) -> str | None:
    choices = _get(data, "choices")
    if not isinstance(choices, list) or not choices:
        return "no choices"
    choice = cast("list[object]", choices)[0]
    message = _get(choice, "message")
    if not isinstance(message, dict):
        return "no message"
    content = _get(cast("object", message), "content")
    if isinstance(content, str) and content.strip():
        return None
    if _get(cast("object", message), "refusal") or _get(choice, "finish_reason") in _FINAL_WITHOUT_TEXT:
        return None
    return "an empty message"


def _tokens(data: object) -> Tokens | None:
    """As OpenAI counts them, or else as llama.cpp does: `cache_n` were cached, `prompt_n` were read anew."""
    usage: object = _get(data, "usage")
    timings: object = _get(data, "timings")
    details: object = _get(usage, "prompt_tokens_details")
    cached = _count(details, "cached_tokens", _count(timings, "cache_n"))
    timed_input = _count(timings, "cache_n") + _count(timings, "prompt_n")
    if usage is None and timings is None:
        return None
    return Tokens(
        input=_count(usage, "prompt_tokens", timed_input),
        cached=cached,
        output=_count(usage, "completion_tokens", _count(timings, "predicted_n")),
    )


def _count(data: object, key: str, default: int = 0) -> int:
    value: object = _get(data, key)
    return value if isinstance(value, int) and value >= 0 else default


def _get(data: object, key: str) -> Any:
    return cast("dict[str, Any]", data).get(key) if isinstance(data, dict) else None
