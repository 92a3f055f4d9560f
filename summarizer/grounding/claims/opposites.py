"""Does the claim turn a word of its evidence round: accept for reject, north for south?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["opposed", "opposite_issues"]

_SMALL = lexicon().words("function", "prepositions")
_NEAR = 6
"""Tokens within which the opposite word must stand to the counterparts of the claim's neighbours."""


def opposed(claim: Reading, i: int, source: Reading, j: int) -> bool:
    """Whether two words say the reverse of each other."""
    table = lexicon().opposites
    mine, theirs = _senses(claim, i), _senses(source, j)
    if {claim.tokens[i].root} & {source.tokens[j].root} or claim.ideas[i] & source.ideas[j]:
        return False
    return any(table.get(sense, frozenset()) & theirs for sense in mine)


def _senses(reading: Reading, index: int) -> frozenset[str]:
    token = reading.tokens[index]
    return frozenset(f"#{idea}" for idea in reading.ideas[index]) | {reading.pair(index) or token.root}


def opposite_issues(case: Comparison) -> Iterator[Issue]:
    """Words of the claim that have only their opposite in the evidence, in the same place."""
    for token in case.reading.tokens:
        if token.kind != "word" or _stands(case, token.index) or token.lower in _SMALL:
            continue
        found = _opposite(case, token.index)
        if found and not _denied(case, token.index, *found):
            yield case.issue("direction", (token.index,), found[0], (found[1],), "The claim says {claim} where its evidence says {source}.")
    yield from _small_issues(case)


def _small_issues(case: Comparison) -> Iterator[Issue]:
    """Prepositions: `against` for `with`, `before` for `after`, each beside the same word."""
    for token in case.reading.tokens:
        after = next((i for i in case.reading.content if i > token.index), None)
        if token.lower not in _SMALL or after is None or after - token.index > _BESIDE:
            continue
        link = case.alignment.best.get(after)
        if link is None:
            continue
        source = case.source(link)
        beside = range(max(0, link.source - _BESIDE), link.source)
        if any(source.tokens[j].lower == token.lower for j in beside):
            continue
        for j in beside:
            if source.tokens[j].lower in _SMALL and opposed(case.reading, token.index, source, j):
                yield case.issue("direction", (token.index, after), link.sentence, (j, link.source), "The claim says {claim} where its evidence says {source}.")
                return


_BESIDE = 3


def _stands(case: Comparison, i: int) -> bool:
    """Whether the word itself is in the evidence, near its neighbours' counterparts."""
    link = case.alignment.best.get(i)
    if link is not None:
        return True
    lower = case.reading.tokens[i].lower
    return any(t.lower == lower and _distance(case, i, n, t.index) <= _NEAR for n, f in case.sources.items() for t in f.reading.tokens)


def _opposite(case: Comparison, i: int) -> tuple[int, int] | None:
    """Sentence and token of the nearest opposite."""
    best: tuple[float, int, int] | None = None
    for number, facts in case.sources.items():
        for other in facts.reading.tokens:
            if other.kind == "word" and other.lower not in _SMALL and opposed(case.reading, i, facts.reading, other.index):
                distance = _distance(case, i, number, other.index)
                if distance <= _NEAR and (best is None or distance < best[0]):
                    best = (distance, number, other.index)
    return best[1:] if best else None


def _distance(case: Comparison, i: int, number: int, j: int) -> float:
    """Mean distance of a token of the evidence from the counterparts of a claim word's neighbours."""
    around = sorted((k for k in case.alignment.best if k != i), key=lambda k: abs(k - i))[:2]
    apart = [abs(link.source - j) for k in around if (link := case.alignment.best[k]).sentence == number]
    return min(apart) if apart else 99.0


def _denied(case: Comparison, i: int, number: int, j: int) -> bool:
    """Whether exactly one of the two is denied, so that they agree."""
    mine = bool(case.cues.maybe_denied.get(i))
    theirs = bool(case.source_cues(number).maybe_denied.get(j))
    return mine != theirs
