"""Quantities in a sentence: digits and words, ranges, percentages, units, vague ones such as `dozens`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["Quantity", "agree", "quantities"]


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


_ORDINAL = re.compile("(st|nd|rd|th)$")
_CURRENCY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_MANY = 9.999
"""`dozens` may be anything from two dozen to just under ten."""


def quantities(reading: Reading, *, skip: frozenset[int] = frozenset()) -> tuple[Quantity, ...]:
    """Every quantity, in order.

    Args:
        reading: The sentence.
        skip: Tokens that belong to dates.
    """
    found: list[Quantity] = []
    position = 0
    while position < len(reading.tokens):
        quantity = None if position in skip else _at(reading, position, skip)
        if quantity is None:
            position += 1
        else:
            found.append(_complete(reading, quantity))
            position = max(found[-1].indices) + 1
    return tuple(_ranges(reading, found))


def _at(reading: Reading, start: int, skip: frozenset[int]) -> Quantity | None:
    """The quantity that starts at a token."""
    token = reading.tokens[start]
    if token.kind == "number":
        return _digits(reading, start, skip)
    if token.kind != "word":
        return None
    return _parts(reading, start) or _spelled(reading, start) or _vague(reading, start) or _rank(token) or _one_unit(reading, start)


def _digits(reading: Reading, start: int, skip: frozenset[int]) -> Quantity | None:
    token = reading.tokens[start]
    value = _value(token.text)
    if value is None:
        return None
    indices, unit = [start], ""
    following = _word(reading, start + 1)
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


def _value(text: str) -> float | None:
    plain = text.replace(",", "")
    return float(plain) if plain.count(".") <= 1 and len(plain) < 20 else None  # noqa: PLR2004 - 1.2.3 is no number


def _scaled(reading: Reading, value: float, indices: list[int]) -> tuple[float, list[int]]:
    """Apply `million` and the like after a number."""
    scales = lexicon().tables["scales"]
    while (token := _word(reading, _next(reading, indices[-1]))) and token.lower in scales:
        value, indices = value * scales[token.lower], [*indices, token.index]
    return value, indices


def _next(reading: Reading, index: int) -> int:
    """The token after one, across a hyphen."""
    following = reading.tokens[index + 1 : index + 2]
    return index + 2 if following and following[0].text == "-" else index + 1


def _word(reading: Reading, index: int) -> Token | None:
    token = reading.tokens[index] if 0 <= index < len(reading.tokens) else None
    return token if token and token.kind == "word" else None


def _spelled(reading: Reading, start: int) -> Quantity | None:
    """`twenty-two thousand`, `one hundred and five`."""
    small, scales = lexicon().tables["numbers"], lexicon().tables["scales"]
    total, part, indices, position = 0.0, 0.0, list[int](), start
    if reading.tokens[start].lower not in small:
        return None
    if reading.tokens[start].lower == "one" and _is_pronoun_one(reading, start):
        return None
    while token := _word(reading, position):
        if token.lower in small and (not indices or part == 0 or (20 <= part % 100 < 100 and small[token.lower] < 10) or part % 100 == 0):  # noqa: PLR2004
            part += small[token.lower]
        elif token.lower in scales and indices:
            scale = scales[token.lower]
            total, part = (total, part * scale) if scale == 100 else (total + part * scale, 0.0)  # noqa: PLR2004
        elif not (token.lower == "and" and part and part % 100 == 0 and (after := _word(reading, position + 1)) and after.lower in small):
            break
        indices.append(position)
        position = _next(reading, position)
    value = total + part
    return Quantity(value, value, "", "", "", tuple(indices))


def _is_pronoun_one(reading: Reading, start: int) -> bool:
    """`one of them`, `no one`, `one another`, `the one that`."""
    after, before = _word(reading, start + 1), _word(reading, start - 1)
    if before and before.lower in {"no", "any", "every", "some", "the", "this", "that"}:
        return True
    return after is not None and after.lower in {"another", "can", "should", "must", "such", "was", "is", "day"}


def _vague(reading: Reading, start: int) -> Quantity | None:
    """`dozens`, `tens of thousands`, `hundreds of`, `a dozen`, `half`."""
    table, token = lexicon().tables["vague"], reading.tokens[start]
    if token.lower == "tens" or (token.lower.endswith("s") and token.lower[:-1] in table and token.lower != "seconds"):
        low = 10.0 if token.lower == "tens" else table[token.lower[:-1]]
        indices = [start]
        after, scale = _word(reading, start + 1), _word(reading, start + 2)
        if after and after.lower == "of" and scale and scale.lower.rstrip("s") in table and scale.lower.endswith("s"):
            low, indices = low * table[scale.lower[:-1]], [start, start + 1, start + 2]
        return Quantity(low, low * _MANY, "", "", "", tuple(indices), vague=True)
    before = _word(reading, start - 1)
    if token.lower in {"dozen", "hundred", "thousand", "million", "billion"} and before and before.lower in {"a", "an", "half"}:
        value = table[token.lower] * (0.5 if before.lower == "half" else 1)
        return Quantity(value, value, "", "", "", (start - 1, start))
    return _fraction(reading, start)


def _parts(reading: Reading, start: int) -> Quantity | None:
    """`one-third`, `two thirds`, `three quarters`."""
    count, part = lexicon().tables["numbers"].get(reading.tokens[start].lower), _word(reading, _next(reading, start))
    share = lexicon().tables["fractions"].get(part.lower) if part else None
    if not count or not share or part is None or (count > 1) != part.lower.endswith("s"):
        return None
    value = round(count * share, 3)
    return Quantity(value, value, "share", "", "", (start, part.index))


def _fraction(reading: Reading, start: int) -> Quantity | None:
    """`half of`, `a third of`, `two thirds`."""
    table, token = lexicon().tables["fractions"], reading.tokens[start]
    after, before = _word(reading, start + 1), _word(reading, start - 1)
    if token.lower not in table or token.lower.endswith("s"):
        return None
    alone = token.lower == "half" and not (after and after.lower in {"brother", "sister"})
    if alone or (before and before.lower == "a" and after and after.lower == "of"):
        return Quantity(round(table[token.lower], 3), round(table[token.lower], 3), "share", "", "", (start,))
    return None


def _rank(token: Token) -> Quantity | None:
    value = lexicon().tables["ordinals"].get(token.lower)
    return Quantity(value, value, "", "", "", (token.index,), rank=True) if value else None


def _one_unit(reading: Reading, start: int) -> Quantity | None:
    """`a week` and `month-long` are one of their unit."""
    token, before = reading.tokens[start], _word(reading, start - 1)
    unit = _unit(token.lower)
    if not unit or unit in {"second", "minute", "foot", "yard", "mean", "degree"}:
        return None
    long = _word(reading, start + 2)
    is_long = long is not None and long.joined and long.lower in {"long", "old"} and not token.joined
    if is_long or (before and before.lower in {"a", "an"}):
        return Quantity(1, 1, unit, "", "", (start,))
    return None


@cache
def _unit(word: str) -> str:
    """The unit that a word names, in one spelling."""
    tables = lexicon().tables
    same = {w: name for name, row in tables["units_same"].items() for w in row.split()}
    known = {w for row in tables["units"].values() for w in row.split()}
    for form in (word, word.removesuffix("s"), "foot" if word == "feet" else word, "inch" if word == "inches" else word, word.removesuffix("ies") + "y"):
        if form in same or form in known:
            return same.get(form, form)
    return ""


def _complete(reading: Reading, quantity: Quantity) -> Quantity:
    """Add unit, noun and bound from the words around."""
    unit, last = quantity.unit, max(quantity.indices)
    after = _word(reading, _next(reading, last))
    indices = quantity.indices
    if after and not unit and _unit(after.lower) and not quantity.rank:
        unit, indices = _unit(after.lower), (*indices, after.index)
    elif after and after.lower == "per" and (cent := _word(reading, after.index + 1)) and cent.lower == "cent":
        unit, indices = "percent", (*indices, after.index, cent.index)
    return replace(quantity, unit=unit, noun=_noun(reading, max(indices)), bound=_bound(reading, min(indices)), indices=indices)


def _noun(reading: Reading, last: int) -> str:
    """Roots of the content words that follow within the same phrase, joined by spaces."""
    found: list[str] = []
    for token in reading.tokens[last + 1 : last + 6]:
        if token.kind == "mark" and token.text != "-":
            break
        if token.lower in _STOPS and (found or token.lower != "of"):
            break
        if token.index in reading.content:
            found.append(token.root)
    return " ".join(found[:3])


_STOPS = frozenset({"of", "in", "on", "at", "by", "for", "with", "from", "to", "and", "or", "but", "that", "who", "which", "were", "was", "are", "is", "have", "has", "had", "as", "after", "before", "since", "near", "said"})  # fmt: skip


def _bound(reading: Reading, first: int) -> str:
    """`up` for more than, `down` for less than, `about` for nearly."""
    before = [t.lower for t in reading.tokens[max(0, first - 3) : first]]
    pairs = {" ".join(before[-2:]), *before[-1:]}
    pairs |= {" ".join(before[-3:-1]), *before[-2:-1]} if before[-1:] and before[-1] in {"the", "a", "an", "$"} else set()
    for bound in ("down", "up", "about"):
        if pairs & lexicon().words("quantifiers", bound):
            return bound
    return ""


def _ranges(reading: Reading, found: list[Quantity]) -> Iterator[Quantity]:
    """Join `eight to ten`, `between 5 and 7`, `3-4` and `10 out of 12`."""
    position = 0
    while position < len(found):
        one = found[position]
        other = found[position + 1] if position + 1 < len(found) else None
        between = [t.lower for t in reading.tokens[max(one.indices) + 1 : min(other.indices)]] if other else []
        opened = [t.lower for t in reading.tokens[max(0, min(one.indices) - 1) : min(one.indices)]]
        if other and not one.rank and one.low < other.high and (between in (["to"], ["-"]) or (between == ["and"] and opened == ["between"])):
            yield replace(other, low=one.low, indices=(*one.indices, *other.indices))
            position += 2
        else:
            yield one
            position += 1


def agree(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim may state the source's quantity in this way."""
    if claim.rank != source.rank or (claim.unit and source.unit and claim.unit != source.unit):
        return False
    if claim.low == source.low and claim.high == source.high:
        return True
    if claim.vague or source.vague or claim.low != claim.high:
        return claim.low <= source.low and source.high <= claim.high * (1 if claim.vague else 1.0001)
    if source.low != source.high:
        return (claim.bound == "up" and claim.low == source.low) or (claim.bound == "down" and claim.low == source.high)
    return _near(claim, source)


_ROUNDED, _OVER = 0.06, 0.25


def _near(claim: Quantity, source: Quantity) -> bool:
    """`about 1,000` for 1,012; `more than 80` for 85; never an exact number for another."""
    share = (source.low - claim.low) / (abs(source.low) or 1)
    if claim.bound == "about":
        return abs(share) <= _ROUNDED
    if claim.bound == "up":
        return 0 <= share <= _OVER
    return claim.bound == "down" and -_OVER <= share <= 0

