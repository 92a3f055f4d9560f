"""Numbers that several sources give for one thing: the same, or different ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from summarizer.grounding.claims.dates import dates
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.numbers import Quantity, agree, quantities
from summarizer.grounding.claims.reading import Reading, read
from summarizer.notes.dating import days_apart
from summarizer.types.base import IsoDate
from summarizer.types.note import Source, SourceId, SourceSpan

__all__ = ["Figure", "agreeing", "figures_of", "same_things"]

_MEASURES: Mapping[str, str] = {
    **dict.fromkeys(("kill", "dead", "die", "death", "slain", "slay"), "killed"),
    **dict.fromkeys(("wound", "injur", "hurt", "injury"), "wounded"),
    **dict.fromkeys(("detain", "arrest", "captur", "capture"), "detained"),
    "missing": "missing",
}
_BEFORE, _AFTER = 3, 6
"""Tokens around a number among which a verb says what it counts."""
_SHARED, _SHARE = 3, 0.25
"""Words that two sentences have in common when they are of one thing: so many, and this part of the shorter."""
_APART = 2
_NOT_A_COUNT = frozenset({"percent", "dollar", "euro", "pound", "day", "hour", "minute", "second", "week", "month", "year", "decade"})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Figure:
    """One number where a cited sentence gives it."""

    source: SourceId
    span: SourceSpan
    reading: Reading
    quantity: Quantity
    date: IsoDate | None
    """Of the event that the sentence tells of."""

    @cached_property
    def measure(self) -> str | None:
        """`killed`, `wounded`, `detained` or `missing`, by the nearest such word around it."""
        first, last = min(self.quantity.indices), max(self.quantity.indices)
        near = self.reading.tokens[max(0, first - _BEFORE) : last + _AFTER + 1]
        found = [
            (min(abs(t.index - first), abs(t.index - last)), measure)
            for t in near
            if (measure := _MEASURES.get(t.root) or _MEASURES.get(t.lower))
        ]
        return min(found)[1] if found else None

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Roots of what is counted."""
        return frozenset(self.quantity.noun.split())

    @property
    def keys(self) -> list[str]:
        """What two figures of one thing share at least one of."""
        return (
            [f"={self.measure}"]
            if self.measure
            else [f"{self.quantity.unit} {noun}" for noun in sorted(self.nouns)]
        )

    @cached_property
    def context(self) -> frozenset[str]:
        """Roots of the words of its sentence, names included, numbers not."""
        light, reading = lexicon().roots("function", "light"), self.reading
        words = (reading.tokens[i] for i in reading.content)
        return frozenset(t.root for t in words if t.kind == "word" and t.root not in light)

    @property
    def words(self) -> str:
        """The number with what it counts: "about 2,000 soldiers"."""
        last = max(self.quantity.indices)
        after = self.reading.tokens[last + 1 : last + 4]
        nouns = [t.index for t in after if t.root in self.nouns]
        start = min(self.quantity.indices) - (self.quantity.bound == "about")
        return self.reading.words([max(0, start), max([last, *nouns])])


def figures_of(sources: Sequence[Source]) -> list[Figure]:
    """The counts in the sentences that points and signals of the sources cite, in order, each once."""
    return [figure for source in sources for figure in _of_source(source)]


def same_things(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures of at least two sources that count one thing, in the order of the sources."""
    buckets: defaultdict[str, list[int]] = defaultdict(list)
    for n, figure in enumerate(figures):
        for key in figure.keys:
            buckets[key].append(n)
    home = list(range(len(figures)))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for held in buckets.values():
        for one, other in combinations(held, 2):
            if root(one) != root(other) and _one_thing(figures[one], figures[other]):
                low, high = sorted((root(one), root(other)))
                home[high] = low
    groups: defaultdict[int, list[Figure]] = defaultdict(list)
    for n, figure in enumerate(figures):
        groups[root(n)].append(figure)
    return [group for group in groups.values() if len({figure.source for figure in group}) > 1]


def agreeing(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether two sources give at least one number alike."""
    return any(agree(a.quantity, b.quantity) or agree(b.quantity, a.quantity) for a in one for b in other)


def _of_source(source: Source) -> Iterator[Figure]:
    briefing = source.briefing
    days = {
        span.start: signal.date
        for signal in reversed(briefing.escalation_signals)
        for span in signal.evidence[:1]
    }
    items = [briefing.summary.bottom_line, *briefing.summary.key_points, *briefing.escalation_signals]
    spans = {span.start: span for item in items for span in item.evidence}
    for start in sorted(spans):
        span = SourceSpan(source=source.id, **spans[start].model_dump())
        reading = read(span.quote)
        if not quantities(reading):
            continue
        skip = frozenset(i for day in dates(reading, None) for i in day.indices)
        for quantity in quantities(reading, skip=skip):
            if not (quantity.rank or quantity.vague or quantity.unit in _NOT_A_COUNT or not quantity.noun):
                yield Figure(source.id, span, reading, quantity, days.get(start))


def _one_thing(one: Figure, other: Figure) -> bool:
    if one.quantity.unit != other.quantity.unit or one.measure != other.measure:
        return False
    if one.date and other.date and days_apart(one.date, other.date) > _APART and one.measure is None:
        return False
    if one.source == other.source:
        return one.span.start == other.span.start and bool(one.nouns & other.nouns)
    shared = len(one.context & other.context)
    return shared >= _SHARED and shared >= _SHARE * min(len(one.context), len(other.context))
