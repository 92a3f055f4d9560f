"""What keeps requests and replies beyond this process: the reply cache, the store of a run.

A keeper stands in the one door through which requests leave. It is told of a request before it is sent and of its
reply before anyone has judged it, so neither a crash nor a bug in the validation loses what was paid for.
"""

from dataclasses import dataclass
from typing import Protocol

from summarizer.llm.usage import Outcome, Sent

__all__ = ["Keeper", "Kept"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply as the provider gave it."""

    body: bytes
    """Uncompressed, unjudged."""
    model: str
    """As `provider/name`, for people who look into the store."""
    outcome: Outcome | None = None
    """What it was judged to be; None when nobody had judged it yet, as after a crash."""


class Keeper(Protocol):
    """Keeps replies by the digest of everything that shaped them.

    All methods may wait on a disk; none may block the event loop.
    """

    async def recall(self, key: str) -> Kept | None:
        """The reply kept under this key; None when there is none, or none that may be used again."""
        ...

    async def sending(self, key: str, row: Sent, worst_usd: float | None) -> None:
        """A request is about to leave; on return it is on disk, with the most that it may cost."""
        ...

    async def received(self, key: str, row: Sent, reply: Kept) -> None:
        """A whole reply has come, under a good status; on return it is on disk."""
        ...

    async def judged(self, key: str, row: Sent) -> None:
        """What became of the request: its outcome, tokens, cost. Called for requests without a reply too.

        An outcome other than `complete`, `repaired` or `malformed` is never to be recalled.
        """
        ...

    async def disown(self, key: str) -> None:
        """A recalled reply turned out useless: the row is damaged, or our reading of it has changed."""
        ...
