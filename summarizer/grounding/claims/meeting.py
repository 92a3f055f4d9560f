"""Whether a party on one side may be the same as a party on the other."""

from collections.abc import Sequence

from summarizer.grounding.claims.align import likeness
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.names import Mention, equal, same
from summarizer.grounding.claims.reading import Reading

__all__ = ["BY_NAME", "SURE", "meet", "named_in", "related"]

SURE = 0.9
"""Likeness from which two words count as one."""
BY_WORD, BY_NAME = 1, 2
_ADJACENT = 6


def meet(case: Comparison, mine: Sequence[int], number: int, theirs: Sequence[int]) -> int:
    """Whether two parties may be the same: by name where both have one, else by their words.

    Args:
        case: The claim and its evidence.
        mine: Words of the claim.
        number: Sentence of the other side.
        theirs: Its words.

    Returns:
        `BY_NAME`, `BY_WORD`, or 0 when nothing speaks for it.
    """
    ours, others = named_in(case.claim.names, mine), named_in(case.sources[number].names, theirs)
    if any(same(one, other) for one in ours for other in others):
        return BY_NAME
    lands, other_lands = {m.nation for m in ours}, {m.nation for m in others}
    apart = lands - {None} and other_lands - {None} and not (lands & other_lands) - {None}
    if apart or (ours and others and (None in lands) == (None in other_lands)):
        return 0
    source = case.article.readings[number]
    return BY_WORD if any(likeness(case.reading, i, source, j) >= SURE for i in mine for j in theirs) else 0


def named_in(found: Sequence[Mention], within: Sequence[int]) -> list[Mention]:
    """The names that have a word among some tokens."""
    return [m for m in found if not m.opposed and set(m.indices) & set(within)]


def related(case: Comparison, one: Mention, other: Mention) -> bool:
    """Whether the article sets the two names side by side, as in `Hezbollah leader Nasrallah`."""
    names = case.article.names
    for number in names.where(lambda m: equal(m, one)) & names.where(lambda m: equal(m, other)):
        facts = case.article.facts[number]
        firsts = [m.head for m in facts.names if equal(m, one)]
        seconds = [m.head for m in facts.names if equal(m, other)]
        pairs = [(a, b) for a in firsts for b in seconds if abs(a - b) <= _ADJACENT]
        if any(not _apart(facts.reading, a, b) for a, b in pairs):
            return True
    return False


def _apart(reading: Reading, one: int, other: int) -> bool:
    between = range(min(one, other) + 1, max(one, other))
    return any(i in reading.verbs or reading.tokens[i].lower in {"and", "or", "with"} for i in between)
