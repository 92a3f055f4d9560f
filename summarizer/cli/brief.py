"""`summarizer brief`: one article in, one briefing out."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from summarizer.cli import options
from summarizer.cli.console import ConsoleProgress, check_writable, exit_on_error, write_result

__all__ = ["brief"]

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A text file, or - for standard input.")]
Format = Annotated[Literal["markdown", "json"], typer.Option("--format", "-f", help="Form of the result.")]


def brief(
    source: Source,
    *,
    model: options.ModelName = None,
    format: Format = "markdown",  # noqa: A002 - the option's name
    output: options.Output = None,
    published: options.Published = None,
    title: options.Title = None,
    base_url: options.BaseUrl = None,
    prompts: options.Prompts = None,
    timeout: options.Timeout = None,
) -> None:
    """Brief one article: bottom line, key points, actors, escalation signals.

    The result goes to standard output, progress and messages to standard error. The first use of the
    embedded model fetches its file (1.1 GB) once.

    Examples:
        summarizer brief article.txt

        cat article.txt | summarizer brief - --format json | jq .escalation

        summarizer brief article.txt --model openai/gpt-5-mini -o note.md
    """
    from summarizer.api import summarize
    from summarizer.loaders import from_file, from_stdin

    progress = ConsoleProgress()
    with exit_on_error():
        check_writable(output)
        article = (
            from_stdin(title=title, published=published)
            if source == "-"
            else from_file(Path(source), title=title, published=published)
        )
        try:
            briefing = summarize(
                article, model=model, base_url=base_url, prompts=prompts, timeout=timeout, progress=progress
            )
        finally:
            progress.close()
        text = briefing.to_markdown() if format == "markdown" else briefing.to_json()
        write_result(text, output)
