"""Does the claim name those whom its evidence names?"""

from collections.abc import Iterator

from summarizer.grounding.claims.bearings import (
    acts,
    introduces,
    is_described,
    is_reached,
    is_salient,
    is_subject,
    is_unsaid,
    modifies,
    qualifies,
    where_named,
)
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.names import Mention, equal, same
from summarizer.grounding.claims.nations import is_capital
from summarizer.grounding.claims.rivals import (
    PLACING,
    Found,
    in_place,
    other_actor,
    preposition,
    rival_name,
    rival_placed,
)
from summarizer.types import Issue

__all__ = ["name_issues"]

_MODIFIED = 5
_REPLACED = "The claim names {claim} where its evidence names {source}."


def name_issues(case: Comparison) -> Iterator[Issue]:
    """Every name of the claim that the article lacks, or that its evidence replaces by another."""
    for mention in case.claim.names:
        issue = _modifier_issue(case, mention) or _place_issue(case, mention) or _foreign(case, mention)
        if issue:
            yield issue


def _foreign(case: Comparison, mention: Mention) -> Issue | None:
    """What is wrong with a name that the evidence lacks."""
    where = where_named(case, mention)
    if where & set(case.numbers):
        return None
    if other := other_actor(case, mention):
        return case.issue("name", mention.indices, *other, _REPLACED)
    rival = rival_name(case, mention)
    if where:
        rival = in_place(case, mention) or rival
        if not _is_accused(case, mention, where, rival):
            return None
    if rival:
        return case.issue("name", mention.indices, *rival, _REPLACED)
    why = "Its evidence does not name {claim}." if where else "The article does not name {claim}."
    return case.issue("name", mention.indices, None, (), why)


def _is_accused(case: Comparison, mention: Mention, where: set[int], rival: Found | None) -> bool:
    """Whether a name from elsewhere in the article is out of place."""
    if in_place(case, mention) is not None or (rival and acts(case, mention)):
        return True
    if not case.cited:
        return False
    if is_salient(case, where) and not rival and is_unsaid(case, mention):
        return False
    if (
        not is_subject(case, mention)
        and is_salient(case, where)
        and not (rival if mention.nation else rival and rival_placed(case, mention))
    ):
        return False
    if mention.nation and modifies(case.reading, mention) and not is_reached(case, where, mention):
        return not qualifies(case, mention)
    described = not rival and is_described(case, mention)
    return not (is_reached(case, where, mention) or introduces(case, mention) or described)


def _place_issue(case: Comparison, mention: Mention) -> Issue | None:
    """`in Tehran` where the evidence has `in Baku`: there a capital is a place, not its government."""
    words = " ".join(mention.words)
    if not is_capital(words) or preposition(case.reading, mention) not in PLACING:
        return None
    rival = None
    for number, facts in case.sources.items():
        for other in facts.names:
            if other.words == mention.words:
                return None
            if preposition(facts.reading, other) in PLACING and not any(
                m.words == other.words for m in case.claim.names
            ):
                rival = rival or (number, other.indices)
    return case.issue("name", mention.indices, *rival, _REPLACED) if rival else None


def _modifier_issue(case: Comparison, mention: Mention) -> Issue | None:
    """`Pakistani Kashmir` where the evidence has `Indian Kashmir`."""
    link = case.alignment.best.get(mention.head + 1)
    if not mention.nation or not modifies(case.reading, mention) or link is None:
        return None
    near = [m for m in case.sources[link.sentence].names if abs(link.source - m.head) <= _MODIFIED]
    beside = [m for m in near if 0 < link.source - m.head <= (2 if m.nation else 1)]
    claimed = any(equal(m, mine) for m in beside if not m.nation for mine in case.claim.names)
    noun = case.reading.tokens[mention.head + 1].root
    so_called = any(
        same(m, mention) and f.reading.tokens[m.head + 1].root == noun
        for f in case.sources.values()
        for m in f.names
        if m.head + 1 < len(f.reading.tokens)
    )
    if not beside or claimed or so_called or any(same(m, mention) for m in near):
        return None
    mine, theirs = (*mention.indices, mention.head + 1), (*beside[-1].indices, link.source)
    return case.issue(
        "name", mine, link.sentence, theirs, "The claim says {claim} where its evidence says {source}."
    )
