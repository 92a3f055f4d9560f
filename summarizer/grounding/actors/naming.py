"""Which of an actor's forms is its name, and which are aliases."""

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.known import known_actor
from summarizer.grounding.actors.person_names import name_words
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import country_name, country_of, place_mentions
from summarizer.types import ActorKind
from summarizer.types.actors import Country

__all__ = ["aliases_of", "name_of"]

_FAMILY_FIRST = frozenset(("CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "SGP", "KHM"))


def name_of(entity: Entity) -> str:
    """The fullest form in the article, without title."""
    names = list(dict.fromkeys(s.name for s in sorted(entity.spottings, key=lambda s: s.start) if s.evidence or not entity.key))
    kind: ActorKind | None = entity.kind
    if entity.key.startswith("state:"):
        return _state_name(names)
    if kind == "person":
        return max(names, key=lambda name: (len(name_words(name)), len(name)))
    if entity.key.startswith("known:"):
        fullest = entity.key.removeprefix("known:")
        return fullest if fullest in entity.forms else max([form for form in entity.forms if known_actor(form)] or names, key=_fullness)
    if not entity.key:
        return max(names, key=_fullness)
    return max(names, key=lambda name: (name != name.casefold(), names_count(entity, name), -names.index(name)))


def aliases_of(entity: Entity) -> tuple[str, ...]:
    """Every other form, in order of appearance; a person's surname is always one."""
    name = name_of(entity)
    forms = [form for form in entity.forms if form_key(form) != form_key(name)]
    if entity.kind == "person":
        surname = _surname(name, entity.country)
        if surname not in (name, *forms) and not actor_words().has(surname, "things.calendar"):
            forms.append(surname)
    unique: dict[str, str] = {}
    for form in forms:
        unique.setdefault(form_key(form), form)
    return tuple(unique.values())


def names_count(entity: Entity, name: str) -> int:
    """How many spottings have this name."""
    return sum(spotting.name == name for spotting in entity.spottings)


def _fullness(name: str) -> tuple[int, int]:
    return (len(name.split()), len(name))


def _state_name(names: list[str]) -> str:
    countries = [name for name in names if country_of(name) and " of " not in name]
    usual = next((country_name(code) for name in countries if (code := country_of(name))), "")
    return usual if usual in names else max(countries or names, key=_is_country)


def _is_country(name: str) -> tuple[bool, int]:
    found = place_mentions(name)
    return (bool(found) and found[0].form in ("name", "breakaway"), len(name))


def _is_western(word: str) -> bool:
    lists = actor_words()
    return lists.has(word, "given_names.words") and not lists.has(word, "given_names.family_first")


def _surname(name: str, country: Country | None) -> str:
    """The name alone that stands for the person: "bin Laden", "Xi", else the last word."""
    words, lists = name.split(), actor_words()
    while len(words) > 1 and lists.has(words[-1], "particles.suffixes"):
        words.pop()
    hyphen = any("-" in word and word.split("-")[-1].islower() for word in words[1:])
    if len(words) > 1 and hyphen and lists.has(words[0], "given_names.family_first"):
        return words[0]
    if len(words) > 1 and country in _FAMILY_FIRST and (len(words) > 2 or hyphen) and not _is_western(words[0]):  # noqa: PLR2004 - two words may stand either way round
        return words[0]
    first = len(words) - 1
    while first > 1 and lists.has(words[first - 1], "particles.inside"):
        first -= 1
    return " ".join(words[first:])
