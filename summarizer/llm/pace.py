"""How hard one provider may be pressed, by all callers together: pauses it asked for, outages, repeated requests.

Three things that no single call can know. A pause that the provider asks one caller for holds for all of them. A
provider that fails ten times in a row is left alone, but for a probe now and then. And repeated requests are paid
from a quota that only successes refill, so that an outage does not multiply the traffic: the scheme and the
figures are those of the AWS SDKs' standard retry mode (500 tokens; a retry costs 14, after a throttle 5; a success
gives back what its retry cost, else 1).
"""

import math
import random
from typing import Final

from summarizer.errors import RateLimited
from summarizer.llm.clock import REAL, Clock

__all__ = ["Pace"]

QUOTA: Final = 500
RETRY_COST: Final = 14
THROTTLE_COST: Final = 5
PATIENCE_S: Final = 120.0
"""A longer pause is not waited out: whoever called is told when to come back."""
FAILURES_IN_A_ROW: Final = 10
FIRST_REST_S: Final = 1.0
LONGEST_REST_S: Final = 20.0
_SPREAD_S: Final = 0.25
"""Waiting callers come back within this long of each other rather than in one instant."""


class Pace:
    """Shared by every client of one provider; belongs to one event loop, as they do.

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
        self._probing = False

    async def enter(self) -> None:
        """Wait until a request may leave.

        Raises:
            RateLimited: the provider asked for a pause longer than is waited out.
        """
        while (wait := self._wait()) > 0:
            if wait > PATIENCE_S:
                raise RateLimited(f"the provider asked for a pause that lasts another {wait:.0f} seconds")
            await self._clock.sleep(wait + random.uniform(0, _SPREAD_S))  # noqa: S311 - not a secret
        self._probing = self._resting

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

    def succeeded(self, *, repeated: bool) -> None:
        """A request was answered, for better or worse, by a provider in working order."""
        self._quota = min(QUOTA, self._quota + (RETRY_COST if repeated else 1))
        self._failures = 0
        self._rest_s = FIRST_REST_S
        self._rests_until = -math.inf
        self._probing = False

    def failed(self) -> None:
        """The provider failed on its side, or could not be reached."""
        self._failures += 1
        self._probing = False
        # Requests that were under way when the rest began tell nothing new; a probe does.
        if self._resting and self._clock.now() >= self._rests_until:
            self._rests_until = self._clock.now() + self._rest_s
            self._rest_s = min(2 * self._rest_s, LONGEST_REST_S)

    def abandoned(self) -> None:
        """A request was cut off before anything could be learnt from it."""
        self._probing = False

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
        return _SPREAD_S if self._resting and self._probing else 0.0
