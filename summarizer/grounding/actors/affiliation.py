"""Whose an actor is, when its own words do not tell: from whoever its role names, or from the story's country."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.article import Article
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.known import country_of_leader, known_actor
from summarizer.grounding.actors.person_names import full_name, same_person
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import PlaceMention, country_of, place_mentions
from summarizer.types.actors import Country, Sector

__all__ = ["affiliate"]

_OFFICIAL = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "CVL", "REL"))
"""Sectors whose persons are of the country in which they hold office."""
_OF_THE_SCENE = ("crowd:", "people:", "armed:", "police:")
"""Keys of groups that nobody owns: they are of the country where the story happens."""
_ABROAD = ("ambassador", "envoy", "consul", "high commissioner", "attache")
"""Offices held in a country that is not one's own."""
_LOOK_BACK = 30
"""Characters before a place in which a preposition may stand."""


def affiliate(entities: Sequence[Entity], article: Article) -> None:
    """Fill in the country and sector of persons, bodies and groups that have none."""
    for entity in entities:
        if entity.kind == "person":
            _from_role(entity, entities)
            _set(entity, country=entity.country or country_of_leader(full_name(entity).title()))
    scene = _scene(article)
    for entity in entities:
        if entity.country is None and _is_local(entity):
            _set(entity, country=_only_country_near(entity, article) or scene)
        elif entity.country is None and _is_of_the_scene(entity):
            _set(entity, country=scene)


def _from_role(entity: Entity, entities: Iterable[Entity]) -> None:
    """Read "a spokesperson for Ruiz" as of Ruiz's country and sector."""
    refers = {form_key(name) for spotting in entity.spottings for name in spotting.refers}
    named = (other for other in entities if other is not entity and _is_named(other, refers))
    owner = next((other for other in named if other.country or other.sector), None)
    if owner is None:
        return
    speaks = "spokes" in (entity.role or "").casefold()
    takes = owner.kind != "state" and (speaks or entity.sector is None or owner.kind == "armed_group")
    _set(entity, country=entity.country or owner.country, sector=owner.sector if takes else None)


def _is_named(other: Entity, refers: set[str]) -> bool:
    if refers & other.form_keys:
        return True
    return other.kind == "person" and any(same_person(name, full_name(other)) for name in refers)


def _is_local(entity: Entity) -> bool:
    """Whether it is an office of some state, so that the state around it is its own."""
    if entity.kind == "government_body":
        ministry = any("ministry" in form.casefold() for form in entity.forms)
        return not entity.key and (entity.sector != "GOV" or ministry)
    abroad = any(word in (entity.role or "").casefold() for word in _ABROAD)
    return (
        entity.kind == "person"
        and entity.sector in _OFFICIAL
        and not abroad
        and not _is_international(entity)
    )


def _is_international(entity: Entity) -> bool:
    names = (name for spotting in entity.spottings for name in (spotting.name, *spotting.refers))
    known = (known_actor(name) for name in names)
    return any(actor is not None and actor.country is None for actor in known)


def _is_of_the_scene(entity: Entity) -> bool:
    return entity.key.startswith(_OF_THE_SCENE) or (entity.kind == "armed_group" and not entity.key)


def _only_country_near(entity: Entity, article: Article) -> Country | None:
    """The country its sentences name, when they name one only."""
    bodies = [article.sentence(spotting.sentence).body for spotting in entity.spottings]
    found = {place.country for body in bodies for place in place_mentions(body) if place.country}
    return found.pop() if len(found) == 1 else None


def _scene(article: Article) -> Country | None:
    """The country where at least half of what is located happens: cities, "in X", the dateline."""
    first = article.sentences[0]
    dateline = article.text[first.start : first.body_start].strip(" -\u2014\u2013\xa0").split(",")
    found = Counter(country for part in dateline if (country := country_of(part.strip().title())))
    found.update(
        p.country for p in place_mentions(article.text) if p.country and _says_where(article.text, p)
    )
    country, times = found.most_common(1)[0] if found else (None, 0)
    return country if times * 2 >= found.total() else None


def _says_where(text: str, place: PlaceMention) -> bool:
    before = text[max(0, place.start - _LOOK_BACK) : place.start].split()
    after_preposition = bool(before) and (
        actor_words().has(before[-1], "locatives.before") or before[-1].endswith(",")
    )
    return place.form == "place" or (place.form in ("name", "capital") and after_preposition)


def _set(entity: Entity, *, country: Country | None, sector: Sector | None = None) -> None:
    entity.spottings = [
        replace(spotting, country=spotting.country or country, sector=sector or spotting.sector)
        for spotting in entity.spottings
    ]
