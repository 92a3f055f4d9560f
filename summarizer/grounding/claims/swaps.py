"""Whether the two parties of an event have changed places."""

from collections.abc import Iterator
from itertools import combinations

from summarizer.grounding.claims.align import Link, likeness
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import Frame, frame, is_passive
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.meeting import BY_NAME, SURE, meet
from summarizer.grounding.claims.subjects import is_verb
from summarizer.types import Issue

__all__ = ["exchanged", "swapped"]

_APPOSED = 4
_ACTS = "The claim makes {claim} the one who acts; in its evidence it is {source}."
_PATIENTS = "The claim says {claim} where its evidence says {source}."
_UNDERGOES = "The claim makes {claim} the one who acts; in its evidence it is acted on: {source}."


def swapped(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> Issue | None:
    """What is wrong when the claim's agent is not the evidence's, but stands elsewhere in it."""
    n = link.sentence
    if not mine.agent or meet(case, mine.agent, n, theirs.agent):
        return None
    if link.likeness >= SURE and (_is_reversed(case, mine, theirs, n) or _undergoes(case, mine, theirs, n)):
        return case.issue("role", mine.agent, n, (theirs.event, *theirs.patient), _UNDERGOES)
    if theirs.agent and not theirs.pronoun and _has_moved(case, mine, theirs, link):
        return case.issue("role", mine.agent, n, theirs.agent, _ACTS)
    return None


def _is_reversed(case: Comparison, mine: Frame, theirs: Frame, n: int) -> bool:
    """`he was hit by the officer` for `he hit the officer`; or each side's agent stands elsewhere on the other."""
    if theirs.pronoun and _only_after(case, mine, theirs, n):
        return True
    if theirs.pronoun:
        return bool(meet(case, mine.agent, n, theirs.patient)) and not meet(
            case, mine.patient, n, theirs.patient
        )
    return _crossed(case, mine, theirs, n)


def _only_after(case: Comparison, mine: Frame, theirs: Frame, n: int) -> bool:
    """Whether the claim's agent is named in the sentence, but only after what `he` does."""
    before = [j for j in case.article.readings[n].content if j < theirs.event]
    return meet(case, mine.agent, n, theirs.rest) == BY_NAME and meet(case, mine.agent, n, before) != BY_NAME


def _crossed(case: Comparison, mine: Frame, theirs: Frame, n: int) -> bool:
    """Whether each side names the other's agent, but not as the one who acts."""
    source = case.article.readings[n]
    told = source.tokens[theirs.event].root in lexicon().roots("modality", "reported")
    if not theirs.agent or told or theirs.event not in source.verbs:
        return False
    there = [j for j in source.content if j not in theirs.agent and j != theirs.event]
    here = [i for i in case.reading.content if i not in mine.agent and i != mine.event]
    near = [i for i in here if mine.agent[0] - _APPOSED <= i <= mine.agent[-1] + _APPOSED]
    opener = case.reading.tokens[max(0, mine.agent[0] - 1)].lower
    # Badreddine, the Hezbollah commander who led
    apposed = opener in {"the", "a", "an"} and meet(case, near, n, theirs.agent)
    if meet(case, mine.agent, n, there) == meet(case, here, n, theirs.agent) == BY_NAME and not apposed:
        return True
    return bool(mine.patient) and _crossed_by_words(case, mine, theirs, n, (here, there))


def _crossed_by_words(
    case: Comparison, mine: Frame, theirs: Frame, n: int, elsewhere: tuple[list[int], list[int]]
) -> bool:
    source, pointing = case.article.readings[n], lexicon().roots("function", "anaphors")
    ours, others = mine.agent[-1], theirs.agent[-1]
    if case.reading.tokens[ours].root in pointing or source.tokens[others].root in pointing:
        return False
    here, there = elsewhere
    found = any(likeness(case.reading, ours, source, j) >= SURE for j in there)
    return found and any(likeness(case.reading, i, source, others) >= SURE for i in here)


def _undergoes(case: Comparison, mine: Frame, theirs: Frame, n: int) -> bool:
    """Whether the claim's agent is, in a passive without agent, whom it is done to or handed to."""
    source = case.article.readings[n]
    if theirs.agent or not theirs.patient or not mine.patient:
        return False
    if theirs.event not in source.verbs or not is_passive(source, theirs.event):
        return False
    acted_on = meet(case, mine.agent, n, theirs.patient) == BY_NAME
    if acted_on and not meet(case, mine.patient, n, theirs.patient):
        return True
    return meet(case, mine.agent, n, theirs.receiver) == BY_NAME


def _has_moved(case: Comparison, mine: Frame, theirs: Frame, link: Link) -> bool:
    """Whether the claim's agent stands right of the event in the evidence, or its patient left."""
    n = link.sentence
    after = BY_NAME if meet(case, mine.agent, n, theirs.rest) == BY_NAME else 0
    right = meet(case, mine.agent, n, theirs.patient) or after
    gone_left = meet(case, mine.patient, n, theirs.agent) > meet(case, mine.patient, n, theirs.patient)
    return bool(right and gone_left) or (link.likeness >= SURE and bool(right or gone_left))


def exchanged(case: Comparison) -> Iterator[Issue]:
    """`killed a nurse and wounded a guard` for `killed a guard and wounded a nurse`."""
    links = [k for i, k in case.alignment.best.items() if is_verb(case.reading, i) and k.likeness >= SURE]
    for one, other in combinations(links, 2):
        if one.sentence != other.sentence:
            continue
        source = case.source(one)
        ours = [set(frame(case.reading, k.claim).patient[-1:]) for k in (one, other)]
        theirs = [set(frame(source, k.source).patient) for k in (one, other)]
        there = [{k.source for i in part if (k := case.alignment.best.get(i))} for part in ours]
        if all(there) and there[0] <= theirs[1] - theirs[0] and there[1] <= theirs[0] - theirs[1]:
            mine = (one.claim, *ours[0])
            yield case.issue("role", mine, one.sentence, (one.source, *theirs[0]), _PATIENTS)
            return
