"""Does the claim say all, most, some or only where its evidence does?"""

from collections.abc import Iterator
from functools import cache, lru_cache

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.numbers import Quantity
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["quantifier_issues"]

_ROWS = ("all", "most", "many", "some", "few", "none", "only")
_SAYS = "The claim says {claim} where its evidence says {source}."
_COUNTS = "The claim says {claim} where its evidence counts {source}."
_REACH = 3
_HALF, _LARGE = 50, 100
"""Percent above which it is most; number from which it is no handful."""
_NEAR_SHARE = 7
"""Tokens after a percentage among which it names the whole."""
_ALONE = frozenset({"much", "little", "nothing", "everything", "everyone", "everybody", "nobody", "none"})


@cache
def _classes() -> dict[str, str]:
    return {word: row for row in reversed(_ROWS) for word in lexicon().words("quantifiers", row)}


@cache
def _clashes() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(pair.split()) for pair in lexicon().tables["quantifiers"]["clash"])


def quantifier_issues(case: Comparison) -> Iterator[Issue]:
    """Quantifiers of the claim that go beyond those of its evidence, or against them."""
    yield from _superlatives(case)
    for index, row in _found(case.reading):
        issue = _counted(case, index, row) or _alone(case, index, row) or _beside(case, index, row)
        if issue:
            yield issue


def _found(reading: Reading) -> Iterator[tuple[int, str]]:
    for token in reading.tokens:
        row = _classes().get(token.lower) if token.kind == "word" else None
        if row is not None and not (row == "some" and _counts(reading, token.index)):
            yield token.index, row


def _counts(reading: Reading, index: int) -> bool:
    """`some 600,000` is about so many."""
    return reading.tokens[index + 1].kind == "number" if index + 1 < len(reading.tokens) else False


def _governed(reading: Reading, index: int) -> list[int]:
    """The next content words: what there is all or some of."""
    return [i for i in reading.content if index < i <= index + _REACH + 2][:2]


def _beside(case: Comparison, index: int, row: str) -> Issue | None:
    """A quantifier that clashes with the one before the same word."""
    link, i = next(
        ((k, i) for i in _governed(case.reading, index) if (k := case.alignment.best.get(i))), (None, index)
    )
    if link is None:
        return None
    source = case.source(link)
    theirs = _over(source, link.source)
    if theirs and (row, theirs[1]) in _clashes():
        return case.issue("quantifier", (index, i), link.sentence, (theirs[0], link.source), _SAYS)
    if not theirs and row == "only" and "only" not in {t.lower for t in source.tokens}:
        return case.issue("quantifier", (index, i), link.sentence, (link.source,), _SAYS)
    return None


def _over(reading: Reading, index: int) -> tuple[int, str] | None:
    """The quantifier that governs a word."""
    for token in reversed(reading.tokens[max(0, index - _REACH - 1) : index]):
        row = _classes().get(token.lower)
        if row and not (row == "some" and _counts(reading, token.index)):
            return token.index, row
    return None


def _alone(case: Comparison, index: int, row: str) -> Issue | None:
    """`much can be done` where the evidence says `little`."""
    if case.reading.tokens[index].lower not in _ALONE:
        return None
    for number, facts in case.sources.items():
        theirs = {_classes()[t.lower]: t.index for t in facts.reading.tokens if t.lower in _ALONE}
        odd = next((j for other, j in theirs.items() if (row, other) in _clashes()), None)
        if odd is not None and row not in theirs:
            return case.issue("quantifier", (index,), number, (odd,), _SAYS)
    return None


def _counted(case: Comparison, index: int, row: str) -> Issue | None:
    """`all of them` or `a handful` where the evidence has a number that says otherwise."""
    for number, facts in case.sources.items():
        for quantity in facts.quantities:
            if _belies(case, index, row, facts.reading, quantity):
                mine = (index, *_governed(case.reading, index)[:1])
                return case.issue("quantifier", mine, number, quantity.indices, _COUNTS)
    return None


def _belies(case: Comparison, index: int, row: str, source: Reading, quantity: Quantity) -> bool:
    """Whether a number of the evidence contradicts the quantifier."""
    nouns = {case.reading.tokens[i].root for i in _governed(case.reading, index)}
    last = max(quantity.indices)
    if quantity.unit == "percent":
        whole = nouns & {t.root for t in source.tokens[last : last + _NEAR_SHARE]}
        most = row == "most" and quantity.high < _HALF
        few = row == "few" and quantity.low > _HALF
        share = last + 1 in source.verbs or [t.lower for t in source.tokens[last + 1 : last + 2]] == ["of"]
        return bool(row in {"all", "none"} and whole) or (share and (most or few))
    if quantity.rank or quantity.unit:
        return False
    if row in {"all", "most"} and _is_bare_count(case, index, source, quantity):
        return True
    part = row in {"all", "none", "most"} and _of_them(case.reading, index) and _of_them(source, last)
    return part or (row == "few" and quantity.low >= _LARGE and bool(nouns & set(quantity.noun.split())))


def _is_bare_count(case: Comparison, index: int, source: Reading, quantity: Quantity) -> bool:
    """`three clinic employees`, of whom nothing says that they are all or most."""
    governed = _governed(case.reading, index)
    if not governed or case.reading.tokens[governed[0]].kind == "number" or quantity.vague:
        return False
    phrase = [case.reading.tokens[i].root for i in governed]
    if case.claim.quantities and any(set(q.noun.split()) & set(phrase) for q in case.claim.quantities):
        return False
    words = {t.lower for t in source.tokens}
    return phrase == quantity.noun.split()[: len(phrase)] and not words & lexicon().words(
        "quantifiers", "all"
    )


def _of_them(reading: Reading, index: int) -> bool:
    after = [t.lower for t in reading.tokens[index + 1 : index + 3]]
    return after[:1] == ["of"] and after[-1] in {"them", "these", "those", "whom", "which"}


def _superlatives(case: Comparison) -> Iterator[Issue]:
    """`the largest` where the evidence has `one of the largest`."""
    for token in case.reading.tokens:
        if not _is_superlative(token.lower) or _is_among(case.reading, token.index):
            continue
        for number, facts in case.sources.items():
            same = [t.index for t in facts.reading.tokens if t.lower == token.lower]
            if same and all(_is_among(facts.reading, j) for j in same):
                yield case.issue("quantifier", (token.index,), number, (max(0, same[0] - 3), same[0]), _SAYS)


@lru_cache(maxsize=20_000)
def _is_superlative(word: str) -> bool:
    known = lexicon().gradable
    return word in {"most", "best", "worst", "least"} or (
        word.endswith("est") and (word[:-3] in known or word[:-2] in known)
    )


def _is_among(reading: Reading, index: int) -> bool:
    """Whether `one of the` or `among the` stands before."""
    before = [t.lower for t in reading.tokens[max(0, index - 4) : index]]
    return "among" in before or ("one" in before and "of" in before)
