"""What a person is: the office before the name or beside it, and the country and sector this tells."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["Office", "office_around"]

_LONGEST_ROLE = 14
"""In units: an apposition that goes on longer is cut."""
_TITLE_WITHIN = 6
"""In units: an apposition that has no title by then is none."""
_LONGEST_OWNER = 5
"""In units, of the ministry or army before a title."""
_RANKS = (None, "MIL", "CVL", "REL")
"""Sectors whose titles say less than an apposition: "Gen. NAME, the head of the army"."""
_OF_KIND: dict[ActorKind, Sector] = {
    "armed_group": "REB",
    "armed_force": "MIL",
    "media": "JRN",
    "company": "BUS",
    "government_body": "GOV",
    "state": "GOV",
}


class Office(NamedTuple):
    """The office of a person, as far as one place of the article tells."""

    role: str | None = None
    sector: Sector | None = None
    country: Country | None = None
    refers: tuple[str, ...] = ()
    """Names in it, which may tell the country."""


def office_around(sentence: Tagged, at: int, start: int, end: int) -> Office:
    """Read the office of a person.

    Args:
        sentence: The sentence.
        at: First unit of the title; `start` when there is none.
        start: First unit of the name.
        end: One past its last unit.
    """
    before = _title_before(sentence, at, start) if start > at else _apposition_before(sentence, start)
    after = _apposition_after(sentence, end)
    first, second = (after, before) if before.sector in _RANKS else (before, after)
    return Office(
        role=first.role or second.role,
        sector=before.sector or after.sector,
        country=before.country or after.country,
        refers=(*before.refers, *after.refers),
    )


def _title_before(sentence: Tagged, at: int, start: int) -> Office:
    """Read "Chilean Foreign Minister NAME", "Interior Ministry spokesman NAME", "Chile's President NAME"."""
    first = _with_qualifiers(sentence.units, at)
    owners = _owners_before(sentence.units, first)
    ours = owners and not owners[-1].possessive and not owners[-1].place
    role = sentence.words(first - sum(not unit.possessive for unit in owners) if ours else first, start)
    return _office(role, _main_title(sentence.units[at:start]), owners)


def _apposition_before(sentence: Tagged, start: int) -> Office:
    """Read "the group's commander, NAME,": the office ends right before the comma."""
    units = sentence.units
    if start == 0 or units[start].gap != ", " or units[start - 1].tag != "title":
        return Office()
    first = _with_qualifiers(units, start - 1)
    return _office(sentence.words(first, start), units[start - 1], _owners_before(units, first))


def _with_qualifiers(units: Sequence[Unit], title: int) -> int:
    """Where the title starts with "former", "deputy" and the like."""
    first, lists = title, actor_words()
    while first and units[first].tight and not units[first - 1].possessive:
        if not lists.has(units[first - 1].folded, "before_title.words"):
            break
        first -= 1
    return first


def _owners_before(units: Sequence[Unit], first: int) -> list[Unit]:
    """The capitalised words right before a title: "U.S. State Department" before "spokesman"."""
    found: list[Unit] = []
    for at in range(first - 1, max(-1, first - 1 - _LONGEST_OWNER), -1):
        unit = units[at]
        joined = units[at + 1].gap == " " and not (found and unit.possessive)
        if not joined or not unit.capital or unit.tag in ("word", "calendar"):
            break
        found.insert(0, unit)
    return found


def _apposition_after(sentence: Tagged, end: int) -> Office:
    """Read "NAME, the head of the port authority, ..." and "NAME of the port authority"."""
    units = sentence.units
    if end >= len(units):
        return Office()
    if units[end].folded in ("of", "from", "with") and units[end].gap in (" ", ", "):
        return _office(None, None, units[end + 1 : _clause_end(units, end + 1)])
    if units[end].gap not in (", ", " ("):
        return Office()
    aged = units[end].tag == "number" and end + 1 < len(units)
    return _clause_office(sentence, end + aged)


def _clause_office(sentence: Tagged, first: int) -> Office:
    units, lists = sentence.units, actor_words()
    stop = _clause_end(units, first)
    near = range(first, min(stop, first + _TITLE_WITHIN))
    title = next((at for at in near if units[at].tag == "title" and not units[at].possessive), None)
    if title is None or _is_of_another(units, first, title):
        return Office()
    last = stop
    while last > title + 1 and lists.has(units[last - 1].folded, "things.function", "particles.inside"):
        last -= 1
    article = units[first].folded in ("the", "a", "an", "who", "one")
    is_told = any(lists.has(unit.folded, "verbs.auxiliary", "verbs.act") for unit in units[first:title])
    start = title if is_told else min(first + article, title)
    return _office(sentence.words(start, last), units[title], units[first:stop])


def _is_of_another(units: Sequence[Unit], first: int, title: int) -> bool:
    """Whether the title belongs to somebody else: "NAME, Foreign Minister OTHER said"."""
    after = units[title + 1] if title + 1 < len(units) else None
    named = after is not None and after.gap == " " and (after.tag == "name" or after.is_person)
    return named or any(actor_words().has(unit.folded, "verbs.speech") for unit in units[first:title])


def _clause_end(units: Sequence[Unit], first: int) -> int:
    """Where the apposition ends: at the next comma, verb of speech or full stop, or when it is too long."""
    at = first
    while at < len(units) and at - first < _LONGEST_ROLE and not _ends_clause(units[at], opens=at == first):
        at += 1
    return at


def _ends_clause(unit: Unit, *, opens: bool) -> bool:
    if not opens and not unit.tight and unit.gap not in (' "', '" ', " '"):
        return True
    goes_on = unit.folded in ("who", "which", "that", "has", "was", "is") and not opens
    return goes_on or actor_words().has(unit.folded, "verbs.speech")


def _main_title(units: Sequence[Unit]) -> Unit | None:
    titles = [unit for unit in units if unit.tag == "title"]
    return next((unit for unit in titles if unit.label), titles[0] if titles else None)


def _office(role: str | None, title: Unit | None, around: Sequence[Unit]) -> Office:
    """The office that a title and the names around it make; the first name decides the country."""
    sector = title.label if title and title.label else None
    organisation = next((unit.known for unit in around if unit.known and not unit.is_person), None)
    if organisation and (sector is None or organisation.kind == "armed_group"):
        sector = organisation.sector or _OF_KIND.get(organisation.kind)
    names = tuple(unit.text for unit in around if unit.tag in ("name", "known") and unit.capital)
    speaks = title is not None and title.last.startswith("spokes")
    return Office(role, sector, _country_among(around, speaks=speaks), names)


def _country_among(around: Sequence[Unit], *, speaks: bool) -> Country | None:
    """The first country that says whose: not the one an ambassador is sent to or an expert knows about."""
    apart = ("to", "on", "against", "in", "at", *(() if speaks else ("for",)))
    stop = next((at for at, unit in enumerate(around) if unit.folded in apart), len(around))
    where = stop < len(around) and around[stop].folded in ("in", "at")
    told = [*around[:stop], *(around[stop:] if where else ())]
    return next((country for unit in told if (country := _country(unit))), None)


def _country(unit: Unit) -> Country | None:
    if unit.place:
        return unit.place.country
    return unit.known.country if unit.known else None
