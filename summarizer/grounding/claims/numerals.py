"""One numeral where it starts: digits, words, shares, ranks, and vague ones such as `dozens`."""

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Quantity", "after_hyphen", "numeral", "unit_of", "word_at"]


_ORDINAL = re.compile("(st|nd|rd|th)$")

_CURRENCY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}

_TEN, _HUNDRED = 10, 100
_MANY = 9.999
"""`dozens` may be anything from two dozen to just under ten."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity where it stands in a sentence."""

    low: float
    high: float
    """Equal to `low` unless it is a range or a vague quantity."""
    unit: str
    """Unit or, without one, nothing: `percent`, `km`, `month`, `dollar`."""
    bound: str
    """`up` (more than), `down` (less than), `about`, or nothing."""
    noun: str
    """Root of what is counted, as far as the next words tell."""
    indices: tuple[int, ...]
    rank: bool = False
    """Whether it is an ordinal."""
    vague: bool = False


def numeral(reading: Reading, start: int, skip: frozenset[int]) -> Quantity | None:
    """The quantity that starts at a token; `skip` are tokens that belong to dates."""
    token = reading.tokens[start]
    if token.kind == "number":
        return _digits(reading, start, skip)
    if token.kind != "word":
        return None
    return (
        _parts(reading, start)
        or _spelled(reading, start)
        or _vague(reading, start)
        or _rank(token)
        or _span_of_years(reading, start)
        or _one_unit(reading, start)
    )


def _digits(reading: Reading, start: int, skip: frozenset[int]) -> Quantity | None:
    token = reading.tokens[start]
    value = _value(token.text)
    if value is None or _is_designation(reading, start):
        return None
    indices, unit = [start], ""
    following = word_at(reading, start + 1)
    if following and following.start == token.end and _ORDINAL.fullmatch(following.lower):
        return Quantity(value, value, "", "", "", (start, start + 1), rank=True)
    if following and following.start == token.end and following.lower in {"s", "m", "k", "bn", "b", "tn"}:
        value *= {"m": 1e6, "k": 1e3, "bn": 1e9, "b": 1e9, "tn": 1e12}.get(following.lower, 1)
        indices.append(start + 1)
    value, indices = _scaled(reading, value, indices)
    if start and (sign := reading.tokens[start - 1].text) in _CURRENCY:
        indices, unit = [start - 1, *indices], _CURRENCY[sign]
    if indices[-1] + 1 < len(reading.tokens) and reading.tokens[indices[-1] + 1].text == "%":
        indices, unit = [*indices, indices[-1] + 1], "percent"
    return None if skip & set(indices) else Quantity(value, value, unit, "", "", tuple(indices))


def _is_designation(reading: Reading, start: int) -> bool:
    """The 72 of `USS Mahan (DDG 72)` and the 50 of `CTF 50`."""
    before, after = reading.tokens[max(0, start - 1)], word_at(reading, start + 1)
    shouted = before.kind == "word" and before.text.isupper() and before.text.isalpha()
    return shouted and (after is None or after.index not in reading.content_set)


def _value(text: str) -> float | None:
    plain = text.replace(",", "")
    return float(plain) if plain.count(".") <= 1 and len(plain) < 20 else None  # noqa: PLR2004 - 1.2.3 is no number


def _scaled(reading: Reading, value: float, indices: list[int]) -> tuple[float, list[int]]:
    """Apply `million` and the like after a number."""
    scales = lexicon().tables["scales"]
    while (token := word_at(reading, after_hyphen(reading, indices[-1]))) and token.lower in scales:
        value, indices = value * scales[token.lower], [*indices, token.index]
    return value, indices


def after_hyphen(reading: Reading, index: int) -> int:
    """The token after one, across a hyphen."""
    following = reading.tokens[index + 1 : index + 2]
    return index + 2 if following and following[0].text == "-" else index + 1


def word_at(reading: Reading, index: int) -> Token | None:
    """The token there, if it is a word."""
    token = reading.tokens[index] if 0 <= index < len(reading.tokens) else None
    return token if token and token.kind == "word" else None


def _spelled(reading: Reading, start: int) -> Quantity | None:
    """`twenty-two thousand`, `one hundred and five`."""
    first = reading.tokens[start].lower
    if first not in lexicon().tables["numbers"] or (first == "one" and _is_pronoun_one(reading, start)):
        return None
    total, part, indices, position = 0.0, 0.0, list[int](), start
    while token := word_at(reading, position):
        if _adds(token, part, fresh=not indices):
            part += lexicon().tables["numbers"][token.lower]
        elif token.lower == "hundred":
            part *= _HUNDRED
        elif token.lower in lexicon().tables["scales"]:
            total, part = total + part * lexicon().tables["scales"][token.lower], 0.0
        elif not _is_and(reading, token, part):
            break
        indices.append(position)
        position = after_hyphen(reading, position)
    return Quantity(total + part, total + part, "", "", "", tuple(indices))


def _adds(token: Token, part: float, *, fresh: bool) -> bool:
    """Whether a small number goes on with what is counted so far: `five` after `twenty`, not after `ten`."""
    value = lexicon().tables["numbers"].get(token.lower)
    if value is None:
        return False
    below = part % _HUNDRED
    return fresh or below == 0 or (below >= 2 * _TEN and below % _TEN == 0 and value < _TEN)


def _is_and(reading: Reading, token: Token, part: float) -> bool:
    """The `and` of `one hundred and five`."""
    after = word_at(reading, token.index + 1)
    counts = after is not None and after.lower in lexicon().tables["numbers"]
    return token.lower == "and" and part > 0 and part % _HUNDRED == 0 and counts


def _is_pronoun_one(reading: Reading, start: int) -> bool:
    """`one of them`, `no one`, `one another`, `the one that`."""
    after, before = word_at(reading, start + 1), word_at(reading, start - 1)
    if before and before.lower in {"no", "any", "every", "some", "the", "this", "that"}:
        return True
    return after is not None and after.lower in {
        "another",
        "can",
        "should",
        "must",
        "such",
        "was",
        "is",
        "day",
    }


def _vague(reading: Reading, start: int) -> Quantity | None:
    """`dozens`, `tens of thousands`, `hundreds of`, `a dozen`, `half`."""
    table, token = lexicon().tables["vague"], reading.tokens[start]
    if token.lower == "tens" or (
        token.lower.endswith("s") and token.lower[:-1] in table and token.lower != "seconds"
    ):
        low = 10.0 if token.lower == "tens" else table[token.lower[:-1]]
        indices = [start]
        after, scale = word_at(reading, start + 1), word_at(reading, start + 2)
        if (
            after
            and after.lower == "of"
            and scale
            and scale.lower.rstrip("s") in table
            and scale.lower.endswith("s")
        ):
            low, indices = low * table[scale.lower[:-1]], [start, start + 1, start + 2]
        return Quantity(low, low * _MANY, "", "", "", tuple(indices), vague=True)
    before = word_at(reading, start - 1)
    if (
        token.lower in {"dozen", "hundred", "thousand", "million", "billion"}
        and before
        and before.lower in {"a", "an", "half"}
    ):
        value = table[token.lower] * (0.5 if before.lower == "half" else 1)
        return Quantity(value, value, "", "", "", (start - 1, start))
    return _fraction(reading, start)


def _parts(reading: Reading, start: int) -> Quantity | None:
    """`one-third`, `two thirds`, `three quarters`."""
    count, part = (
        lexicon().tables["numbers"].get(reading.tokens[start].lower),
        word_at(reading, after_hyphen(reading, start)),
    )
    share = lexicon().tables["fractions"].get(part.lower) if part else None
    if not count or not share or part is None or (count > 1) != part.lower.endswith("s"):
        return None
    value = round(count * share, 3)
    return Quantity(value, value, "share", "", "", (start, part.index))


def _fraction(reading: Reading, start: int) -> Quantity | None:
    """`half of`, `a third of`, `two thirds`."""
    table, token = lexicon().tables["fractions"], reading.tokens[start]
    after, before = word_at(reading, start + 1), word_at(reading, start - 1)
    if token.lower not in table or token.lower.endswith("s"):
        return None
    alone = token.lower == "half" and not (after and after.lower in {"brother", "sister"})
    if alone or (before and before.lower == "a" and after and after.lower == "of"):
        return Quantity(round(table[token.lower], 3), round(table[token.lower], 3), "share", "", "", (start,))
    return None


def _rank(token: Token) -> Quantity | None:
    value = lexicon().tables["ordinals"].get(token.lower)
    return Quantity(value, value, "", "", "", (token.index,), rank=True) if value else None


_YEARS = {"decade": 10, "century": 100}


def _span_of_years(reading: Reading, start: int) -> Quantity | None:
    """`the past decade` is ten years."""
    token, before = reading.tokens[start], word_at(reading, start - 1)
    years = _YEARS.get(unit_of(token.lower))
    if years and before and before.lower in {"past", "last", "a", "an", "the", "next"}:
        return Quantity(years, years, "year", "", "", (start,))
    return None


def _one_unit(reading: Reading, start: int) -> Quantity | None:
    """`a week` and `month-long` are one of their unit."""
    token, before = reading.tokens[start], word_at(reading, start - 1)
    unit = unit_of(token.lower)
    if not unit or unit in {"second", "minute", "foot", "yard", "mean", "degree"}:
        return None
    long = word_at(reading, start + 2)
    is_long = long is not None and long.joined and long.lower in {"long", "old"} and not token.joined
    if is_long or (before and before.lower in {"a", "an"}):
        return Quantity(1, 1, unit, "", "", (start,))
    return None


@lru_cache(maxsize=20_000)
def unit_of(word: str) -> str:
    """The unit that a word names, in one spelling."""
    tables = lexicon().tables
    same = {w: name for name, row in tables["units_same"].items() for w in row.split()}
    known = {w for row in tables["units"].values() for w in row.split()}
    for form in (
        word,
        word.removesuffix("s"),
        "foot" if word == "feet" else word,
        "inch" if word == "inches" else word,
        word.removesuffix("ies") + "y",
    ):
        if form in same or form in known:
            return same.get(form, form)
    return ""
