"""Which word of the evidence each word of the claim stands on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.grounding.claims.names import alike
from summarizer.grounding.claims.nations import is_capital, nation
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Alignment", "Link", "align", "likeness"]

SAME_WORD, SAME_ROOT, SAME_IDEA = 1.0, 0.95, 0.7
_NEIGHBOURS = 6
"""Content words of the claim on either side that speak for a link."""
_WITHIN = 12
"""Tokens of the evidence within which their own counterparts must lie."""
_NEAR_BEST = 0.87
_SPELLING = 0.1
"""What a name may lose in likeness beside the very same name."""
_WORD = 1.5
"""What likeness counts beside the neighbours."""
_SAME_USE = 0.25
"""What it is worth that both are verbs, or neither."""


@dataclass(frozen=True, slots=True)
class Link:
    """One word of the claim and its counterpart."""

    claim: int
    sentence: int
    source: int
    likeness: float
    score: float


@dataclass(frozen=True)
class Alignment:
    """All links between a claim and its evidence.

    Attributes:
        best: Claim token -> its best link.
        near: Claim token -> links about as good as the best, that one included.
    """

    best: Mapping[int, Link]
    near: Mapping[int, Sequence[Link]]

    def sources(self, sentence: int) -> set[int]:
        """Tokens of an evidence sentence that some word of the claim stands on."""
        return {link.source for link in self.best.values() if link.sentence == sentence}


def likeness(claim: Reading, i: int, source: Reading, j: int) -> float:
    """From 0 to 1: may these two words stand for each other?"""
    one, other = claim.tokens[i], source.tokens[j]
    if one.lower == other.lower and claim.pair(i) == source.pair(j):
        return SAME_WORD
    if one.kind == "number" or other.kind == "number":
        return 0.0
    if one.root == other.root and claim.pair(i) == source.pair(j):
        return SAME_ROOT
    if claim.ideas[i] & source.ideas[j] and (one.capital and i > 0) == (other.capital and j > 0):
        return SAME_IDEA
    return _as_names(one, other)


def _as_names(one: Token, other: Token) -> float:
    if not (one.capital and other.capital):
        return 0.0
    code = nation(one.lower)
    if code and code == nation(other.lower):
        return SAME_ROOT if is_capital(one.lower) == is_capital(other.lower) else SAME_IDEA
    return SAME_ROOT if alike(one.lower, other.lower) else 0.0


def align(claim: Reading, evidence: Mapping[int, Reading]) -> Alignment:
    """Link every content word of the claim that has a counterpart.

    Args:
        claim: What is checked.
        evidence: Readings by sentence number, the most direct first.
    """
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for number, source in evidence.items():
        for link in _links(claim, number, source):
            found[link.claim].append(link)
    best = {i: max(links, key=lambda link: link.score) for i, links in found.items()}
    near = {i: [k for k in links if k.score >= best[i].score * _NEAR_BEST] for i, links in found.items()}
    return Alignment(best, near)


def _links(claim: Reading, number: int, source: Reading) -> Iterable[Link]:
    pairs: dict[int, list[tuple[int, float]]] = {}
    order = {i: n for n, i in enumerate(claim.content)}
    for i in claim.content:
        alternatives = [(j, s) for j in source.content if (s := likeness(claim, i, source, j))]
        if claim.tokens[i].capital and alternatives:
            least = max(s for _, s in alternatives) - _SPELLING
            alternatives = [(j, s) for j, s in alternatives if s >= least]
        if alternatives:
            pairs[i] = alternatives
    for i, alternatives in pairs.items():
        around = [k for k in pairs if k != i and abs(order[k] - order[i]) <= _NEIGHBOURS]
        for j, s in alternatives:
            support = sum(_support(i, j, k, pairs[k]) for k in around)
            alike_use = _SAME_USE * ((i in claim.verbs) == (j in source.verbs))
            yield Link(i, number, j, s, _WORD * s + support / 2 + alike_use)


def _support(i: int, j: int, k: int, alternatives: Sequence[tuple[int, float]]) -> float:
    """How well a neighbour's counterparts lie about the word's own."""
    best = 0.0
    for other, s in alternatives:
        distance = abs(other - j)
        if distance and distance <= _WITHIN:
            best = max(best, s / (1 + abs(distance - abs(k - i)) / _NEIGHBOURS))
    return best
