"""How much the words around an unknown name speak for a person, and how much for a place or an acronym.

The weights were set by hand on news text: a verb of speech or an office settles it, a preposition of place or an
article before the name speaks against it as strongly, and a common given name needs one more sign.
"""

from collections.abc import Sequence

from summarizer.grounding.actors.units import Unit
from summarizer.grounding.actors.words import actor_words

__all__ = ["person_evidence"]

_MAX_WORDS = 5
_SURNAME_CAPITALS = ("Mc", "Mac", "De", "O'")


def person_evidence(units: Sequence[Unit], start: int, end: int, *, has_office: bool) -> float:
    """Weigh the name `units[start:end]`: from 2.5 on it is a person's, below zero it is not.

    Args:
        units: The units of the sentence.
        start: First unit of the name.
        end: One past its last unit.
        has_office: Whether an office stands beside the name.
    """
    before = units[start - 1] if start else None
    after = units[end] if end < len(units) else None
    score = (3.0 if has_office else 0.0) + _form(units[start:end])
    if after:
        score += _after(after, units[end + 1] if end + 1 < len(units) else None)
    if before and units[start].gap in (" ", ", "):
        score += _before(before, units[start].gap, after)
    if units[start].opens and end - start == 1 and after and after.gap.startswith(","):
        score -= 3.0  # "Nonetheless, ..."
    return score


def _form(name: Sequence[Unit]) -> float:
    """What the name itself tells."""
    lists, first = actor_words(), name[0].text.split()[0]
    if len(name) == 1:
        return (0.5 if name[0].possessive else 0.0) - (4.0 if _is_acronym(name[0].text) else 0.0)
    score = 1.0 if len(name) <= _MAX_WORDS else 0.0
    score += 2.0 if lists.has(first, "given_names.words", "given_names.family_first") else 0.0
    score += 1.5 if any(unit.tag == "particle" for unit in name[1:]) else 0.0
    return score + (0.5 if name[-1].possessive else 0.0)


def _is_acronym(word: str) -> bool:
    letters = word.replace("-", "")
    capitals = sum(letter.isupper() for letter in letters)
    return capitals > 1 and (letters.isupper() or "-" not in word) and not word.startswith(_SURNAME_CAPITALS)


def _after(after: Unit, further: Unit | None) -> float:
    if after.gap == " ":
        return _directly_after(after, further)
    return _after_a_comma(after) if after.gap == ", " else 0.0


def _directly_after(after: Unit, further: Unit | None) -> float:
    lists = actor_words()
    if lists.has(after.folded, "verbs.speech"):
        return 3.0
    if lists.has(after.folded, "verbs.act", "verbs.auxiliary"):
        return 1.5
    if lists.has(after.folded, "locatives.nouns"):
        return -4.0
    belongs = (
        after.folded == "of"
        and further is not None
        and (further.folded == "the" or further.known is not None)
    )
    return 1.0 if belongs else 0.0


def _after_a_comma(after: Unit) -> float:
    if after.tag == "number" or after.folded in ("who", "whose", "aged"):
        return 3.0
    if actor_words().has(after.folded, "verbs.speech"):
        return 2.0
    return -3.0 if after.is_form("name", "place", "capital") else 0.0


def _before(before: Unit, gap: str, after: Unit | None) -> float:
    lists = actor_words()
    if lists.has(before.folded, "verbs.speech"):
        return 3.0
    if lists.has(before.folded, "locatives.before"):
        return -3.0
    if lists.has(before.folded, "locatives.unsure"):
        return -0.5
    if before.folded in ("the", "a", "an", "this", "that"):
        qualifies = after is not None and after.gap == " " and after.tag == "word" and not after.capital
        return 0.0 if qualifies else -3.0  # "the Ortega trial" is about a person
    return -1.0 if gap == " " and lists.has(before.folded, "locatives.nouns") else 0.0
