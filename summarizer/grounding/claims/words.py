"""Words of a sentence: tokens with offsets, and the root that a word shares with its relatives."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.claims.lexicon import lexicon

__all__ = ["Token", "fold", "lemma", "plain", "root", "tokens"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark."""

    index: int
    text: str
    lower: str
    """Lower case, plain apostrophes, no accents, no possessive ending."""
    root: str
    start: int
    end: int
    kind: str
    """`word`, `number`, or `mark`."""
    possessive: bool = False
    joined: bool = False
    """Whether a hyphen ties it to the word before."""

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


_TOKEN = re.compile(
    r"""(?P<abbreviation>(?:[^\W\d_]\.){2,}(?=\W|$)|[A-Z]\.\ [A-Z]\.(?=\ ))            # U.S.
      | (?P<code>[A-Z]{1,5}-?\d+[A-Za-z]{0,3}\b)               # F-16, S400
      | (?P<number>\d+(?:[,.]\d+)*)
      | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
      | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\xa0": " "}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEGATED = re.compile(r"(?P<verb>.+?)(?P<negation>n't)$")
_JOINED = re.compile(r"(?P<word>[A-Za-z]+)'(?P<ending>re|ll|ve|m|d)$", re.IGNORECASE)
_AUXILIARY = {"re": "are", "ll": "will", "ve": "have", "m": "am", "d": "would"}
_CONTRACTED = {"wo": "will", "ca": "can", "sha": "shall", "ai": "be"}


def plain(text: str) -> str:
    """`text` with straight quotation marks and dashes; every character keeps its place."""
    return _SURROGATE.sub("\ufffd", text).translate(_PLAIN)


def fold(text: str) -> str:
    """Lower case without accents; the length may change."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokens(text: str) -> tuple[Token, ...]:
    """Cut `text` into tokens, in order; offsets are characters of `text`."""
    found: list[Token] = []
    for piece, start, end, kind in _pieces(plain(text)):
        joined = bool(found) and found[-1].text == "-" and found[-1].end == start
        touches = joined and len(found) > 1 and found[-2].end == found[-1].start
        found.append(_token(len(found), piece, start, end, kind, joined=touches))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[str, int, int, str]]:
    for match in _TOKEN.finditer(text):
        kind, piece, start, end = match.lastgroup or "mark", match.group(), match.start(), match.end()
        negated = _NEGATED.match(piece.lower()) if kind == "word" else None
        if negated:
            cut = start + len(negated["verb"])
            yield _CONTRACTED.get(negated["verb"], piece[: cut - start]), start, cut, "word"
            yield "not", cut, end, "word"
        elif kind == "word" and (joined := _JOINED.match(piece)):
            cut = start + len(joined["word"])
            yield piece[: cut - start], start, cut, "word"
            yield _AUXILIARY[joined["ending"].lower()], cut, end, "word"
        elif kind == "word" and piece.lower() == "cannot":
            yield "can", start, start + 3, "word"
            yield "not", start + 3, end, "word"
        else:
            yield piece, start, end, "word" if kind in {"abbreviation", "code"} else kind


def _token(index: int, piece: str, start: int, end: int, kind: str, *, joined: bool) -> Token:
    lower = fold(piece) if kind == "word" else piece
    if kind == "word" and "." in lower:
        lower = lower.replace(".", "").replace(" ", "")
    possessive = lower.endswith("'s")
    if possessive:
        lower = lower[:-2]
    return Token(index, piece, lower, root(lower), start, end, kind, possessive, joined)


_FAMILY = (
    "ization", "isation", "ational", "ation", "ement", "ment", "ness", "ively", "ive", "ously", "ous", "fully", "ful", "ically",
    "ical", "ially", "ally", "al", "ably", "able", "ibly", "ible", "ize", "ise", "ist", "ism", "ion", "edly", "ingly", "ate",
    "ator", "at", "or", "er", "ance", "ence", "ant", "ent", "ity", "ly", "ic", "ery", "ory",
)  # fmt: skip
"""Endings that make one word out of another, the longer before the shorter."""
_SAFE_FAMILY = ("ally", "fully", "ful", "ness", "able", "ably", "ible", "ibly", "ment", "ly")
_LEAST = 5
"""A root of fewer letters is shared by words that have nothing in common (state, station, statement)."""
_WITH_EED = frozenset({"bleed", "breed", "exceed", "feed", "indeed", "need", "proceed", "seed", "speed", "succeed", "weed"})  # fmt: skip
_LOST_E = ("iz", "yz", "at", "iev", "eiv", "olv", "erv", "gu", "su", "cu", "inu", "nc", "rc", "dg", "rg")
_SHORT_STEM = re.compile("(?:[^aeiou]{0,2}|qu)[aeiou][^aeiouwxy]")
"""What loses an e before -ing: hope, hoping; use, using. (stop, stopping doubles its consonant.)"""


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """What is left of a lower-case word without its endings: `deployed` and `deployment` share one."""
    base = _base(word)
    return base if base in lexicon().whole else _bare(_family(base))


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """A lower-case word without the ending of its tense or number, and without a last e."""
    return _bare(_base(word))


def _base(word: str) -> str:
    bases, plain = lexicon().bases, _inflected(word)
    if plain.endswith("ll") and plain[:-1] in lexicon().verb_words:
        plain = plain[:-1]  # expelled, cancelling
    found = bases.get(word) or bases.get(plain) or plain
    return _positive(found)


def _positive(word: str) -> str:
    """`tough` for `tougher` and `toughest`."""
    if word.endswith(("er", "est")):
        left = word[:-2] if word.endswith("er") else word[:-3]
        for form in (left, left + "e", left[:-1], left[:-1] + "y"):
            if form in lexicon().gradable:
                return form
    return word


def _inflected(word: str) -> str:
    """`word` without the ending of a plural, of a past or of a participle."""
    for ending, rest in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + rest
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > len("gas"):
        word = word[:-1]
    if word.endswith("eed"):
        return word if word in _WITH_EED else word[:-1]
    for ending in ("ed", "ing"):
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) > 1 and re.search("[aeiouy]", left):
            return left + "e" if _SHORT_STEM.fullmatch(left) or left.endswith(_LOST_E) else _undouble(left)
    return word


def _family(word: str) -> str:
    """`word` without an ending such as -ment or -ly."""
    ending = next(
        (e for e in _FAMILY if word.endswith(e) and len(word) - len(e) >= _LEAST - (e in _SAFE_FAMILY)), ""
    )
    return _undouble(word[: len(word) - len(ending)]) if ending else word


def _bare(word: str) -> str:
    """`word` without the last letter that comes and goes: settle, settling; carry, carries."""
    if len(word) >= _LEAST and word.endswith("e") and not word.endswith("ee"):
        return word[:-1]
    return (
        word[:-1] + "i" if word.endswith("y") and len(word) > len("say") and word[-2] not in "aeou" else word
    )


def _undouble(stem: str) -> str:
    """`plann` -> `plan`."""
    double = len(stem) > len("add") and stem[-1] == stem[-2] and stem[-1] not in "aeiouslfz"
    return stem[:-1] if double else stem
