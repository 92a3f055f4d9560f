"""Persons: a title and a name, a name that speaks, a name with its office beside it."""

from collections.abc import Sequence

from summarizer.grounding.actors.known import country_of_leader
from summarizer.grounding.actors.offices import office_around
from summarizer.grounding.actors.person_evidence import person_evidence
from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words

__all__ = ["name_end", "person"]

_MAX_NAME = 7
"""Units of the longest name."""
_CERTAIN = 5.0
"""Evidence of a title, or of a name the table knows."""


def person(sentence: Tagged, at: int) -> Reading | None:
    """A person whose title or name starts at unit `at`."""
    units = sentence.units
    start = _titles_end(units, at)
    titled = start > at
    end = name_end(units, start) if not titled or _leads_to_a_name(units, start) else start
    if end == start:
        return _office_alone(sentence, at, start) if titled else None
    return Reading(end, _spotting(sentence, at, start, end))


def name_end(units: Sequence[Unit], start: int) -> int:
    """Where the name that starts at `units[start]` ends; `start` itself when none starts there."""
    if start >= len(units) or not _may_open(units, start):
        return start
    end = start + 1
    while end < len(units) and end - start < _MAX_NAME and units[end].tight and not units[end - 1].possessive:
        step = _step(units, end)
        if not step:
            break
        end += step
    return end


def _titles_end(units: Sequence[Unit], at: int) -> int:
    end = at
    while end < len(units) and (end == at or units[end].tight) and _is_title(units, end):
        end += 1
    return end


def _is_title(units: Sequence[Unit], at: int) -> bool:
    if units[at].tag == "title":
        return True
    label = units[at].capital and actor_words().has(units[at].folded, "before_title.labels")
    return (
        label and at + 1 < len(units) and units[at + 1].tag in ("name", "title") and units[at + 1].gap == " "
    )


def _leads_to_a_name(units: Sequence[Unit], start: int) -> bool:
    return start < len(units) and units[start].tight and not units[start - 1].possessive


def _spotting(sentence: Tagged, at: int, start: int, end: int) -> Spotting:
    units, titled = sentence.units, start > at
    name, known = sentence.words(start, end), units[start].known
    office = office_around(sentence, at, start, end)
    country = known.country if known else None
    alone = titled and not units[start - 1].folded.endswith("s")  # "presidents NAME and NAME" share a title
    certain = titled or known is not None
    return Spotting(
        name=name,
        start=units[start].start,
        end=units[end - 1].end,
        sentence=sentence.number,
        kind="person" if certain else None,
        country=country or office.country or (country_of_leader(name) if titled else None),
        sector=office.sector or (known.sector if known else None),
        role=office.role,
        aliases=(sentence.words(at, end),) if alone else (),
        refers=office.refers,
        evidence=_CERTAIN
        if certain
        else person_evidence(units, start, end, has_office=office.role is not None),
    )


def _may_open(units: Sequence[Unit], at: int) -> bool:
    unit, after = units[at], units[at + 1] if at + 1 < len(units) else None
    if unit.tag == "particle":  # "al-Saadi"
        opening = actor_words().has(unit.folded, "particles.opening")
        return opening and after is not None and after.tag == "name" and after.gap == "-"
    return unit.tag == "name" or unit.is_person


def _step(units: Sequence[Unit], at: int) -> int:
    """How many units from `at` on belong to the name."""
    unit = units[at]
    if unit.tag == "name" or _is_second_half(units, at):
        return 1
    if unit.tag == "particle":
        return _particle_step(units, at)
    after_given_name = actor_words().has(units[at - 1].text, "given_names.words")
    if unit.is_person:
        return int(after_given_name)
    after = units[at + 1] if at + 1 < len(units) else None
    closes = after is None or not after.tight or not after.capital
    return int(unit.tag == "title" and unit.capital and closes and after_given_name)  # "Larry King"


def _is_second_half(units: Sequence[Unit], at: int) -> bool:
    """Whether it ends a given name that follows the family's: "Geun-hye" in "Park Geun-hye"."""
    lists = actor_words()
    hyphened = (
        units[at].gap == "-"
        and not units[at].capital
        and not lists.has(units[at].folded, "modifiers.suffixes")
    )
    return hyphened and at > 1 and lists.has(units[at - 2].folded, "given_names.family_first")


def _particle_step(units: Sequence[Unit], at: int) -> int:
    """One or two particles and the name they lead to: "bin Salman", "van der Berg"."""
    for count in (1, 2):
        after = units[at + count] if at + count < len(units) else None
        if after is None or not after.tight:
            return 0
        if after.capital and (after.tag == "name" or after.is_form("place", "capital")):
            return count + 1
        if after.tag != "particle":
            return 0
    return 0


def _office_alone(sentence: Tagged, at: int, end: int) -> Reading | None:
    """Read "the Chilean president" without a name: an alias of whoever holds the office."""
    units = sentence.units
    owner = units[at - 1] if at else None
    country = owner.place.country if owner and owner.place else None
    if owner is None or country is None or owner.gap == "-" or not units[at].tight:
        return Reading(end, None)
    title = " ".join(unit.folded for unit in units[at:end])
    spotting = Spotting(
        name=sentence.words(at - 1, end),
        start=owner.start,
        end=units[end - 1].end,
        sentence=sentence.number,
        key=f"office:{country}:{title}",
        country=country,
        evidence=0.0,
    )
    return Reading(end, spotting)
