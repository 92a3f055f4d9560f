"""When a failed request is sent again, and after how long: the only retry layer there is."""

import math
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from summarizer.errors import RateLimited, SummarizerError
from summarizer.llm.pace import PATIENCE_S, Pace

if TYPE_CHECKING:
    from tenacity import RetryCallState

__all__ = ["STANDARD", "Fault", "RetryPolicy", "asked_wait", "backoff", "persist"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How long to insist. A call sends at most `attempts + reasks` requests.

    Six attempts lose 3 calls in 100,000 where 8 % of requests fail; three lose 5 in 10,000.
    """

    attempts: int = 6
    """Requests lost to faults of network or provider before the call is given up; and, counted apart, requests that
    were told to slow down."""
    reasks: int = 1
    """Times a reply that cannot be used is asked for again: of the wrong shape, or cut at its length limit."""
    base_s: float = 0.05
    """Upper bound of the first wait; each further one doubles it."""
    throttle_base_s: float = 1.0
    """The same, when the provider asked us to slow down."""
    cap_s: float = 20.0
    """No wait of our own is longer; one that the provider asks for may be."""
    deadline_s: float = 600.0
    """The whole call, waits included, ends by then."""


STANDARD: Final = RetryPolicy()

_SPREAD_S: Final = 0.25


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A request that failed: the error to report, and whether another attempt makes sense."""

    error: SummarizerError
    retry: bool
    asked_s: float | None = None
    """How long the provider asked us to wait."""


def asked_wait(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds to wait as the reply's headers ask, or None when they ask nothing sensible.

    A date is held against the clock of the server, if it tells its time: ours may be wrong by days.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    asked = headers.get("retry-after")
    seconds = _number(asked)
    if seconds is not None:
        return seconds
    until = _moment(asked)
    if until is None:
        return None
    return max(0.0, (until - (_moment(headers.get("date")) or now or datetime.now(UTC))).total_seconds())


def backoff(
    policy: RetryPolicy, fault: Fault, number: int, *, draw: Callable[[float, float], float] = random.uniform
) -> float:
    """Seconds to wait after the `number`-th fault of a call: full jitter, never less than was asked for."""
    base = policy.throttle_base_s if isinstance(fault.error, RateLimited) else policy.base_s
    if fault.asked_s is not None:
        # The spread keeps many waiting calls from coming back in the same instant.
        return fault.asked_s + draw(0.0, _SPREAD_S)
    # The exponent is bounded because a large one overflows a float.
    return draw(0.0, min(policy.cap_s, base * 2.0 ** min(number - 1, 60)))


async def persist(
    send: Callable[[], Awaitable[T | Fault]],
    policy: RetryPolicy,
    *,
    failures: int,
    left: Callable[[], float],
    pace: Pace,
    sleep: Callable[[float], Awaitable[Any]],
) -> T | Fault:
    """Send until something other than a passing fault comes back, or the policy is used up.

    Args:
        send: Sends one request; returns its reply, or the fault it met.
        policy: How long to insist.
        failures: Faults that the call had met before; having been told to slow down is none.
        left: Seconds until the call's deadline; a longer wait is not begun.
        pace: Of the provider; has the last word on whether a request may be repeated.
        sleep: Waits.

    Returns:
        The reply, or the last fault.
    """
    from tenacity import AsyncRetrying, retry_if_result

    met = {False: failures, True: 0}

    def throttled(state: "RetryCallState") -> bool:
        return isinstance(_result(state).error, RateLimited)

    def number(state: "RetryCallState") -> int:
        return met[throttled(state)]

    def stop(state: "RetryCallState") -> bool:
        wait = state.upcoming_sleep
        if number(state) >= policy.attempts or wait > left() or wait > PATIENCE_S:
            return True
        return not pace.grant(throttled=throttled(state))

    # A fresh object a call: one that is shared loses count when calls overlap.
    retrying = AsyncRetrying(
        retry=retry_if_result(lambda result: isinstance(result, Fault) and result.retry),
        wait=lambda state: backoff(policy, _result(state), number(state)),
        stop=stop,
        sleep=sleep,
        retry_error_callback=_result,
    )

    async def attempt() -> T | Fault:
        result = await send()
        if isinstance(result, Fault):
            met[isinstance(result.error, RateLimited)] += 1
        return result

    return await retrying(attempt)


def _result(state: "RetryCallState") -> Any:
    return state.outcome.result() if state.outcome else None


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
