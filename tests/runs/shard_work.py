"""What workers of the sharded tests do: ask the till, and now and then die."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summarizer.runs import Batch
from summarizer.runs.output import local_path
from summarizer.runs.remote import Place, Remote
from tests.runs.crash_worker import CONCURRENCY, PASSES, Paying, dying_at
from tests.runs.scripted import scripted

__all__ = ["open_batch", "open_remote"]


def open_batch(output: Path, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard; its worker dies once in the shard that `dies` names."""
    mark = output.with_suffix(".died")
    dies = settings.get("dies") == output.stem and not mark.exists()
    if dies:
        mark.touch()
    return Batch(
        output=output,
        options={"model": settings["model"]},
        open_work=scripted(Paying(Path(settings["till"])), passes=PASSES),
        concurrency=CONCURRENCY,
        step=dying_at("after_reply", 9) if dies else dying_at("", 0),
        retry="passing",
        whole=True,
    )


def open_remote(output: Place, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard that goes into storage, and is kept in the folder `work` of this machine."""
    return Batch(
        output=local_path(output, Path(settings["work"])),
        remote=output if isinstance(output, Remote) else None,
        options={},
        open_work=scripted(Paying(Path(settings["till"])), passes=PASSES),
        concurrency=CONCURRENCY,
        retry="passing",
        whole=True,
    )
