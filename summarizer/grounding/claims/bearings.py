"""What the article knows of a name: where it stands, beside whom, and whether the evidence may mean it."""

from itertools import pairwise

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import Mention, equal, same
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb

__all__ = [
    "acts",
    "introduces",
    "is_described",
    "is_reached",
    "is_salient",
    "is_subject",
    "is_unsaid",
    "modifies",
    "qualifies",
    "where_named",
]

_BACK = 3
"""Sentences before the evidence in which `he` or `the group` may be named."""
_ADJACENT = 6
_OFTEN = 3
_POINTERS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "we", "our", "i", "my", "who"})  # fmt: skip


def is_salient(case: Comparison, where: set[int]) -> bool:
    """Whether a name stands in enough sentences for any of them to be about it."""
    return len(where) >= max(_OFTEN, len(case.article.readings) // 10)


def where_named(case: Comparison, mention: Mention) -> set[int]:
    """Sentences that name the same."""
    found = case.article.names.where(lambda other: same(mention, other))
    if mention.nation is None:
        words = case.article.index.words
        found |= set[int].intersection(*(set(words.get(word, ())) for word in mention.words))
    return found


def is_reached(case: Comparison, where: set[int], mention: Mention) -> bool:
    """Whether a pronoun or `the group` in the evidence can mean someone named shortly before."""
    if mention.nation and modifies(case.reading, mention):
        return any(_speaks_of_country(f.reading) for f in case.sources.values())
    return any(
        n - _BACK <= w < n and _points_back(case.article.readings[n]) for n in case.numbers for w in where
    )


def _speaks_of_country(reading: Reading) -> bool:
    """`counties in this country`."""
    return any(
        one.lower in {"this", "the", "our"} and other.lower in {"country", "nation"}
        for one, other in pairwise(reading.tokens)
    )


def modifies(reading: Reading, mention: Mention) -> bool:
    """Whether a country's name stands before a noun: `Israeli aircraft`."""
    after = reading.tokens[mention.head + 1] if mention.head + 1 < len(reading.tokens) else None
    return after is not None and after.index in reading.content_set and after.index not in reading.verbs


def qualifies(case: Comparison, mention: Mention) -> bool:
    """Whether the article puts the country's name before the same noun somewhere."""
    noun = case.reading.tokens[mention.head + 1].root
    for number in case.article.names.where(lambda other: same(mention, other)):
        facts = case.article.facts[number]
        for other in facts.names:
            after = facts.reading.tokens[other.head + 1 : other.head + 4]
            if same(mention, other) and any(t.root == noun for t in after):
                return True
    return introduces(case, mention) or _belongs(case, mention)


def _belongs(case: Comparison, mention: Mention) -> bool:
    """Whether a country that the article is about describes someone of the evidence: `Russia's top general X`."""
    after = [m for m in case.claim.names if 0 < m.head - mention.head <= _ADJACENT and not m.nation]
    known = any(same(m, other) for m in after for f in case.sources.values() for other in f.names)
    return known and is_salient(case, where_named(case, mention))


def _points_back(reading: Reading) -> bool:
    """Whether `he`, `the group` or the like stands in a sentence."""
    for token in reading.tokens:
        if token.lower in _POINTERS:
            return True
        before = {t.lower for t in reading.tokens[max(0, token.index - 3) : token.index]}
        if token.root in lexicon().roots("function", "anaphors") and before & {
            "the",
            "that",
            "this",
            "these",
            "both",
            "two",
        }:
            return True
    return False


def introduces(case: Comparison, mention: Mention) -> bool:
    """Whether the name only describes another of the claim, as the article does: `HuM commander Wani`."""
    others = [m for m in case.claim.names if m is not mention and abs(m.head - mention.head) <= _ADJACENT]
    return any(
        not _listed(case.reading, mention, other) and _side_by_side(case, mention, other) for other in others
    )


def _listed(reading: Reading, one: Mention, other: Mention) -> bool:
    """`Russia, Iran and Azerbaijan`: none describes another."""
    first, last = sorted((one, other), key=lambda m: m.head)
    between = reading.tokens[first.head + 1 : last.indices[0]]
    return any(t.lower in {"and", "or", "with"} for t in between) or [t.text for t in between] == [","]


def is_described(case: Comparison, mention: Mention) -> bool:
    """Whether the evidence may mean it by a description: `the Jordanian monarch`."""
    return any(_side_by_side(case, mention, other) for f in case.sources.values() for other in f.names)


def _side_by_side(case: Comparison, one: Mention, other: Mention) -> bool:
    """Whether the article sets two names close to each other."""
    names = case.article.names
    for number in names.where(lambda m: equal(m, one)) & names.where(lambda m: equal(m, other)):
        facts = case.article.facts[number]
        firsts, seconds = (
            [m for m in facts.names if equal(m, one)],
            [m for m in facts.names if equal(m, other)],
        )
        if any(abs(a.head - b.head) <= _ADJACENT for a in firsts for b in seconds):
            return True
    return False


def is_subject(case: Comparison, mention: Mention) -> bool:
    """Whether a name is what a verb of the claim says something of."""
    for i in case.reading.verbs:
        if is_verb(case.reading, i):
            parties = frame(case.reading, i)
            subject = parties.agent or parties.patient
            if subject and mention.head == subject[-1]:
                return True
    return False


def acts(case: Comparison, mention: Mention) -> bool:
    """Whether the name is the subject of a verb of the claim, so that it ought to be one of the evidence too."""
    return is_subject(case, mention) and not any(_points_back(f.reading) for f in case.sources.values())


def is_unsaid(case: Comparison, mention: Mention) -> bool:
    """Whether the evidence leaves open who did it: `no reservists had been called up`."""
    for i in case.reading.verbs:
        link = case.alignment.best.get(i)
        if link is not None and mention.head in frame(case.reading, i).agent:
            return not frame(case.source(link), link.source).agent
    return False
