"""Whether an actor of one article is an actor of another: by name, title, acronym, nationality and country.

A name tells little alone: two countries each have a Defense Ministry, and two families can be called Quell. So a
name that many bear counts only together with a country or an owner, a surname alone only where one person can be
meant, and two different countries or first names always part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from summarizer.article import Article
from summarizer.grounding.actors.entities import form_key
from summarizer.grounding.actors.person_names import name_words, similar
from summarizer.grounding.actors.words import actor_words
from summarizer.types import Actor
from summarizer.types.note import Source, SourceId

__all__ = ["Entry", "Family", "entries_of", "is_common", "may_be_one", "same_full_name"]

Family = Literal["person", "state", "population", "organisation"]

_OWNER = re.compile(r"\b([A-Z][\w-]+)(?:['’]s?)?\s+$")
_PEOPLE = ("ians", "ans", "ns", "ese", "ish", "ian", "an", "n", "i", "s")
"""Endings that make a nationality of a country's name, the longest first."""
_STEM = 4
_SHORT = 3
"""Letters: a shorter word before a name is an article or a preposition."""
_PORTFOLIO = frozenset(
    re.findall(
        r"\S+",
        "the of and for defense defence foreign interior home finance justice state national federal supreme general "
        "joint central ruling main security coast border special armed public local senior western eastern northern "
        "southern opposition health oil energy trade high court chief staff chamber house council",
    )
)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on"})
_SHORTEST, _LONGEST = 2, 8
"""Letters of an acronym."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One actor of one source's briefing."""

    source: SourceId
    actor: Actor
    article: Article | None
    """Tells whose ministry it is; None where the briefing alone is known."""
    is_state: bool = False
    """Whether other sources know the name as a state's."""

    @cached_property
    def family(self) -> Family:
        """What it can be compared with."""
        match "state" if self.is_state else self.actor.kind:
            case "person" | "state" | "population" as kind:
                return kind
            case _:
                return "organisation"

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its names, for comparing."""
        return frozenset(form_key(name) for name in (self.actor.name, *self.actor.aliases))

    @cached_property
    def own_forms(self) -> frozenset[str]:
        """Its names that few others can bear."""
        names = (self.actor.name, *self.actor.aliases)
        return frozenset(form_key(n) for n in names if n != n.casefold() and not is_common(form_key(n)))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What two entries of one actor share at least one of."""
        if self.family == "person":
            return frozenset({name_words(self.actor.name)[-1], name_words(self.actor.name)[0]})
        stems = (
            {_nation(form) for form in self.forms} if self.family in ("state", "population") else set[str]()
        )
        country = {self.actor.country} if self.actor.country and self.family == "state" else set[str]()
        return frozenset({*self.forms, *stems, *country, *self.acronyms})

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """`au` for the African Union, and for what is called AU."""
        return frozenset(_acronyms(self.actor))

    @property
    def is_group(self) -> bool:
        """Whether it has no name but what it is: "soldiers"."""
        return self.actor.name == self.actor.name.casefold()

    @cached_property
    def owners(self) -> frozenset[str]:
        """The names right before its mentions: `belmo` for "Belmora's Defense Ministry" and "the Belmoran navy"."""
        if self.article is None:
            return frozenset()
        before = (self.article.text[max(0, span.start - 60) : span.start] for span in self.actor.mentions)
        found = (match[1] for text in before if (match := _OWNER.search(text)))
        return frozenset(_nation(name.casefold()) for name in found if len(name) > _SHORT)


def entries_of(sources: Iterable[Source], articles: Mapping[SourceId, Article]) -> list[Entry]:
    """The actors of all sources; a bare name that one source takes for a person and another for a state is a state's."""
    held = [(source.id, actor) for source in sources for actor in source.briefing.actors]
    states = {
        form_key(name) for _, actor in held if actor.kind == "state" for name in (actor.name, *actor.aliases)
    }
    return [
        Entry(
            source, actor, articles.get(source), is_state=_is_bare(actor) and form_key(actor.name) in states
        )
        for source, actor in held
    ]


def _is_bare(actor: Actor) -> bool:
    return actor.kind in ("person", "other") and actor.role is None and " " not in actor.name


def may_be_one(one: Entry, other: Entry) -> bool:
    """Whether nothing tells two entries apart and something joins them; persons need one full name at most."""
    if one.family != other.family or not _countries_agree(one.actor, other.actor):
        return False
    if one.family == "person":
        return _same_person(name_words(one.actor.name), name_words(other.actor.name))
    if one.family == "state":
        return bool(one.keys & other.keys)
    if one.own_forms & other.own_forms or one.acronyms & other.acronyms:
        return True
    return bool(one.forms & other.forms) and _one_owner(one, other)


def same_full_name(one: Entry, other: Entry) -> bool:
    """Whether two persons are both named in full, alike."""
    return (
        len(name_words(one.actor.name)) > 1
        and len(name_words(other.actor.name)) > 1
        and may_be_one(one, other)
    )


@lru_cache(maxsize=4096)
def is_common(name: str) -> bool:
    """Whether a name tells what but not whose: "Defense Ministry", "soldiers", "the police"."""
    words, lists = re.findall(r"[\w'.-]+", name.casefold()), actor_words()
    return all(
        word in _PORTFOLIO or word in lists.heads or word in lists.nouns or word.rstrip("s") in lists.nouns
        for word in words
    )


def _countries_agree(one: Actor, other: Actor) -> bool:
    return one.country is None or other.country is None or one.country == other.country


def _one_owner(one: Entry, other: Entry) -> bool:
    """For a common name: the same country, or the same single owner.

    A group ("protesters") of sources on one subject is one unless an owner tells them apart; an institution, of which
    each country has its own, needs the owner.
    """
    if one.actor.country and one.actor.country == other.actor.country:
        return True
    if one.is_group and other.is_group:
        return not one.owners or not other.owners or bool(one.owners & other.owners)
    return len(one.owners) == 1 and one.owners == other.owners


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) or similar(short[0], long[-1])
    if not similar(short[-1], long[-1]):
        return short[0] == long[0] and set(short) <= set(long)
    first, known = short[0], long[0]
    return first in long or similar(first, known) or _initial(first, known)


def _initial(one: str, other: str) -> bool:
    """`J.` or `Alex` for `Alexander`."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= _SHORT)


@lru_cache(maxsize=4096)
def _nation(form: str) -> str:
    """What a country's name and its people's have in common: `belmor` for Belmora, Belmoran and Belmorans."""
    plain = form.removeprefix("the ").removesuffix("'s")
    stem = next((plain.removesuffix(end) for end in _PEOPLE if plain.endswith(end)), plain)
    stem = stem if len(stem) >= _STEM else plain
    return stem.rstrip("aeiouy") if len(stem.rstrip("aeiouy")) >= _STEM else stem


def _acronyms(actor: Actor) -> Iterator[str]:
    for name in (actor.name, *actor.aliases):
        letters = name.replace(".", "")
        if letters.isupper() and letters.isalpha() and _SHORTEST <= len(letters) <= _LONGEST:
            yield letters.casefold()
        words = [word for word in re.findall(r"[\w']+", name) if word.casefold() not in _SMALL]
        if len(words) > _SHORTEST and all(word[:1].isupper() for word in words) and actor.kind != "person":
            yield "".join(word[0] for word in words).casefold()
