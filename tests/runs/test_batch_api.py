"""Runs that post their requests through the Batch endpoint: the same result, and nothing handed in twice, whatever happens."""

import json
import multiprocessing
import signal
from collections import Counter
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from summarizer.cli.batch import batch
from summarizer.runs.run import Batch
from summarizer.testing.fake_batches import FakeBatches
from tests.runs import posting_work
from tests.runs.left_behind import ledger, rows
from tests.runs.posted import SWIFT, Model, write_articles
from tests.runs.posting_work import (
    COUNT,
    PASSES,
    WHOLE,
    Echo,
    batch_of,
    batches_of,
    check_end,
    done,
    said_of,
    sending,
)

pytestmark = pytest.mark.summarizer_loopback
STEPS = (
    "parcel_entered",
    "parcel_uploaded",
    "parcel_made",
    "parcel_named",
    "parcel_kept",
    "parcel_closed",
)


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.runs.posting_work", "summarizer.llm.connection"])
    return context


def test_each_pass_of_all_articles_is_one_batch_and_the_result_is_that_of_an_ordinary_run(
    out: Path, echo: Echo, tmp_path: Path
) -> None:
    report = done(batch_of(out, echo.base_url, terms=WHOLE))
    assert report.complete
    check_end(out, echo)
    assert [len(one.rows) for one in batches_of(echo).batches] == [COUNT] * PASSES
    usage = report.figures.usage
    assert (usage.requests, usage.tokens.output) == (COUNT * PASSES, 20 * COUNT * PASSES)
    ordinary = Batch(output=tmp_path / "live.jsonl", options={}, open_work=sending(echo.base_url))
    assert done(ordinary).complete
    assert ordinary.output.read_bytes() == out.read_bytes()


def test_what_is_answered_is_deleted_at_the_provider(out: Path, echo: Echo) -> None:
    done(batch_of(out, echo.base_url))
    assert batches_of(echo).files == {}


def test_a_second_run_asks_nothing(out: Path, echo: Echo) -> None:
    done(batch_of(out, echo.base_url))
    before = len(batches_of(echo).batches)
    assert done(batch_of(out, echo.base_url)).complete
    assert len(batches_of(echo).batches) == before


def test_rows_that_fail_are_handed_in_again_and_cost_nothing(out: Path, echo: Echo) -> None:
    trouble = batches_of(echo).trouble
    failing = Counter[str]()

    def row(key: str, time: int) -> Mapping[str, Any] | None:
        failing[key] += 1
        if time == 1 and int(key[:2], 16) % 4 == 0:
            return {"status": 500 if int(key[:1], 16) % 2 else 429, "message": "it went wrong"}
        return None

    trouble.row = row
    report = done(batch_of(out, echo.base_url))
    assert rows(out) == [said_of(n) for n in range(COUNT)]
    again = sum(count - 1 for count in failing.values())
    assert again > 0
    assert report.figures.usage.requests == COUNT * PASSES + again
    assert set(batches_of(echo).paid.values()) == {1}


@pytest.mark.thorough
def test_a_row_that_goes_on_failing_is_the_article_s_own_error(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.row = lambda key, _: (
        {"status": 400, "message": "no"} if batches_of(echo).batches[0].rows[3]["custom_id"] == key else None
    )
    report = done(batch_of(out, echo.base_url))
    assert (report.complete, report.figures.failed) == (True, 1)
    assert [row["error"]["type"] for row in rows(out) if "error" in row] == ["RequestRejected"]


def test_replies_of_the_wrong_form_are_asked_for_again_by_post(out: Path, echo: Echo) -> None:
    echo.spoils = lambda question: question.startswith("a1")
    report = done(batch_of(out, echo.base_url))
    assert rows(out) == [said_of(n) for n in range(COUNT)]
    spoilt = sum(str(n).startswith("1") for n in range(COUNT)) * PASSES
    assert report.figures.usage.reasks == spoilt


def test_what_an_expired_batch_has_left_is_handed_in_again(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.expires = {1: 7, 2: 0}
    assert done(batch_of(out, echo.base_url)).complete
    assert rows(out) == [said_of(n) for n in range(COUNT)]
    batches = batches_of(echo)
    assert [one.status for one in batches.batches][:2] == ["expired", "expired"]
    assert set(batches.paid.values()) == {1}


def test_a_batch_that_was_made_unheard_is_found_by_its_label(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.cut = 2
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
    labels = {one.metadata["summarizer"] for one in batches_of(echo).batches}
    assert len(labels) == len(batches_of(echo).batches)


@pytest.mark.thorough
def test_lines_that_are_refused_leave_the_others_to_be_answered(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.wrong_lines = {1: (2, 5)}
    report = done(batch_of(out, echo.base_url))
    assert (report.complete, report.figures.failed) == (True, 2)
    assert Counter("error" in row for row in rows(out)) == {False: COUNT - 2, True: 2}


@pytest.mark.crash
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_named_step_nothing_is_handed_in_twice(
    step: str, out: Path, echo: Echo, processes: ForkServerContext
) -> None:
    deaths = 0
    for when in (1, 1, 2, 0):
        process = processes.Process(target=posting_work.brief, args=(out, echo.base_url, COUNT, step, when))
        process.start()
        process.join(60)
        assert process.exitcode in {0, -signal.SIGKILL}
        deaths += process.exitcode != 0
    assert deaths >= 2
    check_end(out, echo)


def test_the_command_posts_whole_briefings_and_says_how_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.runs.posting.USUAL", SWIFT)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    source, out = write_articles(tmp_path / "news.jsonl", 2), tmp_path / "out.jsonl"
    app = typer.Typer()
    app.command()(batch)
    with Model(batches=FakeBatches()) as fake:
        typed = [str(source), "-o", str(out), "--model", "openai/fake-model", "--base-url", fake.base_url]
        ran = CliRunner().invoke(app, [*typed, "--batch-api", "--json-log"])
    assert ran.exit_code == 0
    events = [json.loads(line) for line in ran.stderr.splitlines()]
    assert (events[-1]["complete"], events[-1]["requests"]) == (True, 8)
    assert events[-1]["post"]["batches"] == 0
    assert all("briefing" in row for row in rows(out))
    ran = CliRunner().invoke(app, ["cancel", str(out)])
    assert (ran.exit_code, "No batch is under way." in ran.stderr) == (0, True)
    ran = CliRunner().invoke(app, [*typed, "--batch-api", "--engine", "processes"])
    assert (ran.exit_code, "--batch-api goes with no --engine" in ran.stderr) == (2, True)


@pytest.mark.crash
def test_a_parcel_whose_replies_are_all_here_is_closed_though_nobody_waits_for_it(
    out: Path, echo: Echo, processes: ForkServerContext
) -> None:
    """Whoever has all replies ends the run, long before the provider has been asked once more for the batch."""
    for step, when, look_s in (("parcel_kept", 8, 0.0), ("", 0, 0.7)):
        process = processes.Process(
            target=posting_work.brief_haltingly, args=(out, echo.base_url, COUNT, step, when, look_s)
        )
        process.start()
        process.join(60)
        assert process.exitcode == (-signal.SIGKILL if step else 0)
    check_end(out, echo)


@pytest.mark.crash
def test_a_batch_that_the_provider_has_forgotten_is_closed_when_all_it_had_is_here(
    out: Path, echo: Echo, processes: ForkServerContext
) -> None:
    process = processes.Process(target=posting_work.brief, args=(out, echo.base_url, COUNT, "parcel_kept", 2))
    process.start()
    process.join(60)
    assert ledger(out, "SELECT count(*) FROM parcels WHERE state = 'open'") == [(1,)]
    batches_of(echo).batches.clear()
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
