"""Does the claim state the numbers of its evidence?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.numbers import Quantity, agree
from summarizer.types import Issue

__all__ = ["number_issues"]

_COUNTABLE = 12
"""Up to so many a writer counts what the article lists one by one."""


def number_issues(case: Comparison) -> Iterator[Issue]:
    """Every quantity of the claim that the evidence states otherwise, or not at all."""
    for quantity in case.claim.quantities:
        others = [q for f in case.sources.values() for q in f.quantities]
        counted = [q for q in others if _counts_same(quantity, q)]
        agreed = any(agree(quantity, q) for q in counted or others)
        issue = _bound_issue(case, quantity) if agreed else _missing(case, quantity)
        if issue:
            yield issue


def _counts_same(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities count the same thing by its name."""
    mine, theirs = quantity.noun.split(), other.noun.split()
    named = bool(mine and theirs) and (mine[-1] == theirs[-1] or mine[0] == theirs[0])
    return named and quantity.rank == other.rank and quantity.unit == other.unit


def _bound_issue(case: Comparison, quantity: Quantity) -> Issue | None:
    """`fewer than 55` where the evidence says `more than 55`."""
    for number, facts in case.sources.items():
        same = [q for q in facts.quantities if agree(quantity, q) and q.low == quantity.low]
        if same and all({quantity.bound, q.bound} == {"up", "down"} for q in same):
            why = "The claim says {claim} as the opposite bound of {source} in its evidence."
            return case.issue("quantifier", _with_bound(quantity), number, _with_bound(same[0]), why)
    return None


def _with_bound(quantity: Quantity) -> list[int]:
    return (
        [max(0, min(quantity.indices) - 2), *quantity.indices] if quantity.bound else list(quantity.indices)
    )


def _missing(case: Comparison, quantity: Quantity) -> Issue | None:
    rival = _rival(case, quantity)
    if rival:
        return case.issue(
            "number", quantity.indices, *rival, "The claim says {claim} where its evidence says {source}."
        )
    if _is_soft(case, quantity) or _elsewhere(case, quantity):
        return None
    return case.issue(
        "number", quantity.indices, None, (), "The claim's number {claim} is not in its evidence."
    )


def _is_soft(case: Comparison, quantity: Quantity) -> bool:
    """A small count, an ordinal or a share that a writer may have worked out."""
    if quantity.vague or quantity.unit == "share" or quantity.rank:
        return True
    spelled = case.reading.tokens[quantity.indices[0]].kind == "word"
    return spelled and (quantity.high <= 1 if quantity.unit else quantity.high <= _COUNTABLE)


def _elsewhere(case: Comparison, quantity: Quantity) -> bool:
    return any(agree(quantity, other) for facts in case.article.facts.values() for other in facts.quantities)


def _rival(case: Comparison, quantity: Quantity) -> tuple[int, tuple[int, ...]] | None:
    """The evidence's quantity that stands where the claim's does."""
    best: tuple[float, int, tuple[int, ...]] | None = None
    for number, facts in case.sources.items():
        for other in facts.quantities:
            score = _rivalry(case, quantity, number, other)
            if score > 0 and (best is None or score > best[0]) and not _taken(case, other):
                best = (score, number, other.indices)
    return best[1:] if best else None


def _taken(case: Comparison, other: Quantity) -> bool:
    """Whether another number of the claim already stands on this one."""
    return any(agree(q, other) for q in case.claim.quantities)


def _rivalry(case: Comparison, quantity: Quantity, number: int, other: Quantity) -> float:
    """How surely two different quantities measure the same thing."""
    if quantity.rank != other.rank:
        return 0.0
    if quantity.unit or other.unit:
        stretch = {quantity.unit, other.unit} <= lexicon().words("units", "time") and (
            quantity.low,
            quantity.bound,
        ) == (other.low, other.bound)
        return 2.0 if quantity.unit == other.unit else 1.0 if stretch and quantity.bound else 0.0
    mine, theirs = set(quantity.noun.split()), set(other.noun.split())
    if mine & theirs:
        return 3.0
    return 1.0 if _linked_nouns(case, quantity, number, other) else 0.0


def _linked_nouns(case: Comparison, quantity: Quantity, number: int, other: Quantity) -> bool:
    """Whether the words after the two numbers stand for each other."""
    reach = 6
    mine = range(max(quantity.indices) + 1, max(quantity.indices) + reach)
    theirs = range(max(other.indices) + 1, max(other.indices) + reach)
    return any(
        link.sentence == number and link.source in theirs
        for i in mine
        for link in case.alignment.near.get(i, ())
    )
