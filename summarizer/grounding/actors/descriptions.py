"""Unknown names that the words beside them describe: "the rebel group NAME", "NAME, a charity that ..."."""

from collections.abc import Sequence

from summarizer.grounding.actors.acronyms import name_after
from summarizer.grounding.actors.persons import name_end
from summarizer.grounding.actors.sectors import sector_of
from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind

__all__ = ["described"]

_LONGEST = 3
"""Words of the longest description looked for."""
_WITHIN = 7
"""Units: a description after the name starts and ends within these."""
_OWNER_WITHIN = 4
"""Units before the name in which a nationality belongs to the description."""


def described(sentence: Tagged, at: int) -> Reading | None:
    """An organisation whose unknown name starts at unit `at` and whose description tells what it is."""
    units, end = sentence.units, name_end(sentence.units, at)
    if end == at or units[at].known:
        return None
    person = actor_words().has(units[at].text, "given_names.words") and end - at > 1
    warlike = actor_words().has(units[at].folded, "heads.warlike_first")
    kind: ActorKind | None = "armed_group" if warlike else None
    kind = kind or _before(units, at) or (None if person else _after(units, end))
    if kind is None:
        return None
    name = sentence.words(at, end)
    near = (
        unit.place.country for unit in units[max(0, at - _OWNER_WITHIN) : at] if unit.place and unit.tight
    )
    spotting = Spotting(
        name=name,
        start=units[at].start,
        end=units[end - 1].end,
        sentence=sentence.number,
        kind=kind,
        country=next((country for country in near if country), None),
        sector=sector_of(kind, name),
        aliases=name_after(sentence.text, units[end - 1].end),
        evidence=2.0,
    )
    return Reading(end, spotting)


def _before(units: Sequence[Unit], start: int) -> ActorKind | None:
    if start == 0 or not units[start].tight:
        return None
    stop = start - (units[start - 1].folded in ("called", "named", "the"))
    phrases = [
        " ".join(unit.folded for unit in units[first:stop]) for first in range(max(0, stop - _LONGEST), stop)
    ]
    descriptors = actor_words().descriptors
    return next((descriptors[phrase] for phrase in phrases if phrase in descriptors), None)


def _after(units: Sequence[Unit], end: int) -> ActorKind | None:
    if end >= len(units) or units[end].gap != ", " or units[end].folded not in ("a", "an", "the", "one"):
        return None
    descriptors, read = actor_words().descriptors, list[str]()
    for unit in units[end + 1 : end + 1 + _WITHIN]:
        if not unit.tight or unit.tag == "title":
            break
        read += unit.folded.split()
        phrases = [" ".join(read[-count:]) for count in range(_LONGEST, 0, -1)]
        found: ActorKind | None = next(
            (descriptors[phrase] for phrase in phrases if phrase in descriptors), None
        )
        if found:
            return found
    return None
