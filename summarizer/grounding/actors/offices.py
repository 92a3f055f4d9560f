"""What a person is: the office before the name or beside it, and the country and sector this tells."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.grounding.actors.spotting import surface
from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["Office", "office_around"]

_LONGEST_ROLE = 14
"""In units: an apposition that goes on longer is cut."""
_TITLE_WITHIN = 6
"""In units: an apposition that has no title by then is none."""
_OF_ORGANISATIONS: dict[ActorKind, Sector] = {
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


def office_around(units: Sequence[Unit], at: int, start: int, end: int, text: str) -> Office:
    """Read the office of the person whose name is `units[start:end]` and whose title starts at `units[at]`."""
    before = _title_before(units, at, start, text) if start > at else _apposition_before(units, start, text)
    after = _apposition_after(units, end, text)
    return Office(
        role=(after.role or before.role) if before.sector in (None, "MIL", "CVL", "REL") else (before.role or after.role),
        sector=before.sector or after.sector,
        country=before.country or after.country,
        refers=(*before.refers, *after.refers),
    )


def _title_before(units: Sequence[Unit], at: int, start: int, text: str) -> Office:
    """"Chilean Foreign Minister NAME", "Interior Ministry spokesman NAME", "Chile's President NAME"."""
    lists, first = actor_words(), at
    while first and units[first].tight and not units[first - 1].possessive and lists.has(units[first - 1].folded, "before_title.words"):
        first -= 1
    owners = _owners_before(units, first)
    role_from = first - len([unit for unit in owners if not unit.possessive]) if owners and not owners[-1].possessive else first
    if owners and owners[-1].place:
        role_from = first
    title = _main_title(units, at, start)
    return _office(surface(units, role_from, start, text), title, owners)


def _owners_before(units: Sequence[Unit], first: int) -> list[Unit]:
    found: list[Unit] = []
    at = first - 1
    while at >= 0 and len(found) < 5 and units[at + 1].gap == " " and units[at].capital and units[at].tag not in ("word", "calendar"):  # noqa: PLR2004 - the longest names of ministries
        if found and units[at].possessive:
            break
        found.insert(0, units[at])
        at -= 1
    if found or at < 0 or first < 1 or not units[first].tight:
        return found
    # "the ministry's spokesman" is owned by something in lower case: it tells nothing here.
    return []


def _apposition_before(units: Sequence[Unit], start: int, text: str) -> Office:
    """"the group's commander, NAME,": the office ends right before the comma."""
    if start == 0 or units[start].gap != ", " or units[start - 1].tag != "title":
        return Office()
    title = units[start - 1]
    lists, first = actor_words(), start - 1
    while first and units[first].tight and not units[first - 1].possessive and lists.has(units[first - 1].folded, "before_title.words"):
        first -= 1
    owners = _owners_before(units, first)
    return _office(surface(units, first, start, text), title, owners)


def _apposition_after(units: Sequence[Unit], end: int, text: str) -> Office:
    """"NAME, the head of the port authority, ..." and "NAME of the port authority"."""
    if end >= len(units):
        return Office()
    if units[end].folded in ("of", "from", "with") and units[end].gap in (" ", ", "):
        stop = _clause_end(units, end + 1)
        return _office(None, None, units[end + 1 : stop]) if stop > end + 1 else Office()
    if units[end].gap not in (", ", " ("):
        return Office()
    first = end + 1 if units[end].tag == "number" and end + 1 < len(units) else end
    stop = _clause_end(units, first)
    title = next((at for at in range(first, min(stop, first + _TITLE_WITHIN)) if units[at].tag == "title" and not units[at].possessive), None)
    if title is None or _has_name(units, title) or any(actor_words().has(unit.folded, "verbs.speech") for unit in units[first:title]):
        return Office()
    role_from = first + (units[first].folded in ("the", "a", "an", "who", "one"))
    while stop > title + 1 and actor_words().has(units[stop - 1].folded, "things.function", "particles.inside"):
        stop -= 1
    role = surface(units, min(role_from, title), stop, text)
    return _office(role, _main_title(units, title, title + 1), units[first:stop])


def _has_name(units: Sequence[Unit], title: int) -> bool:
    """Whether the title belongs to somebody else: "NAME, Foreign Minister OTHER said"."""
    after = units[title + 1] if title + 1 < len(units) else None
    return after is not None and after.gap == " " and (after.tag == "name" or (after.known is not None and after.known.kind == "person"))


def _clause_end(units: Sequence[Unit], first: int) -> int:
    """Where the apposition ends: at the next comma, verb of speech or full stop, or when it is too long."""
    lists, at = actor_words(), first
    while at < len(units) and at - first < _LONGEST_ROLE:
        unit = units[at]
        if at > first and (not unit.tight and unit.gap not in (' "', '" ', " '")):
            break
        if lists.has(unit.folded, "verbs.speech") or (unit.folded in ("who", "which", "that", "has", "was", "is") and at > first):
            break
        at += 1
    return at


def _main_title(units: Sequence[Unit], at: int, end: int) -> Unit | None:
    titles = [unit for unit in units[at:end] if unit.tag == "title"]
    return next((unit for unit in titles if unit.label), titles[0] if titles else None)


def _office(role: str | None, title: Unit | None, around: Sequence[Unit]) -> Office:
    """The office that a title and the names around it make; the first name decides the country."""
    country = _country_among(around, spokesman=bool(title and title.folded.split()[-1].startswith("spokes")))
    sector = title.label if title and title.label else None
    organisation = next((unit.known for unit in around if unit.known and unit.known.kind != "person"), None)
    if organisation and (sector is None or organisation.kind == "armed_group"):
        sector = organisation.sector or _OF_ORGANISATIONS.get(organisation.kind)
    names = tuple(unit.text for unit in around if unit.tag in ("name", "known") and unit.capital)
    return Office(role, sector, country, names)


def _country_among(around: Sequence[Unit], *, spokesman: bool) -> Country | None:
    """The first country that says whose: not the one an ambassador is sent to or an expert knows about."""
    apart = ("to", "on", "against", "in", "at") if spokesman else ("to", "on", "against", "in", "at", "for")
    stop = next((at for at, unit in enumerate(around) if unit.folded in apart), len(around))
    owned = next((found for unit in around[:stop] if (found := _country(unit))), None)
    return owned or next((found for unit in around[stop:] if around[stop].folded in ("in", "at") and (found := _country(unit))), None)


def _country(unit: Unit) -> Country | None:
    if unit.place:
        return unit.place.country
    return unit.known.country if unit.known else None
