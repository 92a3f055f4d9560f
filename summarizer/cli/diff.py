"""`summarizer diff`: what changed between two briefings or notes, without a model."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from summarizer.cli import options
from summarizer.cli.console import check_apart, check_writable, exit_on_error, write_result
from summarizer.cli.formats import named_form
from summarizer.errors import SourceNotFound, UnsupportedSource

if TYPE_CHECKING:
    from summarizer.types import Briefing
    from summarizer.types.note import Note

__all__ = ["diff"]

Form = Literal["markdown", "json", "html"]
Format = Annotated[
    Form | None,
    typer.Option(
        "--format",
        "-f",
        help="Form of the result. Default: as the ending of FILE says (.md, .txt, .json, .html), Markdown without one.",
        show_default=False,
    ),
]
_BY_SUFFIX: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The older briefing or note.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The newer one.")],
    *,
    format: Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
) -> None:
    """Show what changed between two briefings or notes: level, sentences, signals, actors, with both quotes.

    OLD and NEW are files that `brief --format json` wrote. A changed number, a denial that became a confirmation, a
    verdict that fell: each stands beside its words, where those differ. No model is needed. The exit code is 0 whether
    or not anything changed; `--format json` tells a script.

    Examples:
        summarizer diff monday.json tuesday.json

        summarizer diff monday.json tuesday.json --format html -o changes.html
    """
    with exit_on_error():
        check_writable(output)
        check_apart(output, (old, new))
        form = named_form(format, output, _BY_SUFFIX, "markdown")
        from summarizer.changes import compare

        changes = compare(_document(old), _document(new))
        if form == "json":
            from summarizer.render.clean import to_json_text

            text = to_json_text(changes.to_json())
        else:
            from summarizer.render.diff import changes_to_html, changes_to_markdown

            text = changes_to_html(changes) if form == "html" else changes_to_markdown(changes)
        write_result(text, output)


def _document(path: Path) -> "Briefing | Note":
    """The briefing or note that a file holds.

    Raises:
        SourceNotFound: no such file.
        UnsupportedSource: it holds neither.
    """
    from pydantic import ValidationError

    from summarizer.types import Briefing
    from summarizer.types.note import Note

    data = _read(path)
    kind = Note if isinstance(data, dict) and "sources" in data else Briefing
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()[:3])  # fmt: skip
        raise UnsupportedSource(
            f"{str(path)!r} is not a {kind.__name__.lower()}: {found}.",
            hint="Give a file that `brief --format json` wrote.",
        ) from None


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {str(path)!r}.", hint="Check the path.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise UnsupportedSource(
            f"{str(path)!r} cannot be read as JSON.", hint="Give a file that `brief --format json` wrote."
        ) from error
