"""Does the claim deny what its evidence asserts, or the other way round?"""

from collections.abc import Iterator, Sequence

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison, cues_of
from summarizer.grounding.claims.cues import Cue
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb
from summarizer.types import Issue

__all__ = ["negation_issues"]

_SURE = 0.9
"""Likeness from which two words count as the same statement."""


_SETTLED = 3.0
"""Score from which neighbours vouch for a link between words that are only alike in meaning."""


def negation_issues(case: Comparison) -> Iterator[Issue]:
    """A `not`, `no`, `denied` and the like on one side only."""
    for i, link in case.alignment.best.items():
        mine, theirs = _parity(case, i), _source_parity(case, link)
        if case.reading.tokens[i].capital and case.source(link).tokens[link.source].capital:
            # `no word in Washington` does not deny Washington; `no U.S. carrier` denies the carrier.
            mine, theirs = (
                [c for c in mine if i == c.index + 1],
                [c for c in theirs if link.source == c.index + 1],
            )
        if theirs and not mine:
            yield from _dropped(case, i, link, theirs)
        elif mine and not theirs:
            yield from _added(case, i, link, mine)


def _parity(case: Comparison, i: int) -> list[Cue]:
    return case.cues.denied.get(i, [])


def _source_parity(case: Comparison, link: Link) -> list[Cue]:
    return case.source_cues(link.sentence).denied.get(link.source, [])


def _dropped(case: Comparison, i: int, link: Link, theirs: list[Cue]) -> Iterator[Issue]:
    cue = theirs[0]
    if link.likeness < _SURE and link.score < _SETTLED:
        return
    noun = i not in case.reading.verbs and link.source in case.source(link).verbs
    if (
        noun
        or _is_negative(case.reading, i)
        or _is_cancelled(case.source_cues(link.sentence).negative, theirs)
    ):
        return
    if any(not case.source_cues(k.sentence).denied.get(k.source) for k in case.alignment.near[i]):
        return
    said = is_verb(case.reading, i) or _exists(case.reading, i)
    if cue.kind == "implicit" and (not said or case.cues.maybe_hedged.get(i)):
        return
    tokens = (cue.index, link.source)
    yield case.issue(
        "negation",
        (i,),
        link.sentence,
        tokens,
        "The evidence denies it: {source}; the claim does not: {claim}.",
    )


def _is_cancelled(cues: Sequence[Cue], theirs: list[Cue]) -> bool:
    """Whether what denies is denied itself: `did not rule out a strike`."""
    return any(cue.index in other.heads for cue in theirs for other in cues)


def _exists(reading: Reading, index: int) -> bool:
    """Whether the claim is that there is such a thing."""
    before = [t.lower for t in reading.tokens[max(0, index - 4) : index]]
    return "there" in before and any(word in before for word in ("is", "are", "was", "were"))


def _added(case: Comparison, i: int, link: Link, mine: list[Cue]) -> Iterator[Issue]:
    cue = mine[0]
    if link.likeness < _SURE and (cue.kind == "implicit" or link.score < _SETTLED):
        return
    if any(
        _is_negative(case.source(k), k.source) or _denies_it(case, cue, k) for k in case.alignment.near[i]
    ):
        return
    yield case.issue(
        "negation",
        (cue.index, i),
        link.sentence,
        (link.source,),
        "The claim denies it: {claim}; its evidence does not: {source}.",
    )


def _denies_it(case: Comparison, cue: Cue, link: Link) -> bool:
    """`but this is denied by the commanders`; `halt the spread` for `stop it from spreading`."""
    mine, source = case.reading.tokens[cue.index].root, case.source(link)
    if any(
        case.reading.ideas[cue.index] & source.ideas[j]
        for j in range(max(0, link.source - _BESIDE), link.source)
    ):
        return True
    return any(
        case.source(link).tokens[c.index].root == mine for c in case.source_cues(link.sentence).negative
    )


def _is_negative(reading: Reading, index: int) -> bool:
    """Whether anything else denies the word, or denies something just beside it."""
    clause = reading.clauses[index]
    for cue in cues_of(reading).negative:
        wide = cue.kind == "plain" or abs(cue.index - index) <= _BESIDE
        near = reading.clauses[cue.index] == clause and wide and not cue.local
        if cue.index != index and (index in cue.reach or near):
            return True
    return any(
        t.lower in _NEGATIVE
        and reading.clauses[t.index] == clause
        and [u.lower for u in reading.tokens[t.index + 1 : t.index + 2]] != ["number"]
        for t in reading.tokens
    )


_BESIDE = 5
_NEGATIVE = frozenset({"unclear", "unknown", "undetermined", "unconfirmed", "uncertain", "little", "few", "wait", "until"})  # fmt: skip
