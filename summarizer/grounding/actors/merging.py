"""Spottings become actors: what shares a key, a name, an acronym or a surname is one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.owning import (
    give_groups_to_owners,
    give_offices_to_holders,
    join_bare_groups,
)
from summarizer.grounding.actors.person_names import full_name, name_words, same_person
from summarizer.grounding.actors.spotting import Spotting

__all__ = ["merge"]

_SURE = 2.5
"""Evidence from which an untitled name is a person's; a single word needs half a point more."""
_ACTS = -3.0
"""Evidence above which capitals that nobody knows are an actor: the name costs 4, a verb after it gives some back."""
_LONGEST_ACRONYM = 8
"""Letters."""


def merge(spottings: Sequence[Spotting]) -> list[Entity]:
    """Gather the spottings of each actor; those that turn out to be none are left out.

    Args:
        spottings: In the order of the article.

    Returns:
        The actors, unordered, with a kind where one is known.
    """
    keyed: dict[str, Entity] = {}
    named: list[Spotting] = []
    persons: list[Spotting] = []
    for spotting in spottings:
        if spotting.key:
            keyed.setdefault(spotting.key, Entity(spotting.key)).add(spotting)
        else:
            (persons if spotting.kind in ("person", None) else named).append(spotting)
    organisations = _by_name(named, keyed)
    people = _persons(persons, [*keyed.values(), *organisations])
    give_groups_to_owners(keyed, people, organisations)
    give_offices_to_holders(keyed, people)
    join_bare_groups(keyed)
    return [entity for entity in [*keyed.values(), *organisations, *people] if entity.spottings]


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
    """Persons, fullest names first so that shorter ones find them; and acronyms that act."""
    taken = {form: entity for entity in others for form in entity.form_keys}
    by_name: defaultdict[str, list[Spotting]] = defaultdict(list)
    for spotting in spottings:
        by_name[form_key(spotting.name)].append(spotting)
    found: list[Entity] = []
    for name, held in sorted(by_name.items(), key=_fullest_first):
        home = (taken.get(name) if held[0].kind is None else None) or _namesake(name, found)
        if home is None:
            home = _newcomer(name, held, by_name)
            found += [home] if home else []
        for spotting in held if home else ():
            home.add(spotting) if home else None
    return found


def _fullest_first(item: tuple[str, list[Spotting]]) -> tuple[int, int]:
    name, held = item
    return (-min(len(name_words(name)), 3), held[0].start)


def _namesake(name: str, found: Sequence[Entity]) -> Entity | None:
    """The person this name may be short for: of several, the one the article names in full most often."""
    fitting = [entity for entity in found if same_person(name, full_name(entity))]
    return max(fitting, key=lambda entity: len(entity.spottings), default=None)


def _newcomer(name: str, held: Sequence[Spotting], by_name: dict[str, list[Spotting]]) -> Entity | None:
    # That the surname speaks where it stands alone speaks for the whole name.
    alone = by_name.get(name.rsplit(maxsplit=1)[-1], []) if " " in name else []
    if _is_person([*held, *alone], words=len(name_words(name))):
        return Entity("person")
    return Entity("acronym") if _is_acronym(held) else None


def _is_person(held: Sequence[Spotting], *, words: int) -> bool:
    """Whether a name nobody knows is a person's: it has a title, or what stands around speaks for it."""
    if any(spotting.kind == "person" for spotting in held):
        return True
    needed = _SURE if words > 1 else _SURE + 0.5
    best, total = max(s.evidence for s in held), sum(s.evidence for s in held)
    return best >= needed and total >= needed


def _is_acronym(held: Sequence[Spotting]) -> bool:
    """Whether unknown capitals act: "the QRF said", "QRF has"."""
    name = held[0].name
    capitals = sum(letter.isupper() for letter in name)
    short = capitals >= 2 + ("-" in name) and " " not in name and len(name) <= _LONGEST_ACRONYM
    return short and max(spotting.evidence for spotting in held) > _ACTS
