"""Large batches as shards: cut here, done wherever an engine puts them, each as a batch of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from summarizer.batching import BatchOptions, briefed_with, prepare
from summarizer.errors import RunChanged
from summarizer.limits import Limits
from summarizer.runs import Batch, Ours, check, check_output
from summarizer.runs.output import local_path
from summarizer.runs.pieces import Piece, cut
from summarizer.runs.remote import Place, place_of
from summarizer.runs.shard import ShardReport
from summarizer.runs.sharded import Engine, Sharded, run_sharded
from summarizer.settings import Settings

__all__ = ["brief_shards", "shard_batch", "shard_settings"]

DEFAULT_SHARD: Final = 1000
"""Articles: enough to be worth a start, few enough that no worker is waited for long."""


def brief_shards(
    sources: Sequence[str | Path],
    output: str | Path,
    options: BatchOptions,
    engine: Engine,
    *,
    workers: int,
    size: int = DEFAULT_SHARD,
    told: Callable[[ShardReport], None] = lambda _: None,
) -> Sharded:
    """Brief an input cut into shards, each done with `run_shard` wherever the engine puts it.

    The same call again does what is missing. Limits are divided among workers, the budget among shards.

    Args:
        sources: Files, folders, patterns; every worker has to find them under the same names. They may be in storage
            (s3://, gs://, az://).
        output: A `.jsonl`, on a disk that every worker sees or in storage; the shards lie in a folder beside it. With a
            slash at its end, it is that folder, and the shards are not put together.
        options: As for `batch`; a key given here does not travel, workers take theirs from their environment.
        engine: Says where shards are done.
        workers: How many shards it does at a time.
        size: Articles of a shard, when the input is cut for the first time.
        told: Told of each shard that ended.

    Raises:
        OutputTaken: the output is one of the sources, or a file that no run has written.
        RunChanged: the shards were begun with other options, or the run without shards.
        RunInProgress: another process is at work on them.
        InputError: the input cannot be cut.
        OutputError: the output cannot be written.
        EngineFailed: the cluster does not answer.
    """
    ours = Ours(output)
    check(sources, leave_out=ours)
    check_output(output, _kept_in_one(output), sharded=True)
    shaping = briefed_with(options)

    def pieces() -> Iterator[tuple[Piece, ...]]:
        return cut(sources, size, leave_out=ours)

    def settings(shards: int) -> dict[str, Any]:
        return shard_settings(options, workers=workers, shards=max(1, shards)) | {"shaping": dict(shaping)}

    return run_sharded(
        output,
        pieces,
        engine,
        opener="summarizer.sharding:shard_batch",
        settings=settings,
        shaping=shaping,
        sources=[_spelled(place) for place in map(place_of, sources) if ours.admits(place)],
        published=options.published,
        told=told,
    )


def shard_batch(output: Place, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard, in the worker that does it; its key comes from the worker's environment.

    Args:
        output: Of the shard.
        settings: As `shard_settings` makes them, with what shapes a briefing as `shaping`.

    Raises:
        OutputTaken: the shard is there, and its store is not: its failed articles cannot be taken up again.
        RunChanged: this worker would brief with another model, other prompts or another codebook than the run.
    """
    plain: dict[str, Any] = {**settings, "limits": Limits(**settings["limits"])}
    shaping = plain.pop("shaping")
    made = prepare(output, BatchOptions(**plain))
    if isinstance(output, Path):  # in storage, another machine may have left a half of it
        check_output(output, made.output)
    if dict(made.options) != shaping:
        raise RunChanged(
            f"a worker would brief with {dict(made.options)}, and the run was begun with {shaping}.",
            hint="Give every worker the same version of summarizer and the same prompts as the command has.",
        )
    return replace(made, retry=made.retry if made.retry == "all" else "passing", whole=True)


def _kept_in_one(output: str | Path) -> Path:
    """Where a run in one piece would be kept."""
    return local_path(place_of(output), Settings.from_environment().cache_dir / "runs")


def shard_settings(options: BatchOptions, *, workers: int, shards: int) -> dict[str, Any]:
    """The same options for a worker, as plain data without the key: limits are divided among all.

    Args:
        options: Of the whole run.
        workers: That work at the same time, and share rate and concurrency.
        shards: That share the budget, so that together they can never pass it.
    """
    names = ("published", "language", "timeout", "cache", "recheck_injection", "unknown")
    shared = {name: getattr(options, name) for name in names}
    # What the environment of this process decides is decided for every worker.
    facts = briefed_with(options)
    limits = options.limits
    usd, requests = limits.budget_usd, limits.max_requests
    mine = replace(
        limits,
        budget_usd=None if usd is None else usd / shards,
        max_requests=None if requests is None else requests // shards,
    )
    return {
        **shared,
        "model": facts["model"],
        "base_url": facts.get("base URL"),
        "prompts": None if options.prompts is None else str(Path(options.prompts).absolute()),
        "limits": asdict(mine),
        "concurrency": options.concurrency and max(1, options.concurrency // workers),
        "rpm": options.rpm and options.rpm / workers,
        "tpm": options.tpm and options.tpm / workers,
        "retry_failed": options.retry_failed,
    }


def _spelled(place: Place) -> str:
    """The one way to name a source, however it was reached."""
    return str(place.resolve()) if isinstance(place, Path) else str(place.absolute())
