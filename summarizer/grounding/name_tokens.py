"""Words with offsets, cut as names need it, and a finder of many phrases at once.

`U.S.`, `Gen.` and `Q.` keep their points; `'s` is split off; a hyphen separates words but is remembered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["PhraseIndex", "Token", "straight", "tokens"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_INITIAL = re.compile(r"^[A-Z]$")
_TIGHT = frozenset(" \xa0-–/") | {""}
_ABBREVIATIONS = frozenset(
    ("gen", "lt", "col", "capt", "maj", "sgt", "adm", "cmdr", "brig", "sen", "rep", "gov", "dr", "mr", "mrs", "ms", "jr", "sr", "st")
    + ("prof", "rev", "cpl", "pvt", "inc", "corp", "ltd", "co", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "mt", "ft", "no")
)
_CURLY = str.maketrans({"’": "'", "‘": "'", "\xa0": " "})

Payload = TypeVar("Payload")


def straight(text: str) -> str:
    """The text with straight apostrophes and plain spaces, of the same length."""
    return text.translate(_CURLY)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `text[start:end]`, without a possessive ending."""

    text: str
    """With a straight apostrophe."""
    start: int
    end: int
    gap: str
    """What stands between the word before and this one, possessive ending left out."""
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
        stop = match.end()
        word = match.group()
        owns = bool(_POSSESSIVE.search(word))
        if owns:
            stop -= 2
            word = word[:-2]
        elif text[stop : stop + 1] == "." and stop < end and (_INITIAL.match(word) or word.casefold() in _ABBREVIATIONS):
            stop += 1
            word += "."
        elif word[-1] in "sS" and text[stop : stop + 2] in ("' ", "’ ", "'\xa0", "’\xa0"):
            owns = True
        if word:
            yield Token(straight(word), match.start(), stop, straight(text[last : match.start()]), owns)
        last = max(match.end(), stop) + (owns and stop == match.end())


class PhraseIndex(Generic[Payload]):
    """Finds the longest of many phrases at a place; the words of a phrase may be parted by a space or a hyphen."""

    def __init__(self, phrases: Mapping[str, Payload] | Iterable[tuple[str, Payload]], *, fold: bool = False) -> None:
        """Index `phrases`; the first payload given for a phrase is kept. With `fold`, case does not count."""
        self._fold = fold
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        seen: set[tuple[str, ...]] = set()
        for phrase, payload in phrases.items() if isinstance(phrases, Mapping) else phrases:
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
        return (
            all(token.tight for token in window[1:])
            and all(self._key(token) == word for token, word in zip(inner, phrase, strict=False))
            and (last.text.casefold() if self._fold else last.text) == phrase[-1].removesuffix("'s")
        )

    def _key(self, token: Token) -> str:
        word = token.text + ("'s" if token.possessive else "")
        return word.casefold() if self._fold else word
