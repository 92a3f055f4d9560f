"""Dates as precise as they are known: which agree, how far apart they lie, which of several an event takes."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from summarizer.types.base import IsoDate

__all__ = ["agreed", "compatible", "days_apart", "in_order"]

_DAY, _MONTH = len("2026-06-09"), len("2026-06")


def in_order(iso: IsoDate) -> tuple[date, int]:
    """A key that sorts dates by their first day; a whole month comes before its days."""
    return _first(iso), len(iso)


def compatible(one: IsoDate, other: IsoDate) -> bool:
    """Whether two dates can be the same: `2026-06` holds `2026-06-09`."""
    return one.startswith(other) or other.startswith(one)


@lru_cache(maxsize=65536)
def days_apart(one: IsoDate, other: IsoDate) -> int:
    """Days between two dates where they come closest; 0 where they can be the same."""
    if compatible(one, other):
        return 0
    early, late = sorted((one, other), key=in_order)
    return (_first(late) - _last(early)).days


def agreed(dates: Sequence[IsoDate]) -> IsoDate | None:
    """The date that most of the given ones can be; of several the most precise, then the first given.

    Args:
        dates: One for each report that tells a date, in the order of the sources.
    """
    ranked = {iso: (sum(compatible(iso, other) for other in dates), len(iso)) for iso in dict.fromkeys(dates)}
    return max(ranked, key=lambda iso: ranked[iso], default=None)


def _first(iso: IsoDate) -> date:
    return date.fromisoformat(f"{iso}-01-01"[:_DAY])


def _last(iso: IsoDate) -> date:
    if len(iso) == _DAY:
        return date.fromisoformat(iso)
    year, month = (int(iso[:4]), int(iso[5:])) if len(iso) == _MONTH else (int(iso), 12)
    return date(year, month, monthrange(year, month)[1])
