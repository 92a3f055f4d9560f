"""Proposals: which sentences of an article may report a signal, and of what kind. Code proposes, the model decides."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.article import Article, Sentence
from summarizer.grounding.composition import Finding
from summarizer.grounding.grouping import Told, group
from summarizer.grounding.lexicon import Lexicon, lexicon
from summarizer.grounding.salience import Standing, rank, standing, title_types
from summarizer.grounding.spans import span_at
from summarizer.grounding.stretches import stretches
from summarizer.types.evidence import Span
from summarizer.types.signals import Axis, Direction, Domain, EventType, Modality

__all__ = ["Proposal", "propose"]

_PER_SENTENCE = 2
_SURE, _APART, _SECOND = 0.7, 40, 0.75
_IN_TITLE = 1.12
_REPEAT = 0.94
_EACH_MORE = 0.93
"""What each further sentence of a group leaves of the doubt about it."""
_NOT = re.compile(r"\b(?:not|no|never|without)\b", re.IGNORECASE)
_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE", "THREATEN"})
_TURNED_BY_SURROUNDINGS: frozenset[EventType] = frozenset({"SUPPORT", "REQUEST", "AGREE", "AID"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One event that the words of a sentence point to."""

    sentence: int
    event_type: EventType
    mode: str | None
    direction: Direction
    modality: Modality
    axis: Axis
    domain: Domain | None
    trigger: Span
    score: float
    """How sure it is to be a signal of this type, 0 to 1; for ranking, not a probability."""
    alternatives: tuple[EventType, ...] = ()
    """Other types that the same sentence points to, best first."""
    also: tuple[int, ...] = ()
    """Further sentences that seem to report the same event."""
    echoes: tuple[Span, ...] = ()
    """The words that tell of it there."""


def propose(article: Article, *, words: Lexicon | None = None) -> list[Proposal]:
    """Propose the signals of an article.

    Args:
        article: The article; its title and date, when known, sharpen the scores.
        words: Another lexicon than the one that ships with the program.

    Returns:
        Proposals in reading order, at most two a sentence.
    """
    words = words or lexicon()
    title = title_types(article, words)
    made: list[Proposal] = []
    told: list[Told] = []
    for sentence in article.sentences:
        stands = standing(sentence, article, words)
        for one in _of_sentence(sentence, article, words, stands, title):
            made.append(one)
            told.append(
                Told(
                    one.sentence,
                    one.event_type,
                    one.mode,
                    one.modality,
                    sentence.body,
                    one.trigger.quote,
                    one.score,
                    stands.background,
                )
            )
    found: list[Proposal] = []
    for stretch in stretches(article):
        # In a long report the same words tell, far apart, of another day's event.
        here = [n for n, one in enumerate(told) if one.sentence in stretch]
        groups = group([told[n] for n in here])
        found += _less_for_repeats([_merged([made[n] for n in here], members) for members in groups])
    return sorted(found, key=lambda p: (p.sentence, p.trigger.start))


def _of_sentence(
    sentence: Sentence, article: Article, words: Lexicon, stands: Standing, title: frozenset[EventType]
) -> Iterator[Proposal]:
    body = sentence.body
    ranked = rank(body, words)
    types: list[EventType] = [f.event_type for f, _ in ranked]
    types.extend(t for f, _ in ranked for t in f.losers)
    for finding, score in _distinct(ranked)[:_PER_SENTENCE]:
        start, end = sentence.body_start + finding.start, sentence.body_start + finding.end
        in_title = _IN_TITLE if finding.event_type in title else 1.0
        yield Proposal(
            sentence=sentence.number,
            event_type=finding.event_type,
            mode=finding.mode,
            direction=_direction(finding, body, words),
            modality=finding.modality,
            axis=_axis(finding, body, words),
            domain=finding.hit.entry.domain or _domain(finding, body, words),
            trigger=span_at(article, sentence.number, start, end),
            score=round(min(1.0, score * stands.factor * in_title), 3),
            alternatives=_others(types, finding.event_type),
        )


def _others(types: Sequence[EventType], own: EventType) -> tuple[EventType, ...]:
    return tuple(sorted({t for t in types if t != own}, key=types.index))


def _distinct(ranked: Sequence[tuple[Finding, float]]) -> list[tuple[Finding, float]]:
    """The best finding of each type; a second of one type only where its mode says that it is another event."""
    kept: list[tuple[Finding, float]] = []
    for finding, score in ranked:
        same = [k for k, _ in kept if k.event_type == finding.event_type]
        if not same:
            kept.append((finding, score))
        elif all(
            finding.hit.entry.sure >= _SURE
            and finding.mode != k.mode
            and abs(finding.start - k.start) > _APART
            for k in same
        ):
            kept.append((finding, score * _SECOND))
    return sorted(kept, key=lambda pair: -pair[1])


def _direction(finding: Finding, body: str, words: Lexicon) -> Direction:
    """The phrase's own direction, else its type's, turned by what stands around it."""
    if finding.modality == "denied" and finding.direction == "escalatory" and finding.event_type in _FORCE:
        return "de_escalatory"
    if finding.hit.entry.direction or finding.content or finding.event_type not in _TURNED_BY_SURROUNDINGS:
        return finding.direction
    near = body[max(0, finding.start - 30) : finding.end + 90]
    if finding.event_type != "AID" and words.surroundings["calming"].found_in(near):
        return "de_escalatory"
    if words.surroundings["hardening"].found_in(near):
        return "de_escalatory" if finding.event_type == "AGREE" and _NOT.search(near) else "escalatory"
    return finding.direction


def _axis(finding: Finding, body: str, words: Lexicon) -> Axis:
    axis = finding.hit.entry.axis or words.natures[finding.event_type].axis
    if axis == "vertical" and words.surroundings["horizontal"].found_in(body):
        return "horizontal"
    return axis


def _domain(finding: Finding, body: str, words: Lexicon) -> Domain | None:
    """The domain that the trigger names, else the words next to it, else the sentence."""
    near = body[max(0, finding.start - 40) : finding.end + 60]
    for text in (body[finding.start : finding.end], near, body):
        for domain, phrases in words.domains.items():
            if phrases.found_in(text):
                return domain
    return None


def _less_for_repeats(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Lower the second, third, ... of a type: more often than not they tell again what the first told."""
    seen: Counter[EventType] = Counter()
    for one in sorted(proposals, key=lambda p: -p.score):
        yield replace(one, score=round(one.score * _REPEAT ** seen[one.event_type], 3))
        seen[one.event_type] += 1


def _merged(made: Sequence[Proposal], members: Sequence[int]) -> Proposal:
    """One proposal for a group: the surest, with the sentences of the others."""
    best = made[members[0]]
    also = tuple(sorted({made[m].sentence for m in members} - {best.sentence}))
    score = 1 - (1 - best.score) * _EACH_MORE ** len(also)
    echoes = tuple(made[m].trigger for m in sorted(members) if made[m].sentence in also)
    return replace(best, also=also, echoes=echoes, score=round(min(1.0, score), 3))
