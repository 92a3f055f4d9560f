"""Who does what to whom, as far as word order tells: the subject and the object of a verb or an event noun."""

from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.claims.cues import is_verb
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading

__all__ = ["Frame", "frame"]

_BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "got"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "this", "these", "those", "both", "there"})
_QUOTES = frozenset({'"', "'"})
_STOPS = frozenset({";", ":", "(", ")"})
_OPENERS = frozenset({"that", "because", "if", "unless", "although", "though", "while", "when", "where", "after", "before", "until", "as", "since", "but", "whether", "and", "or", "than"})  # fmt: skip
_BETWEEN = frozenset({"also", "already", "now", "later", "still", "never", "not", "then", "again", "once", "just", "first", "even"})
_APPOSITION = 16
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


@lru_cache(maxsize=8192)
def frame(reading: Reading, event: int) -> Frame:
    """The parties of a verb or event noun."""
    right = _right(reading, event)
    rest, by = _content(reading, right), _after(reading, event, right, "by")
    if not is_verb(reading, event):
        patient = _after(reading, event, right, "of", "against", "on", "upon", "at")
        return Frame(event, by or _owner(reading, event), patient, rest)
    if _is_inverted(reading, event):
        return Frame(event, _object(reading, right), (), rest)
    left, pronoun = _subject(reading, event)
    if _is_passive(reading, event) or _completes(reading, event):
        return Frame(event, by, left, rest)
    return Frame(event, left, _object(reading, right), rest, pronoun)


def _content(reading: Reading, indices: list[int]) -> tuple[int, ...]:
    return tuple(sorted(i for i in indices if i in reading.content_set and not reading.tokens[i].lower.endswith("ly")))


def _skips(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    return token.text in _QUOTES or token.lower in _BETWEEN or (token.kind == "word" and token.lower.endswith("ly") and not token.capital)


def _is_passive(reading: Reading, event: int) -> bool:
    if reading.tokens[event].lower.endswith("ing"):
        return False
    before = event - 1
    while before >= 0 and _skips(reading, before):
        before -= 1
    if before >= 0 and reading.tokens[before].lower in _BE:
        return True
    after = [t for t in reading.tokens[event + 1 : event + 3] if t.text not in _QUOTES]
    return bool(after) and after[0].lower == "by"


def _is_inverted(reading: Reading, event: int) -> bool:
    """`"...," said the minister`."""
    if reading.tokens[event].root != "say" or event < 2 or reading.tokens[event - 1].text != '"':  # noqa: PLR2004 - a comma and a mark
        return False
    after = reading.tokens[event + 1 : event + 2]
    return bool(after) and (after[0].capital or after[0].lower in {"the", "a", "an", "one", "his", "her", "their"})


def _completes(reading: Reading, event: int) -> bool:
    """`liberated` in `declared the city liberated`: what the object of another verb undergoes."""
    if not reading.tokens[event].lower.endswith(("ed", "en")) or _verb_group_start(reading, event) != event - _skipped_before(reading, event):
        return False
    for index in range(event - 1, max(-1, event - 8), -1):
        token = reading.tokens[index]
        if token.text in _STOPS | {","} or token.lower in _OPENERS | _RELATIVE:
            return False
        if is_verb(reading, index):
            return True
    return False


def _skipped_before(reading: Reading, event: int) -> int:
    """How many adverbs and the like stand right before the event."""
    start = event
    while start > 0 and _skips(reading, start - 1):
        start -= 1
    return event - start


def _subject(reading: Reading, event: int) -> tuple[tuple[int, ...], bool]:
    """Content words of the subject, and whether it is a pronoun."""
    position = _verb_group_start(reading, event) - 1
    if position < 0:
        return (), False
    opener = reading.tokens[position]
    if opener.lower == "to":
        return (), False
    if reading.tokens[event].lower.endswith("ing") and position == event - 1:
        if opener.lower in {"of", "for", "from"} and position:
            return _phrase(reading, position - 1)
        return _inherited(reading, event)
    if opener.lower in {"and", "or"} or (opener.text == "," and _conjoined(reading, position)):
        return _inherited(reading, position)
    if opener.lower == "which" and position and reading.tokens[position - 1].text == ",":
        return (), False
    if opener.lower in _RELATIVE:
        return _antecedent(reading, position - 1 - (position > 0 and reading.tokens[position - 1].text == ","))
    return _phrase(reading, position)


def _antecedent(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The noun phrase nearest to the left: whom `who` means."""
    prepositions, found = lexicon().words("function", "prepositions"), list[int]()
    while position >= 0:
        token = reading.tokens[position]
        if token.kind == "mark" and token.text not in _QUOTES | {"-"}:
            break
        if token.lower in prepositions or token.lower in _OPENERS or position in reading.verbs:
            break
        found.append(position)
        position -= 1
    return _content(reading, found), False


def _verb_group_start(reading: Reading, event: int) -> int:
    """First token of `has not yet been seen`."""
    start = event
    modals = lexicon().words("function", "auxiliaries")
    while start > 0 and (_skips(reading, start - 1) or reading.tokens[start - 1].lower in modals or reading.tokens[start - 1].root in {"be", "have", "do"}):
        start -= 1
    return start


def _conjoined(reading: Reading, comma: int) -> bool:
    return comma > 0 and comma - 1 in reading.verbs


def _inherited(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The subject of the verb to which `and` joins another."""
    for before in range(position - 1, -1, -1):
        if is_verb(reading, before) and not reading.tokens[before].lower.endswith("ing"):
            return _subject(reading, before)
        if reading.tokens[before].text in _STOPS:
            break
    return (), False


def _phrase(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The noun phrase that ends at a token."""
    found: list[int] = []
    closed = reading.tokens[position].text == ","
    while position >= 0:
        token = reading.tokens[position]
        if token.text in _STOPS:
            break
        if token.text == ",":
            position = _over_apposition(reading, position, found, closed=closed)
            continue
        if token.lower in _OPENERS and not _lists(reading, position, found):
            break
        if position in reading.verbs and not _is_attached(reading, position):
            break
        found.append(position)
        position -= 1
    found.sort()
    head = _head(reading, found)
    return head, any(reading.tokens[i].lower in _PRONOUNS for i in found) and not head


def _is_attached(reading: Reading, position: int) -> bool:
    """Whether a participle belongs to the phrase: `fighters backed by the West`."""
    after = reading.tokens[position + 1 : position + 2]
    return bool(after) and after[0].lower in {"by", "in", "from", "with"} and reading.tokens[position].lower.endswith(("ed", "en")) and position - 1 not in reading.verbs


def _lists(reading: Reading, position: int, found: list[int]) -> bool:
    """Whether this `and` joins two names or nouns of one subject."""
    before = reading.tokens[position - 1] if position else None
    joins = reading.tokens[position].lower in {"and", "or"} and bool(found) and before is not None and before.kind == "word"
    return joins and position - 1 not in reading.verbs and not _object_of_verb(reading, position - 1)


def _object_of_verb(reading: Reading, position: int) -> bool:
    """Whether a verb stands shortly before, so that `and` more likely starts a new statement."""
    for index in range(position, max(-1, position - 5), -1):
        if reading.tokens[index].kind == "mark" or reading.tokens[index].lower in _OPENERS:
            return False
        if index in reading.verbs:
            return True
    return False


def _over_apposition(reading: Reading, comma: int, found: list[int], *, closed: bool) -> int:
    """Where to go on left of `, a spokesman,`; -1 to stop."""
    if any(i in reading.content_set for i in found):
        if not (closed and _is_apposition(reading, min(found))):
            return -1
        found.clear()
        return comma - 1
    for position in range(comma - 1, max(-1, comma - _APPOSITION), -1):
        if reading.tokens[position].text == ",":
            return position - 1
    return -1


def _is_apposition(reading: Reading, start: int) -> bool:
    """Whether a stretch after a comma only describes what stands before it: `, a think tank,`."""
    first, after = reading.tokens[start], reading.tokens[start + 1]
    return first.lower in {"a", "an", "one", "his", "her", "its", "their"} or (first.lower == "the" and not after.capital)


def _head(reading: Reading, found: list[int]) -> tuple[int, ...]:
    """The part of a phrase before its first preposition, `of` excepted."""
    prepositions = lexicon().words("function", "prepositions") - {"of"}
    head: list[int] = []
    for i in found:
        if reading.tokens[i].lower in prepositions or i in reading.verbs:
            if _content(reading, head):
                break
            head = []
            continue
        head.append(i)
    return _content(reading, head)


def _right(reading: Reading, event: int) -> list[int]:
    """Tokens after the event up to the end of the statement."""
    found: list[int] = []
    for token in reading.tokens[event + 1 :]:
        if token.text in {";", ":"} or token.lower in {"but", "although", "while", "unless", "because"}:
            break
        if token.text == "," and _ends_statement(reading, token.index):
            break
        found.append(token.index)
    return found


def _ends_statement(reading: Reading, comma: int) -> bool:
    """Whether what follows a comma is a new statement: `, saying`, `, which`, `, and he went`."""
    after = [t for t in reading.tokens[comma + 1 : comma + 3] if t.text not in _QUOTES]
    return bool(after) and (after[0].index in reading.verbs or after[0].lower in _OPENERS | _RELATIVE - {"and", "or"} or after[-1].index in reading.verbs)


def _object(reading: Reading, right: list[int]) -> tuple[int, ...]:
    prepositions = lexicon().words("function", "prepositions") - {"of", "out", "up", "off", "down"}
    head: list[int] = []
    for i in right:
        token = reading.tokens[i]
        if token.text in {",", ";"} or token.lower in _OPENERS - {"and", "or"} or token.lower in prepositions:
            break
        if i in reading.verbs and head:
            break
        head.append(i)
    return _content(reading, head)


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
                if word.lower in everything or word.text in {",", ";"} or word.lower in _OPENERS - {"and"} or k in reading.verbs:
                    break
                phrase.append(k)
            return _content(reading, phrase)
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
