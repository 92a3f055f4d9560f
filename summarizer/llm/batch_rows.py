"""Lines of the files of OpenAI's Batch endpoint: a request a line goes in, a reply or an error a line comes out."""

import json
from dataclasses import dataclass
from typing import Final

from summarizer.llm.wires.base import field, parsed

__all__ = ["ENDPOINT", "UNDONE", "Row", "line_of", "read_line", "undone"]

ENDPOINT: Final = "/v1/chat/completions"
"""What each line asks of the provider, whatever address the files are sent to."""
UNDONE: Final = 408
"""Status of a request that its batch came to an end without: nobody was asked, nothing is owed."""

_UNDONE_CODES: Final = frozenset({"batch_expired", "batch_cancelled"})
_BROKEN: Final = 502
_FAILED: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one request of a batch, as HTTP would have brought it."""

    key: str
    """The `custom_id` that it was handed in with."""
    status: int
    body: bytes


def line_of(key: str, body: bytes) -> bytes:
    """A request as a line of the input file.

    Args:
        key: Its `custom_id`.
        body: The JSON of an ordinary request; a line break in it can only stand between two of its parts.
    """
    head = json.dumps({"custom_id": key, "method": "POST", "url": ENDPOINT})
    return head[:-1].encode() + b', "body": ' + body.replace(b"\n", b" ").replace(b"\r", b" ") + b"}\n"


def read_line(line: str) -> Row | None:
    """What a line of the output or the error file says; None when it is about no request."""
    data = parsed(line.encode())
    key: object = field(data, "custom_id")
    if not isinstance(key, str):
        return None
    response: object = field(data, "response")
    if response is None:
        return _failed(key, field(data, "error"))
    status, body = field(response, "status_code"), field(response, "body")
    if not isinstance(status, int) or body is None:
        return Row(key, _BROKEN, b'{"error": {"message": "a row without a reply"}}')
    return Row(key, status, json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def undone(key: str, message: str) -> Row:
    """A request that its batch came to an end without."""
    return Row(key, UNDONE, json.dumps({"error": {"code": "batch_expired", "message": message}}).encode())


def _failed(key: str, error: object) -> Row:
    """A request that never became one over HTTP."""
    code, message = field(error, "code"), field(error, "message")
    status = UNDONE if code in _UNDONE_CODES else _FAILED
    return Row(key, status, json.dumps({"error": {"code": code, "message": message or ""}}).encode())
