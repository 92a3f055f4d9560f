"""`summarizer batch` as a test types it, over the scripted provider."""

from collections.abc import Callable
from typing import Any

import typer
from typer.testing import CliRunner, Result

from summarizer.batching import BatchOptions
from summarizer.cli.batch import batch
from summarizer.runs.remote import Place
from tests.runs.scripted import Batch, Provider, scripted

__all__ = ["app", "preparing", "typed"]

app = typer.Typer(context_settings={"help_option_names": ["-h", "--help"]})
app.command()(batch)


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def preparing(provider: Provider) -> Callable[..., Batch]:
    """Stands in for `prepare`: the provider in the place of model and pipeline."""

    def prepare(output: Place, options: BatchOptions, *, progress: Any = None) -> Batch:
        if progress is not None:
            progress.using("fake/model", "asked for")
        return Batch(
            output=output,  # pyright: ignore[reportArgumentType] - tests of storage do not come here
            options={"model": "fake/model"},
            open_work=scripted(provider),
            concurrency=options.concurrency or 4,
            unknown=options.unknown,
            retry="all" if options.retry_failed else "none",
        )

    return prepare
