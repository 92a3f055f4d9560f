"""What a cue is: a wording of one kind, and how much it says on its own."""

import re
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["ALONE", "HINT", "Cue", "Kind", "cue"]

Kind = Literal["override", "addressed", "output", "turn", "form", "encoded"]
"""What such text does: `override` asks to set instructions aside; `addressed` speaks to software that reads; `output`
dictates what it is to write; `turn` imitates a turn, tag or end mark of a model's conversation; `form` imitates the
data format of an answer; `encoded` hides its words in a code."""

HINT: Final = 1
"""Weight of a wording that says little alone; two of them, or one beside a suspicious sentence, count."""
ALONE: Final = 2
"""Weight of a wording that is enough."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that ordinary news does not use."""

    kind: Kind
    weight: int
    pattern: re.Pattern[str]


def cue(kind: Kind, weight: int, pattern: str, **parts: str) -> Cue:
    """A cue from a verbose pattern in lower case, in which `§name§` stands for one of the `parts`."""
    for name, part in parts.items():
        pattern = pattern.replace(f"§{name}§", part)
    return Cue(kind, weight, re.compile(pattern, re.VERBOSE | re.MULTILINE))
