"""The two figures of the page: the gauge of the level, and level and signals over time.

Both can be read without colour: direction is a shape, certainty is a filled or a hollow one, and every level is named.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from summarizer.codebook import codebook
from summarizer.render.html.dates_axis import Tick, ticks
from summarizer.render.html.drawing import Drawing
from summarizer.render.html.words import DIRECTIONS, count, day
from summarizer.types.note import LevelOnDate, Note, NoteSignal
from summarizer.types.signals import Direction, Escalation

__all__ = ["gauge", "over_time"]

_FULL = 10.0
_PLOT = 140.0
"""Height of the level's plot."""
_ROW = 15.0
"""Height of a mark with its space."""
_MOST_MARKS = 6
_REPORTED = ("occurred", "ongoing")


def gauge(escalation: Escalation, version: str) -> Markup:
    """The level on the scale from 0 to 10; `version` is the codebook's that the note was coded with."""
    width, left = 360.0, 4.0
    scale = (width - 2 * left) / _FULL
    drawing = Drawing.of(
        "gauge",
        width=width,
        height=44,
        title=f"Escalation level: {escalation.level}",
        description=f"{escalation.score:.1f} on a scale from 0 to 10.",
        css="gauge",
    )
    for number, (name, low, high) in enumerate(_bands(version), 1):
        is_reached = name == escalation.level
        x, wide = left + low * scale, (high - low) * scale - 3
        filled = min(max(escalation.score - low, 0) * scale, wide)
        drawing.add("rect", x=x, y=14, width=wide, height=10, css="step")
        drawing.add("rect", x=x, y=14, width=filled, height=10, css=f"step-{number if name else 4}")
        name_css = "now" if is_reached else "tick"
        drawing.add("text", name, x=x + wide / 2, y=39, css=name_css, text_anchor="middle")
    if escalation.level != "none":
        x = left + min(escalation.score, _FULL) * scale
        drawing.path([(x - 6, 1), (x + 6, 1), (x, 11)], css="needle", closed=True)
    return drawing.markup()


def over_time(note: Note, *, width: float, id_: str) -> Markup | None:
    """Level and dated signals along one line of dates; None where nothing is dated.

    Args:
        note: The note.
        width: Of the view box; text keeps its size, so a narrow one suits a narrow screen.
        id_: Of the drawing, unique on the page.
    """
    dates = [entry.date for entry in note.timeline] + [point.date for point in note.levels]
    if not dates:
        return None
    left, right = (66.0, 24.0) if width > 500 else (62.0, 20.0)  # noqa: PLR2004 - the wide and the narrow figure
    laid = ticks(dates, start=left + 22, end=width - right, room=52)
    by_date = _by_date(note)
    rows = max([min(len(found), _MOST_MARKS + 1) for found in by_date.values()], default=0)
    plot = _PLOT if note.levels else 0.0
    drawing = Drawing.of(
        id_,
        width=width,
        height=10 + plot + 40 + rows * _ROW,
        title="Escalation level and signals over time" if note.levels else "Signals over time",
        description=_told(note),
        css="chart",
    )
    if note.levels:
        _draw_bands(drawing, note.provenance.codebook_version, left, width)
        _draw_levels(drawing, note.levels, {tick.date: tick.x for tick in laid}, width - 4)
    _draw_axis(drawing, laid, left, width, 10 + plot)
    for tick in laid:
        _draw_marks(drawing, by_date.get(tick.date, []), tick.x, 10 + plot + 44)
    return drawing.markup()


def _bands(version: str) -> list[tuple[str, float, float]]:
    """Name, floor and ceiling of each level; one nameless band if the codebook here is another one."""
    book = codebook()
    floors = [(str(name), entry.floor) for name, entry in book.levels.items() if entry.floor is not None]
    if book.version != version:
        return [("", 0.0, _FULL)]
    ceilings = [floor for _, floor in floors[1:]] + [_FULL]
    return [(name, floor, ceiling) for (name, floor), ceiling in zip(floors, ceilings, strict=True)]


def _by_date(note: Note) -> dict[str, list[NoteSignal]]:
    signals: Mapping[str, NoteSignal] = {signal.id: signal for signal in note.escalation_signals}
    return {entry.date: [signals[id_] for id_ in entry.signals if id_ in signals] for entry in note.timeline}


def _y(score: float) -> float:
    return 10 + _PLOT * (1 - score / _FULL)


def _draw_bands(drawing: Drawing, version: str, left: float, width: float) -> None:
    for number, (name, low, high) in enumerate(_bands(version)):
        drawing.add(
            "rect",
            x=left,
            y=_y(high),
            width=width - left,
            height=_y(low) - _y(high),
            css="band odd" if number % 2 else "band",
        )
        drawing.add("text", name, x=left - 8, y=(_y(low) + _y(high)) / 2 + 4, text_anchor="end", css="tick")


def _draw_levels(
    drawing: Drawing, levels: Sequence[LevelOnDate], xs: Mapping[str, float], end: float
) -> None:
    points = [(xs[level.date], _y(level.escalation.score)) for level in levels]
    stairs = [points[0]]
    for x, y in points[1:]:
        stairs += [(x, stairs[-1][1]), (x, y)]
    drawing.path([*stairs, (end, stairs[-1][1])], css="line")
    shown = -_FULL * 10
    for index, (level, (x, y)) in enumerate(zip(levels, points, strict=True)):
        dot = drawing.add("circle", cx=x, cy=y, r=4, css="dot")
        drawing.add(
            "title", f"{day(level.date)}: {level.escalation.level}, {level.escalation.score:.1f}", to=dot
        )
        is_new = index == 0 or level.escalation.score != levels[index - 1].escalation.score
        if is_new and x - shown >= 30:  # noqa: PLR2004 - the width of a label such as 10.0
            drawing.add(
                "text", f"{level.escalation.score:.1f}", x=x, y=y - 9, text_anchor="middle", css="value"
            )
            shown = x


def _draw_axis(drawing: Drawing, laid: Sequence[Tick], left: float, width: float, y: float) -> None:
    drawing.path([(left, y), (width, y)], css="axis")
    before = left
    for tick in laid:
        drawing.path([(tick.x, y), (tick.x, y + 4)], css="axis")
        drawing.add("text", tick.label or tick.year, x=tick.x, y=y + 17, text_anchor="middle", css="when")
        if tick.label and tick.year:
            drawing.add("text", tick.year, x=tick.x, y=y + 30, text_anchor="middle", css="tick")
        if tick.is_after_break:
            middle = (before + tick.x) / 2
            for x in (middle - 2, middle + 2):
                drawing.path([(x - 2, y + 5), (x + 2, y - 5)], css="break")
        before = tick.x


def _draw_marks(drawing: Drawing, signals: Sequence[NoteSignal], x: float, y: float) -> None:
    shown = signals if len(signals) <= _MOST_MARKS + 1 else signals[:_MOST_MARKS]
    for row, signal in enumerate(shown):
        fill = "" if signal.modality in _REPORTED else " hollow"
        mark = drawing.path(
            _mark(signal.direction, x, y + row * _ROW), css=f"mark {signal.direction}{fill}", closed=True
        )
        mark.set("data-signal", signal.id)
        drawing.add(
            "title",
            f"{signal.id.upper()}, {DIRECTIONS[signal.direction].words}: {signal.description}",
            to=mark,
        )
    if len(signals) > len(shown):
        rest = f"+{len(signals) - len(shown)}"
        drawing.add("text", rest, x=x, y=y + _MOST_MARKS * _ROW + 4, text_anchor="middle", css="tick")


def _mark(direction: Direction, x: float, y: float) -> list[tuple[float, float]]:
    if direction == "escalatory":
        return [(x - 5.5, y + 4.5), (x, y - 5.5), (x + 5.5, y + 4.5)]
    if direction == "de_escalatory":
        return [(x - 5.5, y - 4.5), (x, y + 5.5), (x + 5.5, y - 4.5)]
    return [(x - 5.5, y), (x, y - 5.5), (x + 5.5, y), (x, y + 5.5)]


def _told(note: Note) -> str:
    """What the figure shows, for those who do not see it; the list below it has the signals one by one."""
    parts = [f"{day(at.date)}: {at.escalation.level}, {at.escalation.score:.1f} of 10" for at in note.levels]
    level = f"Level on each date: {'; '.join(parts)}. " if parts else ""
    dated = sum(len(entry.signals) for entry in note.timeline)
    return f"{level}{count(dated, 'dated signal')} on {count(len(note.timeline), 'date')}, listed below the figure."
