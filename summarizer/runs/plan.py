"""How a run was cut into shards, written down at its first start, and which of them are finished."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from summarizer.errors import OutputError, RunChanged
from summarizer.files import write_whole
from summarizer.runs.output import failed_path
from summarizer.runs.pieces import Piece
from summarizer.runs.remote import Place, Remote
from summarizer.runs.shard import ShardReport, lines_in

__all__ = ["Plan", "kept_plan", "planned", "put_whole"]

_SHOWN = 3
"""Sources that a message names."""

Shard = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of a run.

    Attributes:
        folder: Where they go.
        shards: What is in each.
    """

    folder: Place
    shards: list[Shard]

    def place(self, number: int) -> Place:
        """Where a shard goes, by its number from 0."""
        return self.folder / f"{number:06}.jsonl"

    def finished(self) -> dict[int, ShardReport]:
        """The shards that are there, by one look into the folder.

        Raises:
            InputError: storage does not answer.
            OutputError: the folder cannot be read.
        """
        there = _names(self.folder)
        found: dict[int, ShardReport] = {}
        for number, cut in enumerate(self.shards):
            place = self.place(number)
            if place.name not in there:
                continue
            failures = failed_path(place)
            failed = lines_in(failures) if failures.name in there else 0
            rows = [piece.rows for piece in cut]
            # A file without rows of its own may be a feed, which holds many.
            total = lines_in(place) if None in rows else sum(row or 0 for row in rows)
            found[number] = ShardReport(
                number=number, complete=True, kept=True, done=total - failed, failed=failed
            )
        return found


def planned(
    folder: Place,
    pieces: Callable[[], Iterable[Shard]],
    shaping: Mapping[str, str],
    sources: Sequence[str] = (),
) -> Plan:
    """The shards as they were cut at the first start, or as they are cut now.

    Args:
        folder: Where they go.
        pieces: Cuts the input.
        shaping: What shapes a briefing; a run keeps to it.
        sources: What is cut, by name; a run keeps to that too, whatever has come into it since.

    Raises:
        RunChanged: the run was begun with other options, or of other sources.
        OutputError: the folder cannot be used.
        InputError: the input cannot be cut, or storage does not answer.
    """
    kept = kept_plan(folder)
    if kept is None:
        shards = [tuple(shard) for shard in pieces()]
        cuts = [[asdict(piece) for piece in shard] for shard in shards]
        put_whole(
            folder / "plan.json",
            json.dumps({"settings": dict(shaping), "sources": list(sources), "shards": cuts}),
        )
        return Plan(folder, shards)
    plan, settings, before = kept
    if before and sources and before != list(sources):
        raise RunChanged(
            f"the shards in {str(folder)!r} were cut from {_several(before)}, and are kept.",
            hint="Name the same sources to go on, or another --output for others.",
        )
    if settings != dict(shaping):
        raise RunChanged(
            f"the shards in {str(folder)!r} were begun with {settings}, not with {dict(shaping)}."
        )
    return plan


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def kept_plan(folder: Place) -> tuple[Plan, dict[str, str], list[str]] | None:
    """The shards as they were cut at the first start, with what shapes their briefings and what they were cut from.

    None where there was no start.

    Raises:
        OutputError: the folder cannot be used, or its plan is none of ours.
        InputError: storage does not answer.
    """
    place = folder / "plan.json"
    try:
        if not place.exists():
            return None
        kept = json.loads(place.read_bytes())
        shards = [tuple(Piece(**piece) for piece in shard) for shard in kept["shards"]]
        return Plan(folder, shards), dict(kept["settings"]), list(kept.get("sources", ()))
    except OSError as error:
        raise OutputError(f"{str(folder)!r} cannot be used: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise OutputError(
            f"{str(place)!r} is no plan of shards.", hint="Move it, or give another --output."
        ) from error


def put_whole(place: Place, content: str) -> None:
    """Put a text in a place, here or in storage; whole or not at all."""
    if isinstance(place, Remote):
        place.write_bytes(content.encode())
    else:
        write_whole(place, content)


def _names(folder: Place) -> set[str]:
    if isinstance(folder, Remote):
        return {found.name for found in folder.below()}
    try:
        return {found.name for found in folder.iterdir()}
    except OSError as error:
        raise OutputError(f"{str(folder)!r} cannot be used: {error.strerror}.") from error
