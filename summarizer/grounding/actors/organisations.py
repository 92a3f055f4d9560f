"""Organisations by the last word of their names: ministries, armies, parties, courts, papers; and what only looks like one."""

import re
from collections.abc import Sequence

from summarizer.article import Article
from summarizer.grounding.actors.spotting import Reading, Spotting, run_end, surface
from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind
from summarizer.types.actors import Country, Sector

__all__ = ["acronym_after", "described", "known_organisation", "organisation", "sector_of"]

_SECTORS: dict[ActorKind, Sector] = {
    "state": "GOV",
    "government_body": "GOV",
    "armed_force": "MIL",
    "armed_group": "REB",
    "media": "JRN",
    "company": "BUS",
    "population": "CVL",
}
_BODIES: tuple[tuple[str, Sector], ...] = (
    (r"court|tribunal|judicia|prosecut|justice ministry", "JUD"),
    (r"parliament|congress|senate|duma|assembly|legislat|chamber|house of", "LEG"),
    (r"police|interior|gendarm|customs|law enforcement|investigat", "COP"),
    (r"intelligence|security service|spy", "SPY"),
    (r"party", "PTY"),
    (r"universit|school|institute|college|academy|center|centre", "EDU"),
    (r"church|congregation|brotherhood", "REL"),
)
_GENERIC = {
    "forces": "force", "army": "force", "military": "force", "troops": "force",
    "government": "state", "administration": "state", "police": "police",
}
_LOWER_HEADS = frozenset(
    ("party", "court", "group", "network", "militia", "movement", "front", "brigade", "battalion", "newspaper", "ministry", "parliament")
    + ("council", "tribunal", "cartel", "gang", "clan", "faction", "bank", "company", "university", "agency", "magazine")
)
_WARLIKE = frozenset(("jihad", "mujahideen", "mujahedeen", "resistance", "martyrs", "guerrilla", "rebel"))
_SPELLED = r"(?P<name>[A-Z][\w’'&-]*(?:\s[A-Z][\w’'&-]*){0,3})"
_IN_BRACKETS = re.compile(rf"[’']?s?\s?\((?:also known as |known as |or |the )*{_SPELLED}\)")
_OR = re.compile(
    rf",\s(?:(?:or|also known as|better known as|known as|known by its (?:[A-Za-z]+ )?(?:acronym|initials)|also called)\s(?:the\s)?){_SPELLED}"
)


def sector_of(kind: ActorKind | None, name: str) -> Sector | None:
    """The PLOVER sector that an organisation's kind and name tell."""
    for pattern, sector in _BODIES:
        if kind in ("government_body", "other") and re.search(pattern, name, re.IGNORECASE):
            return sector
    return _SECTORS.get(kind) if kind else None


def acronym_after(text: str, end: int) -> tuple[str, ...]:
    """The other name given right after a name that ends at `end`: "(HRC)", ", or HRC,", "also known as the Band"."""
    match = _IN_BRACKETS.match(text, end)
    if match is None:
        match = _OR.match(text, end)
        if match and " or " in match.group(0)[:6] and sum(letter.isupper() for letter in match["name"]) < 2:  # noqa: PLR2004 - "or Moscow" is a choice, not an acronym
            return ()
    return (match["name"],) if match else ()


def known_organisation(units: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    """An organisation known by name at `units[at]`."""
    actor = units[at].known
    if actor is None or actor.kind == "person":
        return None
    unit = units[at]
    return Reading(
        at + 1,
        Spotting(
            name=unit.text,
            start=unit.start,
            end=unit.end,
            sentence=sentence,
            key=f"known:{actor.name}",
            kind=actor.kind,
            country=actor.country,
            sector=actor.sector,
            aliases=acronym_after(article.text, unit.end),
            evidence=3.0,
        ),
    )


def organisation(units: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    """An organisation whose name starts at `units[at]`, or a capitalised thing or place that is none."""
    run = run_end(units, at)
    if run == at or (units[at].tag == "known" and run == at + 1):
        return None
    head = _last_head(units, at, run)
    if head is not None and head < run - 1 and actor_words().has(units[run - 1].folded, "things.heads"):
        return Reading(run, None)
    if head is None:
        return _with_lower_head(units, at, run, article, sentence) or _no_actor(units, at, run)
    if _is_weapon(units[at : head + 1]):
        return Reading(head + 1, None)
    end = _with_tail(units, head + 1) if head == run - 1 else head + 1
    if end == at + 1 and not _stands_alone(units, at):
        return None
    return Reading(end, _spotting(units, at, end, head, article, sentence))


def described(units: Sequence[Unit], start: int, end: int, article: Article, sentence: int) -> Spotting | None:
    """An unknown name that the words beside it describe: "the rebel group NAME", "NAME, a charity that ..."."""
    kind = _described_before(units, start) or _described_after(units, end)
    if kind is None:
        return None
    name = surface(units, start, end, article.text)
    around = [unit.place.country for unit in units[max(0, start - 4) : start] if unit.place and unit.tight]
    return Spotting(
        name=name,
        start=units[start].start,
        end=units[end - 1].end,
        sentence=sentence,
        kind=kind,
        country=next((country for country in around if country), None),
        sector=sector_of(kind, name),
        aliases=acronym_after(article.text, units[end - 1].end),
        evidence=2.0,
    )


def _described_before(units: Sequence[Unit], start: int) -> ActorKind | None:
    descriptors = actor_words().descriptors
    stop = start - (start > 0 and units[start - 1].folded in ("called", "named", "known", "the"))
    if start == 0 or not units[start].tight:
        return None
    joined = [" ".join(unit.folded for unit in units[first:stop]) for first in range(max(0, stop - 3), stop)]
    return next((descriptors[phrase] for phrase in joined if phrase in descriptors), None)


def _described_after(units: Sequence[Unit], end: int) -> ActorKind | None:
    if end >= len(units) or units[end].gap != ", " or units[end].folded not in ("a", "an", "the", "one"):
        return None
    descriptors, clause = actor_words().descriptors, []
    for unit in units[end + 1 : end + 8]:
        if not unit.tight or unit.tag == "title":
            break
        clause.append(unit.folded)
        joined = " ".join(clause)
        found = next((kind for phrase, kind in descriptors.items() if joined == phrase or joined.endswith(f" {phrase}")), None)
        if found and unit.folded not in ("rebel", "militant"):
            return found
    return None


def _is_weapon(run: Sequence[Unit]) -> bool:
    lists = actor_words()
    made = lists.heads.get(run[-1].folded) in ("company", "other")
    return made and any(lists.has(unit.folded, "things.heads") for unit in run[:-1])


def _last_head(units: Sequence[Unit], start: int, end: int) -> int | None:
    heads = actor_words().heads
    return next((at for at in reversed(range(start, end)) if units[at].folded.split()[-1] in heads and units[at].tag != "known"), None)


def _with_tail(units: Sequence[Unit], end: int) -> int:
    """Take in "of Foreign Affairs", "for the Study of War"."""
    lists = actor_words()
    if not lists.has(units[end - 1].folded, "heads.opening") or units[end - 1].possessive:
        return end
    while end < len(units) - 1 and units[end].folded in lists.tables["particles.connectors"] and units[end].gap == " ":
        name = end + 1 + (units[end + 1].folded == "the")
        stop = run_end(units, name) if name < len(units) and units[name].tight else name
        if units[end].folded == "on" and stop > name and (units[name].place or units[name].known):
            break
        if stop == name:
            break
        end = stop
    return end


def _stands_alone(units: Sequence[Unit], at: int) -> bool:
    """Whether one capitalised word such as "Parliament" is a name here and no mere opening of a sentence."""
    kind = actor_words().heads.get(units[at].folded)
    return kind == "government_body" and not units[at].opens and units[at].tag in ("name", "noun")


def _with_lower_head(units: Sequence[Unit], at: int, run: int, article: Article, sentence: int) -> Reading | None:
    """"Basmanny court", "Haqqani network": an unknown name and a head in lower case."""
    if run >= len(units) or units[run].folded.split()[-1] not in _LOWER_HEADS or not units[run].tight or units[run - 1].possessive:
        return None
    if units[at].opens and run == at + 1 and units[at].tag != "name":
        return None
    if not any(unit.tag == "name" for unit in units[at:run]):
        return None
    words = actor_words()
    kind = words.descriptors.get(units[run].folded) or words.heads.get(units[run].folded.split()[-1])
    if kind == "other" and units[run].folded == "group":
        kind = None
    spotting = _spotting(units, at, run + 1, run, article, sentence, kind=kind)
    return Reading(run + 1, spotting)


def _no_actor(units: Sequence[Unit], at: int, run: int) -> Reading | None:
    """A treaty, weapon, sea or street: read as a whole, so that no part of it is taken for an actor."""
    lists, last = actor_words(), units[run - 1]
    if run - at > 1 and lists.has(last.folded.split()[-1], "things.heads", "locatives.nouns"):
        return Reading(run, None)
    after = units[run] if run < len(units) else None
    if after and after.gap == " " and not last.possessive and last.tag == "name" and lists.has(after.folded, "things.heads", "locatives.nouns"):
        return Reading(run, None) if not after.capital or run - at == 1 else None
    return None


def _spotting(
    units: Sequence[Unit], at: int, end: int, head: int, article: Article, sentence: int, *, kind: ActorKind | None = None
) -> Spotting:
    kind = kind or _kind(units, at, head)
    name = surface(units, at, end, article.text)
    country, owned = _owner(units, at, end, article.text)
    key = f"{_GENERIC[units[head].folded]}:{country}" if country and _is_generic(units, at, head) else ""
    return Spotting(
        name=name,
        start=units[at].start,
        end=units[end - 1].end,
        sentence=sentence,
        key=key,
        kind=kind,
        country=None if kind == "igo" else country,
        sector=sector_of(kind, name),
        aliases=(*owned, *acronym_after(article.text, units[end - 1].end)),
        evidence=2.0,
    )


def _is_generic(units: Sequence[Unit], at: int, head: int) -> bool:
    """Whether the name only says whose: "Chilean Army" is the Chilean forces, "Chilean Antarctic Army" is a name."""
    lists = actor_words()
    plain = all(unit.place or lists.has(unit.folded, "modifiers.plain") for unit in units[at:head])
    return plain and units[head].folded in _GENERIC


def _kind(units: Sequence[Unit], at: int, head: int) -> ActorKind:
    lists = actor_words()
    kind = lists.heads[units[head].folded.split()[-1]]
    before = [unit.folded for unit in units[at:head]]
    if kind in ("government_body", "other", "company", "ngo") and any(word in lists.tables["heads.international"] for word in before):
        return "igo" if units[head].folded != "party" else kind
    if any(word in _WARLIKE for word in before):
        return "armed_group"
    if (kind == "armed_force" or units[head].folded == "movement") and any(word in lists.tables["heads.irregular"] for word in before):
        return "armed_group"
    return kind


def _owner(units: Sequence[Unit], at: int, end: int, text: str) -> tuple[Country | None, tuple[str, ...]]:
    """The country the name itself or its owner before it tells, and the name with its owner."""
    stop = next((place for place in range(at, end) if units[place].folded in ("for", "on", "against")), end)
    inside = next((unit.place.country for unit in units[at:stop] if unit.place and unit.place.country), None)
    if at and units[at - 1].place and (units[at - 1].possessive or units[at - 1].is_form("adjective", "name")) and units[at].gap in (" ", "-"):
        place = units[at - 1].place
        owned = text[units[at - 1].start : units[end - 1].end]
        return (place.country if place else None) or inside, (owned,)
    return inside, ()
