"""One shard of a large run, from its begin to its end, on whatever machine: an engine only says where.

A shard has a store of its own, and its output gets its name when every row is in it, none of them an error that may
pass by itself. So a shard that is there is finished, and whoever finds it has nothing to do. The store stays on a disk,
also where the shard goes into storage: there, only finished shards are seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from summarizer.errors import SummarizerError
from summarizer.runs.items import Flaw
from summarizer.runs.output import failed_path
from summarizer.runs.pieces import Piece, read_pieces
from summarizer.runs.remote import Place, Remote, place_of
from summarizer.runs.run import Batch, Stop, run
from summarizer.runs.sources import opened

__all__ = ["ShardReport", "ShardSpec", "lines_in", "lost_shard", "report_shard", "run_shard", "to_do_again"]


@dataclass(frozen=True, slots=True)
class ShardSpec:
    """What a worker has to know of a shard; holds no credentials, those are in the worker's environment.

    Attributes:
        number: Of the shard, from 0, in the order of the input.
        output: Where its rows go: a path, or a URL of storage.
        pieces: What is in it.
        opener: `module:function` that makes a `Batch` of `output` and `settings`.
        settings: Plain data for it.
        published: ISO 8601 date for articles that bring none.
    """

    number: int
    output: str
    pieces: tuple[Piece, ...]
    opener: str
    settings: Mapping[str, Any]
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardReport:
    """How a shard ended.

    Attributes:
        number: Of the shard.
        complete: Whether its output is there.
        kept: Whether it was there before.
        done: Articles briefed.
        failed: Articles that have an error instead.
        requests: Sent for it now.
        usd: What they cost; None when a price is unknown.
        error: What stopped it.
    """

    number: int
    complete: bool
    kept: bool = False
    done: int = 0
    failed: int = 0
    requests: int = 0
    usd: float | None = 0.0
    error: Flaw | None = None


def run_shard(spec: ShardSpec, stop: Stop | None = None) -> ShardReport:
    """Do a shard to its end, or go on where an earlier worker has left it.

    Args:
        spec: The shard.
        stop: Ends it early.

    Raises:
        SummarizerError: its store or its input cannot be used.
    """
    from summarizer.loop import run as run_on_loop

    output = place_of(spec.output)
    if output.exists() and not to_do_again(spec):
        failed = lines_in(failed_path(output)) if failed_path(output).exists() else 0
        return ShardReport(
            number=spec.number, complete=True, kept=True, done=lines_in(output) - failed, failed=failed
        )
    report = run_on_loop(
        run(_opened(spec, output), read_pieces(spec.pieces, published=spec.published), stop=stop)
    )
    figures = report.figures
    return ShardReport(
        number=spec.number,
        complete=report.complete,
        done=figures.done,
        failed=figures.failed,
        requests=figures.usage.requests,
        usd=figures.usage.cost_usd,
        error=Flaw.of(report.stopped) if report.stopped else None,
    )


def report_shard(spec: ShardSpec, stop: Stop | None = None) -> ShardReport:
    """The same, with what stopped it in its report: what engines call on their workers."""
    try:
        return run_shard(spec, stop)
    except SummarizerError as error:
        return ShardReport(number=spec.number, complete=False, error=Flaw.of(error))


def lost_shard(number: int, why: str) -> ShardReport:
    """What an engine reports of a shard that nobody else can report of."""
    hint = "Look for lack of memory, then run the same command again: it goes on where it was."
    return ShardReport(number=number, complete=False, error=Flaw("WorkerDied", why, hint))


def to_do_again(spec: ShardSpec) -> bool:
    """Whether a finished shard has failures that are to be taken up again; its store has to be there for it."""
    output = place_of(spec.output)
    wanted = bool(spec.settings.get("retry_failed")) and not isinstance(output, Remote)
    return wanted and failed_path(output).exists()


def lines_in(place: Place) -> int:
    """How many rows there are.

    Raises:
        InputError: it cannot be read.
    """
    with opened(place) as lines:
        return sum(1 for _ in lines)


def _opened(spec: ShardSpec, output: Place) -> Batch:
    module, _, name = spec.opener.partition(":")
    opener = cast("Callable[[Place, Mapping[str, Any]], Batch]", getattr(import_module(module), name))
    return opener(output, spec.settings)
