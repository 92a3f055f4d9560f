"""How alike two sentences are, and which of their numbers differ, as the claim checks read words and numbers."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from summarizer.grounding.claims.dates import dates
from summarizer.grounding.claims.names import mentions
from summarizer.grounding.claims.numbers import Quantity, agree, quantities
from summarizer.grounding.claims.reading import Reading, read
from summarizer.types.changes import Changed

__all__ = ["alike", "changed_numbers", "names_in", "roots"]


@lru_cache(maxsize=8192)
def roots(text: str) -> frozenset[str]:
    """Roots of the words that say something."""
    reading = read(text)
    return frozenset(reading.tokens[i].root for i in reading.content)


@lru_cache(maxsize=8192)
def names_in(text: str) -> frozenset[str]:
    """Words of the names in a sentence."""
    reading = read(text)
    found = mentions(reading, is_common=lambda _: False, peoples={})
    return frozenset(reading.tokens[i].root for mention in found for i in mention.indices)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of words that both have (Dice), 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def changed_numbers(old: Iterable[str], new: Iterable[str]) -> list[Changed]:
    """Numbers of the same things that differ.

    Args:
        old: Sentences of the older side that say one thing.
        new: Those of the newer side.

    Returns:
        Each old number with the new one in its place, as they are written; a number that only one side has is not
        a change, and neither is one that the other side merely rounds.
    """
    before, after = list(_counted(old)), list(_counted(new))
    found: dict[tuple[str, str], Changed] = {}
    for words, quantity in before:
        if any(_agree(quantity, other) for _, other in after):
            continue
        for said, other in after:
            if _same_thing(quantity, other) and not any(_agree(other, one) for _, one in before):
                found.setdefault((words, said), Changed(what="number", old=words, new=said))
                break
    return list(found.values())


def _counted(sentences: Iterable[str]) -> Iterator[tuple[str, Quantity]]:
    for sentence in dict.fromkeys(sentences):
        reading = read(sentence)
        calendar = frozenset(i for date in dates(reading, None) for i in date.indices)
        for quantity in quantities(reading, skip=calendar):
            if not quantity.rank:
                yield _written(reading, quantity), quantity


def _written(reading: Reading, quantity: Quantity) -> str:
    """The number with what it counts."""
    first, last = min(quantity.indices), max(quantity.indices)
    counted = len(quantity.noun.split())
    inside = [i for i in reading.content if i > last][:counted]
    end = inside[-1] if inside and inside[-1] - last <= counted + 1 else last
    return reading.text[reading.tokens[first].start : reading.tokens[end].end]


def _agree(one: Quantity, other: Quantity) -> bool:
    return _same_thing(one, other) and (agree(one, other) or agree(other, one))


def _same_thing(one: Quantity, other: Quantity) -> bool:
    """Whether both count the same: the same unit, and a noun in common or people on both sides."""
    if one.unit != other.unit:
        return False
    if not one.noun or not other.noun:
        return bool(one.unit)
    return bool(set(one.noun.split()) & set(other.noun.split())) or (_is_people(one) and _is_people(other))


def _is_people(quantity: Quantity) -> bool:
    return not roots(_PEOPLE).isdisjoint(quantity.noun.split())


_PEOPLE = (
    "people person man woman child civilian soldier troop worker fighter resident officer victim casualty dead "
    "wounded killed injured policeman refugee militant rebel passenger sailor"
)
"""What may stand for one another where victims are counted: `nine dock workers` and `11 people`."""
