"""Spottings become actors: what shares a key, a name, an acronym or a surname is one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.person_names import name_words, same_person
from summarizer.grounding.actors.spotting import Spotting

__all__ = ["merge"]

_SURE = 2.5
"""Evidence from which an untitled name is a person."""


def merge(spottings: Sequence[Spotting]) -> list[Entity]:
    """Gather the spottings of each actor; those that turn out to be none are left out.

    Args:
        spottings: In the order of the article.

    Returns:
        The actors, unordered, with a kind where one is known.
    """
    keyed, named, persons = _sorted(spottings)
    organisations = _by_name(named, keyed)
    people = _persons(persons, [*keyed.values(), *organisations])
    _owned_groups(keyed, people, organisations)
    _offices(keyed, people)
    _bare_groups(keyed)
    return [entity for entity in [*keyed.values(), *organisations, *people] if entity.spottings]


def _sorted(spottings: Iterable[Spotting]) -> tuple[dict[str, Entity], list[Spotting], list[Spotting]]:
    """Apart: entities by key, named organisations, and names that may be persons."""
    keyed: dict[str, Entity] = {}
    named: list[Spotting] = []
    persons: list[Spotting] = []
    for spotting in spottings:
        if spotting.key:
            keyed.setdefault(spotting.key, Entity(spotting.key)).add(spotting)
        elif spotting.kind in ("person", None):
            persons.append(spotting)
        else:
            named.append(spotting)
    return keyed, named, persons


def _by_name(named: Iterable[Spotting], keyed: dict[str, Entity]) -> list[Entity]:
    """Organisations that share a name or an acronym, also with one that is known."""
    found: list[Entity] = []
    for spotting in named:
        forms = {form_key(form) for form in (spotting.name, *spotting.aliases)}
        home = next((entity for entity in [*keyed.values(), *found] if entity.form_keys & forms), None)
        if home is None:
            home = Entity()
            found.append(home)
        home.add(spotting)
    return found


def _persons(spottings: Sequence[Spotting], others: Sequence[Entity]) -> list[Entity]:
    taken: dict[str, Entity] = {form: entity for entity in others for form in entity.form_keys}
    by_name: dict[str, list[Spotting]] = defaultdict(list)
    for spotting in spottings:
        by_name[form_key(spotting.name)].append(spotting)
    found: list[Entity] = []
    for name, held in sorted(by_name.items(), key=_fullest_first):
        home = taken.get(name) if held[0].kind is None else None
        home = home or next((entity for entity in found if same_person(name, form_key(_full_name(entity)))), None)
        if home is None and _is_person([*held, *_by_surname(name, by_name)], len(name_words(name))):
            home = Entity("person")
            found.append(home)
        elif home is None and _is_acronym(held):
            home = Entity("acronym")
            found.append(home)
        for spotting in held if home else ():
            home.add(spotting)
    return found


def _fullest_first(item: tuple[str, list[Spotting]]) -> tuple[int, int]:
    name, held = item
    return (-min(len(name_words(name)), 3), held[0].start)


def _full_name(entity: Entity) -> str:
    return max((spotting.name for spotting in entity.spottings), key=lambda name: len(name_words(name)))


def _by_surname(name: str, by_name: dict[str, list[Spotting]]) -> list[Spotting]:
    """Where the last word of a longer name stands alone: that it speaks there speaks for the whole."""
    words = name.split()
    return by_name.get(words[-1], []) if len(words) > 1 else []


def _is_person(held: Sequence[Spotting], words: int) -> bool:
    """Whether a name nobody knows is a person's: it has a title, or what stands around speaks for it."""
    if held[0].kind == "person" or any(spotting.kind == "person" for spotting in held):
        return True
    total = sum(spotting.evidence for spotting in held)
    best = max(spotting.evidence for spotting in held)
    return best >= _SURE and total >= _SURE if words > 1 else best >= _SURE + 0.5 and total >= _SURE + 0.5


def _is_acronym(held: Sequence[Spotting]) -> bool:
    """Whether unknown capitals act: "the QRF said", "QRF has"."""
    name = held[0].name
    short = sum(letter.isupper() for letter in name) >= 2 + ("-" in name) and " " not in name and len(name) <= 8  # noqa: PLR2004 - capitals as acronyms have them
    return short and max(spotting.evidence for spotting in held) > -3.0  # noqa: PLR2004 - the penalty of capitals is 4; a verb after them lifts it


def _owned_groups(keyed: dict[str, Entity], people: Sequence[Entity], organisations: list[Entity]) -> None:
    """"HRC fighters" are the HRC's; "the Allende government" is the state's whose Allende is."""
    for key in [key for key in keyed if key.startswith(("name:", "cabinet:", "army:"))]:
        family, _, owner = key.partition(":")
        entity = keyed.pop(key)
        if family == "name":
            _give_to_organisation(entity, owner, keyed, organisations)
        else:
            _give_to_state(entity, owner, family, keyed, people)


def _give_to_organisation(entity: Entity, owner: str, keyed: dict[str, Entity], organisations: list[Entity]) -> None:
    home = next((other for other in [*keyed.values(), *organisations] if form_key(owner) in other.form_keys), None)
    if home is None:
        home = Entity("owner")
        organisations.append(home)
    home.absorb(entity)


def _give_to_state(entity: Entity, owner: str, family: str, keyed: dict[str, Entity], people: Sequence[Entity]) -> None:
    person = next((other for other in people if same_person(form_key(owner), form_key(_full_name(other)))), None)
    country = entity.country or (person.country if person else None)
    if country is None:
        if person is not None:
            keyed[f"{family}:{owner}"] = entity
        return
    key = f"{'state' if family == 'cabinet' else 'force'}:{country}"
    keyed.setdefault(key, Entity(key)).absorb(entity)


def _offices(keyed: dict[str, Entity], people: Sequence[Entity]) -> None:
    """"The Chilean president" is the person of that country whose role names the office."""
    for key in [key for key in keyed if key.startswith("office:")]:
        _, country, title = key.split(":", 2)
        entity = keyed.pop(key)
        holders = [person for person in people if person.country == country and person.role and title in person.role.casefold()]
        if len(holders) == 1:
            holders[0].absorb(entity)


def _bare_groups(keyed: dict[str, Entity]) -> None:
    """"The rebels" are the rebels already named with an owner; protesters by any name are one crowd."""
    for key in [key for key in keyed if key.startswith("bare:")]:
        _, family, noun = key.split(":", 2)
        entity = keyed.pop(key)
        last = noun.split()[-1]
        owned = [
            other
            for name, other in keyed.items()
            if (family in ("coalition", "police") or other.first < entity.first)
            and name.startswith(f"{family}:") and (family in ("coalition", "police") or any(form.casefold().endswith(last) for form in other.forms))
        ]
        if owned:
            max(owned, key=lambda other: other.evidence).absorb(entity)
        else:
            shared = f"{family}:" if family in ("crowd", "police") else f"{family}:{noun}"
            keyed.setdefault(shared, Entity(shared)).absorb(entity)


