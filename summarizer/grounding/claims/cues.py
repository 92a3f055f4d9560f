"""What a word that denies or hedges governs: the words after it, up to the end of its statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Cue", "ahead", "governed"]


_HARD = frozenset({";", ":", "(", ")", "?", "!"})

_SKIPPED = frozenset({"be", "have", "do", "get", "yet", "even", "still", "also", "ever", "to", "been", "being", "a", "an", "the", "any", "that", "it"})  # fmt: skip


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
    local: bool = False
    """Whether it says nothing about what lies outside its reach: `may`, `without`."""


def governed(cues: tuple[Cue, ...], *, surely: bool) -> Mapping[int, list[Cue]]:
    """Token -> the cues that govern it, surely or perhaps."""
    found: defaultdict[int, list[Cue]] = defaultdict(list)
    for cue in cues:
        for index in cue.heads if surely else cue.reach:
            found[index].append(cue)
    return found


_TURNS = frozenset({"as", "since", "when", "while", "after", "before", "until"})


def ahead(reading: Reading, start: int, most: int) -> tuple[int, ...]:
    """The next content words of the same statement."""
    found: list[int] = []
    for token in reading.tokens[start + 1 :]:
        if _ends(reading, token, found):
            break
        adverb = token.lower.endswith("ly") and not token.capital and token.index not in reading.verbs
        skipped = token.lower in _SKIPPED or token.root in _SKIPPED or adverb
        if token.index in reading.content_set and not skipped:
            found.append(token.index)
        if len(found) == most:
            break
    return tuple(found)


def _ends(reading: Reading, token: Token, found: Sequence[int]) -> bool:
    """Whether a statement ends at a token; small marks and turns count only once it has said something."""
    if token.text in _HARD or reading.ends_sentence(token.index) or reading.is_dash(token.index):
        return True
    if not found:
        return False
    if token.text == ",":
        return len(found) > 1
    if token.lower in {"and", "or"}:
        return token.index + 1 in reading.verbs
    turns = token.lower in _TURNS and reading.tokens[token.index - 1].lower not in {"such", "well", "as"}
    return turns or token.lower in {"but", "because", "although", "though", "while", "unless"}
