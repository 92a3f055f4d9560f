"""What a word that denies or hedges governs: the words after it, up to the end of its statement."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.grounding.claims.reading import Reading

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
    content, found = set(reading.content), list[int]()
    for token in reading.tokens[start + 1 :]:
        if (
            found
            and token.lower in _TURNS
            and reading.tokens[token.index - 1].lower not in {"such", "well", "as"}
        ):
            break
        if (
            token.text in _HARD
            or reading.ends_sentence(token.index)
            or (found and token.lower in {"but", "because", "although", "though", "while", "unless"})
        ):
            break
        if (token.text == "," and len(found) > 1) or (
            found and token.lower in {"and", "or"} and token.index + 1 in reading.verbs
        ):
            break
        adverb = token.lower.endswith("ly") and not token.capital and token.index not in reading.verbs
        if (
            token.index in content
            and token.lower not in _SKIPPED
            and token.root not in _SKIPPED
            and not adverb
        ):
            found.append(token.index)
        if len(found) == most:
            break
    return tuple(found)
