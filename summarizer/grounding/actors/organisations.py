"""Organisations, by name or by the last word of their names; and capitalised runs that are things or places."""

from collections.abc import Sequence

from summarizer.grounding.actors.acronyms import name_after
from summarizer.grounding.actors.sectors import sector_of
from summarizer.grounding.actors.spotting import Reading, Spotting, run_end
from summarizer.grounding.actors.units import Tagged, Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind
from summarizer.types.actors import Country

__all__ = ["known_organisation", "organisation"]

_GENERIC = {
    "forces": "force",
    "army": "force",
    "military": "force",
    "troops": "force",
    "government": "state",
    "administration": "state",
    "police": "police",
}
"""Heads that with a nationality alone name no organisation of their own, and the group they name."""


def known_organisation(sentence: Tagged, at: int) -> Reading | None:
    """An organisation of the table at unit `at`."""
    unit = sentence.units[at]
    if unit.known is None or unit.is_person:
        return None
    spotting = Spotting(
        name=unit.text,
        start=unit.start,
        end=unit.end,
        sentence=sentence.number,
        key=f"known:{unit.known.name}",
        kind=unit.known.kind,
        country=unit.known.country,
        sector=unit.known.sector,
        aliases=name_after(sentence.text, unit.end),
        evidence=3.0,
    )
    return Reading(at + 1, spotting)


def organisation(sentence: Tagged, at: int) -> Reading | None:
    """An organisation whose name starts at unit `at`, or a capitalised thing or place that is none."""
    units = sentence.units
    run = run_end(units, at)
    if run == at or (units[at].tag == "known" and run == at + 1):
        return None
    head = _last_head(units, at, run)
    if head is None:
        return _with_lower_head(sentence, at, run) or _no_actor(units, at, run)
    if _is_thing(units, at, head, run):
        return Reading(run, None)
    end = _with_tail(units, head + 1) if head == run - 1 else head + 1
    if end == at + 1 and not _stands_alone(units[at]):
        return None
    return Reading(end, _spotting(sentence, at, end, head))


def _last_head(units: Sequence[Unit], start: int, end: int) -> int | None:
    heads = actor_words().heads
    found = (at for at in reversed(range(start, end)) if units[at].last in heads and units[at].tag != "known")
    return next(found, None)


def _is_thing(units: Sequence[Unit], at: int, head: int, run: int) -> bool:
    """Whether the run is a law, a treaty or a weapon although a head is in it: "Armed Forces Act"."""
    lists = actor_words()
    if head < run - 1 and lists.has(units[run - 1].folded, "things.heads"):
        return True
    made = lists.heads.get(units[head].last) in ("company", "other")
    return made and any(lists.has(unit.folded, "things.heads") for unit in units[at:head])


def _with_tail(units: Sequence[Unit], end: int) -> int:
    """Take in "of Foreign Affairs", "for the Study of War"."""
    lists, first = actor_words(), end
    if not lists.has(units[end - 1].last, "heads.opening") or units[end - 1].possessive:
        return end
    while (
        end < len(units) - 1
        and lists.has(units[end].folded, "particles.connectors")
        and units[end].gap == " "
    ):
        connector, name = units[end].folded, end + 1 + (units[end + 1].folded == "the")
        stop = run_end(units, name) if name < len(units) and units[name].tight else name
        two = connector == "and" and end == first  # "the Army and the Navy"
        aside = connector == "on" and stop > name and (units[name].place or units[name].known)
        if stop == name or two or aside:
            break
        end = stop
    return end


def _stands_alone(unit: Unit) -> bool:
    """Whether one capitalised word such as "Parliament" is a name here and no mere opening of a sentence."""
    official = actor_words().heads.get(unit.folded) in ("government_body", "armed_force")
    return official and not unit.opens and unit.tag in ("name", "noun")


def _with_lower_head(sentence: Tagged, at: int, run: int) -> Reading | None:
    """Read "Basmanny court" or "Haqqani network": an unknown name and a head in lower case."""
    units, lists = sentence.units, actor_words()
    if run >= len(units) or not lists.has(units[run].last, "heads.lower"):
        return None
    if (
        not units[run].tight
        or units[run - 1].possessive
        or not any(unit.tag == "name" for unit in units[at:run])
    ):
        return None
    kind = lists.descriptors.get(units[run].folded) or lists.heads.get(units[run].last)
    return Reading(run + 1, _spotting(sentence, at, run + 1, run, kind=kind))


def _no_actor(units: Sequence[Unit], at: int, run: int) -> Reading | None:
    """A treaty, weapon, sea or street: read as a whole, so that no part of it is taken for an actor."""
    lists, last = actor_words(), units[run - 1]
    if run - at > 1 and lists.has(last.last, "things.heads", "locatives.nouns"):
        return Reading(run, None)
    after = units[run] if run < len(units) else None
    if after is None or after.gap != " " or last.possessive or last.tag != "name":
        return None
    qualifies = lists.has(after.folded, "things.heads", "locatives.nouns") and (
        not after.capital or run - at == 1
    )
    return Reading(run, None) if qualifies else None


def _spotting(sentence: Tagged, at: int, end: int, head: int, *, kind: ActorKind | None = None) -> Spotting:
    units = sentence.units
    kind = kind or _kind(units, at, head)
    name = sentence.words(at, end)
    country = _country(units, at, end)
    owned = (sentence.words(at - 1, end),) if _owner(units, at) else ()
    generic = _GENERIC.get(units[head].last) if country and _is_plain(units, at, head) else None
    return Spotting(
        name=name,
        start=units[at].start,
        end=units[end - 1].end,
        sentence=sentence.number,
        key=f"{generic}:{country}" if generic else "",
        kind=kind,
        country=None if kind == "igo" else country,
        sector=sector_of(kind, name),
        aliases=(*owned, *name_after(sentence.text, units[end - 1].end)),
        evidence=2.0,
    )


def _is_plain(units: Sequence[Unit], at: int, head: int) -> bool:
    """Whether the name only says whose: "Chilean Army" is the Chilean forces, "Chilean Antarctic Army" is a name."""
    return all(unit.place or actor_words().has(unit.folded, "modifiers.plain") for unit in units[at:head])


def _kind(units: Sequence[Unit], at: int, head: int) -> ActorKind:
    lists = actor_words()
    kind = lists.heads.get(units[head].last, "other")
    before = [unit.folded for unit in units[at:head]]
    civil = kind in ("government_body", "other", "company", "ngo") and units[head].last not in (
        "party",
        "movement",
    )
    if civil and any(lists.has(word, "heads.international") for word in before):
        return "igo"
    irregular = (kind == "armed_force" or units[head].last == "movement") and any(
        lists.has(word, "heads.irregular") for word in before
    )
    return "armed_group" if irregular or any(lists.has(word, "heads.warlike") for word in before) else kind


def _country(units: Sequence[Unit], at: int, end: int) -> Country | None:
    """The country of the owner before the name, else the one in it: not what an institute is "for" or "on"."""
    owner = _owner(units, at)
    if owner and owner.place and owner.place.country:
        return owner.place.country
    stop = next((place for place in range(at, end) if units[place].folded in ("for", "on", "against")), end)
    return next((unit.place.country for unit in units[at:stop] if unit.place and unit.place.country), None)


def _owner(units: Sequence[Unit], at: int) -> Unit | None:
    """The country right before the name: "Chile's Supreme Court"."""
    before = units[at - 1] if at else None
    if before is None or before.place is None or not units[at].tight:
        return None
    return before if before.possessive or before.is_form("adjective", "name") else None
