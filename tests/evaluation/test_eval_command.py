"""`summarizer eval` from end to end, with the pipeline replaced: no model is asked."""

import json
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from summarizer import Article, Briefing
from summarizer.cli import app
from summarizer.codebook import codebook
from summarizer.errors import EngineFailed, ModelError, SummarizerError, Truncated
from summarizer.llm import Client
from summarizer.llm.replay import replaying
from summarizer.prompting import PromptLibrary
from tests.evaluation.invented import flawed, perfect, write_case

RUN = CliRunner()


@dataclass
class Pipeline:
    """Stands in for the pipeline: briefs every article perfectly, but for those it is to fail."""

    asked: list[str] = field(default_factory=list[str])
    fails: dict[str, SummarizerError] = field(default_factory=dict[str, SummarizerError])

    async def __call__(
        self, article: Article, client: Client, library: PromptLibrary, *, engine: str | None, **_: object
    ) -> Briefing:
        """Brief or fail, and write down who asked."""
        self.asked.append(article.id)
        if article.id in self.fails:
            raise self.fails[article.id]
        return perfect(
            article=article,
            model=str(client.ref),
            engine=engine,
            prompt_digest=library.digest,
            codebook_version=codebook().version,
        )


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Generator[Pipeline]:
    stand_in = Pipeline()
    monkeypatch.setattr("summarizer.evaluation.run.brief_article", stand_in)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_MODEL", "SUMMARIZER_MODEL_FILE"):
        monkeypatch.delenv(name, raising=False)
    with replaying():  # no engine is started
        yield stand_in


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        write_case(tmp_path / "gold", name)
    return tmp_path / "gold"


def evaluate(gold: Path, *arguments: object) -> Result:
    return RUN.invoke(app, ["eval", str(gold), *map(str, arguments)])


def write_run(folder: Path, **briefings: Briefing) -> Path:
    folder.mkdir()
    for name, made in briefings.items():
        (folder / f"{name}.json").write_text(made.to_json(), encoding="utf-8")
    return folder


def row(result: Result, head: str) -> list[str]:
    """The cells of the line that starts with that word."""
    return next(line.split()[1:] for line in result.stdout.splitlines() if line.split()[:1] == [head])


def test_every_case_is_briefed_into_its_file_and_counted_on_standard_error(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    done = evaluate(gold, "--out", tmp_path / "deep" / "run")

    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "deep" / "run").iterdir()) == [
        "a.json",
        "b.json",
        "c.json",
    ]
    assert "Model: local/qwen2.5-coder-1.5b" in done.stderr
    assert [line for line in done.stderr.splitlines() if "/3 " in line] == ["1/3 a", "2/3 b", "3/3 c"]
    assert row(done, "b") == ["1.000", "1.000", "1.000", "1.000", "1.000", "0.000", "0.000"]
    assert row(done, "score") == ["1.000"]
    assert "3 articles, 0 without a briefing" in done.stdout
    assert "1/3" not in done.stdout


def test_a_second_run_asks_only_for_what_is_missing_or_cut_short(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    evaluate(gold, "--out", tmp_path / "run")
    (tmp_path / "run" / "b.json").unlink()
    (tmp_path / "run" / "c.json").write_text('{"headline": ', encoding="utf-8")
    pipeline.asked.clear()
    done = evaluate(gold, "--out", tmp_path / "run")

    assert pipeline.asked == ["b", "c"]
    assert "1/3 a\n  already made with these settings\n2/3 b" in done.stderr
    assert row(done, "score") == ["1.000"]


@pytest.mark.parametrize("change", ["model", "prompts", "text"])
def test_a_briefing_of_other_settings_is_made_again(
    gold: Path, tmp_path: Path, pipeline: Pipeline, change: str
) -> None:
    evaluate(gold, "--out", tmp_path / "run")
    pipeline.asked.clear()
    arguments: list[object] = []
    if change == "model":
        arguments = ["--model", "openai/another"]
    elif change == "prompts":
        (tmp_path / "prompts").mkdir()
        (tmp_path / "prompts" / "summary.user.md.jinja").write_text("Say it.", encoding="utf-8")
        arguments = ["--prompts", tmp_path / "prompts"]
    else:
        for name in ("a", "b", "c"):
            write_case(gold, name, published="2031-06-01")
    evaluate(gold, "--out", tmp_path / "run", *arguments)

    assert pipeline.asked == ["a", "b", "c"]


def test_a_failed_case_is_told_scored_as_missing_and_the_others_go_on(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    pipeline.fails["b"] = Truncated("the reply hit the limit")
    done = evaluate(gold, "--out", tmp_path / "run", "--format", "json")
    result = json.loads(done.stdout)

    assert done.exit_code == 3
    assert pipeline.asked == ["a", "b", "c"]
    assert "  failed: Truncated: the reply hit the limit" in done.stderr
    assert result["failed"] == {"b": "Truncated: the reply hit the limit"}
    assert result["missing"] == ["b"]
    assert result["total"]["score"] == pytest.approx(2 / 3)


def test_a_failed_case_is_not_scored_by_a_briefing_of_other_settings(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    write_run(tmp_path / "run", b=perfect())
    pipeline.fails["b"] = ModelError("no answer")
    done = evaluate(gold, "--out", tmp_path / "run")

    assert row(done, "b")[0] == "0.000"
    assert "1 without a briefing" in done.stdout


def test_when_every_case_fails_the_run_has_failed(gold: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    pipeline.fails = {name: ModelError("no answer") for name in ("a", "b", "c")}

    assert evaluate(gold, "--out", tmp_path / "run").exit_code == 1


def test_what_no_other_case_could_do_better_ends_the_run_and_keeps_what_is_made(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    pipeline.fails["b"] = EngineFailed("it stopped")
    done = evaluate(gold, "--out", tmp_path / "run")

    assert done.exit_code == 1
    assert "Error: it stopped" in done.stderr
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["a.json"]


def test_score_only_asks_no_model_and_names_what_is_missing(
    gold: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    run = write_run(tmp_path / "run", a=flawed(), c=perfect())
    done = evaluate(gold, "--out", run, "--score-only")

    assert done.exit_code == 0
    assert pipeline.asked == []
    assert "scored as empty: b" in done.stderr
    assert row(done, "a") == ["0.667", "0.800", "0.333", "0.333", "0.500", "0.333", "1.000"]
    assert row(done, "uncited") == ["0.333"]


def test_against_shows_both_runs_and_their_difference(gold: Path, tmp_path: Path) -> None:
    before = write_run(tmp_path / "before", a=flawed(), b=flawed(), c=flawed())
    after = write_run(tmp_path / "after", a=perfect(), b=perfect(), c=perfect())
    done = evaluate(gold, "--out", after, "--score-only", "--against", before)

    assert row(done, "measure") == ["mean", "against", "difference"]
    assert row(done, "signal_f1") == ["1.000", "0.800", "+0.200"]
    assert row(done, "uncited") == ["0.000", "1.000", "-1.000"]
    assert row(done, "score") == ["1.000", "0.533", "+0.467"]


def test_the_comparison_is_in_the_json_too(gold: Path, tmp_path: Path) -> None:
    before = write_run(tmp_path / "before", a=flawed(), b=flawed(), c=flawed())
    after = write_run(tmp_path / "after", a=perfect(), b=perfect(), c=perfect())
    result: dict[str, Any] = json.loads(
        evaluate(gold, "--out", after, "--score-only", "--against", before, "--format", "json").stdout
    )

    assert result["against"]["total"]["copied"] == pytest.approx(1 / 3)
    assert result["difference"]["copied"] == pytest.approx(-1 / 3)
    assert set(result["articles"]) == set(result["against"]["articles"]) == {"a", "b", "c"}


def test_without_out_each_model_and_each_set_of_prompts_has_a_folder_of_its_own(
    gold: Path, tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    evaluate(gold)
    (made,) = (tmp_path / "eval-runs").iterdir()

    assert made.name == f"local-qwen2.5-coder-1.5b-{PromptLibrary().digest[:8]}"
    assert len(list(made.iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["--score-only"], 2, "--score-only needs --out"),
        (["--score-only", "--out", "nowhere"], 1, "holds no briefing"),
        (["--out", "run", "--against", "run"], 2, "--against is the folder of this run itself"),
        (["--out", "run", "--against", "nowhere"], 1, "holds no briefing"),
        (["--out", "gold/a.json"], 1, "cannot be made"),
        (["--out", "run", "--prompts", "nowhere"], 2, "does not exist"),
    ],
)
def test_a_wrong_argument_is_answered_before_the_model_is_asked(
    gold: Path,
    tmp_path: Path,
    pipeline: Pipeline,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    exit_code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = evaluate(gold, *arguments)

    assert (done.exit_code, pipeline.asked) == (exit_code, [])
    assert said in done.stderr
    assert "Traceback" not in done.output
