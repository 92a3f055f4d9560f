"""`summarizer check` and `summarizer verify`: claims against an article, without a model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.console import check_writable, exit_on_error, say, write_result
from summarizer.errors import SourceNotFound, UnsupportedSource

__all__ = ["check", "verify"]

ArticleFile = Annotated[Path, typer.Argument(metavar="ARTICLE", help="The text file of the article.")]
NOT_PROVEN = 1


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
        text = from_file(article, published=published)
        lines: list[str] = []
        for row in _rows(claims):
            found = check_claim(text, row["claim"], evidence=row["evidence"])
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
    from pydantic import ValidationError

    from summarizer.loaders import from_file
    from summarizer.proof import verify as prove
    from summarizer.types import Briefing

    with exit_on_error():
        data = _text(briefing)
        try:
            made = Briefing.model_validate_json(data)
        except ValidationError as error:
            found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
            raise UnsupportedSource(
                f"{str(briefing)!r} is not a briefing: {found}.",
                hint="Give the file that `brief --format json` wrote.",
            ) from None
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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {str(path)!r}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnsupportedSource(f"{str(path)!r} cannot be read as text.") from error


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    hint = 'A line is {"id": "1", "claim": "...", "evidence": [{"start": 0, "end": 120}]}; evidence may be left out.'
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            ranges = row.get("evidence")
            evidence = None if ranges is None else [(int(r["start"]), int(r["end"])) for r in ranges]
            if not isinstance(row["claim"], str) or not row["claim"].strip():
                raise ValueError("the claim is not a sentence")  # noqa: TRY301 - answered like every other flaw of the line
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise UnsupportedSource(
                f"{path.name}, line {number} is not a claim: {error!r}.", hint=hint
            ) from error
        yield {"id": row.get("id", str(number)), "claim": row["claim"], "evidence": evidence}
