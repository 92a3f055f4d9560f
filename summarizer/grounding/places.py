"""Countries and places in text: which words name them, which country they tell, and what only looks like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.country_table import Row, country_name, country_table, official_names
from summarizer.grounding.name_tokens import PhraseIndex, Token, straight, tokens
from summarizer.types.actors import Country

__all__ = ["Place", "PlaceForm", "PlaceMention", "country_name", "country_of", "place_at", "place_mentions"]

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
_EXACT = 3
"""Letters: names this short mean something only as written: "IS", "UK"."""
_STATE_OF_GEORGIA = re.compile(
    r"\b(?:Atlanta|Savannah|Fulton County|Georgia (?:Republican|Democrat|Gov\.|governor|voters))\b"
)
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


def country_of(surface: str) -> Country | None:
    """The country that a name, nationality, capital, seat of government or city tells.

    Args:
        surface: One form as text spells it, such as "the Kremlin", "Iraqi", "U.S." or "MOSUL".

    Returns:
        Its ISO 3166-1 alpha-3 code (KOS for Kosovo), or None when it tells none.
    """
    plain = straight(surface).strip().removeprefix("the ").removeprefix("The ").removesuffix("'s")
    if not plain[:1].isupper() and not plain[:1].isdigit():
        return None  # "us", "turkey": lower case names no country
    found = _surfaces().get(plain)
    if found is None and len(plain) > _EXACT:
        found = _folded().get(plain.casefold())
    return found.country if found else None


def place_mentions(text: str) -> list[PlaceMention]:
    """Every naming of a country, people or known place in `text`, in order, longest first, never overlapping."""
    words = tokens(text)
    found: list[PlaceMention] = []
    at = 0
    while at < len(words):
        count, place = place_at(words, at, text) or (1, None)
        start, end = words[at].start, words[at + count - 1].end
        if place and place.form != "thing":
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
    if not (words[at].capital or words[at].text[0].isdigit()):
        return None
    match = _index().at(words, at)
    if match is None or (match[0] == 1 and _is_false_friend(words, at, match[1], text)):
        return None
    return match


@cache
def _surfaces() -> dict[str, Place]:
    """Surface form to what it stands for; of two meanings the first keeps it."""
    found: dict[str, Place] = {}
    for surface, place in _all_surfaces():
        found.setdefault(surface, place)
    return found


def _all_surfaces() -> Iterator[tuple[str, Place]]:
    """Wider meanings first: "African" is no country's, "Latin American" not America's."""
    table = country_table()
    yield from ((thing, Place("thing", None)) for thing in table.things)
    for row in table.peoples:
        yield from ((word, Place("adjective", row.country)) for word in row.adjectives)
        yield from ((word, Place("people", row.country)) for word in row.people)
    yield from ((place, Place("place", None)) for place in table.international.get("places"))
    for form, field in _FIELDS:
        for code, row in table.rows.items():
            surfaces = (*row.get(field), *(_plurals(row) if form == "people" else ()))
            yield from ((surface, Place(form, code)) for surface in surfaces)
        if form == "name":
            yield from ((name, Place("name", code)) for name, code in official_names())


def _plurals(row: Row) -> list[str]:
    """Russians, Iraqis: what the table leaves to be derived."""
    return [
        f"{word}s"
        for word in row.get("adjectives")
        if word.endswith(("n", "i")) and word not in row.get("people")
    ]


@cache
def _folded() -> dict[str, Place]:
    return {surface.casefold(): place for surface, place in reversed(_surfaces().items())}


@cache
def _index() -> PhraseIndex[Place]:
    return PhraseIndex(_surfaces().items())


def _is_false_friend(words: Sequence[Token], at: int, place: Place, text: str) -> bool:
    """Whether the word only looks like a place: part of a person's name, "US" in capitals, the wrong Georgia."""
    word = words[at].text
    if word == "US" and _is_shouted(words):
        return at == 0 or words[at - 1].text != "THE"
    if word == "Georgia" and _STATE_OF_GEORGIA.search(text) and not _COUNTRY_OF_GEORGIA.search(text):
        return True
    if place.form in ("place", "capital") and _follows_a_given_name(words, at):
        return True
    return word in country_table().also_persons and _is_part_of_a_name(words, at)


def _is_shouted(words: Sequence[Token]) -> bool:
    longer = [word.text for word in words if len(word.text) > _EXACT and word.text.isalpha()]
    return bool(longer) and sum(word.isupper() for word in longer) * 2 > len(longer)


def _is_part_of_a_name(words: Sequence[Token], at: int) -> bool:
    """Whether a capitalised word that is no known term stands right beside: "Jordan Ellis", "Amy Washington"."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after and after.gap == " " and not words[at].possessive and _is_unknown_name(words, at + 1):
        return True
    return _follows_a_given_name(words, at)


def _follows_a_given_name(words: Sequence[Token], at: int) -> bool:
    if at == 0 or words[at].gap != " " or words[at - 1].possessive:
        return False
    return actor_words().has(words[at - 1].text, "given_names.words")


def _is_unknown_name(words: Sequence[Token], at: int) -> bool:
    word, lists = words[at].text, actor_words()
    if not word.istitle() or word.endswith(".") or _index().at(words, at) is not None:
        return False
    if word.casefold() in lists.heads or word.casefold() in lists.titles:
        return False
    return not lists.has(
        word, "things.heads", "things.calendar", "things.function", "things.ordinary", "locatives.nouns"
    )
