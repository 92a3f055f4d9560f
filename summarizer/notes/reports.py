"""One source's report of an event, as merging sees it: its words, its parties, its date."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import read
from summarizer.notes.actors import MergedActors
from summarizer.types import Signal
from summarizer.types.note import NoteActor, NoteActorId, Source, SourceId, SourceSpan

__all__ = ["Report", "reports_of", "weights"]

_SAID, _AROUND = 1.0, 0.5
"""Weight of a word of the description, and of one that only the sentence behind it has."""
_IDEA = 0.7
"""Weight of what a word means beside the word itself: "killed" and "dead" meet only there."""
_EMPTY = frozenset(
    re.findall(
        r"\S+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december say tell report accord",
    )
)
"""Days, and that somebody says so, tell nothing of an event."""


@dataclass(frozen=True, eq=False)
class Report:
    """One signal of one source."""

    source: SourceId
    order: int
    """Place of the source among all, from 0."""
    signal: Signal
    actors: tuple[NoteActorId, ...]
    targets: tuple[NoteActorId, ...]
    sides: frozenset[str]
    """Countries of those who did it, as far as they are known."""

    @cached_property
    def words(self) -> Mapping[str, float]:
        """Roots of its telling words, and `#` before the ideas they stand for, with their weights."""
        found: dict[str, float] = {}
        for text, weight in ((self.signal.description, _SAID), (self.signal.evidence[0].quote, _AROUND)):
            for word, share in _telling(text):
                found[word] = max(found.get(word, 0.0), share * weight)
        return found

    @property
    def parties(self) -> frozenset[NoteActorId]:
        """Everyone it names."""
        return frozenset((*self.actors, *self.targets))

    @cached_property
    def evidence(self) -> list[SourceSpan]:
        """Its evidence as spans of the note."""
        return [SourceSpan(source=self.source, **span.model_dump()) for span in self.signal.evidence]


def reports_of(sources: Sequence[Source], merged: MergedActors) -> list[Report]:
    """All reports, in the order of the sources."""
    sides = {actor.id: side for actor in merged.actors if (side := _side(actor))}
    return [
        _report(source.id, order, signal, merged.ids, sides)
        for order, source in enumerate(sources)
        for signal in source.briefing.escalation_signals
    ]


def _report(
    source: SourceId,
    order: int,
    signal: Signal,
    ids: Mapping[tuple[SourceId, str], NoteActorId],
    sides: Mapping[NoteActorId, str],
) -> Report:
    doers = _mapped(source, signal.actor_ids, ids)
    targets = _mapped(source, signal.target_ids, ids)
    return Report(source, order, signal, doers, targets, frozenset(sides[a] for a in doers if a in sides))


def _side(actor: NoteActor) -> str | None:
    """The country it acts for; a state that no table knows stands for itself."""
    return actor.country or (actor.name if actor.kind == "state" else None)


def weights(reports: Iterable[Report]) -> list[dict[str, float]]:
    """The words of each report, weighted by how few reports hold them, as vectors of length 1."""
    held = [report.words for report in reports]
    counts = Counter(word for words in held for word in words)
    rarity = {word: log(1 + len(held) / count) for word, count in counts.items()}
    return [_unit({word: weight * rarity[word] for word, weight in words.items()}) for words in held]


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}


def _telling(text: str) -> Iterator[tuple[str, float]]:
    reading, light = read(text), lexicon().roots("function", "light")
    for index in reading.content:
        token = reading.tokens[index]
        if token.kind != "word" or token.lower in _EMPTY or token.root in _EMPTY or token.root in light:
            continue
        yield token.root, 1.0
        yield from ((f"#{idea}", _IDEA) for idea in reading.ideas[index])


def _mapped(
    source: SourceId, actors: Iterable[str], ids: Mapping[tuple[SourceId, str], NoteActorId]
) -> tuple[NoteActorId, ...]:
    return tuple(dict.fromkeys(ids[source, actor] for actor in actors if (source, actor) in ids))
