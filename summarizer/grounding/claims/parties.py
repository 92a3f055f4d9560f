"""Does the claim swap who did it and to whom?"""

from collections.abc import Iterator, Sequence

from summarizer.grounding.claims.align import Link, likeness
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.cues import is_verb
from summarizer.grounding.claims.frames import Frame, frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import Mention, same
from summarizer.types import Issue

__all__ = ["named_in", "role_issues"]

_SURE = 0.9
_BY_WORD, _BY_NAME = 1, 2
_EITHER_WAY = frozenset({"meet", "talk", "speak", "discuss", "call", "cooper", "coordin", "clash", "fight", "begin", "start", "end", "continu"})


def role_issues(case: Comparison) -> Iterator[Issue]:
    """Events of the claim whose parties stand the other way round in the evidence."""
    light = lexicon().roots("function", "light") | _EITHER_WAY
    for i, link in case.alignment.best.items():
        if not (is_verb(case.reading, i) or _has_by(case, i)):
            continue
        mine, theirs = frame(case.reading, i), frame(case.source(link), link.source)
        empty = case.reading.tokens[i].root in light and not _meet(case, mine.patient, link.sentence, theirs.patient)
        swapped = None if empty else _swapped(case, mine, theirs, link)
        issue = swapped or _replaced(case, mine, theirs, link)
        if issue:
            yield issue
            return


def _has_by(case: Comparison, i: int) -> bool:
    return any(t.lower == "by" for t in case.reading.tokens[i + 1 : i + 2]) or (i not in case.reading.verbs and bool(frame(case.reading, i).patient))


def _replaced(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    """Another country as the one who acts."""
    if link.likeness < _SURE or theirs.pronoun:
        return None
    ours = {m.nation for m in named_in(case.claim.names, mine.agent)}
    others = {m.nation for m in named_in(case.sources[link.sentence].names, theirs.agent)}
    if ours and others and None not in ours | others and not ours & others:
        return case.issue("role", mine.agent, link.sentence, theirs.agent, "The claim makes {claim} the one who acts; in its evidence it is {source}.")
    return None


def _swapped(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    n = link.sentence
    if not mine.agent or not theirs.agent or theirs.pronoun or _meet(case, mine.agent, n, theirs.agent):
        return None
    right = max(_meet(case, mine.agent, n, theirs.patient), _meet(case, mine.agent, n, theirs.rest) // _BY_NAME * _BY_NAME)
    left = _meet(case, mine.patient, n, theirs.agent)
    gone_left = left > _meet(case, mine.patient, n, theirs.patient)
    if (right and gone_left) or (link.likeness >= _SURE and (right or gone_left)):
        why = "The claim makes {claim} the one who acts; in its evidence it is {source}."
        return case.issue("role", mine.agent, n, theirs.agent, why)
    return None


def _meet(case: Comparison, mine: Sequence[int], number: int, theirs: Sequence[int]) -> int:
    """Whether two parties may be the same: by name where both have one, else by their words."""
    named_mine, named_theirs = named_in(case.claim.names, mine), named_in(case.sources[number].names, theirs)
    if named_mine and named_theirs:
        return _BY_NAME if any(same(one, other) for one in named_mine for other in named_theirs) else 0
    source = case.article.readings[number]
    return _BY_WORD if any(likeness(case.reading, i, source, j) >= _SURE for i in mine for j in theirs) else 0


def named_in(found: Sequence[Mention], within: Sequence[int]) -> list[Mention]:
    """The names that have a word among some tokens."""
    return [m for m in found if set(m.indices) & set(within) and not m.opposed]
