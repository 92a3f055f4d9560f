"""`summarizer batch --engine`: the input in shards, done by processes of this machine or by a cluster."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.cli.console import say
from summarizer.errors import SettingsError

if TYPE_CHECKING:
    from summarizer.batching import BatchOptions
    from summarizer.runs import Stop
    from summarizer.runs.shard import ShardReport
    from summarizer.runs.sharded import Engine, Sharded

__all__ = ["Wanted", "brief_in_shards"]

FAILED, SOME_FAILED, INTERRUPTED = 1, 3, 130


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to do the shards.

    Attributes:
        engine: `processes`, `ray` or `dask`.
        workers: Shards at a time.
        address: Of the cluster.
        size: Articles of a shard.
    """

    engine: str
    workers: int
    address: str | None
    size: int


def brief_in_shards(sources: list[str], output: str, options: "BatchOptions", wanted: Wanted) -> int:
    """Do them; the exit code.

    Raises:
        SummarizerError: as `brief_shards`.
    """
    from summarizer.cli.batch import draining
    from summarizer.runs import Stop
    from summarizer.sharding import brief_shards

    if output.endswith(".parquet"):
        raise SettingsError("shards are put together as JSON lines.", hint="Name a .jsonl as --output.")
    stop = Stop()
    with draining(stop):
        ended = brief_shards(
            sources,
            output,
            options,
            _engine(wanted, stop),
            workers=wanted.workers,
            size=wanted.size,
            told=_tell,
        )
    return _told(ended, output, stop)


def _engine(wanted: Wanted, stop: "Stop") -> "Engine":
    match wanted.engine:
        case "ray":
            from summarizer.runs.engines.ray import OnRay

            return OnRay(wanted.workers, wanted.address, stop)
        case "dask":
            from summarizer.runs.engines.dask import OnDask

            return OnDask(wanted.workers, wanted.address, stop)
        case _:
            from summarizer.runs.engines.local import Processes

            return Processes(wanted.workers, stop)


def _tell(report: "ShardReport") -> None:
    if report.kept:
        return
    spent = "" if not report.usd else f", ${report.usd:,.4f}"
    what = f"{report.done:,} done, {report.failed:,} failed, {report.requests:,} requests{spent}"
    say(f"Shard {report.number}: {what}" + (f"; {report.error.message}" if report.error else ""))


def _told(ended: "Sharded", output: str, stop: "Stop") -> int:
    say(f"{ended.done:,} articles done, {ended.failed:,} failed")
    if ended.complete:
        say(f"Wrote {output}")
        return SOME_FAILED if ended.failed else 0
    if ended.error is not None:
        say(f"Error: {ended.error.message}")
        say(f"Hint:  {ended.error.hint}")
    say("Not finished. Run the same command again to go on where it was.")
    return INTERRUPTED if stop.asked else FAILED
