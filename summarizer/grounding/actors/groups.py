"""Groups named by what they are: "Chilean troops", "Basque separatists", "Salinas's government", "protesters"."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.article import Article
from summarizer.grounding.actors.spotting import Reading, Spotting, surface
from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import Place
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["group"]

_CLASSES: dict[str, tuple[ActorKind, Sector | None]] = {
    "state": ("state", "GOV"),
    "force": ("armed_force", "MIL"),
    "police": ("government_body", "COP"),
    "armed": ("armed_group", "REB"),
    "spies": ("government_body", "SPY"),
    "legislators": ("government_body", "LEG"),
    "courts": ("government_body", "JUD"),
    "crowd": ("population", "CVL"),
    "people": ("population", "CVL"),
    "opposition": ("other", "OPP"),
    "media": ("media", "JRN"),
    "aid": ("ngo", None),
    "companies": ("company", "BUS"),
    "coalition": ("armed_force", "MIL"),
    "group": ("armed_group", "REB"),
}
_PREFIXES = frozenset(("pro", "anti", "ex", "non"))
_OWN_COUNTRY = frozenset(("based", "occupied", "controlled", "run", "born", "area", "made", "held"))
_MAX_OWNERS = 4
_MAX_MODIFIERS = 3


@dataclass(slots=True)
class _Parts:
    """What stands before the noun of a group, as far as it is read."""

    owners: list[Unit] = field(default_factory=list[Unit])
    suffix: str = ""
    prefixed: bool = False
    armed: bool = False
    modifiers: list[str] = field(default_factory=list[str])


def group(units: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    """A group whose name starts at `units[at]`."""
    parts = _Parts()
    place = _read_owners(units, at, parts)
    place = _read_modifiers(units, place, parts)
    noun = units[place] if place < len(units) else None
    if noun is None or noun.tag != "noun" or (place > at and not noun.tight):
        return None
    if not parts.owners and not _may_stand_bare(units, at, place):
        return None
    if noun.label not in ("state", "crowd", "people", "armed", "coalition") and _is_attribute(units, place):
        return None
    if noun.capital and parts.owners and parts.owners[-1].possessive:
        return None  # "Chile's Supreme Court" is a name of its own
    label = _class(noun, parts)
    name = surface(units, at, place + 1, article.text)
    spotting = _spotting(name, label, parts, units[at].start, noun.end, sentence)
    return Reading(place + 1, spotting) if spotting else None


def _read_owners(units: Sequence[Unit], at: int, parts: _Parts) -> int:
    place = at
    if units[at].folded in _PREFIXES and at + 1 < len(units) and units[at + 1].gap == "-":
        parts.prefixed = True
        place += 1
    while place < len(units) and len(parts.owners) < _MAX_OWNERS and (place == at or units[place].tight):
        unit = units[place]
        if parts.owners and parts.owners[-1].possessive and unit.tag != "noun":
            break
        if unit.tag not in ("place", "known", "name") or not unit.capital:
            break
        if parts.owners and unit.tag == "name" and parts.owners[-1].tag != "name":
            break
        parts.owners.append(unit)
        place += 1
    if parts.owners and place < len(units) and units[place].gap == "-":
        suffix = units[place]
        if suffix.folded in actor_words().tables["modifiers.suffixes"]:
            parts.suffix = suffix.folded
            place += 1
    return place


def _read_modifiers(units: Sequence[Unit], at: int, parts: _Parts) -> int:
    """Read on to the last noun: of two nouns in a row the first is a modifier, as in "rebel fighters"."""
    lists, place = actor_words(), at
    while place + 1 < len(units) and len(parts.modifiers) < _MAX_MODIFIERS:
        unit, after = units[place], units[place + 1]
        modifier = lists.has(unit.folded, "modifiers.plain", "modifiers.armed", "modifiers.people") or (
            unit.tag == "noun" and after.tag == "noun"
        )
        if not modifier or not after.tight or unit.possessive or (unit.tag == "noun" and not _noun_follows(units, place + 1)):
            break
        parts.modifiers.append(unit.folded)
        parts.armed = parts.armed or (not parts.prefixed and (lists.has(unit.folded, "modifiers.armed") or unit.label == "armed"))
        place += 1
    return place


def _noun_follows(units: Sequence[Unit], at: int) -> bool:
    lists, place = actor_words(), at
    while place < len(units) and place < at + _MAX_MODIFIERS and units[place].tight:
        if units[place].tag == "noun":
            return True
        if not lists.has(units[place].folded, "modifiers.plain", "modifiers.armed", "modifiers.people"):
            return False
        place += 1
    return False


def _may_stand_bare(units: Sequence[Unit], start: int, noun: int) -> bool:
    lists = actor_words()
    words = [unit.folded for unit in units[start : noun + 1]]
    return lists.has(words[-1], "nouns.bare") or lists.has(" ".join(words), "nouns.bare")


def _is_attribute(units: Sequence[Unit], noun: int) -> bool:
    """Whether the noun only qualifies the next one: "military aid", "the Armed Forces Act", "police bus"."""
    if noun + 1 == len(units) or units[noun].possessive or units[noun + 1].gap != " ":
        return False
    after, lists = units[noun + 1], actor_words()
    if after.capital:
        return units[noun].capital and after.tag in ("name", "noun")
    if units[noun].folded.endswith("s") or after.tag != "word" or after.folded.endswith("ed"):
        return False
    return not lists.has(after.folded, "verbs.speech", "verbs.act", "verbs.auxiliary", "things.function", "things.ordinary")


def _class(noun: Unit, parts: _Parts) -> str:
    label = noun.label
    if label == "state" and "intelligence" in parts.modifiers:
        return "spies"
    if label == "state" and {"military", "army", "navy"} & set(parts.modifiers):
        return "force"
    if label == "force" and "police" in parts.modifiers:
        return "police"
    if label == "state" and "opposition" in parts.modifiers:
        return "opposition"
    if parts.armed and label in ("force", "group", "people", "opposition", "police", "coalition"):
        return "armed"
    if label == "group" and {"rights", "aid", "humanitarian", "monitoring"} & set(parts.modifiers):
        return "aid"
    return label


def _spotting(name: str, label: str, parts: _Parts, start: int, end: int, sentence: int) -> Spotting | None:
    kind, sector = _CLASSES[label]
    key, country, evidence = _identity(name, label, parts)
    if not key:
        return None
    if label == "state" and not key.startswith("state:"):
        kind = "government_body"
    known = parts.owners[-1].known if parts.owners else None
    if key.startswith("known:") and known:
        return Spotting(name, start, end, sentence, key, known.kind, known.country, known.sector, evidence=evidence)
    if key.startswith("name:") and label not in ("armed", "force"):
        return Spotting(name, start, end, sentence, key, evidence=evidence)
    return Spotting(name, start, end, sentence, key, kind, country, sector, evidence=evidence)


def _identity(name: str, label: str, parts: _Parts) -> tuple[str, Country | None, float]:
    """The merge key, the country and the evidence; no key when it is no actor."""
    if not parts.owners:
        return ("", None, 0.0) if label in ("state", "group") else (f"bare:{label}:{name.casefold()}", None, 0.5)
    if parts.suffix or parts.prefixed:
        return _by_relation(name, label, parts)
    person_or_name = [unit for unit in parts.owners if unit.tag in ("known", "name")]
    places = [unit.place for unit in parts.owners if unit.place]
    if person_or_name:
        return _by_name(label, person_or_name, places)
    country = next((place.country for place in places if place.form in ("adjective", "name", "people") and place.country), None)
    country = country or next((place.country for place in places if place.country), None)
    if label == "group":
        return "", None, 0.0
    peoples = [unit.text for unit in parts.owners if unit.place and (unit.place.country != country or unit.is_form("place"))]
    if label == "state":
        if any(unit.is_form("place") for unit in parts.owners):
            return "", None, 0.0
        return (f"state:{country}", country, 1.0) if country and not peoples else (f"officials:{' '.join(peoples)}", country, 1.0)
    who = "" if label in ("crowd", "people") else "+".join(peoples)
    family = "people" if label in ("crowd", "people") else label
    which = name.split()[-1] if label in ("opposition", "companies", "aid") else ""
    owner = "" if country else "+".join(unit.folded for unit in parts.owners)
    return f"{family}:{country or ''}{who or owner}{which}", country, 2.0


def _by_relation(name: str, label: str, parts: _Parts) -> tuple[str, Country | None, float]:
    """"U.S.-led coalition", "Oslo-based group", "pro-Russian separatists": the owner is not who they are."""
    country = next((unit.place.country for unit in parts.owners if unit.place), None) if parts.suffix in _OWN_COUNTRY else None
    if label in ("group", "state"):
        return "", None, 0.0
    towards = next((unit.place.country for unit in parts.owners if unit.place), None) if parts.prefixed else None
    return f"{label}:{name.split('-')[0].casefold()}-{towards}" if towards else f"{label}:{name}", country, 1.5


def _by_name(label: str, names: Sequence[Unit], places: Sequence[Place]) -> tuple[str, Country | None, float]:
    """"Hamas fighters" are Hamas; "the Allende government" is Chile's, once it is known who Allende is."""
    owner = names[-1]
    country = next((place.country for place in places if place.country), None)
    if owner.known and owner.known.kind != "person":
        return f"known:{owner.known.name}", owner.known.country, 1.0
    joined = " ".join(unit.text for unit in names)
    if label == "state":
        return f"cabinet:{joined}", owner.known.country if owner.known else country, 1.0
    if label == "force" and (owner.possessive or owner.known):
        return f"army:{joined}", owner.known.country if owner.known else country, 1.0
    if label in ("armed", "group", "force") and not owner.possessive:
        return f"name:{joined}", country, 1.0
    return "", None, 0.0
