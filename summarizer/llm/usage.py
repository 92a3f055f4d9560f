"""What was sent and what it cost: the journal of requests, and the sums drawn from it.

A row is written when its request leaves and replaced when its reply has been judged, so a request that was
cut off in between stays in the journal as `unknown`: it may have been paid for.
"""

import asyncio
import itertools
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, Literal, TypeVar

from summarizer.types import Tokens

__all__ = ["NO_TOKENS", "Call", "Journal", "Outcome", "Reply", "Sent", "Usage"]

T = TypeVar("T")

NO_TOKENS: Final = Tokens(input=0, cached=0, output=0)

Outcome = Literal[
    "unknown", "complete", "repaired", "malformed", "refused", "filtered", "truncated", "rejected", "failed"
]
"""What became of a request.

`repaired`: complete once a fence or words around the JSON were dropped; `malformed`: not of the shape asked for;
`rejected`: the provider will not serve it; `failed`: a fault that another attempt might not meet.
"""

_call_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request."""

    call: int
    """Requests of the same call share this number; no two calls of a process do."""
    name: str
    """What the call was for: the name of the pass."""
    attempt: int
    """From 1 within its call, re-asks included."""
    reason: Literal["first", "retry", "reask"] = "first"
    """Why it was sent: `retry` after a fault, `reask` after a reply that could not be used."""
    recalled: bool = False
    """Answered by a kept reply: nothing was sent, nothing paid."""
    status: int | None = None
    """HTTP status as received; None when there was no reply."""
    fault: str | None = None
    """Why the reply could not be used, when the status does not say it."""
    retry_after_s: float | None = None
    """How long the provider asked us to wait."""
    rpm: float | None = None
    """Requests a minute that the provider says it lets through."""
    tpm: float | None = None
    """Tokens a minute, likewise."""
    tokens: Tokens | None = None
    """As counted by the provider; None when there was no reply to count."""
    written: int = 0
    """How many of the input tokens the provider put into its cache, where it charges for that."""
    estimated: bool = False
    """Whether the tokens are our estimate, because the provider did not say."""
    seconds: float = 0.0
    outcome: Outcome = "unknown"
    cost_usd: float | None = None


class Journal:
    """Requests, in the order in which they were sent.

    Args:
        most: How many rows are kept, and of older ones only the sum; None for all.
    """

    def __init__(self, *, most: int | None = None) -> None:
        self._rows: dict[tuple[int, int], Sent] = {}
        self._most = most
        self._before: Usage | None = None

    def write(self, row: Sent) -> None:
        """Add a row, or put what became of a request in the place of its row."""
        self._rows[row.call, row.attempt] = row
        if self._most is not None and len(self._rows) > self._most:
            self._let_go()

    @property
    def rows(self) -> tuple[Sent, ...]:
        """The rows that are kept."""
        return tuple(self._rows.values())

    @property
    def usage(self) -> "Usage":
        """The sum of all rows so far."""
        kept = Usage.of(self.rows)
        return kept if self._before is None else self._before + kept

    def _let_go(self) -> None:
        # One that is still under way would come back, and count twice.
        oldest = next((key for key, row in self._rows.items() if row.outcome != "unknown"), None)
        if oldest is not None:
            self._before = (self._before or Usage()) + _usage(self._rows.pop(oldest))


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What some requests took; sums with `+`."""

    requests: int = 0
    """Every request sent, failed ones included."""
    retries: int = 0
    """Requests sent again after a fault of network or provider."""
    reasks: int = 0
    """Requests sent again because the reply could not be used."""
    recalled: int = 0
    """Questions answered by a kept reply, without a request."""
    tokens: Tokens = NO_TOKENS
    estimated: bool = False
    """Whether some tokens are an estimate."""
    cost_usd: float | None = 0.0
    """None when the price of one of them is unknown."""
    seconds: float = 0.0
    """Spent on requests, one after the other; waits between them are not counted."""

    @classmethod
    def of(cls, rows: Iterable[Sent]) -> "Usage":
        """Sum rows of a journal."""
        return sum((_usage(row) for row in rows), cls())

    def __add__(self, other: "Usage") -> "Usage":
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            requests=self.requests + other.requests,
            retries=self.retries + other.retries,
            reasks=self.reasks + other.reasks,
            recalled=self.recalled + other.recalled,
            tokens=_sum_tokens(self.tokens, other.tokens),
            estimated=self.estimated or other.estimated,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
            seconds=self.seconds + other.seconds,
        )


@dataclass(frozen=True)
class Reply(Generic[T]):
    """A validated answer and what it took, failed and repeated attempts included."""

    value: T
    usage: Usage


class Call:
    """The requests of one question, written into every journal that wants them."""

    def __init__(
        self,
        name: str,
        journals: Iterable[Journal],
        *,
        max_tokens: int,
        listener: Callable[[str], None] | None = None,
    ) -> None:
        self.listener = listener
        """Told the text of each reply as it grows, where the service can send it piece by piece."""
        self.max_tokens = max_tokens
        """Longest reply that is asked for."""
        self.key = ""
        """Under which the reply to the last request is kept."""
        self.deadline: asyncio.Timeout | None = None
        """What ends the call."""
        self.recalled_outcome: Outcome | None = None
        """What the kept reply that answered last had been judged to be."""
        self._own = Journal()
        self._journals = (self._own, *journals)
        self._blank = Sent(call=next(_call_numbers), name=name, attempt=0)
        self._reason: Literal["first", "retry", "reask"] = "first"
        self.last = self._blank
        self.extended_s = 0.0
        """By how much its deadline was put off."""
        self.useless: set[str] = set()
        """Keys of its requests whose replies could not be used."""
        self.anew = False
        """Whether kept replies are passed over, because the one there was is useless."""

    def draft(self, *, recalled: bool = False, free: bool = False) -> Sent:
        """The row of a request that may leave next, or of one that a kept reply answers; not entered yet."""
        row = replace(self._blank, attempt=self.last.attempt + 1, reason=self._reason, recalled=recalled)
        return replace(row, cost_usd=0.0) if recalled or free else row

    def enter(self, row: Sent) -> None:
        """Enter a request that leaves now."""
        self._reason = "retry"
        self._write(row)

    def ask_again(self) -> None:
        """The reply could not be used: the next request is a re-ask."""
        self._reason = "reask"

    def settle(self, **facts: Any) -> None:
        """Say what became of the last request, in the fields of `Sent`."""
        self._write(replace(self.last, **facts))

    @contextmanager
    def unhurried(self) -> Generator[None]:
        """Inside this block the deadline stands still: a server of ours is being fetched or started."""
        when = self.deadline.when() if self.deadline else None
        if self.deadline is None or when is None:
            yield
            return
        loop = asyncio.get_running_loop()
        started = loop.time()
        self.deadline.reschedule(None)
        try:
            yield
        finally:
            self.extended_s += loop.time() - started
            self.deadline.reschedule(when + loop.time() - started)

    @property
    def failures(self) -> int:
        """How many of its requests met a fault that another attempt might not meet, besides that of being too many."""
        return sum(row.outcome == "failed" and row.status != 429 for row in self._own.rows)  # noqa: PLR2004

    @property
    def usage(self) -> Usage:
        """What the call took so far."""
        return self._own.usage

    def _write(self, row: Sent) -> None:
        self.last = row
        for journal in self._journals:
            journal.write(row)


def _usage(row: Sent) -> Usage:
    if row.recalled:
        return Usage(recalled=1)
    return Usage(
        requests=1,
        retries=int(row.reason == "retry"),
        reasks=int(row.reason == "reask"),
        tokens=row.tokens or NO_TOKENS,
        estimated=row.estimated,
        cost_usd=row.cost_usd,
        seconds=row.seconds,
    )


def _sum_tokens(one: Tokens, two: Tokens) -> Tokens:
    return Tokens(input=one.input + two.input, cached=one.cached + two.cached, output=one.output + two.output)
