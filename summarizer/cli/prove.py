"""`summarizer check` and `summarizer verify`: claims against an article, without a model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from summarizer.cli import options
from summarizer.cli.console import check_apart, check_writable, exit_on_error, say, write_result
from summarizer.cli.formats import named_form
from summarizer.errors import SettingsError, SourceNotFound, UnsupportedSource

if TYPE_CHECKING:
    from pydantic import ValidationError

    from summarizer.types import Briefing

__all__ = ["check", "verify"]

ArticleFile = Annotated[Path, typer.Argument(metavar="ARTICLE", help="The text file of the article.")]
NOT_PROVEN = 1
_CLAIM_HINT = (
    'A line is {"id": "1", "claim": "...", "evidence": [{"start": 0, "end": 120}]}; evidence may be left out.'
)


def check(
    article: ArticleFile,
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS.jsonl", help="One JSON object a line.")],
    *,
    published: options.Published = None,
    output: options.Output = None,
) -> None:
    """Check anyone's sentences against an article: another tool's summary, a draft by hand.

    A line of CLAIMS.jsonl is {"id": ..., "claim": "...", "evidence": [{"start": 0, "end": 120}]}; without
    evidence the best sentences are found. A line of the result is {"id", "verdict", "issues", "evidence"},
    the verdict supported, altered or unsupported.
    """
    from pydantic import TypeAdapter

    from summarizer.grounding.spans import evidence
    from summarizer.loaders import from_file
    from summarizer.proof import check_claim
    from summarizer.types import Issue, Span

    issues, spans = TypeAdapter(list[Issue]), TypeAdapter(list[Span])
    with exit_on_error():
        check_writable(output)
        check_apart(output, (article, claims))
        named_form("JSON Lines", output, {}, "JSON Lines")
        text = from_file(article, published=published)
        lines: list[str] = []
        for where, row in _rows(claims):
            try:
                found = check_claim(text, row["claim"], evidence=row["evidence"])
            except SettingsError as error:
                raise UnsupportedSource(f"{where}: {error}", hint=error.hint) from error
            result = {
                "id": row["id"],
                "verdict": found.verdict,
                "issues": issues.dump_python(list(found.issues), mode="json"),
                "evidence": spans.dump_python(evidence(text, found.sentences), mode="json"),
            }
            lines.append(json.dumps(result, ensure_ascii=False))
        write_result("".join(f"{line}\n" for line in lines), output)


def verify(
    briefing: Annotated[
        Path, typer.Argument(metavar="BRIEFING.json", help="As `brief --format json` wrote it.")
    ],
    article: ArticleFile,
) -> None:
    """Prove a briefing again: its article, every quotation, verdict, name, code, gap and sum. No model is needed.

    What only the model or the caller can know is not proven: title and date, kinds and countries of actors, the
    dates of events, what it cost.

    Ends with exit code 1 and a list when anything differs.
    """
    from summarizer.loaders import from_file
    from summarizer.proof import verify as prove

    with exit_on_error():
        made = _briefing(briefing)
        differences = prove(
            made, from_file(article, title=made.article.title, published=made.article.published)
        )
        if differences:
            for difference in differences:
                say(f"{difference.where}: {difference.message}")
            say(f"Not proven: {len(differences)} difference{'s' * (len(differences) > 1)}.")
            raise typer.Exit(NOT_PROVEN)
        write_result(
            f"Proven: every span, verdict, name, code, gap and sum of {briefing.name} holds.\n", None
        )


def _briefing(path: Path) -> "Briefing":
    """The briefing that a file holds.

    Raises:
        SourceNotFound: no such file.
        UnsupportedSource: it holds something else; the message says what.
    """
    from pydantic import ValidationError

    from summarizer.types import Briefing

    text = _text(path)
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        raise UnsupportedSource(
            f"{str(path)!r} is not JSON, so it is no briefing.",
            hint="The briefing comes first: summarizer verify BRIEFING.json ARTICLE",
        ) from None
    try:
        return Briefing.model_validate_json(text)
    except ValidationError as error:
        raise _no_briefing(
            path, cast("dict[str, object]", data) if isinstance(data, dict) else {}, error
        ) from None


def _no_briefing(path: Path, data: dict[str, object], error: "ValidationError") -> UnsupportedSource:
    """What a file of JSON is, where it is no briefing, and what to give instead."""
    name, hint = str(path), "Give the file that `brief ONE-ARTICLE --format json` wrote."
    if "sources" in data and "bottom_line" in data:
        return UnsupportedSource(
            f"{name!r} is a note of several articles, and only the briefing of one can be proven.",
            hint=f"Take out that of one source, with its article: jq '.sources[0].briefing' {name} > one.json",
        )
    if "id" in data and "briefing" in data:
        return UnsupportedSource(
            f"{name!r} is a row that `batch` wrote, not a briefing alone.",
            hint=f"Take the briefing out of it: jq .briefing {name} > one.json",
        )
    found = "; ".join(
        f"{'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()[:5]
    )
    return UnsupportedSource(f"{name!r} is not a briefing: {found}.", hint=hint)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {str(path)!r}.", hint="Check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnsupportedSource(
            f"{str(path)!r} cannot be read as text.", hint="Give a file in UTF-8."
        ) from error


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each claim and where it stands: its line, and its id where it has one."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            row = _object(line, f"{path.name}, line {number}")
            given = row.get("id")
            where = f"{path.name}, line {number}" + (f" (id {given!r})" if given is not None else "")
            claim = row.get("claim")
            if not isinstance(claim, str) or not claim.strip():
                said = "no sentence" if "claim" in row else "missing"
                raise UnsupportedSource(f"{where}: `claim` is {said}.", hint=_CLAIM_HINT)
            yield where, {"id": row.get("id", str(number)), "claim": claim, "evidence": _ranges(row, where)}


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = f": {error.msg} at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnsupportedSource(f"{where} is not JSON{why}.", hint=_CLAIM_HINT) from error
    if not isinstance(row, dict):
        raise UnsupportedSource(f"{where} is not a JSON object.", hint=_CLAIM_HINT)
    return cast("dict[str, Any]", row)


def _ranges(row: dict[str, Any], where: str) -> list[tuple[int, int]] | None:
    given = row.get("evidence")
    if given is None:
        return None
    try:
        return [(int(one["start"]), int(one["end"])) for one in given]
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UnsupportedSource(
            f"{where}: `evidence` is not a list of {{start, end}}, in characters.", hint=_CLAIM_HINT
        ) from error
