"""States: a country's name, its capital or seat of government where it acts, its people as a whole."""

from collections.abc import Sequence

from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words

__all__ = ["state"]

_DEALT_WITH = ("between", "against", "with", "by", "for", "urged", "unless", "that", "both", "while", "as")
"""Words before a capital that deals or is dealt with: "unless Caracas", "talks between Lima and Quito"."""
_ACTOR, _ONLY_A_PLACE, _ITS_PEOPLE, _A_POPULATION = 2.0, 0.2, 0.5, 0.8
"""Evidence of the four ways to name a country."""


def state(sentence: Tagged, at: int) -> Reading | None:
    """A state at unit `at`; a mere place or nationality is read without a spotting."""
    units = sentence.units
    unit, place = units[at], units[at].place
    if place is None:
        return None
    if place.form == "people":
        return Reading(at + 1, _people(sentence, at))
    locative = _is_locative(units, at)
    idle = (place.form == "capital" and not _acts(units, at)) or (place.form == "metonym" and locative)
    if idle or place.form in ("adjective", "place", "thing"):
        return Reading(at + 1, None)
    breakaway = place.form == "breakaway"
    spotting = Spotting(
        name=unit.text,
        start=unit.start,
        end=unit.end,
        sentence=sentence.number,
        key=f"state:{unit.text if breakaway else place.country}",
        kind="state",
        country=place.country,
        sector="PRE" if breakaway else "GOV",
        evidence=_ONLY_A_PLACE if locative else _ACTOR,
    )
    return Reading(at + 1, spotting)


def _people(sentence: Tagged, at: int) -> Spotting:
    """A diplomat's "the Chileans" are the state; "Chileans" who march are a population."""
    unit = sentence.units[at]
    country = unit.place.country if unit.place else None
    whole = country is not None and at > 0 and sentence.units[at - 1].folded == "the"
    return Spotting(
        name=f"the {unit.text}" if whole else unit.text,
        start=unit.start,
        end=unit.end,
        sentence=sentence.number,
        key=f"state:{country}" if whole else f"people:{country or unit.text}",
        kind="state" if whole else "population",
        country=country,
        sector="GOV" if whole else "CVL",
        evidence=_ITS_PEOPLE if whole else _A_POPULATION,
    )


def _is_locative(units: Sequence[Unit], at: int) -> bool:
    """Whether `units[at]` only says where: "in Chile", "northern Chile", "Valdivia, Chile"."""
    if at == 0:
        return False
    before = units[at - 2] if at > 1 and units[at - 1].folded in ("the", "a") else units[at - 1]
    if actor_words().has(before.folded, "locatives.before"):
        return True
    return units[at].gap == ", " and (before.tag == "name" or before.is_form("place", "capital"))


def _acts(units: Sequence[Unit], at: int) -> bool:
    """Whether a capital stands for its government: it acts, or a relation or another government stands beside it."""
    if _is_locative(units, at):
        return False
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    if (
        after
        and after.gap == " "
        and actor_words().has(after.folded, "verbs.speech", "verbs.act", "verbs.auxiliary")
    ):
        return True
    if before and before.folded == "and" and at > 1 and _is_government(units[at - 2]):
        return True
    if after and after.folded == "and" and at + 2 < len(units) and _is_government(units[at + 2]):
        return True
    ends = after is None or after.gap != " " or after.tag in ("word", "particle")
    return ends and before is not None and before.folded in _DEALT_WITH


def _is_government(unit: Unit) -> bool:
    return unit.is_form("capital", "name", "metonym")
