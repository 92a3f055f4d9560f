"""The reports of one event as one signal of the note, with every source's evidence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from summarizer.codebook import codebook
from summarizer.grounding.escalation import escalation
from summarizer.notes.dating import agreed
from summarizer.notes.reports import Report
from summarizer.types import Attribution, Escalation, EventType, Modality, Signal, Verdict
from summarizer.types.note import NoteActorId, NoteSignal, SignalRef, SourceSpan

__all__ = ["ASSERTED", "level_of", "merge_reports", "representative"]

ASSERTED: frozenset[Modality] = frozenset({"occurred", "ongoing"})
_AHEAD: frozenset[Modality] = frozenset({"planned", "threatened", "hypothetical"})
_RANK: dict[Verdict, int] = {"supported": 0, "unchecked": 1, "altered": 2, "unsupported": 3}
_MOST_PARTIES = 6

Value = TypeVar("Value")


def merge_reports(events: Sequence[Sequence[Report]]) -> list[NoteSignal]:
    """One signal for each event, in the order of the events.

    Args:
        events: The reports of each, in the order of the sources.
    """
    return [_signal(f"s{n}", reports) for n, reports in enumerate(events, 1)]


def representative(reports: Sequence[Report]) -> Report:
    """The report whose words stand for all: one that holds, names who did it, and came first."""
    return min(
        reports,
        key=lambda r: (_RANK[r.signal.verdict], r.signal.modality == "denied", not r.actors, r.order),
    )


def level_of(signals: Iterable[NoteSignal]) -> Escalation:
    """The level that signals of a note give, by the formula that a briefing's level follows."""
    return escalation([_plain(signal) for signal in signals])


def _signal(signal_id: str, reports: Sequence[Report]) -> NoteSignal:
    best = representative(reports)
    chosen = best.signal
    codes: list[tuple[EventType, str | None]] = [(r.signal.event_type, r.signal.mode) for r in reports]
    event_type, mode = _usual(codes, (chosen.event_type, chosen.mode))
    modality = _modality(reports, chosen.modality)
    # Whoever denies an event is its speaker, not its doer.
    told = [r for r in reports if r.signal.modality != "denied"] or reports
    doers = _parties([r.actors for r in told], best.actors)
    targets = [a for a in _parties([r.targets for r in told], best.targets) if a not in doers]
    return NoteSignal(
        id=signal_id,
        description=chosen.description,
        event_type=event_type,
        mode=mode,
        direction=_usual([r.signal.direction for r in reports], chosen.direction),
        axis=_usual([r.signal.axis for r in reports], chosen.axis),
        domain=chosen.domain or next((r.signal.domain for r in reports if r.signal.domain), None),
        modality=modality,
        intensity=codebook().intensity(event_type, mode, modality),
        actor_ids=doers,
        target_ids=targets,
        date=agreed([r.signal.date for r in reports if r.signal.date]),
        reports=[SignalRef(source=r.source, id=r.signal.id, modality=r.signal.modality) for r in reports],
        evidence=_evidence(best, reports),
        verdict=chosen.verdict,
        issues=list(chosen.issues),
    )


def _modality(reports: Sequence[Report], chosen: Modality) -> Modality:
    """What is told as a fact has happened, unless as many deny it and nobody has confirmed it since."""
    told: list[Modality] = [r.signal.modality for r in reports if r.signal.verdict != "unsupported"] or [
        chosen
    ]
    facts = [n for n, modality in enumerate(told) if modality in ASSERTED]
    denials = [n for n, modality in enumerate(told) if modality == "denied"]
    if facts and denials:
        confirmed = max(facts) > max(denials)
        return told[max(facts)] if confirmed or len(facts) > len(denials) else "alleged"
    if facts and not all(modality in ASSERTED or modality in _AHEAD for modality in told):
        return _usual(told, chosen)
    return _usual([told[n] for n in facts] or told, chosen)


def _usual(values: Sequence[Value], chosen: Value) -> Value:
    """The most frequent; the chosen one where it is among the most frequent."""
    times = Counter(values)
    most = max(times.values())
    return chosen if times[chosen] == most else next(value for value in values if times[value] == most)


def _parties(named: Sequence[Sequence[NoteActorId]], chosen: Sequence[NoteActorId]) -> list[NoteActorId]:
    """Those the chosen report names, then those that most others name."""
    times = Counter(actor for ids in named for actor in ids)
    tellers = sum(bool(ids) for ids in named)
    others = [actor for actor, count in times.most_common() if 2 * count >= tellers and actor not in chosen]
    return [*chosen, *others][:_MOST_PARTIES]


def _evidence(best: Report, reports: Sequence[Report]) -> list[SourceSpan]:
    """The sentence that the description restates comes first, then what the other sources say."""
    spans = [*best.evidence, *(span for report in reports for span in report.evidence)]
    return list({(span.source, span.start, span.end): span for span in spans}.values())


def _plain(signal: NoteSignal) -> Signal:
    """A signal as the formula reads it; who did it and who says so do not count there."""
    return Signal(
        id=signal.id,
        description=signal.description,
        event_type=signal.event_type,
        mode=signal.mode,
        direction=signal.direction,
        axis=signal.axis,
        domain=signal.domain,
        modality=signal.modality,
        intensity=signal.intensity,
        actor_ids=[],
        target_ids=[],
        date=signal.date,
        attribution=Attribution(type="unspecified", speaker=None, speaker_id=None),
        evidence=[],
        verdict=signal.verdict,
    )
