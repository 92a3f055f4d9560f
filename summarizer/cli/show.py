"""`summarizer show`: what would be sent, and the tables behind it, without a model."""

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.console import exit_on_error, write_result
from summarizer.errors import SettingsError

__all__ = ["app"]

app = typer.Typer(
    help="Show a prompt, a schema or the codebook, without calling a model.", no_args_is_help=True
)

SAMPLE = (
    "TARSK -- Karvelia moved two armored brigades to its northern border on Monday, the Defense Ministry said. "
    "Neighboring Ostrava began a missile exercise hours earlier. Ostrava's foreign minister, Pavel Dorn, said any "
    "unit that crossed the Sula River would be destroyed."
)
"""An invented article, for `show prompt` without one."""


@app.command()
def prompt(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A pass: summary, actors, signals, ...")],
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="SOURCE", help="An article, or - for standard input; default: a short invented one."
        ),
    ] = None,
    *,
    model: options.ModelName = None,
    prompts: options.Prompts = None,
    published: options.Published = None,
    title: options.Title = None,
    language: options.LanguageTag = "en",
) -> None:
    """Print exactly what would be sent to the model for one pass over SOURCE.

    A later pass builds on what earlier ones answered; here it is shown as it looks when the model
    accepts every proposal.
    """
    from summarizer.article import Article
    from summarizer.languages import checked_tag
    from summarizer.loaders import from_file, from_stdin
    from summarizer.pipeline import preview
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    with exit_on_error():
        chosen = model or Settings.from_environment().model
        if source is None:
            article = Article.from_text(SAMPLE, title=title, published=published)
        elif source == "-":
            article = from_stdin(title=title, published=published)
        else:
            article = from_file(Path(source), title=title, published=published)
        shown = preview(name, article, PromptLibrary(prompts, language=checked_tag(language)), model=chosen)
        write_result(f"=== system\n{shown.system}\n\n=== user\n{shown.user}\n", None)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="briefing, note, actor, signal or changes.")],
) -> None:
    """Print the published JSON Schema of a briefing, an actor or a signal."""
    from summarizer.types.publish import published_schema

    with exit_on_error():
        write_result(published_schema(name), None)


@app.command()
def codebook(
    name: Annotated[
        str | None, typer.Argument(metavar="EVENT_TYPE", help="One event type; default: all.")
    ] = None,
) -> None:
    """Print the codebook: event types with their quad class, score, modes and definition."""
    from summarizer.codebook import codebook as read_codebook

    with exit_on_error():
        book = read_codebook()
        if name is not None and name.upper() not in book.event_types:
            raise SettingsError(
                f"the codebook has no {name!r}.", hint=f"It has {', '.join(book.event_types)}."
            )
        chosen = [name.upper()] if name else list(book.event_types)
        lines = [f"{book.version}"]
        for key in chosen:
            entry = book.event_types[key]  # pyright: ignore[reportArgumentType] - checked above
            lines += [f"\n{key}  quad {entry.quad}, score {entry.score:+g}", f"  {entry.definition}"]
            lines += [f"  - {mode} {found.score}" for mode, found in entry.modes.items()]
            lines += [f"  * {rule}" for rule in entry.rules]
        write_result("\n".join(lines) + "\n", None)
