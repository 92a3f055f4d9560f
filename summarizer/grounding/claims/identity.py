"""Does the claim name those whom its evidence names?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.names import Mention, equal, same
from summarizer.grounding.claims.nations import is_capital
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb
from summarizer.types import Issue

__all__ = ["name_issues"]

_Found = tuple[int, tuple[int, ...]]
"""Sentence number and tokens of a name."""
_BACK = 3
"""Sentences before the evidence in which `he` or `the group` may be named."""
_ADJACENT = 6
_MODIFIED = 5
_POINTERS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "we", "our", "i", "my", "who"})  # fmt: skip
_REPLACED = "The claim names {claim} where its evidence names {source}."


def name_issues(case: Comparison) -> Iterator[Issue]:
    """Every name of the claim that the article lacks, or that its evidence replaces by another."""
    for mention in case.claim.names:
        issue = _modifier_issue(case, mention) or _place_issue(case, mention) or _foreign(case, mention)
        if issue:
            yield issue


def _foreign(case: Comparison, mention: Mention) -> Issue | None:
    """What is wrong with a name that the evidence lacks."""
    where = _where(case, mention)
    if where & set(case.numbers):
        return None
    rival = _rival(case, mention)
    if where:
        rival = _in_place(case, mention) or rival
        if not _is_accused(case, mention, where, rival):
            return None
    if rival:
        return case.issue("name", mention.indices, *rival, _REPLACED)
    why = "Its evidence does not name {claim}." if where else "The article does not name {claim}."
    return case.issue("name", mention.indices, None, (), why)


def _is_accused(case: Comparison, mention: Mention, where: set[int], rival: _Found | None) -> bool:
    """Whether a name from elsewhere in the article is out of place."""
    if _in_place(case, mention) is not None:
        return True
    if not case.cited and not (rival and _acts(case, mention)):
        return False
    if rival and _acts(case, mention):
        return True
    if (
        not _is_subject(case, mention)
        and _is_salient(case, where)
        and not (rival if mention.nation else rival and _rival_placed(case, mention))
    ):
        return False
    if mention.nation and _modifies(case.reading, mention):
        return not _qualifies(case, mention)
    described = not rival and _described(case, mention)
    return not (_reached(case, where, mention) or _introduces(case, mention) or described)


def _is_salient(case: Comparison, where: set[int]) -> bool:
    return len(where) >= max(_OFTEN, len(case.article.readings) // 10)


def _where(case: Comparison, mention: Mention) -> set[int]:
    """Sentences that name the same."""
    found = {n for n, f in case.article.facts.items() if any(same(mention, other) for other in f.names)}
    if mention.nation is None:
        found |= {
            n for n, r in case.article.readings.items() if set(mention.words) <= {t.lower for t in r.tokens}
        }
    return found


def _rival(case: Comparison, mention: Mention) -> _Found | None:
    """A name of the evidence that the claim does not repeat, of the same sort."""
    for number, facts in case.sources.items():
        for other in facts.names:
            sort = bool(other.nation) == bool(mention.nation)
            if sort and not other.shouted and not any(equal(other, mine) for mine in case.claim.names):
                return number, other.indices
    return None


def _rival_placed(case: Comparison, mention: Mention) -> bool:
    """Whether the evidence puts it somewhere else."""
    if _preposition(case.reading, mention) not in _PLACING:
        return True
    free = [m for f in case.sources.values() for m in f.names if _preposition(f.reading, m) in _PLACING]
    return any(not any(equal(other, mine) for mine in case.claim.names) for other in free)


def _in_place(case: Comparison, mention: Mention) -> _Found | None:
    """Another name right where the claim has this one: `the city of Ramadi` for `the city of Mosul`."""
    before = max((i for i in case.reading.content if i < mention.indices[0]), default=None)
    link = case.alignment.best.get(before) if before is not None else None
    if (
        before is None
        or link is None
        or mention.indices[0] - before > _CLOSE
        or case.reading.tokens[before].capital
    ):
        return None
    mine = {m.indices for m in case.claim.names}
    for other in case.sources[link.sentence].names:
        if (
            not other.shouted
            and 0 < other.indices[0] - link.source <= _CLOSE
            and bool(other.nation) == bool(mention.nation)
        ):
            claimed = any(equal(other, m) for m in case.claim.names)
            return None if claimed or not mine else (link.sentence, other.indices)
    return None


_CLOSE = 2


def _acts(case: Comparison, mention: Mention) -> bool:
    """Whether the name is the subject of a verb of the claim, so that it ought to be one of the evidence too."""
    return _is_subject(case, mention) and not any(_points_back(f.reading) for f in case.sources.values())


def _is_subject(case: Comparison, mention: Mention) -> bool:
    for i in case.reading.verbs:
        if is_verb(case.reading, i):
            parties = frame(case.reading, i)
            subject = parties.agent or parties.patient
            if subject and mention.head == subject[-1]:
                return True
    return False


def _reached(case: Comparison, where: set[int], mention: Mention) -> bool:
    """Whether a pronoun or `the group` in the evidence can mean someone named shortly before."""
    if mention.nation and _modifies(case.reading, mention):
        return False
    return any(
        n - _BACK <= w < n and _points_back(case.article.readings[n]) for n in case.numbers for w in where
    )


def _modifies(reading: Reading, mention: Mention) -> bool:
    """Whether a country's name stands before a noun: `Israeli aircraft`."""
    after = reading.tokens[mention.head + 1] if mention.head + 1 < len(reading.tokens) else None
    return after is not None and after.index in reading.content_set and after.index not in reading.verbs


def _qualifies(case: Comparison, mention: Mention) -> bool:
    """Whether the article puts the country's name before the same noun somewhere."""
    noun = case.reading.tokens[mention.head + 1].root
    for facts in case.article.facts.values():
        for other in facts.names:
            after = facts.reading.tokens[other.head + 1 : other.head + 4]
            if same(mention, other) and any(t.root == noun for t in after):
                return True
    return _introduces(case, mention) or _belongs(case, mention)


def _belongs(case: Comparison, mention: Mention) -> bool:
    """Whether a country that the article is about describes someone of the evidence: `Russia's top general X`."""
    after = [m for m in case.claim.names if 0 < m.head - mention.head <= _ADJACENT and not m.nation]
    known = any(same(m, other) for m in after for f in case.sources.values() for other in f.names)
    return known and _is_salient(case, _where(case, mention))


def _points_back(reading: Reading) -> bool:
    for token in reading.tokens:
        if token.lower in _POINTERS:
            return True
        before = {t.lower for t in reading.tokens[max(0, token.index - 3) : token.index]}
        if token.root in lexicon().roots("function", "anaphors") and before & {
            "the",
            "that",
            "this",
            "these",
            "both",
            "two",
        }:
            return True
    return False


def _introduces(case: Comparison, mention: Mention) -> bool:
    """Whether the name only describes another of the claim, as the article does: `HuM commander Wani`."""
    others = [m for m in case.claim.names if m is not mention and abs(m.head - mention.head) <= _ADJACENT]
    return any(
        not _listed(case.reading, mention, other) and _side_by_side(case, mention, other) for other in others
    )


def _listed(reading: Reading, one: Mention, other: Mention) -> bool:
    """`Russia, Iran and Azerbaijan`: none describes another."""
    first, last = sorted((one, other), key=lambda m: m.head)
    between = reading.tokens[first.head + 1 : last.indices[0]]
    return any(t.lower in {"and", "or", "with"} for t in between) or [t.text for t in between] == [","]


def _described(case: Comparison, mention: Mention) -> bool:
    """Whether the evidence may mean it by a description: `the Jordanian monarch`."""
    return any(_side_by_side(case, mention, other) for f in case.sources.values() for other in f.names)


def _side_by_side(case: Comparison, one: Mention, other: Mention) -> bool:
    for facts in case.article.facts.values():
        firsts, seconds = (
            [m for m in facts.names if equal(m, one)],
            [m for m in facts.names if equal(m, other)],
        )
        if any(abs(a.head - b.head) <= _ADJACENT for a in firsts for b in seconds):
            return True
    return False


def _place_issue(case: Comparison, mention: Mention) -> Issue | None:
    """`in Tehran` where the evidence has `in Baku`: there a capital is a place, not its government."""
    words = " ".join(mention.words)
    if not is_capital(words) or _preposition(case.reading, mention) not in _PLACING:
        return None
    rival = None
    for number, facts in case.sources.items():
        for other in facts.names:
            if other.words == mention.words:
                return None
            if _preposition(facts.reading, other) in _PLACING and not any(
                m.words == other.words for m in case.claim.names
            ):
                rival = rival or (number, other.indices)
    return case.issue("name", mention.indices, *rival, _REPLACED) if rival else None


_PLACING = frozenset({"in", "near", "at", "outside", "eastern", "western", "northern", "southern", "central"})
_OFTEN = 3


def _preposition(reading: Reading, mention: Mention) -> str:
    return reading.tokens[mention.indices[0] - 1].lower if mention.indices[0] else ""


def _modifier_issue(case: Comparison, mention: Mention) -> Issue | None:
    """`Pakistani Kashmir` where the evidence has `Indian Kashmir`."""
    link = case.alignment.best.get(mention.head + 1)
    if not mention.nation or not _modifies(case.reading, mention) or link is None:
        return None
    near = [m for m in case.sources[link.sentence].names if abs(link.source - m.head) <= _MODIFIED]
    beside = [m for m in near if 0 < link.source - m.head <= (2 if m.nation else 1)]
    claimed = any(equal(m, mine) for m in beside if not m.nation for mine in case.claim.names)
    if not beside or claimed or any(same(m, mention) for m in near):
        return None
    mine, theirs = (*mention.indices, mention.head + 1), (*beside[-1].indices, link.source)
    return case.issue(
        "name", mine, link.sentence, theirs, "The claim says {claim} where its evidence says {source}."
    )
