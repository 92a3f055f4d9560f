"""What a note may say: the supported points and signals of its briefings, each with the sentences it stands on.

The model never reads an article here. It reads these claims, each of which has passed the check against its own
article, with relative days written out and the sources beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import read
from summarizer.notes.disputes import is_confirmation
from summarizer.notes.sources import outlet, span_of
from summarizer.notes.weekdays import absolute
from summarizer.types import Escalation, Point
from summarizer.types.base import IsoDate
from summarizer.types.note import Comparison, NoteSignal, Source, SourceId, SourceSpan

__all__ = ["NoteClaim", "claims_of", "most_telling"]

_LEAD, _DRIVER, _EACH_OUTLET, _MOST_OUTLETS, _INTENSITY, _RECENT = 1.5, 1.0, 0.5, 3, 0.1, 1.0
_UNSETTLED = 0.5
_HOLDING = frozenset({"supported", "unchecked"})
"""Unchecked is what is written in, or about an article in, a language that the rules do not read."""
_LONGEST = 2000
"""Characters of a published line."""
_ALIKE = 0.6
"""Share of the words of the shorter claim from which two claims say the same."""


@dataclass(frozen=True, eq=False)
class NoteClaim:
    """One validated sentence."""

    text: str
    own_text: str
    """As its briefing has it, with relative days."""
    evidence: tuple[SourceSpan, ...]
    """Sentences that carry it; the one it restates comes first."""
    sources: tuple[SourceId, ...]
    date: IsoDate | None
    published: IsoDate | None
    weight: float
    """How much it belongs into a bottom line. No unit."""
    outdated: bool
    """Whether a later source gives another number, or confirms what it denies."""
    contested: bool
    """Whether it stands on a sentence in which somebody denies something."""
    is_lead: bool
    """Whether a briefing has it as its bottom line."""
    driver: int | None
    """Its place among the signals that decide the level, from 0."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Roots of its telling words."""
        light, reading = lexicon().roots("function", "light"), read(self.text)
        return frozenset(r for i in reading.content if (r := reading.tokens[i].root) not in light)

    @property
    def when(self) -> tuple[str, str]:
        """A key that sorts claims by the time of what they tell."""
        return self.date or self.published or "9999", self.published or "9999"


def claims_of(
    sources: Sequence[Source],
    signals: Sequence[NoteSignal],
    escalation: Escalation,
    comparisons: Sequence[Comparison],
) -> list[NoteClaim]:
    """Every supported signal and every supported point beside it, the weightiest first, outdated ones last.

    Args:
        sources: In the order of publication.
        signals: Of the note.
        escalation: Its drivers count more.
        comparisons: Tell what a later source corrects.
    """
    contested = _contested(signals)
    maker = _Maker(sources, escalation, _outdated(sources, comparisons, contested), contested)
    made = [maker.of_signal(signal) for signal in signals if signal.verdict in _HOLDING]
    taken = {(c.evidence[0].source, c.evidence[0].sentence) for c in made}
    for source in sources:
        for point in _points(source):
            place = (source.id, point.evidence[0].sentence)
            if place not in taken:
                taken.add(place)
                made.append(maker.of_point(source, point))
    return sorted(made, key=lambda claim: (claim.outdated, -claim.weight))


def most_telling(
    claims: Iterable[NoteClaim], most: int, *, beside: Sequence[NoteClaim] = ()
) -> list[NoteClaim]:
    """The first claims that do not repeat each other.

    Args:
        claims: The weightiest first.
        most: At most so many.
        beside: Claims that they must not repeat either.
    """
    chosen: list[NoteClaim] = []
    for claim in claims:
        if len(chosen) == most:
            break
        if not any(_repeats(claim, other) for other in (*beside, *chosen)):
            chosen.append(claim)
    return chosen


def _repeats(one: NoteClaim, other: NoteClaim) -> bool:
    return len(one.words & other.words) >= _ALIKE * max(1, min(len(one.words), len(other.words)))


def _points(source: Source) -> Iterator[Point]:
    summary = source.briefing.summary
    held = (summary.bottom_line, *summary.key_points)
    return (point for point in held if point.verdict in _HOLDING and point.evidence)


Places = frozenset[tuple[SourceId, int]]
"""Sentences of sources, by number."""


def _contested(signals: Sequence[NoteSignal]) -> Places:
    """Sentences in which somebody denies something."""
    denying = (s for s in signals if s.event_type == "REJECT" or s.modality == "denied")
    spans = [span for signal in denying for span in signal.evidence]
    spans += [
        span
        for signal in signals
        for report in signal.reports
        if report.modality == "denied"
        for span in signal.evidence
        if span.source == report.source
    ]
    return frozenset((span.source, span.sentence) for span in spans if not is_confirmation(span.quote))


def _outdated(sources: Sequence[Source], comparisons: Sequence[Comparison], contested: Places) -> Places:
    """Sentences that a later source corrects: another number, or a denial that was followed by a confirmation."""
    order = {source.id: n for n, source in enumerate(sources)}
    found: set[tuple[SourceId, int]] = set()
    for comparison in comparisons:
        places = [(s.source, span.sentence) for s in comparison.statements for span in s.evidence]
        if comparison.kind == "agreement" or not places:
            continue
        last = max(places, key=lambda place: order[place[0]])
        earlier = {place for place in places if order[place[0]] < order[last[0]]}
        if comparison.about == "number":
            found |= earlier
        elif comparison.about == "modality" and last not in contested:
            told = {source for source, _ in earlier}
            found |= {place for place in contested if place[0] in told}
    return frozenset(found)


@dataclass(frozen=True)
class _Maker:
    sources: Sequence[Source]
    escalation: Escalation
    outdated: Places
    contested: Places

    @cached_property
    def known(self) -> dict[SourceId, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def leads(self) -> set[tuple[SourceId, int]]:
        """The first sentence that each bottom line stands on."""
        lines = ((source.id, source.briefing.summary.bottom_line) for source in self.sources)
        return {(source, line.evidence[0].sentence) for source, line in lines if line.evidence}

    @cached_property
    def year(self) -> int | None:
        """The year of the newest article, which need not be said."""
        days = [s.briefing.article.published for s in self.sources if s.briefing.article.published]
        return int(max(days)[:4]) if days else None

    def of_signal(self, signal: NoteSignal) -> NoteClaim:
        drivers = self.escalation.drivers
        carried = {report.source: None for report in signal.reports}
        first = signal.evidence[0]
        others = [
            next((s for s in signal.evidence if s.source == d), None) for d in carried if d != first.source
        ]
        evidence = (first, *(span for span in others if span))
        weight = _INTENSITY * abs(signal.intensity or 0)
        weight -= _UNSETTLED * (signal.modality in ("alleged", "denied", "hypothetical"))
        return self._made(
            signal.description,
            evidence,
            date=signal.date,
            weight=weight,
            driver=drivers.index(signal.id) if signal.id in drivers else None,
        )

    def of_point(self, source: Source, point: Point) -> NoteClaim:
        evidence = tuple(span_of(source.id, span) for span in point.evidence)
        return self._made(point.text, evidence, date=None, weight=0.0, driver=None)

    def _made(
        self,
        text: str,
        evidence: tuple[SourceSpan, ...],
        *,
        date: IsoDate | None,
        weight: float,
        driver: int | None,
    ) -> NoteClaim:
        first = evidence[0]
        published = self.known[first.source].briefing.article.published
        is_lead = (first.source, first.sentence) in self.leads
        written = absolute(text, published, year=self.year)
        return NoteClaim(
            text=written if len(written) <= _LONGEST else text,
            own_text=text,
            evidence=evidence,
            sources=tuple(dict.fromkeys(span.source for span in evidence)),
            date=date,
            published=published,
            weight=weight + self._standing(evidence) + _LEAD * is_lead + _DRIVER * (driver is not None),
            outdated=(first.source, first.sentence) in self.outdated,
            contested=(first.source, first.sentence) in self.contested,
            is_lead=is_lead,
            driver=driver,
        )

    def _standing(self, evidence: Sequence[SourceSpan]) -> float:
        """More for every outlet that tells it, and for new articles."""
        outlets = {outlet(self.known[span.source]) for span in evidence}
        place = max(
            n for n, source in enumerate(self.sources, 1) if source.id in {s.source for s in evidence}
        )
        recent = _RECENT * place / len(self.sources)
        return _EACH_OUTLET * min(_MOST_OUTLETS, len(outlets) - 1) + recent
