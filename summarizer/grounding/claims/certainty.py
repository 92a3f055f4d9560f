"""Does the claim state as fact what its evidence only threatens, plans, alleges or thinks possible?"""

from collections.abc import Iterator

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.cues import Cue, is_verb
from summarizer.types import Issue

__all__ = ["modality_issues"]

_SURE = 0.9
_WEAK = frozenset({"attempted"})


def modality_issues(case: Comparison) -> Iterator[Issue]:
    """Hedges that the claim dropped or added."""
    for i, link in case.alignment.best.items():
        if not is_verb(case.reading, i):
            continue
        theirs = _source_cues(case, link)
        mine = case.cues.maybe_hedged.get(i, [])
        if theirs and not mine:
            yield from _dropped(case, i, link, theirs)
        elif mine and not theirs:
            yield from _added(case, i, link)


def _source_cues(case: Comparison, link: Link) -> list[Cue]:
    return [c for c in case.source_cues(link.sentence).maybe_hedged.get(link.source, []) if c.kind not in _WEAK]


def _dropped(case: Comparison, i: int, link: Link, theirs: list[Cue]) -> Iterator[Issue]:
    if _is_hedged(case, i):
        return
    if any(not _source_cues(case, k) for k in case.alignment.near[i]):
        return
    cue = theirs[0]
    yield case.issue("modality", (i,), link.sentence, (cue.index, link.source), "The claim states as fact {claim} what its evidence does not: {source}.")


def _is_hedged(case: Comparison, i: int) -> bool:
    """Whether a hedge stands anywhere before the word, or in its clause."""
    clause = case.reading.clauses[i]
    return any(c.index != i and (c.index < i or case.reading.clauses[c.index] == clause) and c.kind not in _WEAK for c in case.cues.modal)


def _added(case: Comparison, i: int, link: Link) -> Iterator[Issue]:
    sure = [c for c in case.cues.hedged.get(i, []) if c.kind in {"possible", "future", "planned", "threatened"}]
    source = case.source(link)
    if not sure or link.likeness < _SURE or case.source_cues(link.sentence).modal:
        return
    if is_verb(source, link.source) and source.tokens[link.source].lower.endswith("ed"):
        yield case.issue("modality", (sure[0].index, i), link.sentence, (link.source,), "The claim hedges {claim} what its evidence states as fact: {source}.")
