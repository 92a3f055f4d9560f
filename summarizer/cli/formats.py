"""The forms in which a note leaves the program, by the name that `--format` knows them by."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, TypeVar

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.types.note import Note, SourceId

__all__ = ["BINARY", "FORMATS", "Format", "check_form", "form_of", "named_form", "rendered"]

Format = Literal["markdown", "json", "html", "docx", "pdf", "csv", "actors-csv"]
F = TypeVar("F", bound=str)
Renderer = Callable[[Note, Mapping[SourceId, Article]], str | bytes]

BINARY: frozenset[Format] = frozenset({"docx", "pdf"})
"""Forms that a terminal cannot show."""


_BY_SUFFIX: Mapping[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
}
_FOREIGN = re.compile(
    r"\.(docm?|dotx?|epub|gif|jpe?g|numbers|od[pst]|pages|parquet|png|pptx?|rtf|svg|tsv|xls[bmx]?|xml|ya?ml|zip)"
)
"""Endings that say a format we never write, whatever `--format` says."""
_SAME: Mapping[str, str] = {"actors-csv": "csv"}
"""Forms that are of another one's kind of file."""
_ENDING = re.compile(r"\.[a-z][a-z0-9-]{0,9}")
"""What is not of this form belongs to the name: `note of Nov. 3`."""
_FREE = frozenset({".txt"})
"""Endings that any text may have."""


def form_of(form: Format | None, output: Path | None, template: Path | None = None) -> Format:
    """The form that was asked for, or else the one that the output's name asks for; Markdown when neither does.

    Raises:
        SettingsError: the name says a form that is not written, or another one than was asked for.
    """
    return named_form(form, output, _BY_SUFFIX, "markdown", free=template is not None)


def named_form(
    form: F | None, output: Path | None, by_suffix: Mapping[str, F], default: F, *, free: bool = False
) -> F:
    """One of a command's forms, by `--format` or by the output's name.

    Args:
        form: What `--format` says, if anything.
        output: The file to write; None for standard output.
        by_suffix: The forms that the command writes, by the endings that say them.
        default: Where neither says anything, which is so for a name without an ending.
        free: Whether any ending will do, as where a template decides what is written.

    Raises:
        SettingsError: the name says a form that is not written, or another one than was asked for.
    """
    suffix = output.suffix.lower() if output else ""
    if output is None or not _ENDING.fullmatch(suffix) or free:
        return form or by_suffix.get(suffix, default)
    said = by_suffix.get(suffix)
    if form is None and said is not None:
        return said
    if form is None or _FOREIGN.fullmatch(suffix):
        known = (
            f"Endings that are written: {', '.join(by_suffix)}."
            if by_suffix
            else f"{form} is what is written."
        )
        other = "" if _FOREIGN.fullmatch(suffix) else " For another, say what to write with --format."
        raise SettingsError(
            f"{output.name!r} would be a {suffix} file, and none is written here.", hint=known + other
        )
    if said is not None and suffix not in _FREE and said != _SAME.get(form, form):
        raise SettingsError(
            f"{output.name!r} says {said}, but --format says {form}.",
            hint="Leave --format out, or name the file after its form.",
        )
    return form


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
