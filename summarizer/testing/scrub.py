"""What of an exchange is kept: an allow-list, so that a header nobody thought of is never recorded."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import JsonValue

from summarizer.errors import CassetteError
from summarizer.testing.recording import ORIGIN, Headers, JsonBody, Reply, Request, body_of

__all__ = ["ORIGIN", "REPLY_HEADERS", "REQUEST_HEADERS", "scrubbed_reply", "scrubbed_request"]

REQUEST_HEADERS = re.compile(r"content-type")
REPLY_HEADERS = re.compile(r"content-type|retry-after(-ms)?")

SECRET_PARAMETERS = re.compile(r"(api[-_]?|access[-_]?)?(key|token)|sig|signature", re.IGNORECASE)

STEADY: dict[str, JsonValue] = {"id": "recorded", "created": 0, "system_fingerprint": "recorded"}
"""Fields of a chat completion that say when and where it was made, and what stands in their place."""

STEADY_TIMINGS = ("cache_n", "prompt_n", "predicted_n")
"""What llama.cpp counts; the rest of its `timings` is milliseconds."""


def scrubbed_request(method: str, uri: str, headers: Mapping[str, str], body: bytes) -> Request:
    """The part of a request that is matched and kept.

    Raises:
        CassetteError: the body is not JSON.
    """
    address = urlsplit(uri)
    query = [
        (k, v)
        for k, v in parse_qsl(address.query, keep_blank_values=True)
        if not SECRET_PARAMETERS.fullmatch(k)
    ]
    kept = body_of(body)
    if kept is not None and not isinstance(kept, JsonBody):
        raise CassetteError(
            f"only requests with a JSON body can be recorded or replayed, and this {method} {address.path} has none",
            hint="Send it outside the cassette.",
        )
    return Request(
        method=method,
        uri=ORIGIN + address.path + ("?" + urlencode(query) if query else ""),
        headers=_kept({name: [value] for name, value in headers.items()}, REQUEST_HEADERS),
        body=kept,
    )


def scrubbed_reply(status: int, reason: str, headers: Mapping[str, Sequence[str]], body: bytes) -> Reply:
    """The part of a reply that is kept; its body uncompressed, its volatile fields made steady.

    Raises:
        CassetteError: the body is not compressed the way its header says.
    """
    kept = body_of(_uncompressed(headers, body))
    if isinstance(kept, JsonBody):
        kept = JsonBody(json=_steady(kept.tree))
    return Reply(status=status, reason=reason, headers=_kept(headers, REPLY_HEADERS), body=kept)


def _kept(headers: Mapping[str, Sequence[str]], allowed: re.Pattern[str]) -> Headers:
    low = {name.lower(): list(values) for name, values in headers.items()}
    return {name: low[name] for name in sorted(low) if allowed.fullmatch(name)}


def _uncompressed(headers: Mapping[str, Sequence[str]], body: bytes) -> bytes:
    import httpx2

    pairs = [(name, value) for name, values in headers.items() for value in values]
    try:
        return httpx2.Response(200, headers=pairs, content=body).content
    except httpx2.DecodingError as error:
        raise CassetteError(f"a reply to be recorded cannot be uncompressed: {error}") from error


def _steady(tree: JsonValue) -> JsonValue:
    """A chat completion without what changes on every run; any other JSON as it is."""
    if not isinstance(tree, dict) or "choices" not in tree:
        return tree
    steady = {name: STEADY.get(name, value) for name, value in tree.items()}
    timings = steady.get("timings")
    if isinstance(timings, dict):
        steady["timings"] = {name: timings[name] for name in STEADY_TIMINGS if name in timings}
    return steady
