"""Does the claim put the words into the right mouth?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.frames import frame
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.meeting import named_in, related
from summarizer.grounding.claims.names import Mention, equal, same
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import is_verb
from summarizer.types import Issue

__all__ = ["speaker_issues"]

_ADJACENT = 6


@dataclass(frozen=True, slots=True)
class _Speech:
    verb: int
    speaker: tuple[int, ...]
    pronoun: bool


@lru_cache(maxsize=512)
def _speeches(reading: Reading) -> tuple[_Speech, ...]:
    """Who says something in a sentence."""
    found: list[_Speech] = []
    for token in reading.tokens:
        if token.lower == "according":
            found.append(_Speech(token.index, _phrase_after(reading, token.index + 2), pronoun=False))
        elif token.index and reading.tokens[token.index - 1].lower == "to":
            continue  # urged her to tell
        elif (reading.pair(token.index) or token.root) in lexicon().roots("modality", "speech") and is_verb(
            reading, token.index
        ):
            who = frame(reading, token.index)
            if who.agent or who.pronoun:
                found.append(_Speech(token.index, who.agent, who.pronoun))
    return tuple(found)


def _phrase_after(reading: Reading, start: int) -> tuple[int, ...]:
    end = start
    while (
        end < len(reading.tokens)
        and reading.tokens[end].text not in {",", ".", ";"}
        and end not in reading.verbs
    ):
        end += 1
    return tuple(i for i in reading.content if start <= i < end)


def speaker_issues(case: Comparison) -> Iterator[Issue]:
    """Statements that the claim ascribes to someone whom the evidence does not let say them."""
    yield from _other_sort(case)
    given = [(n, s) for n in case.numbers for s in _plain_speakers(case, n)]
    if not given or any(s.pronoun for _, s in given):
        return
    for speech in _speeches(case.reading):
        names = named_in(case.claim.names, speech.speaker)
        if not names or any(_may_be(case, names, speech.speaker, n, s.speaker) for n, s in given):
            continue
        named = [(n, s) for n, s in given if named_in(case.sources[n].names, s.speaker)]
        if named and not _acts(case, names):
            number, other = named[0]
            yield case.issue(
                "role",
                speech.speaker,
                number,
                other.speaker,
                "The claim lets {claim} say it; in its evidence it is {source}.",
            )


def _other_sort(case: Comparison) -> Iterator[Issue]:
    """Prosecutors who say what the evidence lets the defense say."""
    theirs = [(n, s) for n in case.numbers for s in _speeches(case.article.readings[n])]
    if len(theirs) != 1 or theirs[0][1].pronoun or not theirs[0][1].speaker:
        return
    number, other = theirs[0]
    source = case.article.readings[number]
    sorts = lexicon().roots("names", "speakers")
    for speech in _speeches(case.reading)[:1]:
        mine = {case.reading.tokens[i].root for i in speech.speaker}
        others = {source.tokens[j].root for j in other.speaker}
        everything = {t.root for t in source.tokens}
        if not (mine & sorts and others & sorts) or mine & everything:
            continue
        ideas = {idea for i in speech.speaker for idea in case.reading.ideas[i]}
        if not any(ideas & source.ideas[j] for j in other.speaker):
            why = "The claim lets {claim} say it; in its evidence it is {source}."
            yield case.issue("role", speech.speaker, number, other.speaker, why)


def _plain_speakers(case: Comparison, number: int) -> list[_Speech]:
    """The named speakers of a sentence; failing them, all."""
    found = list(_speeches(case.article.readings[number]))
    return [s for s in found if named_in(case.sources[number].names, s.speaker)] or found


def _acts(case: Comparison, names: Sequence[Mention]) -> bool:
    """Whether the evidence has them do something, so that they may well speak through another."""
    for facts in case.sources.values():
        agents = {i for v in facts.reading.verbs for i in frame(facts.reading, v).agent}
        if any(
            equal(one, other)
            for one in names
            if not one.nation
            for other in named_in(facts.names, tuple(agents))
        ):
            return True
    return any(len(one.words) > _PERSON for one in names)


_PERSON = 3
"""A name of more words is a body, which speaks through persons."""


def _may_be(
    case: Comparison, names: Sequence[Mention], mine: Sequence[int], number: int, theirs: Sequence[int]
) -> bool:
    """Whether two speakers may be one."""
    others = named_in(case.sources[number].names, theirs)
    nations, other_nations = {m.nation for m in names if m.nation}, {m.nation for m in others if m.nation}
    if nations and other_nations:
        return bool(nations & other_nations)
    if not others or any(same(one, other) or related(case, one, other) for one in names for other in others):
        return True
    source = case.article.readings[number]
    if not case.reading.tokens[mine[-1]].capital and _describes(case, names, number, theirs):
        return True
    if len(nations) < len(names) and len(other_nations) < len(others):
        return False
    words, other_words = {case.reading.tokens[i].root for i in mine}, {source.tokens[j].root for j in theirs}
    return bool(words & other_words) or (bool(nations) != bool(other_nations))


def _describes(case: Comparison, names: Sequence[Mention], number: int, theirs: Sequence[int]) -> bool:
    """`a former Pentagon official` for one whom the evidence introduces as such."""
    verb = min((i for i in case.article.readings[number].verbs if i > theirs[-1]), default=theirs[-1])
    within = [m for m in case.sources[number].names if theirs[0] - _ADJACENT <= m.head <= verb + _ADJACENT]
    return any(same(one, other) for one in names for other in within)
