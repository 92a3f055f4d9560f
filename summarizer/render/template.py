"""House style for any text format: a note through an office's own Jinja template, in Jinja's sandbox."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from summarizer.article import Article
from summarizer.errors import TemplateError
from summarizer.render.article_layout import checked
from summarizer.render.clean import escape_markdown, one_line
from summarizer.render.note_sources import source_spans
from summarizer.types.note import Note, SourceId

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["note_with_template"]

_MARKUP = {".html", ".htm", ".xhtml", ".xml", ".svg"}
_MARKDOWN = {".md", ".markdown"}
_JINJA = {".jinja", ".jinja2", ".j2"}


def note_with_template(note: Note, articles: Mapping[SourceId, Article] | None, template: Path) -> str:
    """The note as the template sets it.

    The template sees `note`, as its JSON has it, and `articles`, by the id of their source, each with `title`,
    `source`, `published` and `sentences` (`number`, `text`, `cited`). All text is cleaned. What is put in is
    escaped by the ending of the file's name, less `.jinja`: as HTML for .html and .xml, as Markdown for .md; elsewhere
    the filter `markdown` does so. Other templates of the same folder can be included.

    Args:
        note: What to set.
        articles: The articles themselves, by the id of their source; None for none.
        template: The file, such as `note.html.jinja`.

    Raises:
        SettingsError: an article is not the one that its source was made from.
        TemplateError: it is missing, broken, asks for what a note does not have, or does what the sandbox forbids.
    """
    from jinja2 import TemplateError as Broken
    from jinja2 import TemplateSyntaxError

    if not template.is_file():
        raise TemplateError(f"there is no template {str(template)!r}.")
    values = {
        "note": _cleaned(note.model_dump(mode="json")),
        "articles": _articles(note, checked(note, articles)),
    }
    try:
        return _environment(template.resolve()).get_template(template.name).render(values)
    except TemplateSyntaxError as error:
        where = f"{error.name or template.name}, line {error.lineno}"
        raise TemplateError(f"the template is broken ({where}): {error.message}") from error
    except (Broken, ArithmeticError, LookupError, TypeError, ValueError, RecursionError, OSError) as error:
        raise TemplateError(f"the template cannot be rendered ({_line(error, template)}): {error}") from error


def _environment(template: Path) -> "SandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ending = _ending(template)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(template.parent),
        # Jinja escapes as HTML what is not marked as safe; for Markdown, everything is escaped and marked before.
        autoescape=ending in _MARKUP | _MARKDOWN,
        finalize=_as_markdown if ending in _MARKDOWN else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = _as_markdown
    return environment


def _ending(template: Path) -> str:
    """What the result's file name would end in."""
    name = template.stem if template.suffix.lower() in _JINJA else template.name
    return Path(name).suffix.lower()


def _as_markdown(value: object) -> object:
    from markupsafe import Markup

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(escape_markdown(value))  # noqa: S704 - this is the escaping


def _cleaned(value: object) -> object:
    """The same, its texts as single clean lines: nothing in a note has more than one."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(one) for key, one in cast("Mapping[str, object]", value).items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in cast("list[object]", value)]
    return value


def _articles(note: Note, articles: Mapping[SourceId, Article]) -> dict[str, Mapping[str, object]]:
    cited = {(span.source, span.sentence) for span in source_spans(note)}
    return {
        name: _article(article, {number for source, number in cited if source == name})
        for name, article in articles.items()
    }


def _article(article: Article, cited: set[int]) -> Mapping[str, object]:
    sentences = [
        {"number": s.number, "text": one_line(s.text), "cited": s.number in cited} for s in article.sentences
    ]
    known = {"title": article.title, "source": article.source, "published": article.published}
    return {name: one_line(value or "") for name, value in known.items()} | {"sentences": sentences}


def _line(error: BaseException, template: Path) -> str:
    """Where in a template it failed: the innermost frame of the traceback that a template's file gave."""
    import traceback

    folder = str(template.resolve().parent)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(folder) and not frame.filename.endswith(".py"):
            return f"{Path(frame.filename).name}, line {frame.lineno}"
    return template.name
