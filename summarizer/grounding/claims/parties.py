"""Does the claim swap who did it and to whom, or name another as the one who did it?"""

from collections.abc import Iterator

from summarizer.grounding.claims.align import Link
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import Frame, frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.meeting import BY_NAME, SURE, meet, named_in, related
from summarizer.grounding.claims.names import same
from summarizer.grounding.claims.subjects import is_verb
from summarizer.grounding.claims.swaps import exchanged, swapped
from summarizer.grounding.claims.words import lemma
from summarizer.types import Issue

__all__ = ["role_issues"]

_EVENT_NOUNS = ("ing", "ion", "ment", "ure", "ence")
_UNDERGOES = "The claim says it of {claim}; its evidence says it of {source}."
_ACTS = "The claim makes {claim} the one who acts; in its evidence it is {source}."


def role_issues(case: Comparison) -> Iterator[Issue]:
    """The first event of the claim whose parties are others, or stand the other way round, in the evidence."""
    yield from exchanged(case)
    for i, links in case.alignment.near.items():
        if not (is_verb(case.reading, i) or _is_event_noun(case, i)):
            continue
        issues = [_of_event(case, i, link) for link in links]
        if issues[0] and all(issues):
            yield issues[0]
            return


def _of_event(case: Comparison, i: int, link: Link) -> Issue | None:
    """What is wrong with the parties of one event, held against one counterpart."""
    mine, theirs = frame(case.reading, i), frame(case.source(link), link.source)
    if theirs.guessed:
        return None
    issue = None if _is_empty(case, mine, theirs, link) else swapped(case, mine, theirs, link)
    return (
        issue
        or _other_country(case, mine, theirs, link)
        or _another(case, mine, theirs, link)
        or _another_object(case, mine, theirs, link)
    )


def _is_event_noun(case: Comparison, i: int) -> bool:
    """Whether a noun has parties: `shelling by`, `killing of`."""
    token = case.reading.tokens[i]
    if lemma(token.lower) not in lexicon().verbs and not token.lower.endswith(_EVENT_NOUNS):
        return False
    by = any(t.lower == "by" for t in case.reading.tokens[i + 1 : i + 2])
    return by or (i not in case.reading.verbs and bool(frame(case.reading, i).patient))


def _is_empty(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> bool:
    """Whether the verb is one that says little, or works both ways, and the objects differ."""
    root, n = case.reading.tokens[mine.event].root, link.sentence
    light, mutual = lexicon().roots("function", "light"), lexicon().roots("function", "mutual")
    if (
        root not in light | mutual
        or case.reading.pair(mine.event)
        or meet(case, mine.patient, n, theirs.patient)
    ):
        return False
    across = meet(case, mine.agent, n, theirs.patient) == meet(case, mine.patient, n, theirs.agent) == BY_NAME
    return root in mutual or not across


def _other_country(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    """Another country as the one who acts."""
    if link.likeness < SURE or theirs.pronoun:
        return None
    ours = {m.nation for m in named_in(case.claim.names, mine.agent)}
    others = {m.nation for m in named_in(case.sources[link.sentence].names, theirs.agent)}
    if ours and others and None not in ours | others and not ours & others:
        return case.issue("role", mine.agent, link.sentence, theirs.agent, _ACTS)
    return None


def _another(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    """A named person or body as the one who acts, or undergoes it, where the evidence plainly has another."""
    ours, others = (mine.agent, theirs.agent) if mine.agent else (mine.patient, theirs.patient)
    names = [m for m in named_in(case.claim.names, ours) if not m.nation]
    if (
        link.likeness < SURE
        or not names
        or not others
        or theirs.pronoun
        or bool(mine.agent) != bool(theirs.agent)
    ):
        return None
    everyone = [m for facts in case.sources.values() for m in facts.names]
    if meet(case, ours, link.sentence, others) or any(same(a, b) for a in names for b in everyone):
        return None
    rivals = named_in(case.sources[link.sentence].names, others)
    if any(m.nation for m in rivals) or any(related(case, a, b) for a in names for b in rivals):
        return None
    source, pointing = case.article.readings[link.sentence], lexicon().roots("function", "anaphors")
    if not rivals and any(source.tokens[j].root in pointing or source.tokens[j].capital for j in others):
        return None
    return case.issue("role", ours, link.sentence, others, _ACTS if mine.agent else _UNDERGOES)


def _another_object(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    """A person as the one to whom it is done, where the evidence names another and not this one."""
    names = [m for m in named_in(case.claim.names, mine.patient) if not m.nation]
    rivals = [m for m in named_in(case.sources[link.sentence].names, theirs.patient) if not m.nation]
    if (
        link.likeness < SURE
        or not names
        or not rivals
        or meet(case, mine.patient, link.sentence, theirs.patient)
    ):
        return None
    everyone = [m for facts in case.sources.values() for m in facts.names]
    if any(same(a, b) or related(case, a, b) for a in names for b in everyone):
        return None
    return case.issue("role", mine.patient, link.sentence, theirs.patient, _UNDERGOES)
