"""The forms in which a note leaves the program, by the name that `--format` knows them by."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from summarizer.article import Article
from summarizer.cli.console import say, write_result
from summarizer.errors import SettingsError
from summarizer.files import write_whole
from summarizer.types.note import Note, SourceId

__all__ = ["BINARY", "FORMATS", "Format", "check_form", "form_of", "rendered", "write"]

Format = Literal["markdown", "json", "html", "docx", "pdf", "csv", "actors-csv"]
Renderer = Callable[[Note, Mapping[SourceId, Article]], str | bytes]

BINARY: frozenset[Format] = frozenset({"docx", "pdf"})
"""Forms that a terminal cannot show."""


_BY_SUFFIX: Mapping[str, Format] = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
}


def form_of(form: Format | None, output: Path | None) -> Format:
    """The form that was asked for, or else the one that the output's name asks for; Markdown when neither does."""
    return form or _BY_SUFFIX.get(output.suffix.lower() if output else "", "markdown")


def check_form(form: Format, output: Path | None, template: Path | None) -> None:
    """Refuse before the work what could not be written after it.

    Raises:
        SettingsError: bytes for a terminal, or a template that this form cannot use.
    """
    if form in BINARY and output is None and sys.stdout.isatty():
        raise SettingsError(f"a terminal cannot show {form}.", hint="Name a file with -o FILE.")
    if template is None:
        return
    if form == "pdf" or (form == "docx") != (template.suffix in {".docx", ".dotx"}):
        raise SettingsError(
            f"{template.name!r} is no template for {form}.",
            hint="Give a .docx file with --format docx, or a Jinja file with a text format.",
        )
    if not template.is_file():
        raise SettingsError(f"there is no template {str(template)!r}.", hint="Check the path.")


def rendered(
    note: Note, articles: Mapping[SourceId, Article], form: Format, template: Path | None
) -> str | bytes:
    """The note in one of the forms.

    Args:
        note: What to write.
        articles: Of its sources.
        form: Which.
        template: A house style: a Word template for `docx`, a Jinja file for any text.

    Raises:
        OutputError: a package is missing, or the template is broken.
    """
    if template is None:
        return FORMATS[form](note, articles)
    if form == "docx":
        from summarizer.render.docx import note_to_docx

        return note_to_docx(note, articles, template=template)
    from summarizer.render.template import note_with_template

    return note_with_template(note, articles, template)


def write(result: str | bytes, output: Path | None) -> None:
    """The result, on standard output or whole in a file.

    Raises:
        OutputError: the file cannot be written.
    """
    if isinstance(result, str):
        write_result(result, output)
    elif output is not None:
        write_whole(output, result)
        say(f"Wrote {output}")
    else:
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()


def _markdown(note: Note, _: Mapping[SourceId, Article]) -> str:
    from summarizer.render.markdown import note_to_markdown

    return note_to_markdown(note)


def _json(note: Note, _: Mapping[SourceId, Article]) -> str:
    from summarizer.render.clean import to_json_text

    return to_json_text(note.to_json())


def _html(note: Note, articles: Mapping[SourceId, Article]) -> str:
    from summarizer.render.html.page import note_to_html

    return note_to_html(note, articles)


def _docx(note: Note, articles: Mapping[SourceId, Article]) -> bytes:
    from summarizer.render.docx import note_to_docx

    return note_to_docx(note, articles)


def _pdf(note: Note, articles: Mapping[SourceId, Article]) -> bytes:
    from summarizer.render.pdf import note_to_pdf

    return note_to_pdf(note, articles)


def _signals(note: Note, _: Mapping[SourceId, Article]) -> str:
    from summarizer.render.tables import note_to_signals_csv

    return note_to_signals_csv(note)


def _actors(note: Note, _: Mapping[SourceId, Article]) -> str:
    from summarizer.render.tables import note_to_actors_csv

    return note_to_actors_csv(note)


FORMATS: Mapping[Format, Renderer] = {
    "markdown": _markdown,
    "json": _json,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "csv": _signals,
    "actors-csv": _actors,
}
