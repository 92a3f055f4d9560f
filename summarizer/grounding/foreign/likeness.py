"""Names of a claim beside those of its source, across languages that share a script, or Cyrillic and Latin.

Names change with the language (Genève, Geneva), so one that is not found is told to the reader and accuses nobody.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["ComparedNames", "compared_names"]

_ALIKE = 0.7
"""Of `SequenceMatcher.ratio`: Genève and Geneva have .83, Стамбул and Istanbul .8."""
_NAME = re.compile(r"[^\W\d_][\w'’-]{3,}")
_NOUNS_ARE_CAPITAL = frozenset({"de", "lb"})
_PLAIN = dict(zip("абвгдежзийклмнопрстуфхыэіїєґё", ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "y", "e", "i", "i", "e", "g", "e"], strict=True))  # fmt: skip
_LETTERS = _PLAIN | {
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ь": "",
    "ъ": "",
    "'": "",
    "’": "",
}
_KNOWN_SCRIPTS = ("LATIN", "CYRILLIC")


@dataclass(frozen=True, slots=True)
class ComparedNames:
    """Capitalised words of a claim."""

    found: tuple[str, ...] = ()
    """The source has one alike."""
    missed: tuple[str, ...] = ()
    """It has none; the first word of the claim is no name for sure, so it is not among these."""


def compared_names(claim: str, texts: Sequence[str], *, language: str) -> ComparedNames:
    """Compare the capitalised words of a claim with those of its source.

    Args:
        claim: What is said.
        texts: The sentences it stands on.
        language: Of these (ISO 639).
    """
    held = {_plain(word) for text in texts for word in _NAME.findall(text) if word[:1].isupper()}
    if language in _NOUNS_ARE_CAPITAL or not all(map(_is_known, [claim, *texts])):
        return ComparedNames()
    names = [match for match in _NAME.finditer(claim) if match.group()[:1].isupper()]
    found = {match.group() for match in names if _is_among(_plain(match.group()), held)}
    missed = [match.group() for match in names if match.group() not in found and match.start() > 0]
    return ComparedNames(tuple(m.group() for m in names if m.group() in found), tuple(missed))


def _is_among(name: str, held: set[str]) -> bool:
    return any(name[:5] == one[:5] or SequenceMatcher(None, name, one).ratio() >= _ALIKE for one in held)


def _plain(word: str) -> str:
    """In lower-case Latin letters without accents."""
    latin = "".join(_LETTERS.get(sign, sign) for sign in word.casefold())
    return "".join(sign for sign in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(sign))


def _is_known(text: str) -> bool:
    letters = [unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha()]
    return sum(letter in _KNOWN_SCRIPTS for letter in letters) * 2 >= len(letters)
