"""What requests may cost at most: the worst case of each is set aside before it is sent.

Kept in whole billionths of a cent, rounded against the spender, so that no number of requests adds up to an error.
"""

import math
import threading
from decimal import Decimal
from functools import partial
from typing import Final, Protocol

from summarizer.errors import BudgetReached, SettingsError

__all__ = ["Budget", "Reservation"]

_UNITS: Final = 10**11
"""Parts of a dollar that are counted."""


class Budget:
    """A limit on dollars, on requests, or on both; any number of calls and threads may share one.

    What is spent and what is set aside never exceed the limit together, as long as no request costs more than
    the worst case that was said of it.

    Args:
        usd: Dollars that may be spent; None for any number.
        requests: Requests that may be sent, failed ones included; None for any number.
        spent_usd: What was spent of it before; None when nobody knows.
        sent: Requests that were sent before, and count too.

    Raises:
        SettingsError: a limit that is no amount.
    """

    def __init__(
        self,
        usd: float | None = None,
        requests: int | None = None,
        *,
        spent_usd: float | None = 0.0,
        sent: int = 0,
    ) -> None:
        if usd is not None and not (math.isfinite(usd) and usd >= 0):
            raise SettingsError(f"a budget of {usd} dollars is no amount", hint="Write for example 2.50.")
        if requests is not None and requests < 0:
            raise SettingsError(f"{requests} requests is no limit", hint="Give a whole number from 0 on.")
        self._limit = None if usd is None else math.floor(Decimal(str(usd)) * _UNITS)
        self._most_requests = requests
        self._lock = threading.Lock()
        self._spent, self._reserved, self._sent = _units(spent_usd) or 0, 0, sent
        self._known = spent_usd is not None

    @property
    def spent_usd(self) -> float | None:
        """What settled requests cost, those of unknown outcome at their worst case; None when one has no price."""
        with self._lock:
            return self._spent / _UNITS if self._known else None

    @property
    def reserved_usd(self) -> float:
        """What is set aside for requests under way, as far as their prices are known."""
        with self._lock:
            return self._reserved / _UNITS

    @property
    def requests(self) -> int:
        """How many requests were let through."""
        with self._lock:
            return self._sent

    def reserve(self, worst_usd: float | None) -> "Reservation":
        """Set aside what a request may cost; call it right before sending.

        Args:
            worst_usd: Its worst case; None when its price is not known.

        Returns:
            To be settled or taken back when the outcome is known. One that never is keeps its worst case set aside.

        Raises:
            BudgetReached: the request might break a limit, or has no price while dollars are limited.
        """
        worst = _units(worst_usd)
        with self._lock:
            self._check(worst)
            self._sent += 1
            self._reserved += worst or 0
        return Reservation(partial(self._close, worst))

    def _check(self, worst: int | None) -> None:
        if self._most_requests is not None and self._sent >= self._most_requests:
            raise BudgetReached(f"the limit of {self._most_requests} requests is reached")
        if self._limit is None:
            return
        if worst is None:
            raise BudgetReached(
                f"a budget of {_dollars(self._limit)} is set, but the price of this request is not known",
                hint="Limit the number of requests instead of the cost, or take a model with a published price.",
            )
        if self._spent + self._reserved + worst > self._limit:
            raise BudgetReached(
                f"the budget of {_dollars(self._limit)} is reached: {_dollars(self._spent)} spent, "
                f"{_dollars(self._reserved)} set aside for requests under way, and this one may cost {_dollars(worst)}"
            )

    def _close(self, worst: int | None, actual: int | None, *, sent: bool) -> None:
        with self._lock:
            self._sent -= not sent
            self._reserved -= worst or 0
            cost = worst if actual is None else actual
            self._spent += cost or 0
            self._known = self._known and cost is not None


class Reservation:
    """What is set aside for one request."""

    def __init__(self, close: "_Close") -> None:
        self._close = close
        self._open = threading.Lock()

    def settle(self, actual_usd: float | None) -> None:
        """Say what the request cost; only the first word on a request counts.

        Args:
            actual_usd: None when nobody knows, as after a cut connection: then the worst case counts as spent.
        """
        if self._open.acquire(blocking=False):
            self._close(_units(actual_usd), sent=True)

    def take_back(self) -> None:
        """Say that the request was never sent: it costs nothing and does not count; only the first word counts."""
        if self._open.acquire(blocking=False):
            self._close(0, sent=False)


class _Close(Protocol):
    def __call__(self, actual: int | None, /, *, sent: bool) -> None: ...


def _units(usd: float | None) -> int | None:
    """Rounded up; what is no amount is as good as unknown."""
    if usd is None or not math.isfinite(usd) or usd < 0:
        return None
    # By its decimal digits: a hundred times $0.07 is to fit into $7.
    return math.ceil(Decimal(str(usd)) * _UNITS)


def _dollars(units: int) -> str:
    whole_cents = units % (_UNITS // 100) == 0
    return f"${units / _UNITS:,.2f}" if whole_cents or units >= _UNITS else f"${units / _UNITS:.6f}"
