"""`summarizer brief`: one article in, one briefing out; several in, one note out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.article import Article
from summarizer.cli import options
from summarizer.cli.console import (
    ConsoleProgress,
    check_apart,
    check_writable,
    exit_on_error,
    say,
    write_result,
)
from summarizer.cli.formats import Format, check_form, form_of, rendered
from summarizer.errors import EmptyArticle, InputError, SettingsError, SummarizerError

if TYPE_CHECKING:
    from summarizer.notes_api import Noted

__all__ = ["brief"]

SOME_FAILED = 3

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Files or folders, or - for standard input: a text, a document, or JSON Lines of {id, text, title?, "
        "published?, source?}. Several make one note.",
        show_default=False,
    ),
]
Urls = Annotated[
    list[str] | None,
    typer.Option("--url", metavar="URL", help="Fetch this page too; nothing else is ever fetched."),
]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Form of the result. Default: as the ending of FILE says (.md, .txt, .json, .html, .docx, .pdf, .csv), "
        "Markdown without one. Other endings need --format, and those of other formats, such as .xlsx, are refused.",
        show_default=False,
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="FILE", help="House style: a .docx template, or a Jinja file for a text format."
    ),
]
GradesFile = Annotated[
    Path | None,
    typer.Option("--grades", metavar="FILE", help="Admiralty grades of the outlets, as TOML."),
]


def brief(
    sources: Sources = None,
    *,
    url: Urls = None,
    model: options.ModelName = None,
    format: Form = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    published: options.Published = None,
    title: options.Title = None,
    language: options.LanguageTag = "en",
    template: Template = None,
    grades: GradesFile = None,
    base_url: options.BaseUrl = None,
    prompts: options.Prompts = None,
    timeout: options.Timeout = None,
    retries: options.Retries = 5,
    reasks: options.Reasks = 1,
    budget: options.BudgetUsd = None,
    max_requests: options.MaxRequests = None,
    no_cache: options.NoCache = False,
    recheck_injection: options.RecheckInjection = False,
    cassette: options.Cassette = None,
    record: options.Record = False,
) -> None:
    """Brief one article, or make one note of several: bottom line, key points, actors, escalation signals.

    A note counts near-copies once, merges actors and events, and shows where its sources agree and differ.
    A file articles.toml beside the articles may give their titles, outlets and dates.

    The result goes to standard output, progress and messages to standard error. The first use of the
    embedded model fetches its file (1.1 GB) once.

    Examples:
        summarizer brief article.txt

        cat article.txt | summarizer brief - --format json | jq .escalation

        summarizer brief seeds/lake-crisis --format html -o note.html

        summarizer brief --url https://news.example/story.html

        summarizer brief article.txt --model openai/gpt-5-mini -o note.md
    """
    from summarizer.languages import checked_tag
    from summarizer.loop import run
    from summarizer.notes_api import abrief_articles
    from summarizer.testing.cassettes import cassette_block

    progress, failures = ConsoleProgress(drafts=cassette is None), _Failures()
    named, pages = sources or [], url or []
    with exit_on_error():
        check_apart(output, _files(named), (template, grades, cassette))
    with exit_on_error(), cassette_block(cassette, record=record):
        check_writable(output)
        form = form_of(format, output, template)
        check_form(form, output, template)
        alone = len(named) + len(pages) == 1 and not any(Path(name).is_dir() for name in named)
        articles = _loaded(named, pages, failures, title=title, published=published, alone=alone)
        try:
            noted = run(
                abrief_articles(
                    articles,
                    model=model,
                    title=None if alone else title,
                    language=checked_tag(language),
                    base_url=base_url,
                    prompts=prompts,
                    timeout=timeout,
                    limits=options.limits(retries, reasks, budget, max_requests),
                    cache=not no_cache,
                    recheck_injection=recheck_injection,
                    grades=grades,
                    progress=progress,
                    onlooker=None if alone else failures,
                )
            )
        finally:
            progress.close()
        write_result(_result(noted, form, template, alone=alone), output)
    if failures.count:
        raise typer.Exit(SOME_FAILED)


def _files(sources: list[str]) -> Iterator[Path]:
    """What is read for these sources, one file after the other."""
    from summarizer.loaders import files_of
    from summarizer.notes.details import FILE

    for source in sources:
        yield from (Path(source) / FILE, Path(source).parent / FILE)
        yield from files_of(source)


class _Failures:
    """Says which article is at work, and which has failed."""

    def __init__(self) -> None:
        self.count = 0

    def article_started(self, article: Article, number: int, of: int) -> None:
        """Name it."""
        say(f"Article {number} of {of}: {article.title or article.source or article.id}")

    def article_failed(self, name: str, error: SummarizerError) -> None:
        """Say why, and what to do."""
        self.count += 1
        say(f"Left out: {name}: {error}")
        say(f"Hint:     {error.hint}")


def _loaded(
    sources: list[str],
    urls: list[str],
    failures: _Failures,
    *,
    title: str | None,
    published: str | None,
    alone: bool,
) -> list[Article]:
    from summarizer.gathering import load_sources
    from summarizer.loaders import from_file, from_stdin, from_url

    for name in sources:
        if name.startswith(("http://", "https://")):
            raise SettingsError(
                f"{name!r} is an address, and nothing is fetched unasked.", hint=f"Give it as --url {name}"
            )
    if not sources and not urls:
        raise SettingsError("there is nothing to brief.", hint="Name a file, or give --url URL.")
    if alone and urls:
        return [from_url(urls[0], title=title, published=published).article]
    pages: list[Article] = []
    for url in urls:
        try:
            pages.append(from_url(url, published=published).article)
        except InputError as error:
            failures.article_failed(url, error)
    if not alone:
        articles = [*load_sources(sources, published=published, onlooker=failures), *pages]
        if not articles:
            raise EmptyArticle("none of the sources holds an article.")
        return articles
    if sources[0] == "-":
        return [from_stdin(title=title, published=published)]
    return [from_file(Path(sources[0]), title=title, published=published)]


def _result(noted: "Noted", form: Format, template: Path | None, *, alone: bool) -> str | bytes:
    """One article keeps the forms of a briefing; whatever only notes have is made from the note."""
    briefing = noted.note.sources[0].briefing
    if alone and template is None and form == "markdown":
        return briefing.to_markdown()
    if alone and template is None and form == "json":
        from summarizer.render.clean import to_json_text

        return to_json_text(briefing.to_json())
    return rendered(noted.note, noted.articles, form, template)
