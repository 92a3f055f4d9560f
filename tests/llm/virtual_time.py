"""Time that passes only as far as somebody waits for it: many waiters at once, and no real second."""

import asyncio
import heapq
import itertools
from collections.abc import Coroutine
from typing import Any

__all__ = ["Time", "TimeAsClock"]

_MOST_IDLE = 1000


class Time:
    """A clock that only the sleepers move: it jumps to the next one's end once nobody can run any more."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def clock(self) -> float:
        """Seconds since the test began."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has jumped that far."""
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), future))
        await future

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work to its end."""
        asyncio.run(self._run(work))

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task, idle = asyncio.ensure_future(work), 0
        while not task.done():
            # As many turns as a chain of waiters needs to come to rest.
            for _ in range(20):
                await asyncio.sleep(0)
            idle = 0 if self._sleepers else idle + 1
            assert idle < _MOST_IDLE, "somebody waits, and nobody is left to wake them"
            if self._sleepers and not task.done():
                self.now, _, sleeper = heapq.heappop(self._sleepers)
                if not sleeper.done():
                    sleeper.set_result(None)
        await task


class TimeAsClock:
    """The same, in the form in which the core wants a clock."""

    def __init__(self, time: Time) -> None:
        self._time = time

    def now(self) -> float:
        """Seconds since the test began."""
        return self._time.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the time has jumped that far."""
        await self._time.sleep(seconds)
