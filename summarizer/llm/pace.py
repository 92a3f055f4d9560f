"""How hard one provider may be pressed, by all callers together: pauses it asked for, outages, repeated requests.

Three things that no single call can know. A pause that the provider asks one caller for holds for all of them. A
provider that fails ten times in a row is left alone, but for a probe now and then. And repeated requests are paid
from a quota that only successes refill, so that an outage does not multiply the traffic: the scheme and the
figures are those of the AWS SDKs' standard retry mode (500 tokens; a retry costs 14, after a throttle 5; a success
gives back what its retry cost, else 1).
"""

import itertools
import math
import random
import threading
from typing import Final, NewType
from weakref import WeakValueDictionary

from summarizer.errors import RateLimited
from summarizer.llm.clock import REAL, Clock
from summarizer.llm.replay import is_replaying

__all__ = ["Pace", "Patient", "Turn", "pace_of"]

QUOTA: Final = 500
RETRY_COST: Final = 14
THROTTLE_COST: Final = 5
PATIENCE_S: Final = 120.0
"""A longer pause is not waited out: whoever called is told when to come back."""
FAILURES_IN_A_ROW: Final = 10
FIRST_REST_S: Final = 1.0
REST_GROWTH: Final = 1.2
"""Each rest is so much longer than the last one; so none is longer than a sixth of the outage before it."""
LONGEST_REST_S: Final = 100.0
_SPREAD_S: Final = 0.25
"""Waiting callers come back within this long of each other rather than in one instant."""


Turn = NewType("Turn", int)
"""Leave to send one request."""


class Pace:
    """Shared by every client of one provider.

    Args:
        clock: Where time comes from.
    """

    def __init__(self, *, clock: Clock = REAL) -> None:
        self._clock = clock
        self._quota = QUOTA
        self._parked_until = -math.inf
        self._failures = 0
        self._rest_s = FIRST_REST_S
        self._rests_until = -math.inf
        self._turns = itertools.count(1)
        self._probe: Turn | None = None

    async def enter(self) -> Turn:
        """Wait until a request may leave.

        Returns:
            To be handed back when it is known what became of the request: whoever enters must say so.

        Raises:
            RateLimited: the provider asked for a pause longer than is waited out.
        """
        # A recording has nobody to be spared, and is not waited for.
        while not is_replaying() and (wait := self._wait()) > 0:
            if wait > PATIENCE_S:
                raise RateLimited(f"the provider asked for a pause that lasts another {wait:.0f} seconds")
            await self._clock.sleep(wait + random.uniform(0, _SPREAD_S))  # noqa: S311 - not a secret
        turn = Turn(next(self._turns))
        if self._resting:
            self._probe = turn
        return turn

    def grant(self, *, throttled: bool) -> bool:
        """Whether one more repeated request is within the quota; if so, it is charged.

        While the provider rests it is free: the request will only leave once the provider is back, or as the probe
        that finds out.
        """
        if self._resting:
            return True
        cost = THROTTLE_COST if throttled else RETRY_COST
        if cost > self._quota:
            return False
        self._quota -= cost
        return True

    def park(self, seconds: float) -> None:
        """The provider asked to be left alone for so long."""
        self._parked_until = max(self._parked_until, self._clock.now() + seconds)

    def succeeded(self, turn: Turn, *, repeated: bool) -> None:
        """A request was answered, for better or worse, by a provider in working order."""
        self._quota = min(QUOTA, self._quota + (RETRY_COST if repeated else 1))
        self._failures = 0
        self._rest_s = FIRST_REST_S
        self._rests_until = -math.inf
        self.abandoned(turn)

    def failed(self, turn: Turn) -> None:
        """The provider failed on its side, or could not be reached."""
        self._failures += 1
        # Requests that were under way when the rest began tell nothing new; a probe does.
        if self._failures == FAILURES_IN_A_ROW or turn == self._probe:
            self._rests_until = self._clock.now() + self._rest_s
            self._rest_s = min(REST_GROWTH * self._rest_s, LONGEST_REST_S)
        self.abandoned(turn)

    def abandoned(self, turn: Turn) -> None:
        """Nothing could be learnt from a request: it was cut off, or never left."""
        if turn == self._probe:
            self._probe = None

    @property
    def _resting(self) -> bool:
        return self._failures >= FAILURES_IN_A_ROW

    def _wait(self) -> float:
        now = self._clock.now()
        if self._parked_until > now:
            return self._parked_until - now
        if self._rests_until > now:
            return self._rests_until - now
        # One caller finds out whether the provider is back; the others wait for what it finds.
        return _SPREAD_S if self._resting and self._probe is not None else 0.0


class Patient(Pace):
    """The pace of those who post: nobody is pressed, so nobody is to be spared, and nothing is hurried.

    A probe at a time, which finds out whether a provider is back, would be a batch of one request and take a day.
    """

    async def enter(self) -> Turn:
        """At once."""
        return Turn(0)

    def grant(self, *, throttled: bool) -> bool:  # noqa: ARG002 -- as in the class above
        """Always: whoever posts waits for hours between two attempts."""
        return True

    def park(self, seconds: float) -> None:
        """Nothing leaves from here."""

    def succeeded(self, turn: Turn, *, repeated: bool) -> None:
        """Nothing to learn."""

    def failed(self, turn: Turn) -> None:
        """Nothing to learn."""

    def abandoned(self, turn: Turn) -> None:
        """Nothing to learn."""


_LOCK: Final = threading.Lock()
_paces: WeakValueDictionary[tuple[object, ...], Pace] = WeakValueDictionary()


def pace_of(account: object, clock: Clock) -> Pace:
    """The one pace that everybody in this process keeps who asks this account's provider at the moment.

    Args:
        account: What tells one account at one provider from another.
        clock: Where time comes from.
    """
    with _LOCK:
        # A pace holds its clock, so that the number stands for no other one.
        return _paces.setdefault((account, id(clock)), Pace(clock=clock))
