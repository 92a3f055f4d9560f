"""Reports of one event by several sources, found together.

Sources are read in the order of publication. Each report of the next source is held against the events known so far,
by words, type, parties and date, and the best pairs are taken first, so that two reports of one source never become
one event. What an event is like is the sum of its reports, so later reports need not repeat the words of the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt

from summarizer.codebook import codebook
from summarizer.notes.dating import days_apart
from summarizer.notes.reports import Report, weights
from summarizer.types import EventType
from summarizer.types.base import IsoDate
from summarizer.types.note import NoteActorId

__all__ = ["same_events"]

ENOUGH = 0.42
"""Likeness from which two reports are of one event; found on texts that are not part of this project."""
WORDS, TYPE, PARTIES = 0.7, 0.25, 0.05
KIN, UNKNOWN = 0.4, 0.5
"""Likeness of two types of one quad class; of parties where one side names none."""
SAME_DAY, OTHER_DAY = 0.1, 0.15
OTHER_DOER = 0.2
"""What it costs that each names a doer of another country, or another speaker of words."""
APART = 2
"""Days by which sources may differ in the date of one event."""
_COMMON = 0.25
"""Share of all events that hold a word from which it no longer helps to find one; only where there are many."""
_FEW = 40

Vector = dict[str, float]


@dataclass(eq=False, slots=True)
class _Event:
    reports: list[Report] = field(default_factory=list[Report])
    words: Vector = field(default_factory=Vector)
    length: float = 0.0
    types: set[EventType] = field(default_factory=set[EventType])
    parties: set[NoteActorId] = field(default_factory=set[NoteActorId])
    doers: set[NoteActorId] = field(default_factory=set[NoteActorId])
    sides: set[str] = field(default_factory=set[str])
    dates: set[IsoDate] = field(default_factory=set[IsoDate])

    def add(self, report: Report, words: Vector) -> None:
        self.reports.append(report)
        for stem, value in words.items():
            self.words[stem] = self.words.get(stem, 0.0) + value
        self.length = sqrt(sum(value * value for value in self.words.values()))
        self.types.add(report.signal.event_type)
        self.parties |= report.parties
        self.doers.update(report.actors)
        self.sides |= report.sides
        if report.signal.date:
            self.dates.add(report.signal.date)


def same_events(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports by event, each in exactly one; both in the order of the reports.

    Args:
        reports: In the order of the sources.
    """
    events: list[_Event] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    vectors = dict(zip(map(id, reports), weights(reports), strict=True))
    for _, group in groupby(reports, key=lambda report: report.source):
        told = list(group)
        homes = _assigned([_likeness(vectors[id(r)], r, events, holders) for r in told])
        for n, report in enumerate(told):
            home = homes.get(n)
            if home is None:
                home = len(events)
                events.append(_Event())
            known = events[home].words.keys()
            for stem in vectors[id(report)].keys() - known:
                holders[stem].append(home)
            events[home].add(report, vectors[id(report)])
    return [event.reports for event in events]


def _assigned(likeness: Sequence[dict[int, float]]) -> dict[int, int]:
    """Report to event, the likeliest pairs first, each event once."""
    pairs = sorted((-score, n, event) for n, scores in enumerate(likeness) for event, score in scores.items())
    homes: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, event in pairs:
        if n not in homes and event not in taken:
            homes[n] = event
            taken.add(event)
    return homes


def _likeness(
    words: Vector, report: Report, events: Sequence[_Event], holders: dict[str, list[int]]
) -> dict[int, float]:
    """The events that a report may tell of, with how likely it does."""
    shared: defaultdict[int, float] = defaultdict(float)
    for stem, value in words.items():
        places = holders.get(stem, ())
        if len(places) > max(_FEW, _COMMON * len(events)):
            continue
        for place in places:
            shared[place] += value * events[place].words[stem]
    scores = {n: _score(report, events[n], dot / events[n].length) for n, dot in shared.items()}
    return {n: score for n, score in scores.items() if score >= ENOUGH}


def _score(report: Report, event: _Event, alike: float) -> float:
    signal = report.signal
    kin = max(_kinship(signal.event_type, known) for known in event.types)
    if kin == 0 or alike * WORDS + TYPE + PARTIES + SAME_DAY < ENOUGH:
        return 0.0
    score = WORDS * alike + TYPE * kin + PARTIES * _overlap(report.parties, event.parties)
    if _other_doer(report, event):
        score -= OTHER_DOER
    if signal.date and event.dates:
        apart = max(days_apart(signal.date, known) for known in event.dates)
        if apart > APART:
            return 0.0
        score += -OTHER_DAY if apart else SAME_DAY
    return score


def _other_doer(report: Report, event: _Event) -> bool:
    if report.sides and event.sides:
        return not report.sides & event.sides
    is_deed = codebook().event_types[report.signal.event_type].is_deed
    return not is_deed and bool(report.actors and event.doers) and not event.doers & set(report.actors)


def _kinship(one: EventType, other: EventType) -> float:
    """1 for the same type, less for a neighbour, 0 for what cannot be one event."""
    if one == other:
        return 1.0
    types = codebook().event_types
    return KIN if types[one].quad == types[other].quad else 0.0


def _overlap(one: Iterable[NoteActorId], other: Iterable[NoteActorId]) -> float:
    mine, theirs = set(one), set(other)
    if not mine or not theirs:
        return UNKNOWN
    return len(mine & theirs) / min(len(mine), len(theirs))
