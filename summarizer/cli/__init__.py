"""The command line: the only layer that prints or exits."""

import typer

from summarizer.cli import batch, brief, cache, cassettes, diff, evaluate, models, prove, show

__all__ = ["app"]

app = typer.Typer(
    name="summarizer",
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
app.add_typer(models.app, name="models")
app.add_typer(cache.app, name="cache")
app.add_typer(cassettes.app, name="cassettes")
app.add_typer(show.app, name="show")


@app.callback()
def root(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version and exit.", is_eager=True),
) -> None:
    """News article in, typed and checkable briefing out."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("summarizer"))
        raise typer.Exit
