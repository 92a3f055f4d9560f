"""Which sentences of the article a claim stands on."""

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from summarizer.grounding.claims.article import ArticleReading
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import alike
from summarizer.grounding.claims.nations import nation
from summarizer.grounding.claims.reading import Reading

__all__ = ["Support", "best", "support"]

_LIGHT, _PLAIN, _STRONG = 0.25, 1.0, 1.5
_IDEA = 0.8
_WORTH = 0.08
"""Share of the claim that a further sentence must add to be worth citing."""


@dataclass(frozen=True, slots=True)
class Support:
    """How much of a claim some sentences carry."""

    share: float
    """Weight of its words that they carry, from 0 to 1."""
    missing: tuple[int, ...]
    """Content words of the claim that they lack."""


def support(claim: Reading, article: ArticleReading, numbers: Collection[int]) -> Support:
    """Measure how many of the claim's words the given sentences carry, by word, relative or idea."""
    weights = _weights(claim)
    found = {i: max((_carried(claim, i, article.readings[n]) for n in numbers), default=0.0) for i in weights}
    total = sum(weights.values()) or 1.0
    return Support(sum(weights[i] * found[i] for i in weights) / total, tuple(i for i in weights if not found[i]))


def _weights(claim: Reading) -> dict[int, float]:
    light = lexicon().roots("function", "light")
    weights: dict[int, float] = {}
    for i in claim.content:
        token = claim.tokens[i]
        strong = token.kind == "number" or (token.capital and i > 0)
        weights[i] = _STRONG if strong else _LIGHT if token.root in light else _PLAIN
    return weights


def _carried(claim: Reading, i: int, source: Reading) -> float:
    token = claim.tokens[i]
    vocabulary = _vocabulary(source)
    if token.lower in vocabulary.words or token.root in vocabulary.roots:
        return 1.0
    if token.kind == "word" and token.capital and _named(token.lower, vocabulary):
        return 1.0
    return _IDEA if claim.ideas[i] & vocabulary.ideas else 0.0


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    words: frozenset[str]
    roots: frozenset[str]
    ideas: frozenset[str]
    capitals: frozenset[str]
    nations: frozenset[str]


_KNOWN: dict[int, tuple[Reading, _Vocabulary]] = {}


def _vocabulary(reading: Reading) -> _Vocabulary:
    cached = _KNOWN.get(id(reading))
    if cached and cached[0] is reading:
        return cached[1]
    words = [t for t in reading.tokens if t.kind != "mark"]
    capitals = frozenset(t.lower for t in words if t.capital)
    made = _Vocabulary(
        frozenset(t.lower for t in words),
        frozenset(t.root for t in words),
        frozenset(idea for ideas in reading.ideas for idea in ideas),
        capitals,
        frozenset(code for word in capitals if (code := nation(word))),
    )
    if len(_KNOWN) > 2000:  # noqa: PLR2004 - a few articles' worth
        _KNOWN.clear()
    _KNOWN[id(reading)] = (reading, made)
    return made


def _named(word: str, vocabulary: _Vocabulary) -> bool:
    code = nation(word)
    if code:
        return code in vocabulary.nations
    return any(alike(word, other) for other in vocabulary.capitals)


def best(claim: Reading, article: ArticleReading, *, limit: int, first: Collection[int] = ()) -> tuple[int, ...]:
    """The sentences that together carry most of a claim, the most direct first.

    Args:
        claim: What is to be carried.
        article: Where to look.
        limit: At most so many.
        first: Sentences to start from.
    """
    weights = _weights(claim)
    rare = _rarity(article)
    value = {i: w * rare.get(claim.tokens[i].root, _UNSEEN) for i, w in weights.items()}
    table = {n: {i: _carried(claim, i, r) for i in value} for n, r in article.readings.items()}
    chosen = list(first)
    held = {i: max((table[n][i] for n in chosen), default=0.0) for i in value}
    total = sum(value.values()) or 1.0
    while len(chosen) < limit:
        gains = {n: sum(value[i] * max(0.0, row[i] - held[i]) for i in value) + 0.001 * _whole(row, value) for n, row in table.items() if n not in chosen}
        top = max(gains, key=lambda n: (gains[n], -n), default=None)
        if top is None or gains[top] / total < (_WORTH if chosen else 0.0) or gains[top] <= 0:
            break
        chosen.append(top)
        held = {i: max(held[i], table[top][i]) for i in value}
    return tuple(chosen)


_UNSEEN = 2.0


def _whole(row: dict[int, float], value: dict[int, float]) -> float:
    return sum(value[i] * row[i] for i in value)


def _rarity(article: ArticleReading) -> dict[str, float]:
    """Root -> weight that falls with the number of sentences that hold it."""
    counts = Counter(root for r in article.readings.values() for root in {t.root for t in r.tokens})
    size = len(article.readings)
    return {root: 0.5 + math.log((1 + size) / count) for root, count in counts.items()}
