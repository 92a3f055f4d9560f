"""Replies that are shown while they are written: asked for piece by piece, and put together as if they had come whole.

Nothing behind the door sees the difference: what is kept, judged and counted is the reply that would have come in
one piece, and a stream that ends early is a broken connection. Only whoever listens hears it grow.
"""

import json
from collections.abc import Callable
from typing import Final, cast

import httpx2

from summarizer.llm.arrivals import MAX_REPLY_BYTES, read_whole
from summarizer.llm.wires.base import field, parsed

__all__ = ["UNWILLING", "Listener", "as_stream", "read_stream"]

Listener = Callable[[str], None]
"""Told the text of a reply so far, each time it has grown."""

UNWILLING: Final = frozenset({400, 422})
"""Statuses by which a service may say that it does not stream, or not to this account."""

_END: Final = "[DONE]"


def as_stream(request: httpx2.Request) -> httpx2.Request:
    """The same request for a reply in pieces, with its tokens counted in the last one."""
    body = {**json.loads(request.content), "stream": True, "stream_options": {"include_usage": True}}
    headers = [item for item in request.headers.multi_items() if item[0].lower() != "content-length"]
    content = json.dumps(body).encode()
    return httpx2.Request(
        request.method, request.url, headers=headers, content=content, extensions=request.extensions
    )


async def read_stream(request: httpx2.Request, response: httpx2.Response, listener: Listener) -> bytes | None:
    """The body that would have come in one piece; None when it is longer than is read.

    Args:
        request: That it answers.
        response: Not read yet. One that is no stream of events is read as it is.
        listener: Told the text so far, piece by piece.

    Raises:
        httpx2.HTTPError: the connection broke, or the stream ended before the reply did.
    """
    if "text/event-stream" not in response.headers.get("content-type", ""):
        return await read_whole(response)
    response.request = request
    reply, size = _Reply(), 0
    try:
        async for event in httpx2.EventSource(response):
            size += len(event.data)
            if size > MAX_REPLY_BYTES:
                return None
            if event.data.strip() == _END:
                break
            if reply.take(parsed(event.data.encode())):
                listener(reply.text)
    finally:
        await response.aclose()
    if not reply.finished:
        raise httpx2.RemoteProtocolError("the stream ended before the reply did")
    return json.dumps(reply.body).encode()


class _Reply:
    """The first choice of a reply, as it grows; other fields are as the last piece that has them says."""

    def __init__(self) -> None:
        self._fields: dict[str, object] = {}
        self._refusal = ""
        self._finish: object = None
        self.text = ""

    @property
    def finished(self) -> bool:
        """Whether the model, or an error, has ended it."""
        return bool(self._finish or self._fields.get("error"))

    @property
    def body(self) -> dict[str, object]:
        """As the reply would have come in one piece."""
        if self._fields.get("error"):
            return self._fields
        message = {"role": "assistant", "content": self.text, "refusal": self._refusal or None}
        choice = {"index": 0, "message": message, "finish_reason": self._finish}
        return {**self._fields, "object": "chat.completion", "choices": [choice]}

    def take(self, piece: object) -> bool:
        """Add a piece, and say whether the text has grown."""
        if not isinstance(piece, dict):
            return False
        fields = cast("dict[str, object]", piece)
        self._fields |= {name: value for name, value in fields.items() if value}
        choices: object = field(fields, "choices")
        choice = cast("list[object]", choices)[0] if isinstance(choices, list) and choices else None
        delta: object = field(choice, "delta")
        self._finish = field(choice, "finish_reason") or self._finish
        said, declined = field(delta, "content"), field(delta, "refusal")
        self._refusal += declined if isinstance(declined, str) else ""
        self.text += said if isinstance(said, str) else ""
        return isinstance(said, str) and bool(said)
