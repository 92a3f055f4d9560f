"""When two names are one person: "Gen. Maria L. Ortega", "Maria Ortega", "Ortega" and the misspelt "Ortegga"."""

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.words import actor_words
from summarizer.grounding.name_tokens import tokens

__all__ = ["full_name", "name_words", "same_person", "similar"]

_LONG_ENOUGH = 7
"""Letters a word needs before a small difference in spelling is forgiven."""
_CLOSE = 0.85


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words that tell a person: lower case, without accents, particles, initials, and "Jr."."""
    lists = actor_words()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = [token.text.casefold() for token in tokens(plain)]
    kept = [
        word
        for word in words
        if not lists.has(word, "particles.inside", "particles.suffixes") and not word.endswith(".")
    ]
    return tuple(kept or words)


@lru_cache(maxsize=16_384)
def similar(one: str, other: str) -> bool:
    """Whether two words are equal or so close that one is a misspelling of the other."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _CLOSE


def full_name(entity: Entity) -> str:
    """The name of a person with most words, for comparing."""
    return form_key(
        max((s.name for s in entity.spottings if s.evidence), key=lambda name: len(name_words(name)))
    )


def same_person(name: str, full: str) -> bool:
    """Whether `name` may be a shorter, equal or misspelt form of the name `full`."""
    short, known = name_words(name), name_words(full)
    if not short or not known:
        return False
    if len(short) == 1:
        return similar(short[0], known[-1]) or short[0] in known
    if len(known) == 1:
        return similar(short[-1], known[0])
    if not similar(short[-1], known[-1]):
        return " ".join(short) in " ".join(known)
    first, other = short[0], known[0]
    return first == other or first in known or SequenceMatcher(None, first, other).ratio() >= _CLOSE - 0.1
