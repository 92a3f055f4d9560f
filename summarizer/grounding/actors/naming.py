"""Which of an actor's forms is its name, and which are aliases."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.known import known_actor
from summarizer.grounding.actors.person_names import name_words
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import country_name, country_of, place_mentions
from summarizer.types.actors import Country

__all__ = ["aliases_of", "name_of"]

_FAMILY_FIRST = frozenset(("CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "SGP", "KHM"))
"""Countries whose names start with the family name."""
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,4}")
_CERTAIN_ORDER = 3
"""Words: a name of two may stand either way round."""


def name_of(entity: Entity) -> str:
    """The fullest form in the article, without title."""
    ordered = sorted(entity.spottings, key=lambda spotting: spotting.start)
    names = list(dict.fromkeys(spotting.name for spotting in ordered if spotting.evidence))
    if entity.key.startswith("state:"):
        return _state_name(names)
    if entity.kind == "person":
        return max(names, key=lambda name: (len(name_words(name)), len(name)))
    if entity.key.startswith("known:"):
        return _known_name(entity, names)
    if not entity.key:
        return max(names, key=_fullness)
    times = {name: sum(spotting.name == name for spotting in ordered) for name in names}
    return max(names, key=lambda name: (name != name.casefold(), times[name]))


def aliases_of(entity: Entity, taken: AbstractSet[str]) -> tuple[str, ...]:
    """Every other form, in order of appearance; a person's surname too, unless it is `taken` by another actor.

    Args:
        entity: The actor.
        taken: Forms of all actors, as `form_key` gives them.
    """
    name = name_of(entity)
    forms = [form for form in entity.forms if form_key(form) != form_key(name)]
    if entity.kind == "person":
        surname = _surname(name, entity.country)
        is_month = actor_words().has(surname, "things.calendar")
        forms += [surname] if surname != name and form_key(surname) not in taken and not is_month else []
    unique = {form_key(form): form for form in reversed(forms)}
    return tuple(reversed(unique.values()))


def _known_name(entity: Entity, names: Sequence[str]) -> str:
    fullest = entity.key.removeprefix("known:")
    if fullest in entity.forms:
        return fullest
    return max([form for form in entity.forms if known_actor(form)] or names, key=_fullness)


def _fullness(name: str) -> tuple[int, int]:
    return (len(name.split()), len(name))


def _state_name(names: Sequence[str]) -> str:
    """The country's name as the article writes it; its usual one where that has only "U.S.", a capital or a seat."""
    codes = {name: code for name in names if (code := country_of(name))}
    usual = {country_name(code) for code in codes.values()}
    best = max(codes or names, key=lambda name: (name in usual, _is_country(name), len(name)))
    spelled_out = _is_country(best) and not _ABBREVIATION.fullmatch(best)
    return best if spelled_out or best not in codes else country_name(codes[best])


def _is_country(name: str) -> bool:
    found = place_mentions(name)
    return bool(found) and found[0].form in ("name", "breakaway")


def _surname(name: str, country: Country | None) -> str:
    """The name alone that stands for the person: "bin Laden", "Xi", else the last word."""
    words, lists = name.split(), actor_words()
    while len(words) > 1 and lists.has(words[-1], "particles.suffixes"):
        words.pop()
    if len(words) > 1 and _starts_with_family(words, country):
        return words[0]
    first = len(words) - 1
    while first > 1 and lists.has(words[first - 1], "particles.inside"):
        first -= 1
    return " ".join(words[first:])


def _starts_with_family(words: Sequence[str], country: Country | None) -> bool:
    lists = actor_words()
    family = lists.has(words[0], "given_names.family_first")
    hyphened = any(
        "-" in word and word.rsplit("-", maxsplit=1)[-1].islower() for word in words[1:]
    )  # "Geun-hye"
    if hyphened:
        return family
    given = lists.has(words[0], "given_names.words") and not family
    return country in _FAMILY_FIRST and len(words) >= _CERTAIN_ORDER and not given
