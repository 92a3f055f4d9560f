"""Groups and offices that belong to an actor named elsewhere in the article."""

from collections.abc import Iterable, Sequence

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.person_names import full_name, same_person

__all__ = ["give_groups_to_owners", "give_offices_to_holders", "join_bare_groups"]


def give_groups_to_owners(
    keyed: dict[str, Entity], people: Sequence[Entity], organisations: list[Entity]
) -> None:
    """Read "HRC fighters" as the HRC, "the Allende government" as the state whose Allende is.

    Args:
        keyed: Entities by key; those owned leave it.
        people: Persons of the article.
        organisations: Its named organisations; an owner nobody knows yet is added.
    """
    for key in [key for key in keyed if key.startswith(("name:", "cabinet:", "army:"))]:
        family, _, owner = key.partition(":")
        entity = keyed.pop(key)
        if family == "name":
            _organisation(owner, keyed, organisations).absorb(entity)
        else:
            home = _state_key(entity, owner, family, people)
            keyed.setdefault(home, Entity(home)).absorb(entity)


def give_offices_to_holders(keyed: dict[str, Entity], people: Iterable[Entity]) -> None:
    """Read "the Chilean president" as the one person of that country whose role names the office."""
    for key in [key for key in keyed if key.startswith("office:")]:
        _, country, title = key.split(":", 2)
        entity = keyed.pop(key)
        holders = [
            person
            for person in people
            if person.country == country and title in (person.role or "").casefold()
        ]
        if len(holders) == 1:
            holders[0].absorb(entity)


def join_bare_groups(keyed: dict[str, Entity]) -> None:
    """Read "the rebels" as the rebels already named with an owner; protesters by any name are one crowd."""
    for key in [key for key in keyed if key.startswith("bare:")]:
        _, family, noun = key.split(":", 2)
        entity = keyed.pop(key)
        owned = [
            other
            for name, other in keyed.items()
            if name.startswith(f"{family}:") and _fits(entity, other, family, noun)
        ]
        alone = f"{family}:" if family in ("crowd", "police") else f"{family}:{noun}"
        home = max(owned, key=lambda other: other.evidence, default=None) or keyed.setdefault(
            alone, Entity(alone)
        )
        home.absorb(entity)


def _organisation(owner: str, keyed: dict[str, Entity], organisations: list[Entity]) -> Entity:
    homes = (other for other in [*keyed.values(), *organisations] if form_key(owner) in other.form_keys)
    home = next(homes, None)
    if home is None:
        home = Entity("owner")
        organisations.append(home)
    return home


def _state_key(entity: Entity, owner: str, family: str, people: Iterable[Entity]) -> str:
    person = next((other for other in people if same_person(owner, full_name(other))), None)
    country = entity.country or (person.country if person else None)
    if country is None:
        return f"{family}-of:{owner}"
    return f"{'state' if family == 'cabinet' else 'force'}:{country}"


def _fits(bare: Entity, owned: Entity, family: str, noun: str) -> bool:
    if family in ("coalition", "police"):
        return True
    last = noun.rsplit(maxsplit=1)[-1]
    return owned.first < bare.first and any(form.casefold().endswith(last) for form in owned.forms)
