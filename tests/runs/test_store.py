"""The store of a run: what it refuses, and what a failing disk does to it."""

import asyncio
import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import StoreFailed
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent
from summarizer.runs import Report, run
from summarizer.runs.database import VERSION, connect, store_path
from summarizer.runs.items import Flaw
from summarizer.runs.keeper import ITEM, StoreKeeper
from summarizer.runs.store import RunStore
from tests.runs.scripted import Batch, Provider, article, articles, scripted

COUNT = 2


def brief(output: Path, provider: Provider) -> Report:
    batch = Batch(output=output, options={}, open_work=scripted(provider), concurrency=3)
    return asyncio.run(run(batch, articles(COUNT)))


class Unflushed(sqlite3.Connection):
    """Leaves out the flush of the disk, which these tests would only wait for."""

    def execute(self, *args: Any) -> sqlite3.Cursor:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The same, but for that."""
        return super().execute(*(str(part).replace("=FULL", "=OFF") for part in args[:1]), *args[1:])


class FailingDisk(Unflushed):
    """Fails when it has been asked for something for so many times, and for ever after."""

    left = math.inf

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """The same, or the failure."""
        FailingDisk.left -= 1
        if FailingDisk.left < 0:
            raise sqlite3.OperationalError("the disk has gone")
        return super().execute(*args)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[sqlite3.Connection]], None]:
    """Puts a disk of another kind under every store."""
    genuine = sqlite3.connect

    def use(kind: type[sqlite3.Connection]) -> None:
        def connect_to(*args: Any, **options: Any) -> sqlite3.Connection:
            return genuine(*args, factory=kind, **options)

        monkeypatch.setattr(sqlite3, "connect", connect_to)

    return use


@pytest.mark.thorough
def test_whichever_step_towards_the_disk_fails_the_error_is_typed_and_the_run_goes_on_later(
    tmp_path: Path, disk: Callable[[type[sqlite3.Connection]], None]
) -> None:
    """The disk fails at the first thing asked of it, at the second, and so on until a run passes unharmed."""
    disk(FailingDisk)
    unharmed, time = False, 0
    while not unharmed:
        output, provider = tmp_path / str(time) / "out.jsonl", Provider()
        output.parent.mkdir()
        FailingDisk.left = time
        try:
            report = brief(output, provider)
            unharmed = report.complete
            assert unharmed or isinstance(report.stopped, StoreFailed)
        except StoreFailed:
            pass
        assert not unharmed or FailingDisk.left >= 0
        FailingDisk.left = math.inf
        assert brief(output, provider).complete
        assert max(provider.paid.values()) <= 2
        time += 1
    assert time > 40


def test_a_full_disk_stops_the_run_and_keeps_what_it_has(
    tmp_path: Path, disk: Callable[[type[sqlite3.Connection]], None]
) -> None:
    output, provider = tmp_path / "out.jsonl", Provider()
    with closing(connect(store_path(output))) as begun:
        (pages,) = begun.execute("PRAGMA page_count").fetchone()

    class Small(Unflushed):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            super().execute(f"PRAGMA max_page_count={pages + 60}")
            return super().execute(*args)

    disk(Small)
    batch = Batch(output=output, options={}, open_work=scripted(provider), concurrency=3)
    with pytest.raises(StoreFailed, match="disk is full"):
        raise asyncio.run(run(batch, articles(500))).stopped or AssertionError
    disk(Unflushed)
    paid = sum(provider.paid.values())
    assert paid > 0
    report = asyncio.run(run(batch, articles(500)))
    assert report.complete
    assert sum(provider.paid.values()) <= 1000 + 3


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = store_path(tmp_path / "out.jsonl")
    path.write_text("not a database, and long enough to be read as the head of one: " + "x" * 4096)
    with pytest.raises(StoreFailed, match="not a store at all"):
        brief(tmp_path / "out.jsonl", Provider())
    path.unlink()
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreFailed, match="not the store of a batch"):
        brief(tmp_path / "out.jsonl", Provider())
    with closing(sqlite3.connect(path)) as foreign:
        assert foreign.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    brief(tmp_path / "out.jsonl", Provider())
    with closing(sqlite3.connect(store_path(tmp_path / "out.jsonl"))) as later:
        later.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(StoreFailed, match="later version"):
        brief(tmp_path / "out.jsonl", Provider())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="there is no folder"):
        brief(tmp_path / "nowhere" / "out.jsonl", Provider())


def test_a_confirmed_write_survives_a_power_cut(tmp_path: Path) -> None:
    """What SQLite is told: write-ahead log, and a flush of the disk at every commit."""
    with closing(connect(tmp_path / "store")) as begun:
        assert begun.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert begun.execute("PRAGMA synchronous").fetchone() == (2,)


def row(attempt: int = 1, outcome: Any = "unknown") -> Sent:
    return Sent(call=1, name="summary", attempt=attempt, outcome=outcome, status=200)


REPLY = Kept(b'{"said": "yes"}', "fake/model")


def test_a_reply_that_nobody_judged_is_recalled_and_one_judged_useless_is_not(tmp_path: Path) -> None:
    async def work() -> None:
        with RunStore(tmp_path / "out.jsonl", options={}) as opened:
            keeper = StoreKeeper(opened)
            assert await keeper.recall("k") is None
            await keeper.sending("k", row(), 0.01)
            await keeper.received("k", row(), REPLY)
            assert await keeper.recall("k") == REPLY
            await keeper.judged("k", row(outcome="malformed"))
            await opened.write(lambda _: None)
            assert await keeper.recall("k") == Kept(REPLY.body, REPLY.model, "malformed")
            await keeper.disown("k")
            await opened.write(lambda _: None)
            assert await keeper.recall("k") is None

    asyncio.run(work())


@pytest.mark.parametrize("outcome", ["refused", "filtered", "truncated", "rejected", "failed"])
def test_a_reply_that_another_attempt_might_better_is_not_recalled(tmp_path: Path, outcome: str) -> None:
    async def work() -> None:
        with RunStore(tmp_path / "out.jsonl", options={}) as opened:
            keeper = StoreKeeper(opened)
            await keeper.sending("k", row(), 0.01)
            await keeper.received("k", row(), REPLY)
            await keeper.judged("k", row(outcome=outcome))
            await opened.write(lambda _: None)
            assert await keeper.recall("k") is None

    asyncio.run(work())


def test_a_cache_beyond_the_run_answers_what_the_run_does_not_have(tmp_path: Path) -> None:
    async def work() -> None:
        with (
            RunStore(tmp_path / "one.jsonl", options={}) as one,
            RunStore(tmp_path / "two.jsonl", options={}) as two,
        ):
            cache = StoreKeeper(one)
            keeper = StoreKeeper(two, cache)
            await cache.sending("k", row(), None)
            await cache.received("k", row(), REPLY)
            assert await keeper.recall("k") == REPLY
            await keeper.sending("other", row(), None)
            await keeper.received("other", row(), REPLY)
            assert await cache.recall("other") == REPLY

    asyncio.run(work())


def test_what_was_under_way_when_an_article_ended_is_unknown(tmp_path: Path) -> None:
    async def work() -> list[Any]:
        with RunStore(tmp_path / "out.jsonl", options={}) as opened:
            (entry,) = await opened.add([article(0)])
            ITEM.set(entry.number)
            await StoreKeeper(opened).sending("k", row(), 0.25)
            await opened.close_item(entry.number, Flaw("TimedOut", "no answer", "later"))
            return await opened.read(
                lambda data: data.execute("SELECT item, outcome, worst_usd FROM attempts").fetchall()
            )

    assert asyncio.run(work()) == [(1, "unknown", 0.25)]


def test_what_a_crash_left_open_is_told_with_its_worst_price(tmp_path: Path) -> None:
    async def work() -> None:
        with RunStore(tmp_path / "out.jsonl", options={}) as opened:
            keeper = StoreKeeper(opened)
            await keeper.sending("one", row(1), 0.25)
            await keeper.sending("two", row(2), 0.5)
            await keeper.sending("three", row(3), 1.0)
            await keeper.received("three", row(3), REPLY)

    asyncio.run(work())
    with RunStore(tmp_path / "out.jsonl", options={}) as again:
        assert (again.opened.unknown, again.opened.unknown_usd) == (2, 0.75)
    with RunStore(tmp_path / "out.jsonl", options={}) as third:
        assert third.opened.unknown == 0


def test_a_write_that_failed_is_never_followed_by_another(tmp_path: Path) -> None:
    def bad(data: sqlite3.Connection) -> None:
        data.execute("INSERT INTO nowhere VALUES (1)")

    async def work() -> int:
        with RunStore(tmp_path / "out.jsonl", options={}) as opened:
            opened.post(bad)
            with pytest.raises(StoreFailed, match="no such table"):
                await opened.add([article(0)])
            with pytest.raises(StoreFailed, match="no such table"):
                await opened.add([article(1)])
            return await opened.read(lambda data: data.execute("SELECT count(*) FROM items").fetchone()[0])

    assert asyncio.run(work()) == 0
