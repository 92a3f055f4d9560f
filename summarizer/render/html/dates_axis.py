"""Where dates lie along a line: to scale, but long silences shortened and crowded days pulled apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

__all__ = ["Tick", "ticks"]

_LONGEST, _SHORTEST = 4, 0.5
"""Of the usual gap: a longer one is cut and marked, a shorter one is widened."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Tick:
    """One date on the line."""

    date: str
    x: float
    is_after_break: bool
    """Whether the gap before it was shortened."""
    label: str
    """Day and month, or what is known of them; empty for a year alone, and where there is no room."""
    year: str
    """Only where it differs from the labelled one before."""


def ticks(dates: Sequence[str], *, start: float, end: float, room: float) -> list[Tick]:
    """Lay out dates from left to right.

    Args:
        dates: ISO 8601, also reduced (`2024-11`); sorted here, repeats dropped.
        start: Where the first date lies; a date alone lies in the middle.
        end: Where the last date lies.
        room: Width that a label needs.
    """
    known = sorted(set(dates), key=lambda value: (_ordinal(value), value))
    if not known:
        return []
    widths, broken = _widths([_ordinal(value) for value in known])
    total = sum(widths)
    at = start if total else (start + end) / 2
    xs = [at]
    for width in widths:
        at += width / total * (end - start)
        xs.append(at)
    labelled = _with_room(xs, room)
    return _labelled(known, xs, [False, *broken], labelled)


def _ordinal(value: str) -> int:
    """The first day of what the date names; an impossible one counts as the first of its year."""
    year, *rest = (int(part) for part in value.split("-"))
    month, day = (*rest, 1, 1)[:2]
    try:
        return date(max(1, year), month, day).toordinal()
    except ValueError:
        return date(max(1, year), 1, 1).toordinal()


def _widths(days: Sequence[int]) -> tuple[list[float], list[bool]]:
    gaps = [max(1, after - before) for before, after in pairwise(days)]
    if not gaps:
        return [], []
    usual = sorted(gaps)[(len(gaps) - 1) // 2]
    widths = [min(max(gap, _SHORTEST * usual), _LONGEST * usual) for gap in gaps]
    return widths, [gap > _LONGEST * usual for gap in gaps]


def _with_room(xs: Sequence[float], room: float) -> set[int]:
    """Indices of the labels that do not run into each other; the last date always keeps its own."""
    kept: list[int] = []
    for index, x in enumerate(xs):
        if not kept or x - xs[kept[-1]] >= room:
            kept.append(index)
    last = len(xs) - 1
    if kept[-1] != last:
        kept = [index for index in kept if xs[last] - xs[index] >= room] + [last]
    return set(kept)


def _labelled(
    dates: Sequence[str], xs: Sequence[float], broken: Sequence[bool], labelled: set[int]
) -> list[Tick]:
    laid: list[Tick] = []
    year = ""
    for index, (value, x, is_broken) in enumerate(zip(dates, xs, broken, strict=True)):
        label, new_year = "", ""
        if index in labelled:
            label, new_year = _short(value), value[:4] if value[:4] != year else ""
            year = value[:4]
        laid.append(Tick(value, x, is_broken, label, new_year))
    return laid


def _short(value: str) -> str:
    _, *rest = value.split("-")
    if not rest or not 1 <= int(rest[0]) <= len(_MONTHS):
        return ""
    return " ".join([*(str(int(part)) for part in rest[1:]), _MONTHS[int(rest[0]) - 1]])
