"""Who did it, and to whom: the actors around the words that tell of an event.

English news puts the doer before the verb and the one it is done to after it; "by" turns the two round. Where
no actor is named before, a nationality before the noun ("Russian attacks") stands for its state, and a
pronoun at the start of the sentence for the person last named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence
from summarizer.grounding.places import place_mentions
from summarizer.types import Actor, EventType, Span

__all__ = ["Parties", "parties_of"]

TALKS: frozenset[EventType] = frozenset({"CONSULT"})
"""PLOVER lists every participant of a call or meeting as actor and leaves the recipient empty."""
NO_TARGET: frozenset[EventType] = frozenset({"CONSULT", "PROTEST", "MOBILIZE"})
WIDEST = 90
"""Characters between an actor and the words of the event; further away it belongs to something else."""

_BY = re.compile(r"\bby\s+(?:the\s+|a\s+|an\s+)?(?:[\w.]+\s+){0,3}$")
_NOT_SUBJECT = re.compile(
    r"\b(?:of|in|at|from|to|with|against|between|for|on|near|after|into|over|about|amid|since)\s+(?:the\s+)?(?:[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:He|She)\b")
_PEOPLE = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Actor ids: those who did it, and those it is aimed at."""

    actors: list[str]
    targets: list[str]


@dataclass(frozen=True, slots=True)
class _Named:
    actor: Actor
    start: int
    end: int
    subject: bool
    by: bool


def parties_of(article: Article, trigger: Span, event_type: EventType, actors: Sequence[Actor]) -> Parties:
    """The actors of the event that `trigger` tells of, at most two a side."""
    sentence = article.sentence(trigger.sentence)
    named = _named(article, sentence, actors)
    before = [n for n in named if n.start < trigger.start and trigger.start - n.end <= WIDEST]
    after = [n for n in named if n.start >= trigger.start and n.start - trigger.end <= WIDEST]
    doers = [n for n in after if n.by][:1] or [n for n in before if n.subject][-1:]
    doer_ids = (
        [n.actor.id for n in doers] or _understood(article, sentence, trigger, actors) or _ids(before[-1:])
    )
    aimed = [n for n in (*after, *reversed(before)) if not n.by and n.actor.id not in doer_ids]
    if event_type in TALKS:
        return Parties(list(dict.fromkeys([*doer_ids, *_ids(aimed)]))[:2], [])
    return Parties(doer_ids, [] if event_type in NO_TARGET else _ids(aimed)[:1])


def _ids(named: Sequence[_Named]) -> list[str]:
    return list(dict.fromkeys(n.actor.id for n in named))


def _named(article: Article, sentence: Sentence, actors: Sequence[Actor]) -> list[_Named]:
    found: list[_Named] = []
    for actor in actors:
        for span in actor.mentions:
            if span.sentence == sentence.number:
                lead = article.text[sentence.start : span.start]
                found.append(
                    _Named(
                        actor,
                        span.start,
                        span.end,
                        subject=not _NOT_SUBJECT.search(lead),
                        by=bool(_BY.search(lead)),
                    )
                )
    return sorted(found, key=lambda n: n.start)


def _understood(article: Article, sentence: Sentence, trigger: Span, actors: Sequence[Actor]) -> list[str]:
    """The doer where the sentence has none as its subject: by nationality, or by pronoun."""
    states = {actor.country: actor.id for actor in actors if actor.kind == "state"}
    near = [
        m
        for m in place_mentions(sentence.text)
        if m.country in states
        and sentence.start + m.start <= trigger.start  # what follows is struck, not striking
        and trigger.end - (sentence.start + m.end) <= WIDEST // 2
    ]
    if near:
        return [states[near[-1].country]]
    if _PRONOUN.match(sentence.body) and sentence.number > 1:
        previous = [
            n
            for n in _named(article, article.sentence(sentence.number - 1), actors)
            if n.actor.kind in _PEOPLE
        ]
        return _ids([n for n in previous if n.subject][-1:] or previous[-1:])
    return []
