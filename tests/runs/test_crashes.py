"""Runs that are killed with SIGKILL at every step and at random moments: what is promised holds after each."""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

import pytest

from summarizer.runs.database import store_path
from tests.runs import crash_worker
from tests.runs.crash_worker import CONCURRENCY, PASSES
from tests.runs.scripted import COST, body_of
from tests.runs.till import Till, open_till

COUNT = 60
pytestmark = pytest.mark.summarizer_loopback  # sockets in folders
KILLS = int(os.environ.get("SUMMARIZER_CRASHES", "6"))
"""Random kills; `make crash` asks for more."""
STEPS = [
    pytest.param("before_insert", marks=pytest.mark.crash),
    pytest.param("after_insert", marks=pytest.mark.crash),
    "after_send",
    pytest.param("after_reply", marks=pytest.mark.crash),
    pytest.param("after_keep", marks=pytest.mark.crash),
    "before_commit",
    pytest.param("after_commit", marks=pytest.mark.crash),
]
"""All of them belong to `make test-apart`; the two at which most is at stake, to every run."""


@pytest.fixture
def till(tmp_path: Path) -> Generator[Till]:
    with open_till(tmp_path / "till") as till:
        yield till


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.runs.crash_worker"])
    return context


class Watch:
    """One run over several processes, and what must hold of it after each."""

    def __init__(self, processes: ForkServerContext, till: Till, output: Path, *, count: int = COUNT) -> None:
        self._count = count
        self._processes = processes
        self._till = till
        self.output = output
        self.deaths = 0
        self._done: set[str] = set()
        self._paid_when_done: dict[str, int] = {}

    def start(self, step: str = "", when: int = 0) -> BaseProcess:
        """A process that does the run, and dies when it comes by a step for so many times."""
        process = self._processes.Process(
            target=crash_worker.brief, args=(self.output, self._till.path, self._count, step, when)
        )
        process.start()
        return process

    def end(self, process: BaseProcess) -> None:
        """Wait for the end of a process, and look at what it has left."""
        process.join(60)
        if process.is_alive():
            process.kill()
            pytest.fail("it neither ends nor dies")
        assert process.exitcode in {0, -signal.SIGKILL}
        self.deaths += process.exitcode != 0
        if not store_path(self.output).exists():
            return
        with closing(sqlite3.connect(store_path(self.output))) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                return
            self._check(database)

    def _check(self, database: sqlite3.Connection) -> None:
        sent = Counter(
            dict(
                cast(
                    "list[tuple[str, int]]",
                    database.execute("SELECT request, count(*) FROM attempts GROUP BY 1").fetchall(),
                )
            )
        )
        paid = dict(self._till.paid)
        unrecorded = {key: count for key, count in paid.items() if count > sent[key]}
        assert not unrecorded
        for name, count in self._paid_when_done.items():
            assert self._of(name) == count, "paid again after its result was on disk"
        done = {row[0] for row in database.execute("SELECT id FROM items WHERE state = 'done'")}
        assert self._done <= done
        self._done = done
        self._paid_when_done = {name: self._of(name) for name in done}

    def _of(self, name: str) -> int:
        return sum(self._till.paid[f"{name}/{number}"] for number in range(PASSES))

    def check_end(self) -> None:
        """All there, all right, and no more paid than promised."""
        rows = [json.loads(line) for line in self.output.read_text().splitlines()]
        assert rows == [{"id": f"a{n}", "briefing": body_of(n, passes=PASSES)} for n in range(self._count)]
        paid = sum(self._till.paid.values())
        assert paid - self._count * PASSES <= self.deaths * CONCURRENCY
        with closing(sqlite3.connect(store_path(self.output))) as database:
            ended = "SELECT count(*) FROM attempts WHERE outcome "
            (open_,) = database.execute(ended + "IS NULL").fetchone()
            (unknown,) = database.execute(ended + "= 'unknown'").fetchone()
            (known,) = database.execute(ended + "IN ('complete', 'received')").fetchone()
            (usd,) = database.execute("SELECT sum(usd) FROM attempts").fetchone()
        assert open_ == 0
        assert known <= paid <= known + unknown
        assert usd == pytest.approx(known * COST)
        assert unknown <= self.deaths * CONCURRENCY


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_named_step_it_goes_on_where_it_was(
    step: str, tmp_path: Path, till: Till, processes: ForkServerContext
) -> None:
    watch = Watch(processes, till, tmp_path / "out.jsonl")
    for number in (1, 5, 17):
        till.kill_at = sum(till.paid.values()) + number if step == "after_send" else 0
        watch.end(watch.start(step, number))
    assert watch.deaths == 3
    till.kill_at = 0
    watch.end(watch.start())
    watch.check_end()


@pytest.mark.crash
@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_moments_it_goes_on_where_it_was(
    seed: int, tmp_path: Path, till: Till, processes: ForkServerContext
) -> None:
    draw = random.Random(seed)  # noqa: S311 - not a secret
    watch = Watch(processes, till, tmp_path / "out.jsonl", count=60 * KILLS)
    for _ in range(KILLS):
        process = watch.start()
        process.join(draw.uniform(0.05, 0.3))
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
        watch.end(process)
    watch.end(watch.start())
    watch.check_end()


def test_of_two_processes_started_at_once_the_second_refuses(
    tmp_path: Path, till: Till, processes: ForkServerContext
) -> None:
    watch = Watch(processes, till, tmp_path / "out.jsonl")
    first, second = watch.start(), watch.start()
    first.join(60)
    second.join(60)
    assert sorted([first.exitcode == 0, second.exitcode == 0]) == [False, True]
    watch.check_end()
