"""Requests that are posted instead of sent: parked in the door until somebody brings their replies, hours later.

The door, the journals, the keeper and the budget see an ordinary request. Only the price and the time differ.
"""

from dataclasses import dataclass
from typing import Protocol

import httpx2

from summarizer.errors import SummarizerError
from summarizer.llm.door import CALL
from summarizer.llm.network import Connections, Network
from summarizer.llm.streaming import Listener
from summarizer.llm.usage import Sent

__all__ = ["Answered", "Post", "PostNetwork"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came back by post.

    Attributes:
        status: HTTP status that the request met.
        body: Of the reply, as HTTP would have brought it.
        error: Why there is neither, and will not be.
        unpaid: Whether an error came before the request was handed in.
    """

    status: int = 0
    body: bytes = b""
    error: SummarizerError | None = None
    unpaid: bool = False


class Post(Protocol):
    """Hands requests in, many at a time, and brings the replies."""

    @property
    def share(self) -> float:
        """Of the usual price that a posted request costs."""
        ...

    async def answer(self, key: str, row: Sent, body: bytes) -> Answered:
        """Wait for the reply to a request.

        Args:
            key: Under which its reply is kept; equal requests have the same.
            row: Of the journal.
            body: JSON.
        """
        ...


class _PostConnections(Connections):
    def __init__(self, post: Post) -> None:
        super().__init__(None, None)
        self._post = post

    async def send(
        self,
        request: httpx2.Request,
        listener: Listener | None = None,  # noqa: ARG002 -- as in the class above
    ) -> tuple[httpx2.Response, bytes | None]:
        """Post a request, and wait for what comes back; nobody can listen to a reply that comes whole."""
        call = CALL.get()
        with call.unhurried():
            answered = await self._post.answer(call.key, call.last, request.content)
        if answered.error is not None:
            if answered.unpaid:
                call.settle(cost_usd=0.0)
            raise answered.error
        headers = {"content-type": "application/json"}
        return httpx2.Response(answered.status, headers=headers, request=request), answered.body


class PostNetwork(Network):
    """Where posted requests leave.

    Args:
        post: Hands them in.
    """

    def __init__(self, post: Post) -> None:
        super().__init__(proxy=None, opening=None)
        self._current = _PostConnections(post)
