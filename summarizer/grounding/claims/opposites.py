"""Does the claim turn a word of its evidence round: accept for reject, north for south?"""

from collections.abc import Iterator

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["opposed", "opposite_issues"]

_SURE = 0.9
_ALONE = 1.7
"""A link of no higher score has no neighbour to speak for it."""
_FAR = 14
"""The same for two verbs, around which more is left out."""
_SMALL = frozenset({"with", "without", "against", "for", "before", "after", "over", "under", "above", "below", "inside", "outside", "in", "out", "up", "down", "off", "on", "to", "from", "of", "at", "by", "into", "as", "through", "about"})
_NEAR = 8
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
        if token.kind != "word" or token.lower in _SMALL or token.joined or _is_bound(case.reading, token.index) or (token.capital and token.index) or _stands(case, token.index):
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
        found = _beside(case, token.index, link) if link else None
        if link and found is not None:
            yield case.issue("direction", (token.index, after), link.sentence, (found, link.source), "The claim says {claim} where its evidence says {source}.")
            return


def _beside(case: Comparison, i: int, link: Link) -> int | None:
    """The word just before a link's source that says the reverse of a preposition."""
    source = case.source(link)
    near = range(max(0, link.source - _FAR_BESIDE), link.source)
    if any(source.tokens[j].lower == case.reading.tokens[i].lower or case.reading.ideas[i] & source.ideas[j] for j in near):
        return None
    for j in near:
        small = source.tokens[j].lower in _SMALL
        if not source.tokens[j].joined and opposed(case.reading, i, source, j) and link.source - j <= (_BESIDE if small else _FAR_BESIDE):
            return j
    return None


_FAR_BESIDE = 6
_BESIDE = 3


def _is_bound(reading: Reading, i: int) -> bool:
    """`less` in `less than an hour`: the check of numbers sees to it."""
    return reading.tokens[i].lower in {"more", "less", "fewer", "over", "under"} and i + 1 < len(reading.tokens) and reading.tokens[i + 1].lower == "than"


def _stands(case: Comparison, i: int) -> bool:
    """Whether the word itself is in the evidence, near its neighbours' counterparts."""
    link = case.alignment.best.get(i)
    if link is not None and link.score > _ALONE:
        return True
    lower = case.reading.tokens[i].lower
    return any(t.lower == lower and _distance(case, i, n, t.index) <= _NEAR for n, f in case.sources.items() for t in f.reading.tokens)


def _opposite(case: Comparison, i: int) -> tuple[int, int] | None:
    """Sentence and token of the nearest opposite."""
    best: tuple[float, int, int] | None = None
    for number, facts in case.sources.items():
        taken = {k.source for k in case.alignment.best.values() if k.sentence == number and k.likeness >= _SURE}
        for other in facts.reading.tokens:
            if other.kind == "word" and other.lower not in _SMALL and other.index not in taken and opposed(case.reading, i, facts.reading, other.index):
                distance = _distance(case, i, number, other.index)
                if distance <= (_FAR if _both_verbs(case, i, facts.reading, other.index) else _NEAR) and (best is None or distance < best[0]):
                    best = (distance, number, other.index)
    return best[1:] if best else None


def _both_verbs(case: Comparison, i: int, source: Reading, j: int) -> bool:
    return i in case.reading.verbs and j in source.verbs


def _distance(case: Comparison, i: int, number: int, j: int) -> float:
    """Mean distance of a token of the evidence from the counterparts of a claim word's neighbours."""
    linked = case.alignment.best.keys()
    around = [k for k in (max((k for k in linked if k < i), default=None), min((k for k in linked if k > i), default=None)) if k is not None]
    apart = [abs(link.source - j) for k in around if (link := case.alignment.best[k]).sentence == number]
    return min(apart) if apart else 99.0


def _denied(case: Comparison, i: int, number: int, j: int) -> bool:
    """Whether exactly one of the two is denied, so that they agree."""
    mine = bool(case.cues.denied.get(i))
    theirs = bool(case.source_cues(number).denied.get(j))
    return mine != theirs
