"""Runs that post their requests through the Batch endpoint: half the price, nothing handed in twice, whatever happens."""

import asyncio
import json
import multiprocessing
import signal
import sqlite3
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from summarizer.batching import BatchOptions, prepare
from summarizer.cli.batch import batch
from summarizer.errors import BatchesRefused, BudgetReached, RunChanged, SettingsError
from summarizer.llm.budget import Budget
from summarizer.llm.providers import check_batches, parse_model
from summarizer.llm.tariff import Tariff
from summarizer.posting import give_up
from summarizer.runs import Report, Stop, run
from summarizer.runs.board import Board
from summarizer.runs.database import store_path
from summarizer.runs.run import Batch
from summarizer.runs.status import status_of
from summarizer.settings import Settings
from summarizer.testing.fake_batches import FakeBatches, Trouble
from summarizer.testing.fake_server import FakeServer
from summarizer.types import Tokens
from tests.runs import posting_work
from tests.runs.posted import SWIFT, Model, write_articles
from tests.runs.posting_work import PASSES, Echo, batch_of, posting, said_of, sending
from tests.runs.scripted import articles

pytestmark = pytest.mark.summarizer_loopback
COUNT = 20
WHOLE = replace(SWIFT, requests=COUNT, quiet_s=60.0)
"""A pass of all articles is one batch, however slow this machine is."""
STEPS = (
    "parcel_entered",
    "parcel_uploaded",
    "parcel_made",
    "parcel_named",
    "parcel_kept",
    "parcel_closed",
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.runs.posting_work", "summarizer.llm.connection"])
    return context


@pytest.fixture
def echo() -> Generator[Echo]:
    with Echo(batches=FakeBatches()) as fake:
        yield fake


def batches_of(fake: FakeServer) -> FakeBatches:
    assert fake.batches is not None
    return fake.batches


def done(batch: Batch, count: int = COUNT, stop: Stop | None = None) -> Report:
    return asyncio.run(run(batch, articles(count), stop=stop))


def rows(output: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in output.read_text().splitlines()]


def asked(output: Path, question: str) -> Any:
    with closing(sqlite3.connect(store_path(output))) as database:
        return database.execute(question).fetchall()


def check_end(output: Path, fake: FakeServer, count: int = COUNT) -> None:
    """All there, all right, each request paid for once, and the ledger says the same."""
    batches = batches_of(fake)
    assert rows(output) == [said_of(n) for n in range(count)]
    assert set(batches.paid.values()) == {1}
    assert sum(batches.paid.values()) == count * PASSES
    assert asked(output, "SELECT count(*) FROM parcels WHERE state = 'open'") == [(0,)]
    assert asked(output, "SELECT count(*) FROM posted") == [(0,)]
    by_outcome: Mapping[str | None, int] = dict(
        asked(output, "SELECT outcome, count(*) FROM attempts GROUP BY 1")
    )
    assert by_outcome.get("complete", 0) + by_outcome.get("received", 0) == count * PASSES
    assert not {None, "unknown"} & set(by_outcome)


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


@pytest.mark.thorough
@pytest.mark.parametrize("limits", [Trouble(most_rows=6), Trouble(most_bytes=2500)])
def test_files_are_made_smaller_until_the_provider_takes_them(limits: Trouble, out: Path, echo: Echo) -> None:
    batches = batches_of(echo)
    batches.trouble = limits
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
    assert max(len(one.rows) for one in batches.batches) <= 6


@pytest.mark.thorough
def test_files_keep_to_the_limits_that_are_known(out: Path, echo: Echo) -> None:
    terms = replace(SWIFT, requests=8, file_bytes=2000)
    assert done(batch_of(out, echo.base_url, terms=terms)).complete
    check_end(out, echo)
    sizes = [len(one.rows) for one in batches_of(echo).batches]
    assert max(sizes) <= 8
    assert all(sum(len(json.dumps(row)) + 1 for row in one.rows) <= 2000 for one in batches_of(echo).batches)


@pytest.mark.thorough
def test_a_full_queue_is_waited_for_with_smaller_batches(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.room = 11
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
    assert "failed" in {one.status for one in batches_of(echo).batches}


@pytest.mark.thorough
def test_being_asked_to_slow_down_loses_nothing(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.throttled = 9
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)


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


def stopped_early(out: Path, echo: Echo) -> Report:
    """A run that is stopped while its first batch is under way."""
    batches_of(echo).held.set()
    board, stop = Board(), Stop()
    batch = batch_of(out, echo.base_url, board=board, terms=WHOLE)

    async def work() -> Report:
        running = asyncio.create_task(run(batch, articles(COUNT), stop=stop))
        while not board.now.answered:  # noqa: ASYNC110 -- a board is looked at
            await asyncio.sleep(0.01)
        stop.ask()
        return await running

    return asyncio.run(work())


def test_a_run_that_is_stopped_leaves_its_batches_to_the_next_start(out: Path, echo: Echo) -> None:
    report = stopped_early(out, echo)
    assert (report.complete, report.stopped) == (False, None)
    posted = report.figures.posted
    assert posted is not None
    assert (posted.batches, posted.requests, posted.answered) == (1, COUNT, COUNT // 2)
    status = status_of(out)
    assert (status.batches, status.batched, status.uncertain_count) == (1, COUNT, 0)
    batches_of(echo).held.clear()
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)


def test_a_run_with_batches_under_way_is_not_gone_on_with_otherwise(out: Path, echo: Echo) -> None:
    stopped_early(out, echo)
    ordinary = Batch(
        output=out,
        options={"model": "openai/fake-model", "base URL": echo.base_url},
        open_work=sending(echo.base_url),
    )
    with pytest.raises(RunChanged, match=r"20 requests .* in 1 batches") as refused:
        done(ordinary)
    assert "--batch-api" in refused.value.hint


@pytest.mark.thorough
def test_batches_that_are_given_up_are_cancelled_and_what_they_had_answered_is_kept(
    out: Path, echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.runs.posting.USUAL", SWIFT)
    stopped_early(out, echo)
    assert asyncio.run(give_up(out, Settings.from_environment({"OPENAI_API_KEY": "k"}))) == 1
    assert [one.status for one in batches_of(echo).batches] == ["cancelled"]
    assert status_of(out).batches == 0
    assert sum(batches_of(echo).paid.values()) == COUNT // 2
    ordinary = Batch(
        output=out,
        options={"model": "openai/fake-model", "base URL": echo.base_url},
        open_work=sending(echo.base_url),
    )
    assert done(ordinary).complete
    assert rows(out) == [said_of(n) for n in range(COUNT)]
    assert len(echo.requests) == COUNT * PASSES


def test_a_batch_that_somebody_cancelled_stops_the_run(out: Path, echo: Echo) -> None:
    batches_of(echo).held.set()
    board = Board()
    batch = batch_of(out, echo.base_url, board=board, terms=WHOLE)

    async def work() -> Report:
        running = asyncio.create_task(run(batch, articles(COUNT)))
        while not board.now.answered:  # noqa: ASYNC110 -- a board is looked at
            await asyncio.sleep(0.01)
        batches_of(echo).batches[0].status = "cancelling"
        return await running

    report = asyncio.run(work())
    assert isinstance(report.stopped, BatchesRefused)
    batches_of(echo).held.clear()
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)


def test_a_server_without_the_endpoint_is_named_and_nothing_is_lost(out: Path) -> None:
    with Echo() as plain:
        report = done(batch_of(out, plain.base_url))
        assert isinstance(report.stopped, BatchesRefused)
        assert "POST /v1/files" in str(report.stopped)
        assert "--batch-api" in report.stopped.hint
        ordinary = Batch(
            output=out,
            options={"model": "openai/fake-model", "base URL": plain.base_url},
            open_work=sending(plain.base_url),
        )
        assert done(ordinary).complete
    assert status_of(out).uncertain_count == 0


@pytest.mark.parametrize("model", ["anthropic/claude-x", "mistral/small", "local/qwen2.5-coder-1.5b"])
def test_a_provider_that_has_no_such_endpoint_is_refused_at_once(model: str, out: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be asked in batches") as refused:
        check_batches(parse_model(model))
    assert "--batch-api" in refused.value.hint
    with pytest.raises(SettingsError, match="cannot be asked in batches"):
        prepare(out, BatchOptions(model=model, batch_api=True))


def test_limits_a_minute_do_not_go_with_the_batch_api() -> None:
    with pytest.raises(SettingsError, match="rpm and tpm"):
        BatchOptions(model="openai/gpt-5-mini", batch_api=True, rpm=10)


def test_half_the_price_is_charged_and_set_aside() -> None:
    tokens = Tokens(input=10_000, cached=2_000, output=500)
    usual = Tariff("openai", "gpt-5-mini", elsewhere=False, free=False)
    posted = Tariff("openai", "gpt-5-mini", elsewhere=False, free=False, share=0.5)
    full, half = usual.price(tokens), posted.price(tokens)
    assert full is not None
    assert half == pytest.approx(full / 2)
    most = usual.most(b"x" * 1000, output_tokens=100)
    assert most is not None
    assert posted.most(b"x" * 1000, output_tokens=100) == pytest.approx(most / 2)


def test_a_budget_stops_before_a_request_is_posted(out: Path, echo: Echo) -> None:
    board = Board()
    budget = Budget(requests=COUNT + 5)
    limited = Batch(
        output=out,
        options={"model": "openai/fake-model", "base URL": echo.base_url},
        open_work=posting(echo.base_url, board, budget=budget),
        concurrency=100,
        board=board,
        drain_s=0.05,
    )
    report = done(limited)
    assert isinstance(report.stopped, BudgetReached)
    assert sum(batches_of(echo).paid.values()) <= COUNT + 5
    assert done(batch_of(out, echo.base_url)).complete
    assert set(batches_of(echo).paid.values()) == {1}


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


@pytest.mark.thorough
def test_a_store_of_the_first_version_is_read_and_gone_on_with(out: Path, echo: Echo) -> None:
    stopped_early(out, echo)
    with closing(sqlite3.connect(store_path(out), isolation_level=None)) as database:
        database.executescript("DROP TABLE posted; DROP TABLE parcels; PRAGMA user_version=1")
    assert status_of(out).batches == 0
    ordinary = Batch(
        output=out,
        options={"model": "openai/fake-model", "base URL": echo.base_url},
        open_work=sending(echo.base_url),
    )
    assert done(ordinary).complete
    assert asked(out, "PRAGMA user_version") == [(2,)]
