"""`summarizer batch --engine`: the input in shards, done by processes of this machine or by a cluster."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from summarizer.cli.batch_json import log_event
from summarizer.cli.batch_words import counted
from summarizer.cli.console import say

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


def brief_in_shards(
    sources: list[str], output: str, options: "BatchOptions", wanted: Wanted, *, json_log: bool = False
) -> int:
    """Do them; the exit code.

    Raises:
        SummarizerError: as `brief_shards`.
    """
    from summarizer.cli.batch_stop import draining
    from summarizer.runs import Stop
    from summarizer.sharding import brief_shards

    stop = Stop()
    with draining(stop, json_log=json_log):
        ended = brief_shards(
            sources,
            output,
            options,
            _engine(wanted, stop),
            workers=wanted.workers,
            size=wanted.size,
            told=_log if json_log else _tell,
        )
    (_log_end if json_log else _tell_end)(ended, output)
    if ended.complete:
        return SOME_FAILED if ended.failed else 0
    return INTERRUPTED if stop.asked else FAILED


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
    what = f"{report.done:,} done, {report.failed:,} failed, {counted(report.requests, 'request')}{spent}"
    say(f"Shard {report.number}: {what}" + (f"; {report.error.message}" if report.error else ""))


def _tell_end(ended: "Sharded", output: str) -> None:
    say(f"{counted(ended.done, 'article')} done, {ended.failed:,} failed")
    if ended.complete:
        beside = f"; {_failed_at(output)} lists those that failed" if ended.failed else ""
        say(f"Wrote {output}{beside}")
        return
    if ended.error is not None:
        say(f"Error: {ended.error.message}")
        say(f"Hint:  {ended.error.hint}")
    say("Not finished. Run the same command again to go on where it was.")


def _failed_at(output: str) -> str:
    """Where the failed ones are listed; a folder of shards has a list beside each."""
    from summarizer.runs.ours import is_cut
    from summarizer.runs.output import failed_path
    from summarizer.runs.remote import place_of

    return f"{output}*.failed.jsonl" if is_cut(output) else str(failed_path(place_of(output)))


def _log(report: "ShardReport") -> None:
    log_event("shard", **asdict(report))


def _log_end(ended: "Sharded", output: str) -> None:
    log_event("finished", output=output, **asdict(ended))
