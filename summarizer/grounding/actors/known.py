"""Actors known by name from `schemas/countries.toml`: leaders, parties to conflicts, organisations, media."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.country_table import Row, country_table
from summarizer.grounding.name_tokens import PhraseIndex, straight
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["KnownActor", "country_of_leader", "known_actor", "known_actors"]

_PERSONS: dict[str, Sector] = {"leaders": "GOV", "commanders": "MIL", "rebels": "REB"}
_ORGANISATIONS: dict[str, tuple[ActorKind, Sector | None]] = {
    "bodies": ("government_body", "GOV"),
    "legislatures": ("government_body", "LEG"),
    "courts": ("government_body", "JUD"),
    "police": ("government_body", "COP"),
    "spies": ("government_body", "SPY"),
    "forces": ("armed_force", "MIL"),
    "groups": ("armed_group", "REB"),
    "parties": ("other", "PTY"),
    "media": ("media", "JRN"),
    "companies": ("company", "BUS"),
    "igos": ("igo", None),
    "ngos": ("ngo", None),
    "blocs": ("other", None),
}


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One actor of the table."""

    name: str
    """Its first and fullest spelling."""
    spellings: tuple[str, ...]
    kind: ActorKind
    country: Country | None
    sector: Sector | None


@cache
def known_actors() -> PhraseIndex[KnownActor]:
    """Every spelling of every known actor, to be found in a run of words."""
    return PhraseIndex((spelling, actor) for actor in _all() for spelling in actor.spellings)


def known_actor(surface: str) -> KnownActor | None:
    """The known actor of that name, in any of its spellings; for a person, the full name."""
    return _by_spelling().get(_bare(straight(surface)))


def country_of_leader(surname: str) -> Country | None:
    """The country of the leaders with that surname, when they are all of one: "President Obama" needs no more."""
    countries = _leaders().get(surname, frozenset[Country]())
    return next(iter(countries)) if len(countries) == 1 else None


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


@cache
def _leaders() -> dict[str, frozenset[Country]]:
    found: defaultdict[str, set[Country]] = defaultdict(set)
    for actor in _all():
        if actor.kind == "person" and actor.country:
            surname = actor.name.rsplit(maxsplit=1)[-1]
            for spelling in (surname, surname.removeprefix("al-")):
                found[spelling].add(actor.country)
    return {name: frozenset(countries) for name, countries in found.items()}


@cache
def _by_spelling() -> dict[str, KnownActor]:
    found: dict[str, KnownActor] = {}
    for actor in _all():
        for spelling in actor.spellings:
            found.setdefault(_bare(spelling), actor)
    return found


@cache
def _all() -> tuple[KnownActor, ...]:
    table = country_table()
    national = (actor for code, row in table.rows.items() for actor in _of_row(row, code))
    return (*national, *_of_row(table.international, None))


def _of_row(row: Row, country: Country | None) -> Iterator[KnownActor]:
    for field, sector in _PERSONS.items():
        for name in row.get(field):
            yield KnownActor(name, (name,), "person", country, sector)
    for field, (kind, coded) in _ORGANISATIONS.items():
        for spellings in row.organisations.get(field, ()):
            yield KnownActor(spellings[0], spellings, kind, country, coded)
