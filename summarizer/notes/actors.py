"""Actors of several briefings under one entry each."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from summarizer.grounding.actors.entities import form_key
from summarizer.grounding.actors.person_names import name_words
from summarizer.notes.same_actor import Entry, Family, is_common, may_be_one, same_full_name
from summarizer.types import ActorKind
from summarizer.types.note import ActorRef, NoteActor, NoteActorId, SourceId

__all__ = ["MergedActors", "merge_actors"]

Value = TypeVar("Value", bound=Hashable)
_MOST_ALIASES = 40


@dataclass(frozen=True, slots=True)
class MergedActors:
    """The actors of the note, and where each actor of a briefing has gone."""

    actors: Sequence[NoteActor]
    ids: Mapping[tuple[SourceId, str], NoteActorId]


@dataclass(eq=False, slots=True)
class _Group:
    entries: list[Entry] = field(default_factory=list[Entry])
    sources: set[SourceId] = field(default_factory=set[SourceId])
    distinct: dict[tuple[str | None, str], Entry] = field(default_factory=dict[tuple[str | None, str], Entry])
    """One entry for each country and name."""

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.sources.add(entry.source)
        self.distinct.setdefault((entry.actor.country, form_key(entry.actor.name)), entry)


def merge_actors(entries: Sequence[Entry]) -> MergedActors:
    """Gather the entries of each actor; those of one briefing are never joined, it has told them apart.

    Args:
        entries: Of all sources, in the order of the sources and of each briefing.
    """
    homes: defaultdict[tuple[Family, str], list[_Group]] = defaultdict(list)
    groups: list[_Group] = []
    for entry in sorted(entries, key=_fullest_first):
        near = dict.fromkeys(group for key in sorted(entry.keys) for group in homes[entry.family, key])
        group = _home(entry, near)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(entry)
        for key in entry.keys:
            if group not in homes[entry.family, key]:
                homes[entry.family, key].append(group)
    place = {id(entry): n for n, entry in enumerate(entries)}
    for group in groups:
        group.entries.sort(key=lambda entry: place[id(entry)])
    several = len({entry.source for entry in entries}) > 1
    groups.sort(key=lambda g: (several and g.entries[0].is_group, -len(g.sources), place[id(g.entries[0])]))
    return _published(groups)


def _fullest_first(entry: Entry) -> int:
    """A short name finds its person only where the long ones already are; a sure country helps the rest."""
    return (
        -len(name_words(entry.actor.name)) if entry.family == "person" else -(entry.actor.country is not None)
    )


def _home(entry: Entry, near: Iterable[_Group]) -> _Group | None:
    """The group an entry belongs to; None when there is none, or when several could be meant."""
    fitting = [
        group
        for group in near
        if entry.source not in group.sources and all(may_be_one(entry, other) for other in _tellers(group))
    ]
    if entry.family == "person" and len(fitting) > 1:
        fitting = [g for g in fitting if any(same_full_name(entry, other) for other in g.entries)] or fitting
        alike = [g for g in fitting if any(_roles(entry) & _roles(other) for other in g.entries)]
        fitting = alike or fitting
        return fitting[0] if len(fitting) == 1 else None
    return max(fitting, key=lambda group: len(group.sources), default=None)


def _tellers(group: _Group) -> Iterable[Entry]:
    """Those that an entry has to agree with: all names of a person; else the first entry, and the first with a country."""
    if group.entries[0].family == "person":
        return group.distinct.values()
    placed = (entry for (country, _), entry in group.distinct.items() if country)
    return (group.entries[0], *islice(placed, 1))


def _roles(entry: Entry) -> set[str]:
    return {
        word for word in (entry.actor.role or "").casefold().split() if word[:3] not in ("the", "of", "and")
    }


def _published(groups: Sequence[_Group]) -> MergedActors:
    actors: list[NoteActor] = []
    ids: dict[tuple[SourceId, str], NoteActorId] = {}
    for n, group in enumerate(groups, 1):
        actors.append(_actor(f"n{n}", group.entries))
        ids |= {(entry.source, entry.actor.id): f"n{n}" for entry in group.entries}
    return MergedActors(actors, ids)


def _actor(actor_id: NoteActorId, entries: Sequence[Entry]) -> NoteActor:
    held = [entry.actor for entry in entries]
    name = _name(entries)
    forms = dict.fromkeys(form for actor in held for form in (actor.name, *actor.aliases))
    aliases = {form_key(form): form for form in reversed(forms) if form_key(form) != form_key(name)}
    return NoteActor(
        id=actor_id,
        name=name,
        aliases=list(reversed(aliases.values()))[:_MOST_ALIASES],
        kind=_kind([actor.kind for actor in held]),
        country=_most_common(actor.country for actor in held),
        sector=_most_common(actor.sector for actor in held),
        role=_role([actor.role for actor in held]),
        members=[ActorRef(source=entry.source, id=entry.actor.id) for entry in entries],
    )


def _name(entries: Sequence[Entry]) -> str:
    """The fullest name of a person, of anything else the most frequent; a country rather than its people."""
    names = [entry.actor.name for entry in entries]
    if len(entries) == 1:
        return names[0]
    times = Counter(names)
    if entries[0].family == "person":
        return max(times, key=lambda name: (len(name_words(name)), times[name], len(name)))
    if entries[0].family == "state":
        names = [form for entry in entries for form in (entry.actor.name, *entry.actor.aliases)]
        times = Counter(_country(name, names) for name in names)
    return max(times, key=lambda name: (not is_common(form_key(name)), times[name], len(name)))


def _country(name: str, names: Sequence[str]) -> str:
    """`Belmora` for `Belmoran`, where the sources have both."""
    return name[:-1] if name.endswith("n") and name[:-1] in names else name


def _kind(kinds: Sequence[ActorKind]) -> ActorKind:
    """The first of the most frequent."""
    return max(kinds, key=kinds.count)


def _role(roles: Sequence[str | None]) -> str | None:
    """The role given most often, the longest among equals."""
    times = Counter(role for role in roles if role)
    return max(times, key=lambda role: (times[role], len(role)), default=None)


def _most_common(values: Iterable[Value | None]) -> Value | None:
    """The first of the most frequent; None counts for nothing."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
