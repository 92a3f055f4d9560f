"""Quantities in a sentence: digits and words, ranges, percentages, units, vague ones such as `dozens`."""

from collections.abc import Iterator
from dataclasses import replace

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.numerals import Quantity, after_hyphen, numeral, unit_of, word_at
from summarizer.grounding.claims.reading import Reading

__all__ = ["Quantity", "agree", "quantities"]


def quantities(reading: Reading, *, skip: frozenset[int] = frozenset()) -> tuple[Quantity, ...]:
    """Every quantity, in order.

    Args:
        reading: The sentence.
        skip: Tokens that belong to dates.
    """
    found: list[Quantity] = []
    position = 0
    while position < len(reading.tokens):
        quantity = None if position in skip else numeral(reading, position, skip)
        if quantity is None:
            position += 1
        else:
            found.append(_complete(reading, quantity))
            position = max(found[-1].indices) + 1
    return tuple(_ranges(reading, found))


def _complete(reading: Reading, quantity: Quantity) -> Quantity:
    """Add unit, noun and bound from the words around."""
    unit, last = quantity.unit, max(quantity.indices)
    after = word_at(reading, after_hyphen(reading, last))
    indices = quantity.indices
    if after and not unit and unit_of(after.lower) and not quantity.rank:
        unit, indices = unit_of(after.lower), (*indices, after.index)
    elif (
        after
        and after.lower == "per"
        and (cent := word_at(reading, after.index + 1))
        and cent.lower == "cent"
    ):
        unit, indices = "percent", (*indices, after.index, cent.index)
    return replace(
        quantity,
        unit=unit,
        noun=_noun(reading, max(indices)),
        bound=_bound(reading, min(indices)),
        indices=indices,
    )


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
    pairs |= (
        {" ".join(before[-3:-1]), *before[-2:-1]}
        if before[-1:] and before[-1] in {"the", "a", "an", "$"}
        else set()
    )
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
        between = (
            [t.lower for t in reading.tokens[max(one.indices) + 1 : min(other.indices)]] if other else []
        )
        opened = [t.lower for t in reading.tokens[max(0, min(one.indices) - 1) : min(one.indices)]]
        if (
            other
            and not one.rank
            and one.low < other.high
            and (between in (["to"], ["-"]) or (between == ["and"] and opened == ["between"]))
        ):
            yield replace(other, low=one.low, indices=(*one.indices, *other.indices))
            position += 2
        else:
            yield one
            position += 1


_STRETCH = {
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("week", "day"): 7,
    ("year", "month"): 12,
    ("decade", "year"): 10,
    ("minute", "second"): 60,
}
"""How many of the smaller unit of time make the larger."""


def _in_unit_of(claim: Quantity, source: Quantity) -> Quantity:
    """A claim's `three days` as the 72 hours of its source, if the units differ so."""
    times = _STRETCH.get((claim.unit, source.unit), 0) or 1 / _STRETCH.get((source.unit, claim.unit), 1)
    if times == 1:
        return claim
    return replace(claim, unit=source.unit, low=claim.low * times, high=claim.high * times)


def agree(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim may state the source's quantity in this way."""
    claim = _in_unit_of(claim, source)
    if claim.rank != source.rank or (claim.unit and source.unit and claim.unit != source.unit):
        return False
    if claim.low == source.low and claim.high == source.high:
        return True
    if claim.vague or source.vague or claim.low != claim.high:
        return claim.low <= source.low and source.high <= claim.high * (1 if claim.vague else 1.0001)
    if source.low != source.high:
        return (claim.bound == "up" and claim.low == source.low) or (
            claim.bound == "down" and claim.low == source.high
        )
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
