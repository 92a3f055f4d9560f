"""States: a country's name, its capital or seat of government where it acts, its people as a whole."""

from collections.abc import Sequence

from summarizer.grounding.actors.spotting import Reading, Spotting
from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words

__all__ = ["is_locative", "state"]


def state(units: Sequence[Unit], at: int, sentence: int) -> Reading | None:
    """A state at `units[at]`; a mere place or nationality is read without a spotting."""
    unit, place = units[at], units[at].place
    if place is None:
        return None
    if place.form in ("adjective", "place", "thing") or (place.form == "capital" and not _acts(units, at)):
        return Reading(at + 1, None)
    if place.form == "people":
        return Reading(at + 1, _people(units, at, sentence))
    if place.form == "metonym" and is_locative(units, at):
        return Reading(at + 1, None)
    evidence = 0.2 if is_locative(units, at) else 2.0
    sector = "PRE" if place.form == "breakaway" else "GOV"
    key = f"state:{place.country}" if place.form != "breakaway" else f"state:{unit.text}"
    return Reading(
        at + 1,
        Spotting(unit.text, unit.start, unit.end, sentence, key, "state", place.country, sector, evidence=evidence),
    )


def _people(units: Sequence[Unit], at: int, sentence: int) -> Spotting:
    """"The Russians" of a diplomat are the state; "Russians" who march are a population."""
    unit, place = units[at], units[at].place
    country = place.country if place else None
    definite = at > 0 and units[at - 1].folded == "the" and country is not None
    if definite:
        return Spotting(f"the {unit.text}", unit.start, unit.end, sentence, f"state:{country}", "state", country, "GOV", evidence=0.5)
    return Spotting(unit.text, unit.start, unit.end, sentence, f"people:{country or unit.text}", "population", country, "CVL", evidence=0.8)


def is_locative(units: Sequence[Unit], at: int) -> bool:
    """Whether `units[at]` only says where: "in Chile", "northern Chile", "Santiago, Chile", "flew to Chile"."""
    if at == 0:
        return False
    before, lists = units[at - 1], actor_words()
    if before.folded in ("the", "a") and at > 1:
        before = units[at - 2]
    if lists.has(before.folded, "locatives.before"):
        return True
    return units[at].gap == ", " and (before.tag == "name" or before.is_form("place", "capital"))


def _acts(units: Sequence[Unit], at: int) -> bool:
    """Whether a capital stands for its government: it acts, or another capital or a relation stands beside it."""
    if is_locative(units, at):
        return False
    after = units[at + 1] if at + 1 < len(units) else None
    lists = actor_words()
    if after and after.gap == " " and lists.has(after.folded, "verbs.speech", "verbs.act", "verbs.auxiliary"):
        return True
    before = units[at - 1].folded if at else ""
    joined = (before == "and" and at > 1 and _is_government(units[at - 2])) or (
        after is not None and after.folded == "and" and at + 2 < len(units) and _is_government(units[at + 2])
    )
    ends = after is None or after.gap != " " or after.tag in ("word", "particle")
    return joined or (before in ("between", "against", "with", "by", "for", "urged", "unless", "that", "both", "while", "as") and ends)


def _is_government(unit: Unit) -> bool:
    return unit.is_form("capital", "name", "metonym")
