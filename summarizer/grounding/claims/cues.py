"""Words that deny, hedge or foresee, and the words of the sentence that each of them governs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Cue", "governed", "is_verb", "modal_cues", "negative_cues"]

_FAR = 8
"""Content words that a governing verb or noun reaches."""
_HARD = frozenset({";", ":", "(", ")"})
_MODALS = frozenset({"may", "might", "could", "can", "will", "would", "shall", "should", "must"})
_SKIPPED = frozenset({"be", "have", "do", "get", "yet", "even", "still", "also", "ever", "to", "been", "being", "a", "an", "the", "any", "that", "it"})
_AUXILIARIES = frozenset({"be", "have", "do"})
_ADJECTIVES = frozenset({"alleged", "suspected", "apparent", "possible", "potential", "purported", "rumored", "rumoured", "likely", "planned", "proposed", "unconfirmed", "reported", "threatened"})  # fmt: skip
_ADVERBS = frozenset({"reportedly", "allegedly", "purportedly", "apparently", "possibly", "perhaps", "maybe", "probably", "potentially", "supposedly"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One such word."""

    index: int
    kind: str
    """Row of the table it stands in, such as `plain` or `possible`."""
    heads: tuple[int, ...]
    """What it governs for certain."""
    reach: tuple[int, ...]
    """What it may govern; the heads among them."""


def negative_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that denies, in order."""
    return tuple(_negatives(reading))


def modal_cues(reading: Reading) -> tuple[Cue, ...]:
    """Every word that makes a thing possible, planned, demanded, threatened or alleged, in order."""
    return tuple(_modals(reading))


def governed(cues: tuple[Cue, ...], *, surely: bool) -> Mapping[int, list[Cue]]:
    """Token -> the cues that govern it, surely or perhaps."""
    found: defaultdict[int, list[Cue]] = defaultdict(list)
    for cue in cues:
        for index in cue.heads if surely else cue.reach:
            found[index].append(cue)
    return found


def _negatives(reading: Reading) -> Iterator[Cue]:
    plain, implicit = lexicon().words("negation", "plain"), lexicon().roots("negation", "implicit")
    for token in reading.tokens:
        if token.kind != "word":
            continue
        if token.lower in plain:
            if not _is_hollow(reading, token):
                heads = _denied(reading, token)
                yield Cue(token.index, "plain", heads, tuple({*heads, *_ahead(reading, token.index, 4)}))
        elif (reading.pair(token.index) or token.root) in implicit:
            reach = _ahead(reading, token.index, 5)
            yield Cue(token.index, "implicit", reach[:2], reach)


def _is_hollow(reading: Reading, token: Token) -> bool:
    """`not only`, `whether or not`, `No. 3`, and a `no` that answers."""
    after = reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
    before = reading.tokens[token.index - 1] if token.index else None
    if after is None or (before is not None and before.lower == "or"):
        return True
    return after.lower in lexicon().words("negation", "hollow") or (after.kind == "mark" and after.text in ".,")


def _denied(reading: Reading, token: Token) -> tuple[int, ...]:
    """What a `not`, `no`, `never` or `neither` denies."""
    ahead = [i for i in _ahead(reading, token.index, 6) if not reading.tokens[i].lower.endswith("ly")]
    if token.lower in {"not", "never", "without", "hardly", "scarcely", "barely"}:
        return tuple(ahead[:1])
    heads = ahead[:2]
    heads += [i for i in ahead[2:] if is_verb(reading, i)][:1]
    back = token.index - 1
    while back >= 0 and reading.tokens[back].lower in {"been", "be"}:
        back -= 1
    if back >= 0 and is_verb(reading, back):
        heads.append(back)
    return tuple(heads)


def _ahead(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    """The next content words of the same statement."""
    content, found = set(reading.content), list[int]()
    for token in reading.tokens[start + 1 :]:
        if token.text in _HARD or (found and token.lower in {"but", "because", "although", "though", "while", "unless"}):
            break
        if token.text == "," and len(found) > 1:
            break
        adverb = token.lower.endswith("ly") and not token.capital and token.index not in reading.verbs
        if token.index in content and token.lower not in _SKIPPED and token.root not in _SKIPPED and not adverb:
            found.append(token.index)
        if len(found) == most:
            break
    return tuple(found)


@cache
def _modal_rows() -> dict[str, str]:
    """Root or word pair -> row of the modality table."""
    names = [name for name in lexicon().tables["modality"] if name not in {"reported", "stronger"}]
    return {key: name for name in reversed(names) for key in lexicon().roots("modality", name)}


def _modals(reading: Reading) -> Iterator[Cue]:
    rows = _modal_rows()
    for token in reading.tokens:
        kind = rows.get(reading.pair(token.index) or token.root) if token.kind == "word" else None
        if kind is None or _is_name_like(reading, token):
            continue
        yield _modal(reading, token, kind)
    yield from _infinitives(reading)


def _is_name_like(reading: Reading, token: Token) -> bool:
    """`Theresa May`, `in May`: a capital inside a sentence."""
    return token.lower in {"may", "will"} and token.capital and token.index > 0


def _modal(reading: Reading, token: Token, kind: str) -> Cue:
    if token.lower in _MODALS:
        heads = _ahead(reading, token.index, 1)
        return Cue(token.index, kind, heads, heads)
    if token.lower in _ADJECTIVES and not is_verb(reading, token.index):
        heads = _ahead(reading, token.index, 3)
        return Cue(token.index, kind, heads, heads)
    if token.lower in _ADVERBS:
        heads = (*_ahead(reading, token.index, 2), *_behind(reading, token.index, 2))
        return Cue(token.index, kind, heads, heads)
    reach = _ahead(reading, token.index, _FAR)
    return Cue(token.index, kind, tuple(i for i in reach[:3] if is_verb(reading, i))[:1], reach)


def _behind(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    return tuple(i for i in reversed(reading.content) if i < start)[:most]


def _infinitives(reading: Reading) -> Iterator[Cue]:
    """`is to send`, `was to have met`: what is due."""
    for token in reading.tokens[1:-1]:
        before = reading.tokens[token.index - 1]
        if token.lower == "to" and before.root == "be" and before.lower in {"is", "are", "was", "were"}:
            heads = _ahead(reading, token.index, 1)
            yield Cue(before.index, "future", heads, heads)


def is_verb(reading: Reading, index: int) -> bool:
    """Whether a word is a verb that says something; auxiliaries are not."""
    return index in reading.verbs and reading.tokens[index].root not in _AUXILIARIES
