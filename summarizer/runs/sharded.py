"""A run as a set of shards: cut once, done wherever an engine puts them, put together in the order of the input."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from summarizer.errors import OutputError, RunChanged
from summarizer.files import write_whole
from summarizer.runs.items import Flaw
from summarizer.runs.output import failed_path
from summarizer.runs.pieces import Piece
from summarizer.runs.shard import ShardReport, ShardSpec

__all__ = ["Engine", "Sharded", "run_sharded", "shards_path"]


class Engine(Protocol):
    """Says where shards are done."""

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do every shard with `run_shard`, in whatever order, and hand out their reports as they come."""
        ...


@dataclass(frozen=True, slots=True)
class Sharded:
    """How a run of shards ended.

    Attributes:
        complete: Whether the output is there.
        done: Articles briefed.
        failed: Articles that have an error instead.
        error: What stopped the first shard that is not complete.
    """

    complete: bool
    done: int
    failed: int
    error: Flaw | None


def shards_path(output: Path) -> Path:
    """Where the shards of a run lie: beside its output."""
    return output.with_name(f"{output.name}.shards")


def run_sharded(
    output: Path,
    pieces: Callable[[], Iterable[tuple[Piece, ...]]],
    engine: Engine,
    *,
    opener: str,
    settings: dict[str, Any],
    published: str | None = None,
    told: Callable[[ShardReport], None] = lambda _: None,
) -> Sharded:
    """Do every shard that is not finished, and put all of them together once they are.

    Args:
        output: A `.jsonl`.
        pieces: Cuts the input; asked once, at the first start, so that the shards stay the same.
        engine: Says where shards are done.
        opener: As in `ShardSpec`.
        settings: As there; no credentials, they would travel.
        published: As there.
        told: Told of each shard that ended.

    Raises:
        RunChanged: the run was begun with other settings.
        OutputError: the output cannot be written.
        InputError: the input cannot be cut.
    """
    folder = shards_path(output)
    shards = _planned(folder, pieces, settings)
    specs = [
        ShardSpec(number, str(_shard(folder, number)), cut, opener, settings, published)
        for number, cut in enumerate(shards)
    ]
    reports: dict[int, ShardReport] = {}
    for report in engine.run(specs):
        reports[report.number] = report
        told(report)
    missing = [
        spec.number for spec in specs if spec.number not in reports or not reports[spec.number].complete
    ]
    done, failed = sum(r.done for r in reports.values()), sum(r.failed for r in reports.values())
    if missing:
        errors = (reports[number].error for number in missing if number in reports)
        return Sharded(False, done, failed, next((error for error in errors if error), None))
    _merge(output, [_shard(folder, spec.number) for spec in specs])
    return Sharded(True, done, failed, None)


def _planned(
    folder: Path, pieces: Callable[[], Iterable[tuple[Piece, ...]]], settings: dict[str, Any]
) -> list[tuple[Piece, ...]]:
    """The shards as they were cut at the first start."""
    plan = folder / "plan.json"
    shaping = {name: value for name, value in settings.items() if name in {"model", "base_url", "prompts"}}
    try:
        folder.mkdir(exist_ok=True)
        kept = json.loads(plan.read_bytes()) if plan.exists() else None
    except OSError as error:
        raise OutputError(f"{str(folder)!r} cannot be used: {error.strerror}.") from error
    if kept is not None:
        if kept["settings"] != shaping:
            raise RunChanged(
                f"the shards in {str(folder)!r} were begun with {kept['settings']}, not with {shaping}."
            )
        return [tuple(Piece(**piece) for piece in shard) for shard in kept["shards"]]
    shards = [tuple(shard) for shard in pieces()]
    cuts = [[asdict(piece) for piece in shard] for shard in shards]
    write_whole(plan, json.dumps({"settings": shaping, "shards": cuts}))
    return shards


def _shard(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.jsonl"


def _merge(output: Path, shards: Sequence[Path]) -> None:
    """One file of all, and one of all that failed; each gets its name when it is whole."""
    try:
        _join(output, shards)
        failed = [path for shard in shards if (path := failed_path(shard)).exists()]
        if failed:
            _join(failed_path(output), failed)
        else:
            failed_path(output).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{str(output)!r} cannot be written: {error.strerror}.") from error


def _join(output: Path, parts: Sequence[Path]) -> None:
    part = output.with_name(f"{output.name}.part")
    with part.open("wb") as whole:
        for path in parts:
            with path.open("rb") as rows:
                while block := rows.read(1 << 20):
                    whole.write(block)
        whole.flush()
        os.fsync(whole.fileno())
    part.replace(output)
