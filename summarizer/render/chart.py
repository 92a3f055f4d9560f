"""The escalation chart as plain shapes: levels over time, or a gauge where there is only one level.

Lengths are points (1/72 inch) from the top left. A painter (PNG, PDF) knows boxes, lines, dots and labels, and
nothing of escalation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

from summarizer.codebook import codebook
from summarizer.types.note import LevelOnDate
from summarizer.types.signals import Escalation, Level

__all__ = ["Box", "Chart", "Dot", "Label", "Line", "Shape", "escalation_chart"]

WIDTH = 468.0
_LEFT, _RIGHT, _TOP, _PLOT, _AXIS = 58.0, 62.0, 8.0, 132.0, 26.0
_GAUGE_TOP, _GAUGE = 26.0, 24.0
_BANDS = ("#eef2f5", "#dfe8ee", "#fbeecb", "#f6d3a6", "#eba993")
"""From `minimal` to `severe`; the names stand beside them, so colour is never alone."""
_INK, _LINE, _GRID = "#22313f", "#16365c", "#ffffff"
_TOP_SCORE = 10.0
_NEAR = 12.0
"""Two dates closer than this cannot be told apart: then all are set at even distances."""
_LABEL_ROOM = 58.0
_SMALL, _NORMAL = 7.5, 8.5


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `y` is its middle."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    align: Literal["left", "middle", "right"] = "left"


Shape = Box | Line | Dot | Label


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and the same in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class _Mark:
    x: float
    on: str
    score: float


def escalation_chart(escalation: Escalation, levels: Sequence[LevelOnDate] = ()) -> Chart | None:
    """The level over time; with fewer than two dates a gauge; None where there is no signal at all.

    Args:
        escalation: The level as a whole.
        levels: In the order of their dates.
    """
    if escalation.direction is None:
        return None
    return _over_time(levels) if len(levels) > 1 else _gauge(escalation)


def _over_time(levels: Sequence[LevelOnDate]) -> Chart:
    places, is_to_scale = _places([level.date for level in levels])
    marks = [_Mark(x, level.date, level.escalation.score) for x, level in zip(places, levels, strict=True)]
    line = [(marks[0].x, _height(marks[0].score))]
    for before, after in pairwise(marks):
        line += [(after.x, _height(before.score)), (after.x, _height(after.score))]
    shapes = [
        *_bands(),
        Line(tuple(line), _LINE, 1.6),
        *(Dot(mark.x, _height(mark.score), 2.6, _LINE) for mark in marks),
        *_scores(marks),
        *_dates(marks),
    ]
    if not is_to_scale:
        shapes.append(Label(WIDTH, _TOP + _PLOT + 18, "not to scale", 6.5, _INK, "right"))
    said = "; ".join(f"{x.date} {x.escalation.level} ({x.escalation.score:.1f})" for x in levels)
    return Chart(WIDTH, _TOP + _PLOT + _AXIS, tuple(shapes), f"Escalation level over time, 0 to 10: {said}.")


def _gauge(escalation: Escalation) -> Chart:
    width = WIDTH - 8
    shapes: list[Shape] = []
    for (name, low, high), fill in zip(_levels(), _BANDS, strict=True):
        left, right = 4 + width * low / _TOP_SCORE, 4 + width * high / _TOP_SCORE
        shapes += [
            Box(left, _GAUGE_TOP, right - left - 1, _GAUGE, fill),
            Label((left + right) / 2, _GAUGE_TOP + _GAUGE + 10, name, _NORMAL, _INK, "middle"),
        ]
    at = 4 + width * escalation.score / _TOP_SCORE
    near = min(max(at, 12.0), WIDTH - 12.0)
    shapes += [
        Line(((at, _GAUGE_TOP - 5), (at, _GAUGE_TOP + _GAUGE + 2)), _LINE, 2.4),
        Dot(at, _GAUGE_TOP - 5, 3.4, _LINE),
        Label(near, _GAUGE_TOP - 16, f"{escalation.score:.1f}", 10, _LINE, "middle"),
    ]
    alt = f"Escalation level {escalation.level}: {escalation.score:.1f} on a scale from 0 to 10."
    return Chart(WIDTH, _GAUGE_TOP + _GAUGE + 22, tuple(shapes), alt)


def _levels() -> list[tuple[str, float, float]]:
    """Each level with the scores from which and up to which it holds."""
    known = codebook().levels
    floors = [(name, floor) for name in get_args(Level) if (floor := known[name].floor) is not None]
    ends = [*[floor for _, floor in floors[1:]], _TOP_SCORE]
    return [(name, floor, end) for (name, floor), end in zip(floors, ends, strict=True)]


def _bands() -> Iterator[Shape]:
    width = WIDTH - _LEFT - _RIGHT
    for (name, low, high), fill in zip(_levels(), _BANDS, strict=True):
        top, bottom = _height(high), _height(low)
        yield Box(_LEFT, top, width, bottom - top, fill)
        yield Line(((_LEFT, top), (_LEFT + width, top)), _GRID, 0.8)
        yield Label(_LEFT - 6, (top + bottom) / 2, name, _NORMAL, _INK, "right")


def _height(score: float) -> float:
    return _TOP + _PLOT * (1 - score / _TOP_SCORE)


def _scores(marks: Sequence[_Mark]) -> Iterator[Label]:
    """The score at each change, where there is room, and at the end."""
    last = marks[-1]
    yield Label(last.x + 7, _height(last.score), f"{last.score:.1f}", 10, _LINE)
    free = 0.0
    for mark in marks[:-1]:
        if mark.x >= free and last.x - mark.x > _LABEL_ROOM / 3:
            free = mark.x + _LABEL_ROOM / 2
            above = _height(mark.score) - 8
            yield Label(mark.x, above if above > _TOP else above + 16, f"{mark.score:.1f}", _SMALL, _LINE, "middle")  # fmt: skip


def _dates(marks: Sequence[_Mark]) -> Iterator[Shape]:
    """The first and last date, and those between for which there is room."""
    bottom = _TOP + _PLOT
    shown = [marks[0]]
    for mark in marks[1:-1]:
        if mark.x - shown[-1].x >= _LABEL_ROOM and marks[-1].x - mark.x >= _LABEL_ROOM:
            shown.append(mark)
    if marks[-1].x - marks[0].x >= _LABEL_ROOM:
        shown.append(marks[-1])
    for mark in shown:
        yield Line(((mark.x, bottom), (mark.x, bottom + 4)), _INK, 0.6)
        yield Label(mark.x, bottom + 11, mark.on, _SMALL, _INK, "middle")


def _places(dates: Sequence[str]) -> tuple[list[float], bool]:
    """Where each date lies, and whether the distances are those of the calendar."""
    first, width = _LEFT + 24, WIDTH - _LEFT - _RIGHT - 48
    days = [_day(on) for on in dates]
    span = days[-1] - days[0]
    if span:
        exact = [first + width * (day - days[0]) / span for day in days]
        if all(after - before >= _NEAR for before, after in pairwise(exact)):
            return exact, True
    return [first + width * i / (len(days) - 1) for i in range(len(days))], False


def _day(on: str) -> int:
    """Number of the first day that the date may mean; one that is in no calendar counts like its year."""
    try:
        return date.fromisoformat(f"{on}-01-01"[:10]).toordinal()
    except ValueError:
        return date(max(1, int(on[:4])), 1, 1).toordinal()
