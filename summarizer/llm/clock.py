"""Time as the waits of this package see it, so that a test can hand in a clock of its own."""

import asyncio
import time
from typing import Final, Protocol

from summarizer.llm.replay import is_replaying

__all__ = ["REAL", "Clock"]


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class _Real:
    def __init__(self) -> None:
        self._skipped = 0.0

    def now(self) -> float:
        return time.monotonic() + self._skipped

    async def sleep(self, seconds: float) -> None:
        # A recording answers at once what it answered late when it was made.
        # Time moves on all the same, or whoever waits for a moment would ask again and again.
        if is_replaying():
            self._skipped += seconds
        await asyncio.sleep(0 if is_replaying() else seconds)


REAL: Final[Clock] = _Real()
