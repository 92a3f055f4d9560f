"""What a rule finds in one place of the article: one spotting, to be merged with others of the same actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["Reading", "Spotting", "run_end"]


@dataclass(frozen=True, slots=True)
class Spotting:
    """One place of the article that seems to name an actor.

    Attributes:
        name: The name there, without title.
        start: First character of the name, in the article's text.
        end: One past its last character.
        sentence: Number of its sentence.
        key: Spottings of one key are one actor; empty when only the name can tell.
        kind: What it seems to be.
        country: Alpha-3 code of its affiliation, when the words around tell.
        sector: PLOVER sector, likewise.
        role: Office or part, in the article's words.
        aliases: Other forms that mean the same: an acronym in brackets, the name with its title.
        refers: Names in the role: whoever these are tells the country.
        evidence: How much speaks for an actor of that kind; below zero, against.
    """

    name: str
    start: int
    end: int
    sentence: int
    key: str = ""
    kind: ActorKind | None = None
    country: Country | None = None
    sector: Sector | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    evidence: float = 1.0


class Reading(NamedTuple):
    """A rule's reading of the units from some place on; without a spotting they are no actor."""

    end: int
    """Index of the first unit not read."""
    spotting: Spotting | None


def run_end(units: Sequence[Unit], start: int) -> int:
    """Where the run of capitalised words that starts at `units[start]` ends; `start` itself when there is none."""
    end = start
    while end < len(units) and _belongs(units, start, end):
        end += 1
    return end


def _belongs(units: Sequence[Unit], start: int, at: int) -> bool:
    unit = units[at]
    if not unit.capital or unit.tag in ("word", "title", "calendar"):
        return False
    if at == start:
        return True
    before = units[at - 1]
    return unit.tight and (not before.possessive or actor_words().has(before.last, "heads.owners"))
