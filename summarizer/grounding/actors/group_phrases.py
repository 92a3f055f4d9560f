"""The words of a group's name: who owns it, what qualifies it, what it is. "Chilean | special | forces"."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.places import Place
from summarizer.types.actors import Country

__all__ = ["GroupPhrase", "group_phrase"]

_MAX_OWNERS = 4
_MAX_MODIFIERS = 3
_MODIFIERS = ("modifiers.plain", "modifiers.armed", "modifiers.people")
_NEVER_MODIFY = ("state", "crowd", "people", "armed", "coalition")
"""Classes whose noun names the group also where another noun follows: "coalition airstrikes"."""


@dataclass(frozen=True, slots=True)
class GroupPhrase:
    """One noun phrase that names a group."""

    end: int
    """Index of the first unit after it."""
    owners: tuple[Unit, ...]
    """Countries, peoples, organisations or names before the noun; none in "protesters"."""
    suffix: str
    """What hangs on the owner: "led" in "U.S.-led"; empty when nothing does."""
    prefixed: bool
    """Whether "pro-" or "anti-" stands before the owner, which then is not who they are."""
    label: str
    """Class of the group: a key of the table `nouns`."""

    @property
    def places(self) -> list[Place]:
        """The countries, peoples and cities among the owners."""
        return [unit.place for unit in self.owners if unit.place]

    @property
    def country(self) -> Country | None:
        """The first country that an owner tells, a nationality before a city."""
        told = [place for place in self.places if place.country]
        national = [place for place in told if place.form in ("adjective", "name", "people")]
        return next((place.country for place in [*national, *told]), None)


def group_phrase(units: Sequence[Unit], at: int) -> GroupPhrase | None:
    """Read the group whose name starts at `units[at]`; None when none does."""
    prefixed = _is_prefix(units, at)
    owners = _owners(units, at + prefixed)
    after_owners = at + prefixed + len(owners)
    suffix = _suffix(units, after_owners) if owners else ""
    first = after_owners + bool(suffix)
    if first > at and first < len(units) and not units[first].tight:
        return None
    noun = _noun_at(units, first)
    if noun == len(units) or units[noun].tag != "noun" or (noun > at and not units[noun].tight):
        return None
    if not owners and not _may_stand_bare(units, at, noun):
        return None
    if _is_attribute(units, noun) or (units[noun].capital and owners and owners[-1].possessive):
        return None  # "police bus"; "Chile's Supreme Court" is a name of its own
    label = _label(units[noun], units[first:noun], prefixed=prefixed)
    return GroupPhrase(noun + 1, owners, suffix, prefixed, label)


def _is_prefix(units: Sequence[Unit], at: int) -> bool:
    hyphen = at + 1 < len(units) and units[at + 1].gap == "-"
    return hyphen and actor_words().has(units[at].folded, "modifiers.prefixes")


def _owners(units: Sequence[Unit], at: int) -> tuple[Unit, ...]:
    found: list[Unit] = []
    for unit in units[at : at + _MAX_OWNERS]:
        last = found[-1] if found else None
        if unit.tag not in ("place", "known", "name") or not unit.capital:
            break
        if last and (last.possessive or not unit.tight or (unit.tag == "name" and last.tag != "name")):
            break
        found.append(unit)
    return tuple(found)


def _suffix(units: Sequence[Unit], at: int) -> str:
    if at < len(units) and units[at].gap == "-" and actor_words().has(units[at].folded, "modifiers.suffixes"):
        return units[at].folded
    return ""


def _noun_at(units: Sequence[Unit], first: int) -> int:
    """The last noun: of two in a row the first is a modifier, as in "rebel fighters"."""
    at = first
    while at + 1 < len(units) and at - first < _MAX_MODIFIERS and _modifies(units, at):
        at += 1
    return at


def _modifies(units: Sequence[Unit], at: int) -> bool:
    unit, after = units[at], units[at + 1]
    if not after.tight or unit.possessive:
        return False
    if unit.tag == "noun":
        return _noun_follows(units, at + 1)
    return actor_words().has(unit.folded, *_MODIFIERS)


def _noun_follows(units: Sequence[Unit], at: int) -> bool:
    for unit in units[at : at + _MAX_MODIFIERS]:
        if not unit.tight:
            return False
        if unit.tag == "noun":
            return True
        if not actor_words().has(unit.folded, *_MODIFIERS):
            return False
    return False


def _may_stand_bare(units: Sequence[Unit], start: int, noun: int) -> bool:
    words = " ".join(unit.folded for unit in units[start : noun + 1])
    return actor_words().has(units[noun].folded, "nouns.bare") or actor_words().has(words, "nouns.bare")


def _is_attribute(units: Sequence[Unit], noun: int) -> bool:
    """Whether the noun only qualifies the next one: "military aid", "the Armed Forces Act", "police bus"."""
    unit, lists = units[noun], actor_words()
    after = units[noun + 1] if noun + 1 < len(units) else None
    if after is None or unit.label in _NEVER_MODIFY or unit.possessive or after.gap != " ":
        return False
    if after.capital:
        return unit.capital and after.tag in ("name", "noun")
    if unit.folded.endswith("s") or after.tag != "word" or after.folded.endswith("ed"):
        return False
    verbs = ("verbs.speech", "verbs.act", "verbs.auxiliary")
    return not lists.has(after.folded, *verbs, "things.function", "things.ordinary")


def _label(noun: Unit, modifiers: Sequence[Unit], *, prefixed: bool) -> str:
    """The class of the group: the noun's, unless a modifier knows better: "intelligence officials"."""
    words, label = {unit.folded for unit in modifiers}, noun.label
    armed = any(
        actor_words().has(unit.folded, "modifiers.armed") or unit.label == "armed" for unit in modifiers
    )
    if armed and not prefixed and label in ("force", "group", "people", "opposition", "police", "coalition"):
        return "armed"
    for word, of, instead in _BETTER:
        if word in words and label == of:
            return instead
    return label


_BETTER = (
    ("intelligence", "state", "spies"),
    ("military", "state", "force"),
    ("army", "state", "force"),
    ("navy", "state", "force"),
    ("opposition", "state", "opposition"),
    ("police", "force", "police"),
    ("rights", "group", "aid"),
    ("aid", "group", "aid"),
    ("humanitarian", "group", "aid"),
    ("monitoring", "group", "aid"),
)
"""Modifier, class of the noun, class of both together."""
