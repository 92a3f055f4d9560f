"""The comparison as a whole: level, sentences, signals, actors."""

from typing import Literal, get_args

from summarizer.changes.events import signal_changes
from summarizer.changes.people import actor_changes, actor_keys, pair_actors
from summarizer.changes.points import point_changes
from summarizer.changes.sides import side_of
from summarizer.types.briefing import Briefing
from summarizer.types.changes import Changes, LevelChange, LevelSeen
from summarizer.types.note import Note
from summarizer.types.signals import Level

__all__ = ["compare"]


def compare(old: Briefing | Note, new: Briefing | Note) -> Changes:
    """What is new, gone and changed in `new` against `old`; no model is needed, and a briefing may meet a note.

    Actors are matched by name, alias and country; signals by event type, actors, date and words; sentences of the
    summary by evidence and words. Wording alone is no change, but for the bottom line.
    """
    older, newer = side_of(old), side_of(new)
    actors = pair_actors(older, newer)
    keys = (actor_keys(older, actors, older=True), actor_keys(newer, actors, older=False))
    return Changes(
        old=older.edition,
        new=newer.edition,
        level=LevelChange(old=older.level, new=newer.level, moved=_moved(older.level, newer.level)),
        points=point_changes(older, newer),
        signals=signal_changes(older, newer, keys),
        actors=actor_changes(actors),
    )


def _moved(old: LevelSeen, new: LevelSeen) -> Literal["up", "down", "same"]:
    order = get_args(Level)
    step = order.index(new.level) - order.index(old.level)
    if not step:
        return "same"
    return "up" if step > 0 else "down"
