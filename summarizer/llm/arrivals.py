"""What comes back from a server: read within bounds, and told apart from what no model has said."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, Literal

import httpx2

from summarizer.llm.wires.base import Seen, parsed
from summarizer.types import Tokens

__all__ = [
    "MAX_REPLY_BYTES",
    "estimate",
    "is_good",
    "is_unpaid",
    "read_whole",
    "restated",
    "see",
    "told_limit",
]

MAX_REPLY_BYTES: Final = 8 * 2**20
"""Longest reply that is read, uncompressed."""

NOT_JSON: Final = "not JSON"

_REFRAMED: Final = ("content-encoding", "content-length", "transfer-encoding")
_BYTES_A_TOKEN: Final = 4
_MINUTE_LIMITS: Final = ("x-ratelimit-limit-{}", "anthropic-ratelimit-{}-limit")
"""Headers in which OpenAI, those who speak like it, and Anthropic tell an account's limit of `requests` or `tokens`."""


def see(status: int, body: bytes | None, worth: Callable[[object], Seen]) -> Seen:
    """Tell a reply that a model gave from a page, an error or nothing under a good status.

    Args:
        status: As received.
        body: Uncompressed; None when it was longer than is read.
        worth: What the protocol makes of the JSON of a good reply.
    """
    if body is None:
        return Seen(status=502, fault="longer than 8 MB")
    if not is_good(status):
        return Seen(status=status)
    data = parsed(body)
    if data is None and body.strip() != b"null":
        return Seen(status=502, fault=NOT_JSON)
    seen = worth(data)
    return replace(seen, status=status) if is_good(seen.status) else seen


async def read_whole(response: httpx2.Response) -> bytes | None:
    """The body, uncompressed; None when it is longer than is read."""
    body = bytearray()
    try:
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > MAX_REPLY_BYTES:
                return None
    finally:
        await response.aclose()
    return bytes(body)


def restated(request: httpx2.Request, response: httpx2.Response, seen: Seen, body: bytes) -> httpx2.Response:
    """The reply as the client library should see it: whole, plain, and under the status it deserves."""
    headers = [item for item in response.headers.multi_items() if item[0].lower() not in _REFRAMED]
    return httpx2.Response(seen.status, headers=headers, content=body, request=request)


def estimate(sent: bytes, body: bytes) -> Tokens:
    """Tokens of a request and its reply, where the provider does not count."""
    return Tokens(input=len(sent) // _BYTES_A_TOKEN, cached=0, output=len(body) // _BYTES_A_TOKEN)


def is_unpaid(status: int, body: bytes | None, seen: Seen) -> bool:
    """Whether a reply that counts no tokens was certainly free: an error, or the page of a gateway.

    A reply under a good status that is damaged or too long to be read may well be a model's.
    """
    damaged = body is None or (
        seen.fault == NOT_JSON and bool(body.strip()) and not body.lstrip().startswith(b"<")
    )
    return not (is_good(status) and damaged)


def told_limit(headers: Mapping[str, str], what: Literal["requests", "tokens"]) -> float | None:
    """How many a minute the provider says it lets through; None where it says nothing, or nothing sensible.

    Some tell a day's limit under the same name: that is too large to hold anything up.
    """
    for name in _MINUTE_LIMITS:
        with suppress(ValueError):
            limit = float(headers.get(name.format(what), ""))
            if math.isfinite(limit) and limit > 0:
                return limit
    return None


def is_good(status: int) -> bool:
    """Whether a status means success."""
    return 200 <= status < 300  # noqa: PLR2004 -- HTTP success
