"""The lexicon of event words: read from `schemas/lexicon.toml`, searched in the words of one sentence."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from summarizer.grounding.phrases import Phrase, Vocabulary
from summarizer.resources import folder
from summarizer.types.base import Model
from summarizer.types.signals import Axis, Direction, Domain, EventType, Modality

__all__ = ["Entry", "Governing", "Hit", "Lexicon", "Nature", "PhraseSet", "lexicon", "read_lexicon"]

_WORD = re.compile(r"[\w$€£][\w'\u2019.]*[\w]|\w")
_AROUND = 45
"""How far from a phrase its `unless` counts, in characters."""

Sureness = Annotated[float, Field(gt=0, le=1)]
Cue = Literal[
    "denied",
    "hypothetical",
    "planned",
    "threatened",
    "alleged",
    "ongoing",
    "after_denied",
    "after_ongoing",
    "after_planned",
]


class Nature(Model):
    """What an event type says by itself."""

    direction: Direction
    axis: Axis


class Governing(Model):
    """What a governing phrase makes of the event it governs, by that event's type."""

    only: tuple[EventType, ...] = Field(default=(), description="Types it governs; all when empty.")
    modality: Modality | None = Field(default=None, description="Of an event that keeps its type.")
    makes: dict[EventType, EventType]
    modes: dict[EventType, str]
    directions: dict[EventType, Direction]


class Entry(Model):
    """Phrases that mean the same: one event type, one mode."""

    type: EventType
    mode: str | None = None
    sure: Sureness
    direction: Direction | None = None
    axis: Axis | None = None
    domain: Domain | None = None
    modality: Modality | None = None
    governs: str | None = None
    needs_content: bool = Field(default=False, description="No event unless something is governed.")
    alternatives: tuple[EventType, ...] = ()
    match: tuple[str, ...]
    unless: tuple[str, ...] = ()


Source = Literal[
    "says",
    "does",
    "official",
    "private",
    "anonymous_official",
    "anonymous_other",
    "institution",
    "media",
    "paper",
    "document",
    "official_body",
    "unspecified",
    "anonymity",
]


class _Match(Model):
    match: tuple[str, ...]


class _File(Model):
    """The lexicon file, as written."""

    classes: dict[str, tuple[str, ...]]
    irregular: dict[str, tuple[str, ...]]
    types: dict[EventType, Nature]
    modality: dict[Cue, tuple[str, ...]]
    surroundings: dict[Literal["calming", "hardening", "horizontal"], tuple[str, ...]]
    domains: dict[Domain, tuple[str, ...]]
    background: _Match
    caption: _Match
    ignore: _Match
    attribution: dict[Source, tuple[str, ...]]
    governing: dict[str, Governing]
    event: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase of the lexicon, found: `body[start:end]` are its words."""

    entry: Entry
    start: int
    end: int
    weight: tuple[int, float, int]
    """How specific it is: fixed slots, sureness, length in characters."""
    losers: tuple[EventType, ...] = ()
    """Types of the less specific phrases found in the same place."""


class PhraseSet:
    """Phrases indexed by the words they can start with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.first:
                self._by_first.setdefault(word.rstrip("."), []).append(phrase)

    def find(self, body: str) -> Iterator[tuple[Phrase, int, int]]:
        """Every occurrence of every phrase, as phrase, start and end."""
        tried: set[int] = set()
        for word in _words(body):
            for phrase in self._by_first.get(word, ()):
                if id(phrase) not in tried:
                    tried.add(id(phrase))
                    yield from ((phrase, m.start(), m.end()) for m in phrase.pattern.finditer(body))

    def found_in(self, body: str) -> bool:
        """Whether any of the phrases occurs."""
        return next(self.find(body), None) is not None


@dataclass(frozen=True)
class Lexicon:
    """The lexicon, ready to search with. Get it with `lexicon()`."""

    file: _File

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Classes and irregular forms."""
        return Vocabulary(self.file.classes, self.file.irregular)

    @property
    def natures(self) -> Mapping[EventType, Nature]:
        """Default direction and axis by type."""
        return self.file.types

    @property
    def governing(self) -> Mapping[str, Governing]:
        """Rules of composition by name."""
        return self.file.governing

    @cached_property
    def modality(self) -> Mapping[Cue, PhraseSet]:
        """Cue words of modality."""
        return {name: self._set(sources) for name, sources in self.file.modality.items()}

    @cached_property
    def surroundings(self) -> Mapping[str, PhraseSet]:
        """Words that calm, harden or widen."""
        return {name: self._set(sources) for name, sources in self.file.surroundings.items()}

    @cached_property
    def domains(self) -> Mapping[Domain, PhraseSet]:
        """Words by domain, the most telling domain first."""
        return {name: self._set(sources) for name, sources in self.file.domains.items()}

    @cached_property
    def attribution(self) -> Mapping[Source, PhraseSet]:
        """Words of attribution: verbs of saying, and what kind of source a noun is."""
        return {name: self._set(sources) for name, sources in self.file.attribution.items()}

    @cached_property
    def background(self) -> PhraseSet:
        """Marks of history."""
        return self._set(self.file.background.match)

    @cached_property
    def caption(self) -> PhraseSet:
        """Marks of a picture's caption."""
        return self._set(self.file.caption.match)

    @cached_property
    def _ignored(self) -> PhraseSet:
        return self._set(self.file.ignore.match)

    @cached_property
    def _events(self) -> tuple[PhraseSet, Mapping[int, Entry], Mapping[int, PhraseSet]]:
        owner: dict[int, Entry] = {}
        phrases: list[Phrase] = []
        for entry in self.file.event:
            for source in entry.match:
                phrase = self.vocabulary.phrase(source)
                phrases.append(phrase)
                owner[id(phrase)] = entry
        return PhraseSet(phrases), owner, {id(e): self._set(e.unless) for e in self.file.event if e.unless}

    def _set(self, sources: Iterable[str]) -> PhraseSet:
        return PhraseSet(self.vocabulary.phrase(source) for source in sources)

    def hits(self, body: str) -> list[Hit]:
        """The events that the words of one sentence point to, in reading order, none overlapping another."""
        phrases, owner, unless = self._events
        taken = [(start, end) for _, start, end in self._ignored.find(body)]
        found: list[Hit] = []
        for phrase, start, end in phrases.find(body):
            entry = owner[id(phrase)]
            if any(start < e and s < end for s, e in taken):
                continue
            if id(entry) in unless and unless[id(entry)].found_in(
                body[max(0, start - _AROUND) : end + _AROUND]
            ):
                continue
            found.append(Hit(entry, start, end, (phrase.fixed, entry.sure, end - start)))
        return sorted(_most_specific(found), key=lambda hit: hit.start)


@lru_cache(maxsize=256)
def _words(body: str) -> tuple[str, ...]:
    """The words of a sentence, each once; kept because every set of phrases asks for those of the same sentence."""
    return tuple(dict.fromkeys(_WORD.findall(body.lower())))


def _most_specific(found: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits the one with the most fixed words; it remembers what the others said."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: h.weight, reverse=True):
        rival = next((i for i, k in enumerate(kept) if hit.start < k.end and k.start < hit.end), None)
        if rival is None:
            kept.append(hit)
        elif hit.entry.type not in (kept[rival].entry.type, *kept[rival].losers):
            old = kept[rival]
            kept[rival] = Hit(old.entry, old.start, old.end, old.weight, (*old.losers, hit.entry.type))
    return kept


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not TOML, lacks a table, or a phrase in it is malformed.
    """
    made = Lexicon(_File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))))
    for entry in made.file.event:
        if (entry.governs or entry.needs_content) and entry.governs not in made.governing:
            message = f"{path.name}: no [governing.{entry.governs}] table"
            raise ValueError(message)
    return made


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships with the program; read once."""
    return read_lexicon(folder("schemas") / "lexicon.toml")
