"""The name that the evidence has where the claim has another."""

from summarizer.grounding.claims.bearings import is_subject
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import Mention, equal
from summarizer.grounding.claims.reading import Reading

__all__ = ["PLACING", "Found", "in_place", "other_actor", "preposition", "rival_name", "rival_placed"]

Found = tuple[int, tuple[int, ...]]
"""Sentence number and tokens of a name."""
_CLOSE, _DESCRIBED = 2, 1
PLACING = frozenset({"in", "near", "at", "outside", "eastern", "western", "northern", "southern", "central"})
"""After these a name is a place."""


def rival_name(case: Comparison, mention: Mention) -> Found | None:
    """A name of the evidence that the claim does not repeat, of the same sort."""
    for number, facts in case.sources.items():
        for other in facts.names:
            sort = bool(other.nation) == bool(mention.nation)
            if sort and not other.shouted and not any(equal(other, mine) for mine in case.claim.names):
                return number, other.indices
    return None


def rival_placed(case: Comparison, mention: Mention) -> bool:
    """Whether the evidence puts it somewhere else."""
    if preposition(case.reading, mention) not in PLACING:
        return True
    free = [m for f in case.sources.values() for m in f.names if preposition(f.reading, m) in PLACING]
    return any(not any(equal(other, mine) for mine in case.claim.names) for other in free)


def in_place(case: Comparison, mention: Mention) -> Found | None:
    """Another name right where the claim has this one: `the city of Ramadi` for `the city of Mosul`."""
    before = None if is_subject(case, mention) else _slot(case, mention)
    link = case.alignment.best.get(before) if before is not None else None
    if (
        before is None
        or link is None
        or mention.indices[0] - before > _CLOSE + _DESCRIBED
        or case.reading.tokens[before].capital
    ):
        return None
    mine = {m.indices for m in case.claim.names}
    for other in case.sources[link.sentence].names:
        if (
            not other.shouted
            and 0 < other.indices[0] - link.source <= _CLOSE + _is_described(case, mention)
            and bool(other.nation) == bool(mention.nation)
        ):
            claimed = any(equal(other, m) for m in case.claim.names)
            return None if claimed or not mine else (link.sentence, other.indices)
    return None


def _slot(case: Comparison, mention: Mention) -> int | None:
    """The linked word before a name, over one that only describes it: `told prosecutor X`."""
    before = [i for i in case.reading.content if i < mention.indices[0]]
    return next(iter(before[-2:] if _is_described(case, mention) else before[-1:]), None)


def _is_described(case: Comparison, mention: Mention) -> bool:
    """Whether a word that the evidence lacks stands right before a name."""
    before = [i for i in case.reading.content if i < mention.indices[0]][-2:]
    return (
        len(before) > 1
        and before[1] not in case.alignment.best
        and not case.reading.tokens[before[1]].capital
    )


def other_actor(case: Comparison, mention: Mention) -> Found | None:
    """`the Front` that does in the evidence what a country does in the claim."""
    for i in case.reading.verbs:
        link = case.alignment.best.get(i)
        if link is None or mention.head not in frame(case.reading, i).agent:
            continue
        theirs = frame(case.source(link), link.source).agent
        for other in case.sources[link.sentence].names:
            article = other.indices[0] and case.source(link).tokens[other.indices[0] - 1].lower == "the"
            known = other.nation or other.body or lexicon().words("names", "organs") & set(other.words)
            claimed = any(equal(other, mine) for mine in case.claim.names)
            if other.head in theirs and article and not known and not claimed:
                return link.sentence, other.indices
    return None


def preposition(reading: Reading, mention: Mention) -> str:
    """The word before a name, in lower case."""
    return reading.tokens[mention.indices[0] - 1].lower if mention.indices[0] else ""
