"""Is the claim surer of a thing than its evidence, which hedges it too or says that it is under way?"""

from collections.abc import Iterator

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.cues import Cue
from summarizer.grounding.claims.reading import Reading
from summarizer.types import Issue

__all__ = ["finished", "strengthened"]

_SURE = 0.9
_GROUP = 3
"""Tokens before a verb within which its auxiliaries stand."""
_MAYBE = frozenset({"may", "might", "could"})
_CERTAIN = frozenset({"will", "shall", "must"})


def strengthened(case: Comparison, i: int, link: Link) -> Iterator[Issue]:
    """`will send` where the evidence has `might send`, or the other way round."""
    source = case.source(link)
    mine = _modal(case.reading, case.cues.hedged.get(i, []))
    other = _modal(source, case.source_cues(link.sentence).hedged.get(link.source, []))
    if mine is None or other is None or link.likeness < _SURE:
        return
    if (case.reading.tokens[mine].lower in _MAYBE) != (source.tokens[other].lower in _MAYBE):
        why = "The claim says {claim} where its evidence says {source}."
        yield case.issue("modality", (mine, i), link.sentence, (other, link.source), why)


def _modal(reading: Reading, cues: list[Cue]) -> int | None:
    """The only word that hedges a verb, if it is one of may and will."""
    found = {c.index for c in cues}
    index = found.pop() if len(found) == 1 else None
    known = index is not None and reading.tokens[index].lower in _MAYBE | _CERTAIN
    return index if known else None


def finished(case: Comparison, i: int, link: Link) -> Iterator[Issue]:
    """`has been analyzed` where the evidence has `is being analyzed`."""
    source = case.source(link)
    if link.likeness < _SURE or link.source not in source.verbs or not _is_perfect(case.reading, i):
        return
    before = [t.lower for t in source.tokens[max(0, link.source - _GROUP) : link.source]]
    ongoing = source.tokens[link.source].lower.endswith("ing") and before[-1:] in (["is"], ["are"])
    if ongoing or before[-2:] in (["is", "being"], ["are", "being"]):
        why = "The claim says it is done, {claim}; its evidence, that it is under way: {source}."
        yield case.issue("modality", (i,), link.sentence, (link.source - 1, link.source), why)


def _is_perfect(reading: Reading, i: int) -> bool:
    """`has been analyzed`, `have fully analyzed`."""
    before = {t.lower for t in reading.tokens[max(0, i - _GROUP) : i]}
    return not reading.tokens[i].lower.endswith("ing") and bool({"has", "have", "had"} & before)
