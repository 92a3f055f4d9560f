"""Batches under way when a run over the Batch endpoint stops: taken up again, given up, cancelled, and never forgotten."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.errors import BatchesRefused, RunChanged
from summarizer.posting import give_up
from summarizer.runs import Report, Stop, run
from summarizer.runs.board import Board
from summarizer.runs.database import store_path
from summarizer.runs.run import Batch
from summarizer.runs.status import status_of
from summarizer.settings import Settings
from tests.runs.left_behind import ledger, rows
from tests.runs.posted import SWIFT
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
from tests.runs.scripted import articles
from tests.waiting import until_awaited

pytestmark = pytest.mark.summarizer_loopback


def stopped_early(out: Path, echo: Echo) -> Report:
    """A run that is stopped while its first batch is under way."""
    batches_of(echo).held.set()
    board, stop = Board(), Stop()
    batch = batch_of(out, echo.base_url, board=board, terms=WHOLE)

    async def work() -> Report:
        running = asyncio.create_task(run(batch, articles(COUNT), stop=stop))
        await until_awaited(lambda: board.now.answered or running.done())
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
        await until_awaited(lambda: board.now.answered or running.done())
        batches_of(echo).batches[0].status = "cancelling"
        return await running

    report = asyncio.run(work())
    assert isinstance(report.stopped, BatchesRefused)
    batches_of(echo).held.clear()
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)


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
    assert ledger(out, "PRAGMA user_version") == [(2,)]
