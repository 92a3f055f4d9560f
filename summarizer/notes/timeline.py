"""What happened when, and how the escalation level went: by the dates of the events, not of the reports."""

from collections.abc import Sequence

from summarizer.notes.dating import in_order
from summarizer.notes.signals import level_of
from summarizer.types.note import LevelOnDate, NoteSignal, TimelineEntry
from summarizer.types.signals import SignalId

__all__ = ["levels", "timeline", "undated"]


def timeline(signals: Sequence[NoteSignal]) -> list[TimelineEntry]:
    """The dated signals by date, each date as precise as it is known; a whole month comes before its days."""
    dates = sorted({signal.date for signal in signals if signal.date}, key=in_order)
    return [TimelineEntry(date=iso, signals=[s.id for s in signals if s.date == iso]) for iso in dates]


def undated(signals: Sequence[NoteSignal]) -> list[SignalId]:
    """The signals whose date no source tells."""
    return [signal.id for signal in signals if signal.date is None]


def levels(signals: Sequence[NoteSignal]) -> list[LevelOnDate]:
    """The level after each date of the timeline, from all signals dated until then; undated ones are in none."""
    dated = sorted(
        ((signal.date, signal) for signal in signals if signal.date), key=lambda pair: in_order(pair[0])
    )
    found: list[LevelOnDate] = []
    for n, (iso, _) in enumerate(dated, 1):
        if n == len(dated) or dated[n][0] != iso:
            found.append(LevelOnDate(date=iso, escalation=level_of(signal for _, signal in dated[:n])))
    return found
