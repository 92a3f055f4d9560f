"""A run as a set of shards: cut once, done wherever an engine puts them, put together in the order of the input."""

import json
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, cast

from summarizer.errors import OutputError, SummarizerError
from summarizer.runs.items import Flaw
from summarizer.runs.lock import locked
from summarizer.runs.ours import is_cut, shards_path
from summarizer.runs.output import failed_path, part_path
from summarizer.runs.pieces import Piece
from summarizer.runs.plan import Plan, planned, put_whole
from summarizer.runs.remote import Place, Remote, place_of
from summarizer.runs.shard import ShardReport, ShardSpec, to_do_again

__all__ = ["Engine", "Sharded", "run_sharded"]

_AGAIN_S: Final = 5.0
"""Between two tries of a shard that another worker is still at work on."""


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


def run_sharded(
    output: str | Path,
    pieces: Callable[[], Iterable[tuple[Piece, ...]]],
    engine: Engine,
    *,
    opener: str,
    settings: Callable[[int], dict[str, Any]],
    shaping: Mapping[str, str],
    sources: Sequence[str] = (),
    published: str | None = None,
    told: Callable[[ShardReport], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Sharded:
    """Do every shard that is not finished, and put all of them together once they are.

    Args:
        output: A `.jsonl`, on this machine or in storage; with a slash at its end, a folder that keeps the shards.
        pieces: Cuts the input; asked once, at the first start, so that the shards stay the same.
        engine: Says where shards are done.
        opener: As in `ShardSpec`.
        settings: As there, for so many shards; no credentials, they would travel.
        shaping: What shapes a briefing, by name; a run keeps to it.
        sources: What is cut, by name; a run keeps to it.
        published: As in `ShardSpec`.
        told: Told of each shard that ended.
        sleep: Waits for workers of an earlier start that are still at work.

    Raises:
        RunChanged: the run was begun with other options, or of other sources.
        RunInProgress: another process is at work on it.
        OutputError: the output cannot be written.
        InputError: the input cannot be cut, or storage does not answer.
    """
    folder = shards_path(output)
    if isinstance(folder, Path):
        folder = folder.absolute()  # a worker may run in another one
    with _held(folder) if isinstance(folder, Path) else nullcontext():
        plan = planned(folder, pieces, shaping, sources)
        told_to = settings(len(plan.shards))
        specs = [
            ShardSpec(number, str(plan.place(number)), cut, opener, told_to, published)
            for number, cut in enumerate(plan.shards)
        ]
        reports = {number: kept for number, kept in plan.finished().items() if not to_do_again(specs[number])}
        again = len(reports) == len(specs)
        for report in reports.values():
            told(report)
        for report in _done(engine, [spec for spec in specs if spec.number not in reports], told, sleep):
            reports[report.number] = report
        ended = _ended(reports, len(specs))
        if ended.complete and not (again and _there(output, folder)):
            _finish(output, plan, ended)
        return ended


def _done(
    engine: Engine,
    specs: Sequence[ShardSpec],
    told: Callable[[ShardReport], None],
    sleep: Callable[[float], None],
) -> Iterator[ShardReport]:
    """Reports of all, the last of each; what workers of an earlier start still hold is looked after again and again."""
    waited_for: set[int] = set()
    while specs:
        busy: list[int] = []
        for report in engine.run(specs):
            if report.error is not None and report.error.type == "RunInProgress":
                busy.append(report.number)
            if report.error is None or report.number not in waited_for:
                told(report)
            yield report
        waited_for.update(busy)
        specs = [spec for spec in specs if spec.number in busy]
        if specs:
            sleep(_AGAIN_S)


def _ended(reports: Mapping[int, ShardReport], count: int) -> Sharded:
    done, failed = sum(r.done for r in reports.values()), sum(r.failed for r in reports.values())
    missing = [n for n in range(count) if n not in reports or not reports[n].complete]
    errors = (reports[number].error for number in missing if number in reports)
    return Sharded(not missing, done, failed, next((error for error in errors if error), None))


def _there(output: str | Path, folder: Place) -> bool:
    return (folder / "complete.json" if is_cut(output) else place_of(output)).exists()


def _finish(output: str | Path, plan: Plan, ended: Sharded) -> None:
    """One file of all, and one of all that failed; each gets its name when it is whole."""
    place = place_of(output)
    if is_cut(output):
        figures = {"shards": len(plan.shards), "done": ended.done, "failed": ended.failed}
        put_whole(place / "complete.json", json.dumps(figures))
        return
    parts = [plan.place(number) for number in range(len(plan.shards))]
    failed = [path for part in parts if (path := failed_path(part)).exists()]
    try:
        if failed:
            _join(failed_path(place), failed)
        elif isinstance(place, Remote):
            failed_path(place).remove()
        else:
            failed_path(place).unlink(missing_ok=True)
        _join(place, parts)
    except OSError as error:
        raise OutputError(f"{str(output)!r} cannot be written: {error.strerror}.") from error


def _join(output: Place, parts: Sequence[Place]) -> None:
    if isinstance(output, Remote):
        output.join(iter(cast("Sequence[Remote]", parts)))
        return
    part = part_path(output)
    with part.open("wb") as whole:
        for path in cast("Sequence[Path]", parts):
            with path.open("rb") as rows:
                while block := rows.read(1 << 20):
                    whole.write(block)
        whole.flush()
        os.fsync(whole.fileno())
    part.replace(output)


@contextmanager
def _held(folder: Path) -> Generator[None]:
    """Hold the lock of a folder of shards, made for it; where no shard could be begun, it is as if nobody had asked."""
    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{str(folder)!r} cannot be used: {error.strerror}.") from error
    with locked(folder / "plan"):
        try:
            yield
        except SummarizerError:
            if made:
                _forget(folder)
            raise


def _forget(folder: Path) -> None:
    names = ("plan.json", "plan.lock")
    with suppress(OSError):
        if all(path.name in names for path in folder.iterdir()):
            for name in names:
                (folder / name).unlink(missing_ok=True)
            folder.rmdir()
