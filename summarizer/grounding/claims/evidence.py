"""Which sentences of the article a claim stands on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.grounding.claims.article import ArticleReading
from summarizer.grounding.claims.index import WordIndex
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import alike
from summarizer.grounding.claims.nations import nation
from summarizer.grounding.claims.reading import Reading

__all__ = ["Support", "best", "carried_by", "carriers", "support"]

_LIGHT, _NAME, _PLAIN = 0.25, 0.8, 1.0
_IDEA, _REVERSED = 0.8, 0.5
_WORTH = 0.08
"""Share of the claim that a further sentence must add to be worth citing."""


@dataclass(frozen=True, slots=True)
class Support:
    """How much of a claim some sentences carry."""

    share: float
    """Weight of its words that they carry, from 0 to 1."""
    told: float
    """The same of the words that say what happens, names and figures left out; 1 where there are none."""
    missing: tuple[int, ...]
    """Content words of the claim that they lack."""
    found: Mapping[int, float]
    """For each content word how far they carry it, from 0 to 1."""
    telling: frozenset[int]
    """The words that say what happens."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    words: frozenset[str]
    roots: frozenset[str]
    ideas: frozenset[str]
    capitals: frozenset[str]
    nations: frozenset[str]
    senses: frozenset[str]


def support(claim: Reading, article: ArticleReading, numbers: Collection[int]) -> Support:
    """Measure how many of the claim's words the given sentences carry, by word, relative or idea."""
    weights = _weights(claim)
    found = {i: max((_carried_near(claim, i, article, n) for n in numbers), default=0.0) for i in weights}
    telling = [
        i
        for i in weights
        if weights[i] == _PLAIN
        and claim.tokens[i].kind != "number"
        and (found[i] or not _is_unit(claim, i))
        and not _is_name(claim, i, article)
    ]
    return Support(
        _mean(found, weights),
        _mean(found, dict.fromkeys(telling, _PLAIN)) if telling else 1.0,
        tuple(i for i in weights if not found[i]),
        found,
        frozenset(telling),
    )


def _mean(found: Mapping[int, float], weights: Mapping[int, float]) -> float:
    return sum(weight * found[i] for i, weight in weights.items()) / (sum(weights.values()) or 1.0)


def _is_name(claim: Reading, i: int, article: ArticleReading) -> bool:
    token = claim.tokens[i]
    return token.capital and (i > 0 or token.lower not in article.common)


def _is_unit(claim: Reading, i: int) -> bool:
    """Whether a word may be the unit of a figure, which is compared by number."""
    return i > 0 and claim.tokens[i - 1].kind == "number"


def _carried_near(claim: Reading, i: int, article: ArticleReading, number: int) -> float:
    """How far a sentence carries a word, a name that `he` in it may mean included."""
    source = article.readings[number]
    carried = carried_by(claim, i, source)
    if carried or not claim.tokens[i].capital or not _POINTERS & _vocabulary(source).words:
        return carried
    before = (article.readings[n] for n in range(max(1, number - _BACK), number) if n in article.readings)
    return _POINTED * max((carried_by(claim, i, r) for r in before), default=0.0)


_POINTERS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_BACK, _POINTED = 3, 0.8


def _weights(claim: Reading) -> dict[int, float]:
    light = lexicon().roots("function", "light") | lexicon().roots("modality", "possible")
    titles = lexicon().words("names", "titles")
    weights: dict[int, float] = {}
    for i in claim.content:
        token = claim.tokens[i]
        is_title = token.lower in titles and i + 1 < len(claim.tokens) and claim.tokens[i + 1].capital
        weights[i] = (
            _LIGHT if token.root in light or is_title else _NAME if token.capital and i > 0 else _PLAIN
        )
    return weights


def carried_by(claim: Reading, i: int, source: Reading) -> float:
    """How far a sentence carries a word of a claim, from 0 to 1: the word, a relative, an idea, or its opposite."""
    token = claim.tokens[i]
    vocabulary = _vocabulary(source)
    if token.lower in vocabulary.words or token.root in vocabulary.roots:
        return 1.0
    if token.kind == "word" and token.capital and _named(token.lower, vocabulary):
        return 1.0
    if claim.ideas[i] & vocabulary.ideas:
        return _IDEA
    if token.lower.startswith("un") and token.lower[2:] in vocabulary.words:
        return 1.0 if {"not", "no", "never"} & vocabulary.words else _REVERSED
    return _REVERSED if _reverses(claim, i, vocabulary) else 0.0


def _reverses(claim: Reading, i: int, vocabulary: _Vocabulary) -> bool:
    """Whether the sentence says the opposite: it speaks of the same, then."""
    return not _opposites(claim, i).isdisjoint(vocabulary.senses)


def _opposites(claim: Reading, i: int) -> frozenset[str]:
    """The senses that say the opposite of a word."""
    table = lexicon().opposites
    senses = {f"#{idea}" for idea in claim.ideas[i]} | {claim.tokens[i].root}
    return frozenset[str]().union(*(table.get(sense, frozenset()) for sense in senses))


def carriers(claim: Reading, i: int, index: WordIndex) -> dict[int, float]:
    """How far each sentence of the article carries a word, as `carried_by` says; nothing for those that do not."""
    token = claim.tokens[i]
    whole = {*index.words.get(token.lower, ()), *index.roots.get(token.root, ())}
    if token.kind == "word" and token.capital:
        whole.update(_naming(token.lower, index))
    found = dict.fromkeys(whole, 1.0)
    for idea in claim.ideas[i]:
        for n in index.ideas.get(idea, ()):
            found.setdefault(n, _IDEA)
    if token.lower.startswith("un"):
        negated = {n for word in ("not", "no", "never") for n in index.words.get(word, ())}
        for n in index.words.get(token.lower[2:], ()):
            found.setdefault(n, 1.0 if n in negated else _REVERSED)
    for sense in _opposites(claim, i):
        for n in index.senses(sense):
            found.setdefault(n, _REVERSED)
    return found


def _naming(word: str, index: WordIndex) -> Iterator[int]:
    """Sentences that have a spelling of a name."""
    code = nation(word)
    if code:
        yield from index.nations.get(code, ())
    else:
        for other, numbers in index.capitals.items():
            if alike(word, other):
                yield from numbers


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
        frozenset(t.root for t in words) | {f"#{idea}" for ideas in reading.ideas for idea in ideas},
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


def best(claim: Reading, article: ArticleReading, *, limit: int) -> tuple[int, ...]:
    """The sentences that together carry most of a claim, the most direct first.

    Args:
        claim: What is to be carried.
        article: Where to look.
        limit: At most so many.
    """
    value = _values(claim, article)
    table: dict[int, dict[int, float]] = {}
    for i in value:
        for n, carried in carriers(claim, i, article.index).items():
            table.setdefault(n, {})[i] = carried
    worth = {n: sum(value[i] * carried for i, carried in row.items()) for n, row in table.items()}
    order = sorted(worth, key=lambda n: (-worth[n], n))
    chosen: list[int] = []
    held = dict.fromkeys(value, 0.0)
    least = _WORTH * (sum(value.values()) or 1.0)
    while len(chosen) < limit:
        gain, top = _most(order, table, worth, held, value)
        if gain <= (least if chosen else 0.0):
            break
        chosen.append(top)
        order.remove(top)
        held |= {i: max(held[i], carried) for i, carried in table[top].items()}
    return tuple(chosen)


def _most(
    order: Sequence[int],
    table: Mapping[int, Mapping[int, float]],
    worth: Mapping[int, float],
    held: Mapping[int, float],
    value: Mapping[int, float],
) -> tuple[float, int]:
    """What the best of the sentences adds, and its number; of two that add the same, the one that carries more."""
    gain, top = 0.0, 0
    for n in order:
        if worth[n] + _TIE * worth[n] < gain:  # it adds no more than it carries, nor do those behind it
            break
        added = sum(value[i] * max(0.0, carried - held[i]) for i, carried in table[n].items())
        gain, top = max((gain, top), (added + _TIE * worth[n], n), key=lambda found: (found[0], -found[1]))
    return gain, top


def _values(claim: Reading, article: ArticleReading) -> dict[int, float]:
    """What each word is worth in the search: rare words and figures find their sentence best."""
    rare = article.rarity
    return {
        i: weight
        * rare.get(claim.tokens[i].root, _UNSEEN)
        * (_FIGURE if claim.tokens[i].kind == "number" else 1)
        for i, weight in _weights(claim).items()
    }


_TIE = 0.001
_UNSEEN, _FIGURE = 2.0, 1.5
