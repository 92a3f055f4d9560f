"""Does the claim say all, most, some or only where its evidence does?"""

from collections.abc import Iterator
from functools import cache

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["quantifier_issues"]

_ROWS = ("all", "most", "many", "some", "few", "none", "only")
_COUNTS = "The claim says {claim} where its evidence counts {source}."
_REACH = 3
_LARGE = 100
"""From so many on, a number is no handful."""


@cache
def _classes() -> dict[str, str]:
    return {word: row for row in reversed(_ROWS) for word in lexicon().words("quantifiers", row)}


@cache
def _clashes() -> frozenset[tuple[str, str]]:
    return frozenset(tuple(pair.split()) for pair in lexicon().tables["quantifiers"]["clash"])  # pyright: ignore[reportReturnType] - two words each


def quantifier_issues(case: Comparison) -> Iterator[Issue]:
    """Quantifiers of the claim that go beyond those of its evidence, or against them."""
    for index, row in _found(case.reading):
        counted = _counted(case, index, row)
        if counted:
            yield counted
            continue
        if case.reading.tokens[index].lower in _ALONE:
            yield from _standing_alone(case, index, row)
            continue
        for i in _governed(case.reading, index):
            link = case.alignment.best.get(i)
            if link is None:
                continue
            source = case.source(link)
            theirs = _over(source, link.source)
            if theirs and (row, theirs[1]) in _clashes():
                yield case.issue("quantifier", (index, i), link.sentence, (theirs[0], link.source), "The claim says {claim} where its evidence says {source}.")
            elif not theirs and row == "only" and "only" not in {t.lower for t in source.tokens}:
                yield case.issue("quantifier", (index, i), link.sentence, (link.source,), "The claim says {claim} where its evidence says {source}.")
            break


_ALONE = frozenset({"much", "little", "nothing", "everything", "everyone", "everybody", "nobody", "none"})


def _standing_alone(case: Comparison, index: int, row: str) -> Iterator[Issue]:
    """`much can be done` where the evidence says `little`."""
    for number, facts in case.sources.items():
        theirs = [(t.index, r) for t in facts.reading.tokens if t.lower in _ALONE and (r := _classes()[t.lower])]
        for other, r in theirs:
            if (row, r) in _clashes() and row not in {mine for _, mine in theirs}:
                why = "The claim says {claim} where its evidence says {source}."
                yield case.issue("quantifier", (index,), number, (other,), why)
                return


def _counted(case: Comparison, index: int, row: str) -> Issue | None:
    """`all of them` or `a handful` where the evidence has a number that says otherwise."""
    of_them = [t.lower for t in case.reading.tokens[index + 1 : index + 3]] in (["of", "them"], ["of", "these"], ["of", "those"])
    nouns = {case.reading.tokens[i].root for i in _governed(case.reading, index)}
    for number, facts in case.sources.items():
        for quantity in facts.quantities:
            if quantity.unit == "percent" and row in {"all", "none"} and nouns & {t.root for t in facts.reading.tokens[max(quantity.indices) : max(quantity.indices) + 7]}:
                return case.issue("quantifier", (index, *_governed(case.reading, index)[:1]), number, quantity.indices, _COUNTS)
            if quantity.rank or quantity.unit:
                continue
            after = [t.lower for t in facts.reading.tokens[max(quantity.indices) + 1 : max(quantity.indices) + 3]]
            part = of_them and row in {"all", "none", "most"} and after == ["of", "them"]
            many = row == "few" and quantity.low >= _LARGE and nouns & set(quantity.noun.split())
            if part or many:
                return case.issue("quantifier", (index, *_governed(case.reading, index)[:1]), number, quantity.indices, _COUNTS)
    return None


def _found(reading: Reading) -> Iterator[tuple[int, str]]:
    for token in reading.tokens:
        row = _classes().get(token.lower) if token.kind == "word" else None
        if row is None or (row == "some" and _counts(reading, token.index)):
            continue
        yield token.index, row


def _counts(reading: Reading, index: int) -> bool:
    """`some 600,000` is about so many."""
    return reading.tokens[index + 1].kind == "number" if index + 1 < len(reading.tokens) else False


def _governed(reading: Reading, index: int) -> list[int]:
    """The next content words: what there is all or some of."""
    return [i for i in reading.content if index < i <= index + _REACH + 1][:2]


def _over(reading: Reading, index: int) -> tuple[int, str] | None:
    """The quantifier that governs a word."""
    for token in reversed(reading.tokens[max(0, index - _REACH - 1) : index]):
        row = _classes().get(token.lower)
        if row and not (row == "some" and _counts(reading, token.index)):
            return token.index, row
    return None
