"""How fast requests may leave: requests and tokens a minute, kept by reservation and settlement.

Where no limit is known, or the known one proves too high, the provider's own complaints set the pace: more of them
than come at random cut the rate by a fifth, at most once a second, and quiet lets it grow again, step by step.
"""

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Gate", "Ticket"]

_BURST_S: Final = 1.0
"""Seconds of the rate that may leave at once."""
_CUT: Final = 0.8
_CUT_EVERY_S: Final = 1.0
"""Until a cut shows: what left before it comes back within this time."""
_STEP: Final = 0.02
"""Of the rate at the last cut, regained every second."""
_LOWEST: Final = 0.01
"""Requests a second below which a cut does not go; one that is never sent would teach us nothing."""
_MINUTE: Final = 60.0
_USUAL: Final = 0.05
"""Of the requests, complaints that come whatever the rate; up to twice as many are no reason to slow down."""
_WINDOW_S: Final = 1.0
_LONGEST_WINDOW_S: Final = 10.0
_ENOUGH: Final = 20
"""Requests that make a share worth looking at."""


class Ticket:
    """Leave to send one request; says afterwards what the request really took."""

    def __init__(self, tokens: int, give_back: Callable[[float], None]) -> None:
        self._reserved = float(tokens)
        self._give_back = give_back

    def settle(self, tokens: int) -> None:
        """Replace the tokens reserved by those counted; less is free for others at once, more delays them."""
        self._give_back(self._reserved - tokens)
        self._reserved = float(tokens)


class Gate:
    """Lets requests through in the order in which they came.

    Args:
        rpm: Requests a minute; None for what the provider tells, or lets through.
        tpm: Tokens a minute, prompt and reply together; likewise.
        clock: Seconds, from anywhere.
        sleep: Waits that many seconds.

    Raises:
        ValueError: a limit that is not above zero.
    """

    def __init__(
        self,
        rpm: float | None = None,
        tpm: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._line = asyncio.Lock()
        self._ours = rpm is not None, tpm is not None
        now = clock()
        self._requests = _Bucket(_a_second(rpm), now)
        self._tokens = _Bucket(_a_second(tpm), now)
        self._closed_until = now
        self._pulse = _Pulse(now)
        self._pace = _Pace(now)

    @property
    def requests_a_second(self) -> float | None:
        """The rate as it stands; None while nothing limits it."""
        known, own = self._requests.rate, self._pace.rate(self._clock())
        return min((rate for rate in (known, own) if rate is not None), default=None)

    def learn(self, *, rpm: float | None = None, tpm: float | None = None) -> None:
        """Take over limits that the provider told with a reply; None leaves one as it is, and so does one of ours."""
        now = self._clock()
        if rpm is not None and not self._ours[0]:
            self._requests.limit(_a_second(rpm), now)
        if tpm is not None and not self._ours[1]:
            self._tokens.limit(_a_second(tpm), now)

    def throttled(self, asked_s: float | None = None) -> None:
        """The provider complained: wait as long as it asked, and go on more slowly."""
        now = self._clock()
        if asked_s is not None:
            self._closed_until = max(self._closed_until, now + asked_s)
        if self._pulse.complain(now):
            known, measured = self._requests.rate, self._pulse.cut(now)
            self._pace.cut(measured if known is None else min(known, measured), now)

    async def enter(self, tokens: int = 0) -> Ticket:
        """Wait for one's turn; so many tokens are reserved from then on.

        Args:
            tokens: The most that prompt and reply are expected to take.
        """
        async with self._line:
            while (wait := self._wait(tokens)) > 0:
                await self._sleep(wait)
            self._requests.take(1)
            self._tokens.take(tokens)
            self._pace.take()
            self._pulse.beat(self._clock())
        return Ticket(tokens, self._give_back)

    @asynccontextmanager
    async def admit(self, *, tokens: int = 0) -> AsyncGenerator[Ticket]:
        """The same as a block to send the request in."""
        yield await self.enter(tokens)

    def _wait(self, tokens: int) -> float:
        now = self._clock()
        return max(
            self._closed_until - now,
            self._requests.wait(1, now),
            self._tokens.wait(tokens, now),
            self._pace.wait(now),
        )

    def _give_back(self, tokens: float) -> None:
        self._tokens.take(-tokens)


class _Bucket:
    """What may leave now, refilled at a rate; goes into debt for what is larger than it holds."""

    def __init__(self, rate: float | None, now: float) -> None:
        self.rate = rate
        self._level = self._capacity
        self._then = now

    @property
    def _capacity(self) -> float:
        return 0.0 if self.rate is None else max(1.0, self.rate * _BURST_S)

    def limit(self, rate: float | None, now: float) -> None:
        """Change the rate; what has been gained so far stays, as far as it fits."""
        self._refill(now)
        self.rate = rate
        self._level = min(self._level, self._capacity)

    def wait(self, amount: float, now: float) -> float:
        """Seconds until so much may leave."""
        self._refill(now)
        if self.rate is None:
            return 0.0
        missing = min(amount, self._capacity) - self._level
        # Fractions lost to rounding would make the last wait endless.
        return missing / self.rate if missing > 1e-9 else 0.0  # noqa: PLR2004 -- below any real amount

    def take(self, amount: float) -> None:
        """Let so much leave; a negative amount comes back."""
        if self.rate is not None:
            self._level = min(self._level - amount, self._capacity)

    def _refill(self, now: float) -> None:
        if self.rate is not None:
            self._level = min(self._capacity, self._level + (now - self._then) * self.rate)
        self._then = now


@dataclass(slots=True)
class _Window:
    started: float
    sent: int = 0
    refused: int = 0


class _Pulse:
    """What left lately and how much of it was complained about: whether to cut, and from what rate on."""

    def __init__(self, now: float) -> None:
        self._before = self._now = _Window(now)

    def beat(self, now: float) -> None:
        age = now - self._now.started
        if age >= _WINDOW_S and (self._now.sent >= _ENOUGH or age >= _LONGEST_WINDOW_S):
            self._before, self._now = self._now, _Window(now)
        self._now.sent += age >= 0

    def complain(self, now: float) -> bool:
        """Whether there are by now more complaints than a provider in good spirits makes at random."""
        if now < self._now.started:  # of what had left before the last cut
            return False
        self._now.refused += 1
        usual = _USUAL * self._counted("sent")
        # In a shorter time, complaints would be held against less than what they are about.
        # Of few requests, two deviations are the more. Of many, they are met by accident again and again, because this
        # is asked after every complaint; twice the usual is not.
        most = usual + max(2 * math.sqrt(usual) + 1, usual)
        return now - self._before.started >= _WINDOW_S and self._counted("refused") > most

    def cut(self, now: float) -> float:
        """Requests a second that got through, at least a quarter of those sent; counting starts anew."""
        seconds = now - self._before.started
        sent, refused = self._counted("sent"), self._counted("refused")
        self._before = self._now = _Window(now + _CUT_EVERY_S)
        return max(sent - refused, sent / 4, 1.0) / seconds

    def _counted(self, what: str) -> int:
        windows = [self._now] if self._now is self._before else [self._before, self._now]
        return sum(getattr(window, what) for window in windows)


class _Pace:
    """A rate found by trial: cut on complaints, raised while there are none."""

    def __init__(self, now: float) -> None:
        self._bucket = _Bucket(None, now)
        self._step = 0.0
        self._grown_at = now

    def rate(self, now: float) -> float | None:
        self._grow(now)
        return self._bucket.rate

    def cut(self, rate: float, now: float) -> None:
        """Slow down to a fifth below this rate, or below our own where that is lower."""
        own = self.rate(now)
        base = rate if own is None else min(rate, own)
        self._step = base * _STEP
        self._grown_at = now
        self._bucket.limit(max(_LOWEST, base * _CUT), now)

    def wait(self, now: float) -> float:
        self._grow(now)
        return self._bucket.wait(1, now)

    def take(self) -> None:
        self._bucket.take(1)

    def _grow(self, now: float) -> None:
        if self._bucket.rate is not None:
            self._bucket.limit(self._bucket.rate + (now - self._grown_at) * self._step, now)
        self._grown_at = now


def _a_second(a_minute: float | None) -> float | None:
    if a_minute is None:
        return None
    if a_minute <= 0:
        raise ValueError(f"a limit of {a_minute:g} a minute lets nothing through")
    return a_minute / _MINUTE
