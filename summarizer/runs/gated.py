"""A keeper behind a gate: requests leave no faster than the limits of a run allow."""

from typing import Final

from summarizer.llm.gate import Gate, Ticket
from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.usage import Sent

__all__ = ["GatedKeeper"]

_FIRST_GUESS: Final = 2000
"""Tokens of a request, before any was counted."""
_SMOOTH: Final = 0.05
"""Weight of each request in the running mean."""
_TOO_MANY: Final = 429


class GatedKeeper:
    """Lets each request through the gate, and tells the gate what it took.

    Args:
        inner: Keeps requests and replies.
        gate: Of the run.
    """

    def __init__(self, inner: Keeper, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate
        self._mean = float(_FIRST_GUESS)
        self._tickets: dict[tuple[int, int], Ticket] = {}

    async def recall(self, key: str) -> Kept | None:
        """What is kept passes no gate."""
        return await self._inner.recall(key)

    async def sending(self, key: str, row: Sent, worst_usd: float | None) -> None:
        """Wait for one's turn, then tell."""
        self._tickets[row.call, row.attempt] = await self._gate.enter(round(self._mean))
        await self._inner.sending(key, row, worst_usd)

    async def received(self, key: str, row: Sent, reply: Kept) -> None:
        """Pass it on."""
        await self._inner.received(key, row, reply)

    async def judged(self, key: str, row: Sent) -> None:
        """Settle what was reserved; slow down where the provider asked for it."""
        ticket = self._tickets.pop((row.call, row.attempt), None)
        if ticket is not None and row.tokens is not None:
            total = row.tokens.input + row.tokens.output
            self._mean += _SMOOTH * (total - self._mean)
            ticket.settle(total)
        self._gate.learn(rpm=row.rpm, tpm=row.tpm)
        if row.status == _TOO_MANY:
            # The door heeds the wait that was asked for.
            self._gate.throttled()
        await self._inner.judged(key, row)

    async def disown(self, key: str) -> None:
        """Pass it on."""
        await self._inner.disown(key)
