"""The command line: the only layer that prints or exits."""

from typing import Annotated

import typer

from summarizer.cli import batch, brief, cache, cassettes, diff, evaluate, models, prove, show
from summarizer.cli.console import exit_on_error, write_result
from summarizer.cli.flowing import FlowingGroup

__all__ = ["app"]

app = typer.Typer(
    name="summarizer",
    cls=FlowingGroup,
    help="News article in, typed and checkable briefing out.\n\n"
    "Each sentence of a briefing points to the words of the article it stands on. With no key set, "
    "an embedded model does the work on this machine.",
    epilog="Example:  summarizer brief article.txt --published 2024-12-05 -o note.md",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="brief")(brief.brief)
app.command(name="batch")(batch.batch)
app.command(name="verify")(prove.verify)
app.command(name="check")(prove.check)
app.command(name="diff")(diff.diff)
app.command(name="eval")(evaluate.evaluate)
app.add_typer(models.app, name="models", cls=FlowingGroup)
app.add_typer(cache.app, name="cache", cls=FlowingGroup)
app.add_typer(cassettes.app, name="cassettes", cls=FlowingGroup)
app.add_typer(show.app, name="show", cls=FlowingGroup)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        with exit_on_error():
            write_result(f"{version('summarizer')}\n", None)
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """News article in, typed and checkable briefing out."""
