"""`summarizer eval`: labelled articles through a model, scored, and compared with another run."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from summarizer.cli import options
from summarizer.cli.console import ConsoleProgress, exit_on_error, say, write_result
from summarizer.errors import SettingsError

if TYPE_CHECKING:
    from summarizer.evaluation import Case, Outcome, RunScores, Scores
    from summarizer.limits import Limits

__all__ = ["evaluate"]

GoldDir = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", help="Folder of labelled articles: *.json with `gold`.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Where the briefings are kept. Default: eval-runs/MODEL-PROMPTS."
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against", metavar="RUN", help="Folder of another run's briefings: show the difference to it."
    ),
]
ScoreOnly = Annotated[
    bool, typer.Option("--score-only", help="Score the briefings that are in --out; no model is asked.")
]
Form = Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="Form of the scores.")]

DEFAULT_RUNS = Path("eval-runs")
FAILED, SOME_FAILED = 1, 3
IN_TABLE = {
    "actor_f1": "actors",
    "signal_f1": "signals",
    "signal_strict_f1": "strict",
    "fact_recall": "facts",
    "fact_must_recall": "must",
    "copied": "copied",
    "uncited": "uncited",
}
"""What the table of articles shows, and the heads of its columns."""


def evaluate(
    gold_dir: GoldDir,
    *,
    out: Out = None,
    model: options.ModelName = None,
    base_url: options.BaseUrl = None,
    prompts: options.Prompts = None,
    timeout: options.Timeout = None,
    retries: options.Retries = 5,
    reasks: options.Reasks = 1,
    budget: options.BudgetUsd = None,
    max_requests: options.MaxRequests = None,
    no_cache: options.NoCache = False,
    against: Against = None,
    format: Form = "text",  # noqa: A002 - the option's name
    score_only: ScoreOnly = False,
) -> None:
    """Measure a model and its prompts on labelled articles.

    Each article is briefed into DIR/ID.json, and the scores go to standard output. Run again, it keeps the
    briefings that the same model and prompts have made; after a change of anything else, use a new DIR. Of
    `copied` and `uncited`, less is better. A missing briefing counts as an empty one.

    Ends with exit code 3 when some articles failed, 1 when all did.

    Examples:
        summarizer eval gold --out before

        summarizer eval gold --prompts my-prompts --out after --against before

        summarizer eval gold --out before --score-only --format json
    """
    from summarizer.evaluation import read_cases, read_produced, score_run

    with exit_on_error():
        labelled = read_cases(gold_dir)
        if labelled.unlabelled:
            say(f"Without labels, left out: {', '.join(labelled.unlabelled)}")
        cases, ids = labelled.cases, [case.id for case in labelled.cases]
        folder = _folder(out, model, prompts, score_only=score_only)
        other = _other_run(cases, against, folder)
        outcomes = (
            ()
            if score_only
            else _brief(
                cases,
                folder,
                model=model,
                base_url=base_url,
                prompts=prompts,
                timeout=timeout,
                limits=options.limits(retries, reasks, budget, max_requests),
                cache=not no_cache,
            )
        )
        failed = {done.id: done.error or "" for done in outcomes if done.outcome == "failed"}
        left = [name for name in ids if name not in failed]
        scores = score_run(cases, read_produced(folder, left))
        _mention_missing(folder, scores, failed)
        write_result(_as_json(scores, other, failed) if format == "json" else _as_text(scores, other), None)
        if failed:
            raise typer.Exit(SOME_FAILED if left else FAILED)


class EvalProgress(ConsoleProgress):
    """What the console shows of one article, under a count of articles."""

    def case_started(self, number: int, total: int, name: str) -> None:
        """Say which article is next."""
        say(f"{number}/{total} {name}")

    def case_done(self, outcome: "Outcome") -> None:
        """Say what its passes have not said."""
        self.close()
        if outcome.outcome == "kept":
            say("  already made with these settings")
        elif outcome.error is not None:
            say(f"  failed: {outcome.error}")


def _folder(out: Path | None, model: str | None, prompts: Path | None, *, score_only: bool) -> Path:
    """Where the briefings are: as asked for, or a folder of their own for each model and set of prompts."""
    if out is not None:
        return out
    if score_only:
        raise SettingsError("--score-only needs --out.", hint="Name the folder of the briefings: --out DIR.")
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    name = re.sub(r"[^\w.-]+", "-", model or Settings.from_environment().model)
    folder = DEFAULT_RUNS / f"{name}-{PromptLibrary(prompts).digest[:8]}"
    say(f"Briefings: {folder}")
    return folder


def _other_run(cases: "Sequence[Case]", against: Path | None, folder: Path) -> "RunScores | None":
    """The scores of the other run, read before the model is asked: a wrong path costs nothing then."""
    from summarizer.evaluation import read_produced, score_run

    if against is None:
        return None
    if against.resolve() == folder.resolve():
        raise SettingsError(
            "--against is the folder of this run itself.", hint="Give this run another --out."
        )
    other = score_run(cases, read_produced(against, [case.id for case in cases]))
    _mention_missing(against, other, {})
    return other


def _mention_missing(folder: Path, scores: "RunScores", failed: Mapping[str, str]) -> None:
    missing = [name for name in scores.missing if name not in failed]
    if missing:
        say(f"Not in {folder}, scored as empty: {', '.join(missing)}")


def _brief(
    cases: "Sequence[Case]",
    folder: Path,
    *,
    model: str | None,
    base_url: str | None,
    prompts: Path | None,
    timeout: float | None,
    limits: "Limits",
    cache: bool,
) -> "tuple[Outcome, ...]":
    from summarizer.connect import connect
    from summarizer.evaluation import run_cases
    from summarizer.llm import parse_model
    from summarizer.llm.cache import ReplyCache
    from summarizer.loop import run
    from summarizer.prompting import PromptLibrary
    from summarizer.settings import Settings

    settings, library, progress = Settings.from_environment(), PromptLibrary(prompts), EvalProgress()
    ref = parse_model(model or settings.model)
    progress.using(str(ref), "asked for" if model else settings.why_model)

    async def work() -> "tuple[Outcome, ...]":
        connected = connect(
            ref,
            settings,
            base_url=base_url,
            api_key=None,
            timeout_s=timeout,
            progress=progress,
            limits=limits,
            keeper=ReplyCache(settings.reply_cache) if cache else None,
        )
        async with connected.client as client:
            return await run_cases(cases, client, library, folder, engine=connected.engine, progress=progress)

    try:
        return run(work())
    finally:
        progress.close()


def _as_json(scores: "RunScores", other: "RunScores | None", failed: Mapping[str, str]) -> str:
    from summarizer.evaluation import difference

    result: dict[str, Any] = {**_plain(scores), "failed": dict(failed)}
    if other is not None:
        result |= {"against": _plain(other), "difference": difference(scores.total, other.total)}
    return json.dumps(result, indent=2) + "\n"


def _plain(scores: "RunScores") -> dict[str, Any]:
    return {"articles": scores.articles, "total": scores.total, "missing": scores.missing}


def _as_text(scores: "RunScores", other: "RunScores | None") -> str:
    articles = [["article", *IN_TABLE.values()]]
    articles += [
        [name, *(_number(row[measure]) for measure in IN_TABLE)] for name, row in scores.articles.items()
    ]
    measures = _measures(scores.total, None if other is None else other.total)
    count = f"{len(scores.articles)} articles, {len(scores.missing)} without a briefing\n"
    return "\n".join([_table(articles), _table(measures), count])


def _measures(ours: "Scores", theirs: "Scores | None") -> list[list[str]]:
    from summarizer.evaluation import difference

    if theirs is None:
        return [["measure", "mean"], *([name, _number(value)] for name, value in ours.items())]
    change = difference(ours, theirs)
    rows = [
        [name, _number(value), _number(theirs[name]), _number(change[name], "+")]
        for name, value in ours.items()
    ]
    return [["measure", "mean", "against", "difference"], *rows]


def _number(value: float | None, sign: str = "") -> str:
    return "-" if value is None else format(value, f"{sign}.3f")


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns of plain text: the first to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )
    return "".join(f"{line}\n" for line in lines)
