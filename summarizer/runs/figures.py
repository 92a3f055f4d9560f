"""How far a run is: counted while it goes on, and shown to whoever watches."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from summarizer.llm.usage import Usage
from summarizer.runs.board import Board, Posted
from summarizer.runs.items import Result

__all__ = ["Figures", "Silent", "Tally", "Watcher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A run at one moment.

    Attributes:
        done: Articles briefed, those of earlier starts included.
        failed: Articles that have an error instead, likewise.
        kept: Of both, those that an earlier start had.
        total: Articles of the input; None while nobody knows.
        seconds: Since this start.
        usage: What this start has sent.
        posted: How its post stands, where requests are posted.
    """

    done: int
    failed: int
    kept: int
    total: int | None
    seconds: float
    usage: Usage
    posted: Posted | None = None

    @property
    def made(self) -> int:
        """Articles that this start has brought to an end."""
        return self.done + self.failed - self.kept

    @property
    def left(self) -> int | None:
        """Articles without a result."""
        return None if self.total is None else max(0, self.total - self.done - self.failed)

    @property
    def a_minute(self) -> float:
        """Articles a minute, over this start."""
        return 60 * self.made / self.seconds if self.seconds else 0.0

    @property
    def eta_s(self) -> float | None:
        """Seconds until the end, if it goes on like this."""
        return self.left * self.seconds / self.made if self.made and self.left is not None else None

    @property
    def projected_usd(self) -> float | None:
        """What this start will have cost at its end, if it goes on like this."""
        cost = self.usage.cost_usd
        if cost is None or not self.made or self.left is None:
            return None
        return cost * (self.made + self.left) / self.made


class Watcher(Protocol):
    """Told how a run goes; must not block."""

    def started(self, unknown: int, unknown_usd: float | None) -> None:
        """It begins; so many requests of an earlier start may have been paid for without an answer."""
        ...

    def ended(self, result: Result) -> None:
        """An article has its result, now or kept from an earlier start (then without its briefing)."""
        ...

    def figures(self, figures: Figures) -> None:
        """So far it is now; called now and then."""
        ...


class Silent:
    """Watches without a word."""

    def started(self, unknown: int, unknown_usd: float | None) -> None:
        """Say nothing."""

    def ended(self, result: Result) -> None:
        """Say nothing."""

    def figures(self, figures: Figures) -> None:
        """Say nothing."""


class Tally:
    """Counts results.

    Args:
        usage: What has been sent so far.
        board: Of the post, where requests are posted.
        clock: Seconds, from anywhere.
    """

    def __init__(
        self,
        usage: Callable[[], Usage],
        *,
        board: Board | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._board = board
        self._usage = usage
        self._clock = clock
        self._started = clock()
        self._done = self._failed = self._kept = 0
        self.total: int | None = None

    def add(self, result: Result) -> None:
        """Count a result."""
        self._failed += result.error is not None
        self._done += result.error is None
        self._kept += result.kept

    @property
    def figures(self) -> Figures:
        """So far."""
        return Figures(
            done=self._done,
            failed=self._failed,
            kept=self._kept,
            total=self.total,
            seconds=self._clock() - self._started,
            usage=self._usage(),
            posted=self._board.now if self._board else None,
        )
