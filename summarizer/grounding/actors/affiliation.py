"""Whose an actor is, when its own words do not tell: from whoever its role names, or from the story's country."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.article import Article
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.known import known_actor
from summarizer.grounding.actors.person_names import same_person
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import country_of, place_mentions
from summarizer.types.actors import Country

__all__ = ["affiliate"]

_OFFICIAL = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "CVL", "REL"))


def affiliate(entities: Sequence[Entity], article: Article) -> None:
    """Fill in the country and sector of persons and bodies that have none."""
    for entity in entities:
        if entity.kind == "person":
            _from_role(entity, entities)
    scene = _scene(article)
    for entity in entities:
        if entity.country is None and _may_be_local(entity):
            _set(entity, country=_nearby(entity, article) or scene)
        elif entity.country is None and _is_of_the_scene(entity):
            _set(entity, country=scene)


def _from_role(entity: Entity, entities: Iterable[Entity]) -> None:
    """"A spokesperson for Ruiz" is of Ruiz's country and sector."""
    refers = {form_key(name) for spotting in entity.spottings for name in spotting.refers}
    for other in entities:
        named = other is not entity and (refers & other.form_keys or any(_is_named(other, name) for name in refers))
        if named and (other.country or other.sector):
            _set(entity, country=entity.country or other.country)
            speaks = "spokes" in (entity.role or "").casefold()
            if other.sector and other.kind != "state" and (speaks or entity.sector is None or other.kind == "armed_group"):
                entity.spottings = [replace(spotting, sector=other.sector) for spotting in entity.spottings]
            return


def _is_named(other: Entity, name: str) -> bool:
    return other.kind == "person" and any(same_person(name, form_key(spotting.name)) for spotting in other.spottings)


def _is_of_the_scene(entity: Entity) -> bool:
    """Whether a group nobody owns is one of the country where the story happens."""
    return entity.key.startswith(("crowd:", "people:", "armed:", "police:")) or (entity.kind == "armed_group" and not entity.key)


def _may_be_local(entity: Entity) -> bool:
    if entity.kind == "government_body":
        return not entity.key and (entity.sector != "GOV" or "ministry" in entity.spottings[0].name.casefold())
    international = any((known := known_actor(name)) and known.country is None for s in entity.spottings for name in (s.name, *s.refers))
    return entity.kind == "person" and entity.sector in _OFFICIAL and not international


def _nearby(entity: Entity, article: Article) -> Country | None:
    """The only country its sentences name."""
    found: Counter[Country] = Counter()
    for spotting in entity.spottings:
        sentence = article.sentence(spotting.sentence)
        found.update(place.country for place in place_mentions(sentence.body) if place.country)
    return next(iter(found)) if len(found) == 1 else None


def _scene(article: Article) -> Country | None:
    """The country where the story happens: its cities and what stands after "in", the dateline among them."""
    found: Counter[Country] = Counter()
    first = article.sentences[0]
    for part in article.text[first.start : first.body_start].strip(" -—–\xa0").split(","):
        country = country_of(part.strip().title())
        found.update([country] if country else [])
    for place in place_mentions(article.text):
        if place.country and (place.form == "place" or (place.form in ("name", "capital") and _stands_where(article.text, place.start))):
            found[place.country] += 1
    country, times = found.most_common(1)[0] if found else (None, 0)
    return country if times * 2 >= found.total() else None


def _stands_where(text: str, start: int) -> bool:
    before = text[max(0, start - 30) : start].split()
    return bool(before) and (actor_words().has(before[-1], "locatives.before") or before[-1].endswith(","))


def _set(entity: Entity, *, country: Country | None) -> None:
    entity.spottings = [replace(spotting, country=spotting.country or country) for spotting in entity.spottings]
