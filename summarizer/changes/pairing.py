"""Which item of the newer side is which of the older: the likeliest pairs first, each item once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Pairing", "pair"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pairing(Generic[Item]):
    """What is on both sides, and what is on one; each in the order of its side."""

    both: tuple[tuple[Item, Item], ...]
    """In the order of the newer side."""
    gone: tuple[Item, ...]
    new: tuple[Item, ...]


def pair(old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], float]) -> Pairing[Item]:
    """Pair items, best first; of equally good pairs the earlier one.

    Args:
        old: Items of the older side.
        new: Items of the newer side.
        likeness: Of an older and a newer item; 0 where they are not the same thing.
    """
    scored = [
        (value, i, j) for i, a in enumerate(old) for j, b in enumerate(new) if (value := likeness(a, b)) > 0
    ]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    partner_of: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in taken and j not in partner_of:
            taken.add(i)
            partner_of[j] = i
    return Pairing(
        tuple((old[partner_of[j]], new[j]) for j in sorted(partner_of)),
        tuple(item for i, item in enumerate(old) if i not in taken),
        tuple(item for j, item in enumerate(new) if j not in partner_of),
    )
