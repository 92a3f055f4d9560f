"""Groups named by what they are: "Chilean troops", "Basque separatists", "the Allende government", "protesters"."""

from typing import NamedTuple

from summarizer.grounding.actors.group_phrases import GroupPhrase, group_phrase
from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words
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
_ONE_OF_MANY = ("opposition", "companies", "aid")
"""Classes so loose that the noun has to tell one group from another of the same country."""


class _Identity(NamedTuple):
    """Which actor a group is."""

    key: str
    country: Country | None
    evidence: float


def group(sentence: Tagged, at: int) -> Reading | None:
    """A group whose name starts at unit `at`."""
    phrase = group_phrase(sentence.units, at)
    if phrase is None:
        return None
    name = sentence.words(at, phrase.end)
    if not phrase.owners and sentence.units[at].opens:
        name = name[:1].lower() + name[1:]  # the capital is the sentence's
    identity = _identity(name, phrase)
    if identity is None:
        return None
    kind, sector = _kind(phrase, identity)
    country = identity.country
    known = phrase.owners[-1].known if phrase.owners else None
    if known and identity.key.startswith("known:"):
        kind, sector, country = known.kind, known.sector, known.country
    start, end = sentence.units[at].start, sentence.units[phrase.end - 1].end
    key, evidence = identity.key, identity.evidence
    return Reading(
        phrase.end,
        Spotting(name, start, end, sentence.number, key, kind, country, sector, evidence=evidence),
    )


def _kind(phrase: GroupPhrase, identity: _Identity) -> tuple[ActorKind | None, Sector | None]:
    kind, sector = _CLASSES[phrase.label]
    if identity.key.startswith("name:") and phrase.label not in ("armed", "force"):
        return None, None
    if phrase.label == "state" and not identity.key.startswith("state:"):
        return "government_body", sector
    return kind, sector


def _identity(name: str, phrase: GroupPhrase) -> _Identity | None:
    """Which actor this is; None when it is none."""
    if not phrase.owners:
        loose = phrase.label in ("state", "group")
        return None if loose else _Identity(f"bare:{phrase.label}:{name.casefold()}", None, 0.5)
    if phrase.suffix or phrase.prefixed:
        return _by_relation(name, phrase)
    names = [unit for unit in phrase.owners if unit.tag in ("known", "name")]
    return _by_name(names, phrase) if names else _by_place(name, phrase)


def _by_relation(name: str, phrase: GroupPhrase) -> _Identity | None:
    """Read "U.S.-led coalition", "Oslo-based rebels", "pro-Russian separatists": the owner is not who they are."""
    if phrase.label in ("group", "state"):
        return None
    if phrase.prefixed and phrase.country:
        return _Identity(f"{phrase.label}:{name.partition('-')[0].casefold()}-{phrase.country}", None, 1.5)
    at_home = actor_words().has(phrase.suffix, "modifiers.at_home")
    return _Identity(f"{phrase.label}:{name}", phrase.country if at_home else None, 1.5)


def _by_name(names: list[Unit], phrase: GroupPhrase) -> _Identity | None:
    """Read "Hamas fighters" as Hamas, "the Allende government" as Chile's, once it is known who Allende is."""
    owner, joined = names[-1], " ".join(unit.text for unit in names)
    if owner.known and not owner.is_person:
        return _Identity(f"known:{owner.known.name}", owner.known.country, 1.0)
    country = (
        owner.known.country
        if owner.known
        else next((place.country for place in phrase.places if place.country), None)
    )
    if phrase.label == "state":
        return _Identity(f"cabinet:{joined}", country, 1.0)
    if phrase.label == "force" and (owner.possessive or owner.known):
        return _Identity(f"army:{joined}", country, 1.0)
    if phrase.label in ("armed", "group", "force") and not owner.possessive:
        return _Identity(f"name:{joined}", country, 1.0)
    return None


def _by_place(name: str, phrase: GroupPhrase) -> _Identity | None:
    """Read "Chilean troops", "Kurdish rebels", "Aleppo residents"."""
    country, label = phrase.country, phrase.label
    if label == "group":
        return None
    apart = [
        unit.text
        for unit in phrase.owners
        if unit.place and (unit.place.country != country or unit.is_form("place"))
    ]
    if label == "state":
        return _officials(apart, phrase)
    if label in ("crowd", "people"):
        return _Identity(f"people:{country or _joined(phrase)}", country, 2.0)
    noun = name.rsplit(maxsplit=1)[-1] if label in _ONE_OF_MANY else ""
    who = "+".join(apart) or ("" if country else _joined(phrase))
    return _Identity(f"{label}:{country or ''}{who}{noun}", country, 2.0)


def _officials(apart: list[str], phrase: GroupPhrase) -> _Identity | None:
    if any(unit.is_form("place") for unit in phrase.owners):
        return None  # a city's officials are not the state's
    if phrase.country and not apart:
        return _Identity(f"state:{phrase.country}", phrase.country, 1.0)
    return _Identity(f"officials:{' '.join(apart)}", phrase.country, 1.0)


def _joined(phrase: GroupPhrase) -> str:
    return "+".join(unit.folded for unit in phrase.owners)
