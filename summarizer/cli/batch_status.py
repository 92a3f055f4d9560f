"""`summarizer batch status OUT`: how a run stands, in one piece or in shards."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from summarizer.cli.batch_words import counted, usd
from summarizer.cli.console import write_result
from summarizer.errors import SettingsError
from summarizer.render.clean import clean

if TYPE_CHECKING:
    from summarizer.runs.status import Status

__all__ = ["described", "show_status"]


def show_status(arguments: list[str], *, as_json: bool) -> None:
    """Print it.

    Raises:
        SettingsError: not one output.
        SummarizerError: there is no such run, or it cannot be read.
    """
    from summarizer.runs.database import store_path
    from summarizer.runs.output import local_path
    from summarizer.runs.remote import place_of
    from summarizer.runs.shard_status import status_of_shards
    from summarizer.runs.status import status_of
    from summarizer.settings import Settings

    if len(arguments) != 1:
        raise SettingsError("`batch status` wants one output.", hint="summarizer batch status out.jsonl")
    work = Settings.from_environment().cache_dir / "runs"
    kept = local_path(place_of(arguments[0]), work)
    # Looked for first: what is kept here is told without a word to the storage.
    in_shards = None if store_path(kept).exists() else status_of_shards(arguments[0], work)
    status = in_shards or status_of(kept)
    write_result(described(status, as_json=as_json), None)


def described(status: "Status", *, as_json: bool) -> str:
    """How a run stands, for people or for machines."""
    if as_json:
        return json.dumps({**asdict(status), "tokens": status.tokens.model_dump()}) + "\n"
    tokens = status.tokens
    lines = [
        *(f"{name}: {value}" for name, value in status.options.items() if name in {"model", "base URL"}),
        *([_shards(status)] if status.shards else []),
        _articles(status),
        f"requests: {status.requests:,}; {tokens.input:,} tokens in ({tokens.cached:,} cached), {tokens.output:,} out",
        f"spent: {usd(status.usd)}",
        f"lately: {status.a_minute:,.1f} articles a minute",
        f"at work: {status.at_work or 'nobody'}",
        *(f"  {count:,} x {name}" for name, count in status.errors.items()),
    ]
    if status.batches:
        noun = "batch" if status.batches == 1 else "batches"
        lines.append(f"at the provider: {status.batches:,} {noun}, {counted(status.batched, 'request')}")
    if status.uncertain_count:
        lines.append(
            f"outcome unknown: {counted(status.uncertain_count, 'request')}{_at_most(status.uncertain_usd)}"
        )
        lines += [f"  {one.id}, {one.name}{_at_most(one.worst_usd)}" for one in status.uncertain]
    return "".join(f"{clean(line)}\n" for line in lines)


def _shards(status: "Status") -> str:
    return f"shards: {status.shards_finished:,} of {status.shards:,} finished"


def _articles(status: "Status") -> str:
    total = "" if status.total is None else f" of {status.total:,}"
    left = f"{status.open:,} begun" if status.left is None else f"{status.left:,} left"
    return f"articles: {status.done:,}{total} done, {status.failed:,} failed, {left}"


def _at_most(worst_usd: float | None) -> str:
    """What it can have cost; nothing where the model is free."""
    return "" if worst_usd == 0 else f", at most {usd(worst_usd)}"
