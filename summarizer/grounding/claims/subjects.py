"""The subject of a verb, as far as word order tells."""

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading

__all__ = [
    "OPENERS",
    "QUOTES",
    "RELATIVE",
    "STOPS",
    "content_of",
    "is_skipped",
    "is_verb",
    "subject",
    "verb_group_start",
]


_AUXILIARIES = frozenset({"be", "have", "do"})
RELATIVE = frozenset({"who", "which", "that", "whom"})

_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "this", "these", "those", "both", "there"})  # fmt: skip

QUOTES = frozenset({'"', "'"})

STOPS = frozenset({";", ":", "(", ")"})

OPENERS = frozenset({"that", "because", "if", "unless", "although", "though", "while", "when", "where", "after", "before", "until", "as", "since", "but", "whether", "and", "or", "than"})  # fmt: skip

_BETWEEN = frozenset({"also", "already", "now", "later", "still", "never", "not", "then", "again", "once", "just", "first", "even"})  # fmt: skip

_APPOSITION = 28

_OBJECT_ACTS = frozenset({"accus", "blam", "blame", "suspect", "charg", "stop", "prevent", "keep", "accuse", "charge", "deter", "thank", "prais", "bar"})  # fmt: skip


def subject(reading: Reading, event: int) -> tuple[tuple[int, ...], bool]:
    """Content words of the subject, and whether it is a pronoun."""
    position = verb_group_start(reading, event) - 1
    opener = reading.tokens[position] if position >= 0 else None
    comma = position > 0 and reading.tokens[position - 1].text == ","
    if opener is None or (opener.lower == "which" and comma):
        return (), False
    if opener.lower == "to":
        return _of_infinitive(reading, position)
    if reading.tokens[event].lower.endswith("ing") and position == event - 1:
        return _of_gerund(reading, event)
    if opener.lower in {"and", "or"} or (opener.text == "," and _conjoined(reading, position)):
        return _inherited(reading, position)
    if opener.lower in RELATIVE:
        return _antecedent(reading, position - 1 - comma)
    return _phrase(reading, position)


def _of_infinitive(reading: Reading, to: int) -> tuple[tuple[int, ...], bool]:
    """Who does what `to` introduces: the subject of `continues to`, the object of `urged them to`."""
    controls = lexicon().roots("grammar", "controls")
    if to and to - 1 in reading.verbs and reading.tokens[to - 1].root in controls:
        return subject(reading, to - 1)
    return _phrase(reading, to - 1) if _is_told(reading, to) else ((), False)


def _of_gerund(reading: Reading, event: int) -> tuple[tuple[int, ...], bool]:
    """Who does what an -ing form right after another word says."""
    opener = reading.tokens[event - 1]
    if opener.index in reading.verbs and opener.root in lexicon().roots("modality", "reported"):
        return (), False  # analysts say suspending the talks hurts
    charged = opener.lower in {"of", "for", "from"} and _charged(reading, opener.index)
    return _phrase(reading, opener.index - 1) if charged else _inherited(reading, event)


def _antecedent(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The noun phrase nearest to the left: whom `who` means."""
    prepositions, found = lexicon().words("function", "prepositions"), list[int]()
    while position >= 0:
        token = reading.tokens[position]
        if token.kind == "mark" and token.text not in QUOTES | {"-"}:
            break
        if token.lower in prepositions or token.lower in OPENERS or position in reading.verbs:
            break
        found.append(position)
        position -= 1
    return content_of(reading, found), False


def _is_told(reading: Reading, position: int) -> bool:
    """Whether what stands before `to` is the object of `urge`, `allow` or the like, which then acts."""
    told = lexicon().roots("grammar", "told")
    verb = max((i for i in reading.verbs if i < position), default=None)
    if verb is None or reading.tokens[verb].root not in told or verb == position - 1:
        return False
    between = reading.tokens[verb + 1 : position]
    return not any(t.text in STOPS | {","} or t.lower in {"and", "or"} for t in between)


def _charged(reading: Reading, position: int) -> bool:
    """Whether the verb before is `accuse`, `stop` or another whose object does what follows."""
    verb = max((i for i in reading.verbs if i < position), default=None)
    return verb is not None and reading.tokens[verb].root in _OBJECT_ACTS


def verb_group_start(reading: Reading, event: int) -> int:
    """First token of `has not yet been seen`."""
    start = event
    while start > 0 and (is_skipped(reading, start - 1) or _is_auxiliary(reading, start - 1)):
        start -= 1
    return start


def _is_auxiliary(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if token.root in _AUXILIARIES:
        return index in reading.verbs
    return token.lower in lexicon().words("function", "auxiliaries")


def _conjoined(reading: Reading, comma: int) -> bool:
    return comma > 0 and comma - 1 in reading.verbs


def _inherited(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The subject of the verb to which `and` joins another."""
    for before in range(position - 1, -1, -1):
        if before in reading.verbs and not reading.tokens[before].lower.endswith("ing"):
            return subject(reading, before)
        if reading.tokens[before].text in STOPS or reading.ends_sentence(before):
            break
    return (), False


def _phrase(reading: Reading, position: int) -> tuple[tuple[int, ...], bool]:
    """The noun phrase that ends at a token."""
    found: list[int] = []
    while position >= 0:
        token = reading.tokens[position]
        if token.text in STOPS or reading.ends_sentence(position):
            break
        if token.text == ",":
            position = _over_apposition(reading, position, found)
            continue
        if (token.lower in OPENERS or token.lower in RELATIVE) and not _lists(reading, position, found):
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
    return (
        bool(after)
        and after[0].lower in {"by", "in", "from", "with"}
        and reading.tokens[position].lower.endswith(("ed", "en"))
        and position - 1 not in reading.verbs
    )


def _lists(reading: Reading, position: int, found: list[int]) -> bool:
    """Whether this `and` joins two names or nouns of one subject."""
    before = reading.tokens[position - 1] if position else None
    joins = (
        reading.tokens[position].lower in {"and", "or"}
        and bool(found)
        and before is not None
        and before.kind == "word"
    )
    return joins and position - 1 not in reading.verbs and not _object_of_verb(reading, position - 1)


def _object_of_verb(reading: Reading, position: int) -> bool:
    """Whether a verb stands shortly before, so that `and` more likely starts a new statement."""
    for index in range(position, max(-1, position - 5), -1):
        if reading.tokens[index].kind == "mark" or reading.tokens[index].lower in OPENERS:
            return False
        if index in reading.verbs:
            return True
    return False


def _over_apposition(reading: Reading, comma: int, found: list[int]) -> int:
    """Where to go on left of a comma; -1 to stop."""
    if any(i in reading.content_set for i in found):
        return -1
    position = comma
    while (opening := _opening(reading, position)) is not None:
        position = opening
    return position - 1 if position != comma else -1


def _opening(reading: Reading, closing: int) -> int | None:
    """The comma that opens what a comma closes: `, a think tank,` or `, who leads it,`."""
    for position in range(closing - 1, max(0, closing - _APPOSITION), -1):
        if reading.tokens[position].text == "," and _describes(reading, position):
            return position
    return None


def _describes(reading: Reading, comma: int) -> bool:
    """Whether what follows a comma only describes what stands before it."""
    first, after, before = reading.tokens[comma + 1], reading.tokens[comma + 2], reading.tokens[comma - 1]
    if first.lower in {"a", "an", "one", "his", "her", "its", "their", "who", "which", "whose"}:
        return True
    if first.lower == "the" or first.kind == "number":
        return not after.capital
    return before.capital and not first.capital and first.kind == "word" and first.index not in reading.verbs


def _head(reading: Reading, found: list[int]) -> tuple[int, ...]:
    """The part of a phrase before its first preposition, `of` excepted."""
    prepositions = lexicon().words("function", "prepositions") - {"of"}
    head: list[int] = []
    for i in found:
        if reading.tokens[i].lower in prepositions or i in reading.verbs:
            if content_of(reading, head):
                break
            head = []
            continue
        head.append(i)
    return content_of(reading, head)


def content_of(reading: Reading, indices: list[int]) -> tuple[int, ...]:
    """The content words among some tokens, adverbs left out."""
    return tuple(
        sorted(i for i in indices if i in reading.content_set and not reading.tokens[i].lower.endswith("ly"))
    )


def is_skipped(reading: Reading, index: int) -> bool:
    """Whether a token may stand inside a verb group without being part of it."""
    token = reading.tokens[index]
    return (
        token.text in QUOTES
        or token.lower in _BETWEEN
        or (token.kind == "word" and token.lower.endswith("ly") and not token.capital)
    )


def is_verb(reading: Reading, index: int) -> bool:
    """Whether a word is a verb that says something; auxiliaries are not."""
    return index in reading.verbs and reading.tokens[index].root not in _AUXILIARIES
