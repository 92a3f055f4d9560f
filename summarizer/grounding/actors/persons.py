"""Persons: a title and a name, a name that speaks, a name with its office beside it."""

from collections.abc import Sequence

from summarizer.article import Article
from summarizer.grounding.actors.known import country_of_leader
from summarizer.grounding.actors.offices import Office, office_around
from summarizer.grounding.actors.spotting import Reading, Spotting, surface
from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words

__all__ = ["name_end", "person"]

_MAX_NAME = 7
_MAX_BARE = 5


def person(units: Sequence[Unit], at: int, article: Article, sentence: int) -> Reading | None:
    """A person whose title or name starts at `units[at]`."""
    start = at
    while start < len(units) and units[start].tag == "title" and (start == at or units[start].tight):
        start += 1
    titled = start > at
    if titled and (start == len(units) or not units[start].tight):
        return _office_alone(units, at, start, article, sentence)
    end = name_end(units, start)
    if end == start:
        return _office_alone(units, at, start, article, sentence) if titled else None
    if titled and (units[start - 1].possessive or not units[start].capital and units[start].tag != "particle"):
        return None
    name = surface(units, start, end, article.text)
    office = office_around(units, at, start, end, article.text)
    known = units[start].known
    shared = units[start - 1].folded.endswith("s") if titled else True
    aliases = () if shared else (surface(units, at, end, article.text),)
    return Reading(
        end,
        Spotting(
            name=name,
            start=units[start].start,
            end=units[end - 1].end,
            sentence=sentence,
            kind="person" if titled or known else None,
            country=(known.country if known else None) or office.country or (country_of_leader(name) if titled else None),
            sector=office.sector or (known.sector if known else None),
            role=office.role,
            aliases=aliases,
            refers=office.refers,
            evidence=5.0 if titled or known else _evidence(units, start, end, office),
        ),
    )


def name_end(units: Sequence[Unit], start: int) -> int:
    """Where the name that starts at `units[start]` ends; `start` itself when none starts there."""
    if start >= len(units) or not _may_open(units, start):
        return start
    end = start + 1
    while end < len(units) and end - start < _MAX_NAME and units[end].tight and not units[end - 1].possessive:
        step = _step(units, end)
        if not step:
            break
        end += step
    return end


def _may_open(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    if unit.known and unit.known.kind == "person":
        return True
    if unit.tag == "particle":
        opening = unit.folded in actor_words().tables["particles.opening"]
        return opening and at + 1 < len(units) and units[at + 1].tag == "name" and units[at + 1].gap == "-"
    return unit.tag == "name"


def _step(units: Sequence[Unit], at: int) -> int:
    """How many units from `at` on belong to the name."""
    unit = units[at]
    if unit.tag == "name":
        return 1
    if unit.known and unit.known.kind == "person":
        return int(actor_words().has(units[at - 1].text, "given_names.words"))
    after = units[at + 1] if at + 1 < len(units) else None
    if unit.tag == "particle" and after and after.tight and after.tag == "particle" and at + 2 < len(units):
        return 3 if units[at + 2].tag == "name" and units[at + 2].tight else 0
    if unit.tag == "particle" and after and after.tight and (after.tag == "name" or after.is_form("place", "capital")) and after.capital:
        return 2
    closes = after is None or not after.tight or not after.capital
    return 1 if unit.tag == "title" and unit.capital and closes and actor_words().has(units[at - 1].text, "given_names.words") else 0


def _office_alone(units: Sequence[Unit], at: int, end: int, article: Article, sentence: int) -> Reading | None:
    """"The Chilean president" without a name: an alias of whoever holds the office."""
    owner = units[at - 1] if at else None
    if owner is None or owner.place is None or not owner.place.country or owner.gap == "-" or not units[at].tight:
        return Reading(end, None)
    title = " ".join(unit.folded for unit in units[at:end])
    name = surface(units, at - 1, end, article.text)
    key = f"office:{owner.place.country}:{title}"
    return Reading(end, Spotting(name, owner.start, units[end - 1].end, sentence, key, None, owner.place.country, evidence=0.0))


def _evidence(units: Sequence[Unit], start: int, end: int, office: Office) -> float:
    """How much the words around speak for a person: above 2 they do, below zero against."""
    lists = actor_words()
    before = units[start - 1] if start else None
    after = units[end] if end < len(units) else None
    first = units[start].text
    score = 3.0 if office.role else 0.0
    score += 1.0 if 1 < end - start <= _MAX_BARE else 0.0
    score += 2.0 if lists.has(first.split()[0], "given_names.words", "given_names.family_first") and end - start > 1 else 0.0
    score += 0.5 if units[end - 1].possessive else 0.0
    if after:
        score += _after(after, units[end + 1] if end + 1 < len(units) else None)
    if before and units[start].gap in (" ", ", ", "\xa0"):
        score += _before(before, units[start].gap, after)
    if units[start].opens and end - start == 1 and after and after.gap.startswith(","):
        score -= 3.0  # "Nonetheless, ..."
    if sum(letter.isupper() for letter in first) > 1 and end - start == 1 and "-" not in first and not first.startswith(("Mc", "Mac", "De", "O'")):
        score -= 4.0
    return score


def _after(after: Unit, further: Unit | None) -> float:
    lists = actor_words()
    if after.gap == " " and lists.has(after.folded, "verbs.speech"):
        return 3.0
    if after.gap == " " and lists.has(after.folded, "verbs.act", "verbs.auxiliary"):
        return 1.5
    if after.gap == ", " and (after.tag == "number" or after.folded in ("who", "whose", "aged")):
        return 3.0
    if after.gap == ", " and lists.has(after.folded, "verbs.speech"):
        return 2.0
    if after.is_form("name", "place", "capital") and after.gap == ", ":
        return -3.0
    if after.gap == " " and lists.has(after.folded, "locatives.nouns"):
        return -4.0
    return 1.0 if after.folded == "of" and further and (further.folded == "the" or further.known) else 0.0


def _before(before: Unit, gap: str, after: Unit | None) -> float:
    lists = actor_words()
    if lists.has(before.folded, "verbs.speech"):
        return 3.0
    if lists.has(before.folded, "locatives.before"):
        return -3.0
    if lists.has(before.folded, "locatives.unsure"):
        return -0.5
    if before.folded in ("the", "a", "an", "this", "that"):
        return 0.0 if after and after.gap == " " and after.tag == "word" and not after.capital else -3.0
    return -1.0 if gap == " " and lists.has(before.folded, "locatives.nouns") else 0.0
