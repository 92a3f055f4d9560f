"""The hand-edited facts about countries (`schemas/countries.toml`), typed, and pycountry's names beside them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.name_tokens import straight
from summarizer.resources import folder
from summarizer.types.actors import Country

__all__ = ["CountryTable", "People", "Row", "country_name", "country_table", "is_country", "official_names"]

Raw = dict[str, list[str] | list[list[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one country, or of no country in particular."""

    words: Mapping[str, tuple[str, ...]]
    """Names, adjectives, capitals, leaders and other plain lists, by field."""
    organisations: Mapping[str, tuple[tuple[str, ...], ...]]
    """Spellings of each organisation, the fullest first, by field."""

    def get(self, field: str) -> tuple[str, ...]:
        """The words of one field; empty when the row lacks it."""
        return self.words.get(field, ())


@dataclass(frozen=True, slots=True)
class People:
    """A people or faith without a state of its own."""

    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    country: Country | None


@dataclass(frozen=True, slots=True)
class CountryTable:
    """The whole table."""

    rows: Mapping[Country, Row]
    international: Row
    peoples: tuple[People, ...]
    also_persons: frozenset[str]
    """Names of places that are also names of persons."""
    things: tuple[str, ...]
    """Phrases such as "Paris Agreement" in which no place acts."""


@cache
def country_table() -> CountryTable:
    """Read the table, once."""
    with (folder("schemas") / "countries.toml").open("rb") as file:
        raw = tomllib.load(file)
    doubts: dict[str, list[str]] = raw.pop("false_friends")
    peoples: list[dict[str, list[str] | str]] = raw.pop("peoples")
    international: Raw = raw.pop("international")
    rows: dict[str, Raw] = raw
    return CountryTable(
        rows={code: _row(row) for code, row in rows.items()},
        international=_row(international),
        peoples=tuple(_people(row) for row in peoples),
        also_persons=frozenset(doubts["persons"]),
        things=tuple(doubts["things"]),
    )


@cache
def official_names() -> tuple[tuple[str, Country], ...]:
    """Names and codes from pycountry; inverted names such as "Iran, Islamic Republic of" are left out."""
    from pycountry import countries

    rows = ((name, str(row.alpha_3)) for row in countries for name in _names(row))
    return tuple(
        (straight(name.removeprefix("the ")), code) for name, code in rows if not re.search(r"[,(]", name)
    )


def is_country(code: str) -> bool:
    """Whether there is a country of that code (ISO 3166-1 alpha-3, and the table's own)."""
    return code in country_table().rows or any(held == code for _, held in official_names())


@cache
def country_name(code: Country) -> str:
    """The name news text gives a country, such as "Russia"; the code itself when it is unknown."""
    row = country_table().rows.get(code)
    names = row.get("names") if row else ()
    return names[0] if names else next((name for name, held in official_names() if held == code), code)


def _row(raw: Raw) -> Row:
    words: dict[str, tuple[str, ...]] = {}
    organisations: dict[str, tuple[tuple[str, ...], ...]] = {}
    for field, values in raw.items():
        words[field] = tuple(straight(value) for value in values if isinstance(value, str))
        spelled = tuple(
            tuple(straight(name) for name in value) for value in values if not isinstance(value, str)
        )
        if spelled:
            organisations[field] = spelled
    return Row(words, organisations)


def _people(raw: Mapping[str, list[str] | str]) -> People:
    country = raw.get("country")
    return People(
        tuple(raw.get("adjectives", ())), tuple(raw.get("people", ())), str(country) if country else None
    )


def _names(row: object) -> Iterator[str]:
    for field in ("common_name", "name", "official_name"):
        name = getattr(row, field, None)
        if isinstance(name, str):
            yield name
