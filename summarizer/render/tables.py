"""The signals and the actors of a note as CSV, for spreadsheets: one row each, numbers as numbers."""

from collections.abc import Iterable
from typing import Final

from summarizer.render.clean import to_csv
from summarizer.render.wording import span_label
from summarizer.types.note import Note, NoteActor, NoteSignal

__all__ = ["note_to_actors_csv", "note_to_signals_csv"]

_SIGNALS: Final = (
    "id", "date", "description", "event_type", "mode", "direction", "axis", "domain", "modality", "intensity",
    "actors", "targets", "sources", "verdict", "issues", "cited", "evidence",
)  # fmt: skip
_ACTORS: Final = ("id", "name", "aliases", "kind", "country", "sector", "role", "sources")


def note_to_signals_csv(note: Note, *, bom: bool = False) -> str:
    """One row a signal, with its actors by name and its evidence quoted.

    Args:
        note: What to write.
        bom: Start with a byte order mark, by which Excel knows UTF-8.
    """
    names = {actor.id: actor.name for actor in note.actors}
    return to_csv(_SIGNALS, [_signal(signal, names) for signal in note.escalation_signals], bom=bom)


def note_to_actors_csv(note: Note, *, bom: bool = False) -> str:
    """One row an actor; `bom` is that of `note_to_signals_csv`."""
    return to_csv(_ACTORS, [_actor(actor) for actor in note.actors], bom=bom)


def _signal(signal: NoteSignal, names: dict[str, str]) -> list[str | float | None]:
    return [
        signal.id,
        signal.date,
        signal.description,
        signal.event_type,
        signal.mode,
        signal.direction,
        signal.axis,
        signal.domain,
        signal.modality,
        signal.intensity,
        _list(names[i] for i in signal.actor_ids),
        _list(names[i] for i in signal.target_ids),
        _list(report.source for report in signal.reports),
        signal.verdict,
        _list(issue.message for issue in signal.issues),
        _list(span_label(span) for span in signal.evidence),
        _list(span.quote for span in signal.evidence),
    ]


def _actor(actor: NoteActor) -> list[str | float | None]:
    sources = dict.fromkeys(member.source for member in actor.members)
    aliases = _list(actor.aliases)
    return [actor.id, actor.name, aliases, actor.kind, actor.country, actor.sector, actor.role, _list(sources)]  # fmt: skip


def _list(parts: Iterable[str]) -> str:
    return " | ".join(parts)
