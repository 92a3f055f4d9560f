"""Countries and places in text: which words name them, which country they tell, where they stand.

The facts are in `schemas/countries.toml`, completed by pycountry; this module owns reading and finding them.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.name_tokens import PhraseIndex, Token, straight, tokens
from summarizer.resources import folder
from summarizer.types.actors import Country

__all__ = ["Place", "PlaceForm", "PlaceMention", "country_name", "country_of", "country_table", "place_at", "place_mentions"]

PlaceForm = Literal["name", "metonym", "capital", "people", "adjective", "breakaway", "place", "thing"]
"""How a country is named: `metonym` is a building or office that stands for its government, `place` a city or
region that does not, `thing` a phrase such as "Paris Agreement" in which no place acts."""

_FIELDS: tuple[tuple[PlaceForm, str], ...] = (
    ("name", "names"),
    ("metonym", "metonyms"),
    ("capital", "capitals"),
    ("people", "people"),
    ("adjective", "adjectives"),
    ("breakaway", "breakaway"),
    ("place", "places"),
)
_STATE_OF_GEORGIA = re.compile(r"\b(?:Atlanta|Savannah|Fulton County|Georgia (?:Republican|Democrat|Gov\.|governor|voters))\b")
_COUNTRY_OF_GEORGIA = re.compile(r"\b(?:Tbilisi|Abkhazia|South Ossetia|Saakashvili|Caucasus|Georgians)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """What one surface form stands for."""

    form: PlaceForm
    country: Country | None
    """None for what belongs to no single country: "Kurdish", "the Black Sea"."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One naming of a country or place: `text[start:end]`."""

    start: int
    end: int
    text: str
    form: PlaceForm
    country: Country | None


@cache
def country_table() -> dict[str, dict[str, Any]]:
    """The hand-edited table, by alpha-3 code; also `international`, `peoples` and `false_friends`."""
    with (folder("schemas") / "countries.toml").open("rb") as file:
        return tomllib.load(file)


def country_of(surface: str) -> Country | None:
    """The country that a name, nationality, capital, seat of government or city tells.

    Args:
        surface: One form as text spells it, such as "the Kremlin", "Iraqi", "U.S." or "MOSUL".

    Returns:
        Its ISO 3166-1 alpha-3 code (KOS for Kosovo), or None when it tells none.
    """
    plain = straight(surface).strip().removeprefix("the ").removeprefix("The ").removesuffix("'s")
    if not plain[:1].isupper() and not plain[:2].isdigit():
        return None  # "us", "turkey": lower case names no country
    found = _surfaces().get(plain)
    if found is None and len(plain) > 3:  # noqa: PLR2004 - short forms mean something only as written: "IS", "Us"
        found = _folded().get(plain.casefold())
    return found.country if found else None


def country_name(code: Country) -> str:
    """The name news text gives a country, such as "Russia"; the code itself when it is unknown."""
    names = country_table().get(code, {}).get("names")
    return str(names[0]) if names else next((name for name, held in _official() if held == code), code)


def place_mentions(text: str) -> list[PlaceMention]:
    """Every naming of a country, people or known place in `text`, in order, longest first, never overlapping."""
    words = tokens(text)
    found: list[PlaceMention] = []
    at = 0
    while at < len(words):
        match = place_at(words, at, text)
        if match is None:
            at += 1
            continue
        count, place = match
        start, end = words[at].start, words[at + count - 1].end
        if place.form != "thing":
            found.append(PlaceMention(start, end, text[start:end], place.form, place.country))
        at += count
    return found


def place_at(words: Sequence[Token], at: int, text: str) -> tuple[int, Place] | None:
    """The place whose naming starts at `words[at]`: how many words it takes, and what it stands for.

    Args:
        words: Consecutive words of `text`.
        at: Index into `words`.
        text: The whole text, which tells the country of Georgia from the American state.
    """
    if not (words[at].capital or words[at].text.isdigit()):
        return None
    match = _index().at(words, at)
    if match is None or _is_false_friend(words, at, match[0], match[1], text):
        return None
    return match


@cache
def _surfaces() -> dict[str, Place]:
    """Surface form to what it stands for; a name goes before an adjective, an adjective before a city."""
    found: dict[str, Place] = {}
    table = country_table()
    for thing in table["false_friends"]["things"]:
        found.setdefault(thing, Place("thing", None))
    for form, field in _FIELDS:
        if form == "name":
            for name, code in _official():
                found.setdefault(name, Place("name", code))
        for code, row in table.items():
            if code.isupper():
                for surface in [*row.get(field, ()), *(_plurals(row) if form == "people" else ())]:
                    found.setdefault(straight(surface), Place(form, code))
    for place in table["international"]["places"]:
        found[place] = Place("place", None)
    for row in table["peoples"]:
        found.update({word: Place("adjective", row.get("country")) for word in row.get("adjectives", ())})
        found.update({word: Place("people", row.get("country")) for word in row.get("people", ())})
    return found


@cache
def _folded() -> dict[str, Place]:
    return {surface.casefold(): place for surface, place in reversed(_surfaces().items())}


@cache
def _index() -> PhraseIndex[Place]:
    return PhraseIndex(_surfaces())


@cache
def _official() -> tuple[tuple[str, Country], ...]:
    """Names and codes from pycountry; inverted names such as "Iran, Islamic Republic of" are left out."""
    from pycountry import countries

    rows = ((str(name), str(row.alpha_3)) for row in countries for name in _names(row))
    return tuple((straight(name.removeprefix("the ")), code) for name, code in rows if not re.search(r"[,(]", name))


def _names(row: object) -> Iterator[str]:
    for field in ("common_name", "name", "official_name"):
        name = getattr(row, field, None)
        if name:
            yield name


def _plurals(row: dict[str, Any]) -> list[str]:
    return [f"{word}s" for word in row.get("adjectives", ()) if word.endswith(("n", "i")) and word not in row.get("people", ())]


def _is_false_friend(words: Sequence[Token], at: int, count: int, place: Place, text: str) -> bool:
    """Whether these words only look like a place: part of a person's name, "US" in capitals, the wrong Georgia."""
    word = words[at].text
    if count > 1:
        return False
    if word == "US" and _is_shouted(words):
        return at == 0 or words[at - 1].text != "THE"
    if word == "Georgia" and _STATE_OF_GEORGIA.search(text) and not _COUNTRY_OF_GEORGIA.search(text):
        return True
    if place.form in ("place", "capital") and _follows_a_given_name(words, at):
        return True
    return word in country_table()["false_friends"]["persons"] and _is_part_of_a_name(words, at)


def _is_shouted(words: Sequence[Token]) -> bool:
    longer = [word.text for word in words if len(word.text) > 3 and word.text.isalpha()]  # noqa: PLR2004 - "U.S." is no shouting
    return bool(longer) and sum(word.isupper() for word in longer) * 2 > len(longer)


def _is_part_of_a_name(words: Sequence[Token], at: int) -> bool:
    """Whether a capitalised word that is no known term stands right beside: "Jordan Ellis", "Amy Washington"."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after and after.gap == " " and not words[at].possessive and _is_unknown_name(words, at + 1):
        return True
    return _follows_a_given_name(words, at)


def _follows_a_given_name(words: Sequence[Token], at: int) -> bool:
    return at > 0 and words[at].gap == " " and not words[at - 1].possessive and _is_given_name(words[at - 1].text)


def _is_given_name(word: str) -> bool:
    return actor_words().has(word, "given_names.words")


def _is_unknown_name(words: Sequence[Token], at: int) -> bool:
    known = actor_words()
    word = words[at]
    return (
        word.capital
        and word.text.istitle()
        and not word.text.endswith(".")
        and _index().at(words, at) is None
        and word.text.casefold() not in known.heads
        and word.text.casefold() not in known.titles
        and not known.has(word.text, "things.heads", "things.calendar", "things.function", "things.ordinary", "locatives.nouns")
    )
