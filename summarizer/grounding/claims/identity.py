"""Does the claim name those whom its evidence names?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.names import Mention, same
from summarizer.types import Issue

__all__ = ["name_issues"]

_BACK = 3
"""Sentences before the evidence in which `he` or `the group` may be named."""
_OFTEN = 3


def name_issues(case: Comparison) -> Iterator[Issue]:
    """Every name of the claim that the article lacks, or that its evidence replaces by another."""
    for mention in case.claim.names:
        where = _where(case, mention)
        if not where:
            rival = _rival(case, mention)
            number, theirs = rival if rival else (None, ())
            why = "The claim names {claim} where its evidence names {source}." if rival else "The article does not name {claim}."
            yield case.issue("name", mention.indices, number, theirs, why)
        elif not where & set(case.numbers) and not _reaches(case, where):
            rival = _rival(case, mention)
            if rival:
                yield case.issue("name", mention.indices, *rival, "The claim names {claim} where its evidence names {source}.")


def _where(case: Comparison, mention: Mention) -> set[int]:
    """Sentences that name the same."""
    return {n for n, f in case.article.facts.items() if any(same(mention, other) for other in f.names)} | _in_words(case, mention)


def _in_words(case: Comparison, mention: Mention) -> set[int]:
    """Sentences that hold the words in another order or case."""
    found = {n for n, r in case.article.readings.items() if set(mention.words) <= {t.lower for t in r.tokens}}
    return found if mention.nation is None else set()


def _reaches(case: Comparison, where: set[int]) -> bool:
    """Whether a pronoun or `the group` in the evidence can mean someone named shortly before."""
    return any(n - _BACK <= w < n for n in case.numbers for w in where)


def _rival(case: Comparison, mention: Mention) -> tuple[int, tuple[int, ...]] | None:
    """A name of the evidence that the claim does not repeat, of the same sort."""
    for number, facts in case.sources.items():
        for other in facts.names:
            sort = bool(other.nation) == bool(mention.nation)
            if sort and not any(same(other, mine) for mine in case.claim.names):
                return number, other.indices
    return None
