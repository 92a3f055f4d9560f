"""Words with offsets, cut as names need it, and a finder of many phrases at once.

`U.S.`, `Gen.` and `Q.` keep their points; `'s` is split off; a hyphen separates words but is remembered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["PhraseIndex", "Token", "straight", "tokens"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['\u2019&][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_APOSTROPHES = frozenset("'\u2019")
_BLANK = re.compile(r"\s+")
_INITIAL = re.compile(r"^[A-Z]$")
_TIGHT = frozenset((" ", "-", "\u2013", "/", ""))
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\xa0": " "})
_ABBREVIATIONS = frozenset(
    "gen lt col capt maj sgt adm cmdr brig spc pfc cpl pvt sen rep gov prof rev dr mr mrs ms jr sr st mt ft no inc corp ltd co "  # noqa: SIM905 - one word a line would hide the list
    "jan feb aug sept oct nov dec".split()
)

Payload = TypeVar("Payload")


def straight(text: str) -> str:
    """The text with straight apostrophes and plain spaces, of the same length."""
    return text if text.isascii() else text.translate(_STRAIGHT)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `text[start:end]`, without a possessive ending."""

    text: str
    """With a straight apostrophe."""
    start: int
    end: int
    gap: str
    """What stands between the word before and this one, on one line, possessive ending left out."""
    possessive: bool

    @property
    def tight(self) -> bool:
        """Whether nothing but a space, hyphen or slash parts it from the word before."""
        return self.gap in _TIGHT

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Cut `text[start:end]` into words; offsets count from the start of `text`."""
    return tuple(_tokens(text, start, len(text) if end is None else end))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    last = start
    for match in _WORD.finditer(text, start, end):
        stop, owns, resume = _ending(text, match.start(), match.end(), end)
        if stop > match.start():
            gap = text[last : match.start()]
            if gap != " ":
                gap = _BLANK.sub(" ", straight(gap))
            yield Token(straight(text[match.start() : stop]), match.start(), stop, gap, owns)
        last = resume


def _ending(text: str, start: int, stop: int, end: int) -> tuple[int, bool, int]:
    """Where a word really ends, whether it owns what follows, and where the gap after it starts."""
    word = text[start:stop]
    if word[-2:-1] in _APOSTROPHES and _POSSESSIVE.search(word):
        return stop - 2, True, stop
    if stop < end and text[stop] == "." and (_INITIAL.match(word) or word.casefold() in _ABBREVIATIONS):
        return stop + 1, False, stop + 1
    if word[-1] in "sS" and straight(text[stop : stop + 2]) == "' ":
        return stop, True, stop + 1
    return stop, False, stop


class PhraseIndex(Generic[Payload]):
    """Finds the longest of many phrases at a place; the words of a phrase may be parted by a space or a hyphen."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]], *, fold: bool = False) -> None:
        """Index phrases and what they stand for; the first of equal ones counts. With `fold`, case does not."""
        self._fold = fold
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        seen: set[tuple[str, ...]] = set()
        for phrase, payload in phrases:
            words = tuple(self._key(token) for token in tokens(phrase))
            if words and words not in seen:
                seen.add(words)
                self._by_first.setdefault(words[0].removesuffix("'s"), []).append((words, payload))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[Token], place: int) -> tuple[int, Payload] | None:
        """The longest phrase that starts at `words[place]`: how many words it has, and what it stands for."""
        first = words[place].text.casefold() if self._fold else words[place].text
        for phrase, payload in self._by_first.get(first, ()):
            window = words[place : place + len(phrase)]
            if len(window) == len(phrase) and self._fits(window, phrase):
                return len(phrase), payload
        return None

    def _fits(self, window: Sequence[Token], phrase: tuple[str, ...]) -> bool:
        *inner, last = window
        if not all(token.tight for token in window[1:]):
            return False
        if any(self._key(token) != word for token, word in zip(inner, phrase, strict=False)):
            return False
        return (last.text.casefold() if self._fold else last.text) == phrase[-1].removesuffix("'s")

    def _key(self, token: Token) -> str:
        word = token.text + ("'s" if token.possessive else "")
        return word.casefold() if self._fold else word
