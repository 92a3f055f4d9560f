"""Who does what to whom, as far as word order tells: the subject and the object of a verb or an event noun."""

from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.subjects import (
    OPENERS,
    QUOTES,
    RELATIVE,
    STOPS,
    content_of,
    is_skipped,
    is_verb,
    subject,
    verb_group_start,
)

__all__ = ["Frame", "frame", "is_passive"]


_BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "got"})

_REACH = 18


@dataclass(frozen=True, slots=True)
class Frame:
    """The parties of one event, as tokens of the sentence."""

    event: int
    agent: tuple[int, ...]
    """Content words of who does it; empty when nothing tells."""
    patient: tuple[int, ...]
    """Content words of what it is done to."""
    rest: tuple[int, ...]
    """Content words that follow the event, up to the end of the statement."""
    pronoun: bool = False
    """Whether `he` or the like is the agent."""
    guessed: bool = False
    """Whether the agent is that of another verb, which an -ing form may well not share."""
    receiver: tuple[int, ...] = ()
    """Content words of whom something is handed to."""


@lru_cache(maxsize=1024)
def frame(reading: Reading, event: int) -> Frame:
    """The parties of a verb or event noun."""
    right = _right(reading, event)
    rest, by = content_of(reading, right), _after(reading, event, right, "by")
    if by and (
        reading.tokens[by[0]].kind == "number" or reading.tokens[by[0]].lower in lexicon().tables["numbers"]
    ):
        by = _people(reading, by)
    if not is_verb(reading, event):
        aimed = ("on", "upon", "at") if "attack" in reading.ideas[event] else ()
        patient = _after(reading, event, right, "of", "against", *aimed)
        return Frame(event, by or _owner(reading, event), patient, rest)
    if _is_inverted(reading, event):
        return Frame(event, _object(reading, right), (), rest)
    left, pronoun = subject(reading, event)
    if is_passive(reading, event) or _completes(reading, event):
        return Frame(event, by, left, rest, receiver=_after(reading, event, right, "to"))
    particle = bool(reading.pair(event)) and right[:1] == [event + 1]
    guessed = reading.tokens[event].lower.endswith("ing") and verb_group_start(reading, event) == event
    return Frame(event, left, _object(reading, right[1:] if particle else right), rest, pronoun, guessed)


def _people(reading: Reading, by: tuple[int, ...]) -> tuple[int, ...]:
    """`by two men`, not `by seven percent`."""
    units = {word for row in lexicon().tables["units"].values() for word in row.split()}
    return () if any(reading.tokens[i].lower.removesuffix("s") in units for i in by) else by


def is_passive(reading: Reading, event: int) -> bool:
    """Whether a verb is passive: `was seized`, `seized by`."""
    if reading.tokens[event].lower.endswith("ing"):
        return False
    before = event - 1
    while before >= 0 and is_skipped(reading, before):
        before -= 1
    if before >= 0 and reading.tokens[before].lower in _BE:
        return True
    after = [t for t in reading.tokens[event + 1 : event + 3] if t.text not in QUOTES]
    past = (
        reading.tokens[event].lower.endswith(("ed", "en")) or reading.tokens[event].lower in lexicon().bases
    )
    return bool(after) and after[0].lower == "by" and past


def _is_inverted(reading: Reading, event: int) -> bool:
    """`"...," said the minister`."""
    if reading.tokens[event].root != "say" or event < 2 or reading.tokens[event - 1].text != '"':  # noqa: PLR2004 - a comma and a mark
        return False
    after = reading.tokens[event + 1 : event + 2]
    return bool(after) and (
        after[0].capital or after[0].lower in {"the", "a", "an", "one", "his", "her", "their"}
    )


def _completes(reading: Reading, event: int) -> bool:
    """`liberated` in `declared the city liberated`: what the object of another verb undergoes."""
    start = event
    while start > 0 and is_skipped(reading, start - 1):
        start -= 1
    bare = verb_group_start(reading, event) == start and reading.tokens[event].lower.endswith(("ed", "en"))
    if not bare or reading.tokens[start - 1].lower in {"and", "or"}:
        return False
    for index in range(start - 1, max(-1, start - 8), -1):
        token = reading.tokens[index]
        if token.text in STOPS | {","} or token.lower in (OPENERS | RELATIVE) - {"and", "or"}:
            return False
        if is_verb(reading, index):
            return True
    return False


def _right(reading: Reading, event: int) -> list[int]:
    """Tokens after the event up to the end of the statement."""
    found: list[int] = []
    for token in reading.tokens[event + 1 :]:
        if (
            token.text in {";", ":"}
            or reading.ends_sentence(token.index)
            or token.lower in {"but", "although", "while", "unless", "because"}
        ):
            break
        if token.text == "," and _ends_statement(reading, token.index):
            break
        found.append(token.index)
    return found


def _ends_statement(reading: Reading, comma: int) -> bool:
    """Whether what follows a comma is a new statement: `, saying`, `, which`, `, and he went`."""
    after = [t for t in reading.tokens[comma + 1 : comma + 3] if t.text not in QUOTES]
    return bool(after) and (
        after[0].index in reading.verbs
        or after[0].lower in OPENERS | RELATIVE - {"and", "or"}
        or after[-1].index in reading.verbs
    )


def _object(reading: Reading, right: list[int]) -> tuple[int, ...]:
    prepositions = lexicon().words("function", "prepositions") - {"of", "out", "up", "off", "down"}
    head: list[int] = []
    for i in right:
        token = reading.tokens[i]
        ends = token.lower in prepositions and not _bounds(reading, i)
        opens = token.lower in OPENERS - {"and", "or"} and not _points(reading, i, head)
        if token.text in {",", ";"} or opens or ends:
            break
        if i in reading.verbs and head:
            break
        head.append(i)
    return content_of(reading, head)


def _points(reading: Reading, index: int, head: list[int]) -> bool:
    """Whether `that` only points to the noun after it: `rejected that theory`."""
    following = reading.tokens[index + 1 : index + 3]
    noun = bool(following) and following[0].index in reading.content_set and not following[0].capital
    return (
        reading.tokens[index].lower == "that"
        and not head
        and noun
        and following[-1].index not in reading.verbs
    )


def _bounds(reading: Reading, index: int) -> bool:
    """Whether a preposition belongs to a number: `at least three`, `over 40`."""
    after = reading.tokens[index + 1 : index + 2]
    return bool(after) and (after[0].lower in {"least", "most"} or after[0].kind == "number")


def _after(reading: Reading, event: int, right: list[int], *prepositions: str) -> tuple[int, ...]:
    """The phrase that follows one of some prepositions, if it comes soon."""
    everything = lexicon().words("function", "prepositions") - {"of"}
    for n, i in enumerate(right[:_REACH]):
        token = reading.tokens[i]
        if token.text == ";" or (i in reading.verbs and (n or event not in reading.verbs)):
            break
        if token.text == "," and prepositions != ("by",):
            break
        if token.lower in prepositions:
            phrase: list[int] = []
            for k in right[n + 1 :]:
                word = reading.tokens[k]
                listed = (
                    word.text == ","
                    and reading.tokens[k + 1 : k + 2]
                    and (reading.tokens[k + 1].capital or reading.tokens[k + 1].lower == "and")
                )
                if (
                    word.lower in everything
                    or (word.text in {",", ";"} and not listed)
                    or word.lower in OPENERS - {"and"}
                    or k in reading.verbs
                ):
                    break
                phrase.append(k)
            return content_of(reading, phrase)
    return ()


def _owner(reading: Reading, event: int) -> tuple[int, ...]:
    """Whose it is: `Turkish` in `the Turkish shelling`, `China` in `China's seizure`."""
    found: list[int] = []
    for token in reversed(reading.tokens[:event]):
        if token.kind != "word" or token.lower in lexicon().function_words or token.index in reading.verbs:
            break
        if token.capital:
            found.append(token.index)
    return tuple(sorted(found))
