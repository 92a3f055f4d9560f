"""Looking into the reply cache and emptying it."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summarizer.errors import CacheError
from summarizer.llm.cache import CacheInfo, ReplyCache, clear, info
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent
from summarizer.types import Tokens

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "replies.sqlite"


def fill(path: Path, *ages: timedelta, costs: Sequence[float | None] = (), recalled: int = 0) -> None:
    """Store one reply an age, and use the first ones again."""

    async def store() -> None:
        moments = iter([NOW - age for age in ages])
        last = NOW - ages[0]

        def now() -> float:
            nonlocal last
            last = next(moments, last)
            return last.timestamp()

        cache = ReplyCache(path, now=now)
        for number, cost in enumerate(costs or [None] * len(ages)):
            row = Sent(call=number, name="pass", attempt=1)
            await cache.received(str(number), row, Kept(body=bytes(50_000), model="m"))
            tokens = Tokens(input=1, cached=0, output=1)
            await cache.judged(str(number), replace(row, outcome="complete", tokens=tokens, cost_usd=cost))
        for number in range(recalled):
            assert await cache.recall(str(number))
            assert await cache.recall(str(number))
        cache.close()

    asyncio.run(store())


def test_a_cache_that_is_not_there_holds_nothing_and_is_not_made(path: Path) -> None:
    assert info(path) == CacheInfo()
    assert clear(path).rows == 0
    assert not path.exists()


def test_info_counts_replies_bytes_ages_uses_and_savings(path: Path) -> None:
    fill(path, 9 * DAY, 2 * DAY, DAY, costs=[0.5, 0.25, 0.125], recalled=2)
    found = info(path)
    assert (found.rows, found.hits, found.saved_usd) == (3, 4, 1.5)
    assert (found.oldest, found.newest) == (NOW - 9 * DAY, NOW - DAY)
    assert 150_000 < found.bytes < 250_000


def test_savings_leave_out_what_has_no_price_and_are_unknown_when_nothing_has_one(path: Path) -> None:
    fill(path, DAY, DAY, costs=[0.5, None], recalled=2)
    assert info(path).saved_usd == 1.0


def test_savings_are_unknown_when_nothing_has_a_price(path: Path) -> None:
    fill(path, DAY, costs=[None], recalled=1)
    assert info(path).saved_usd is None


def test_clear_removes_everything_and_gives_the_disk_back(path: Path) -> None:
    fill(path, DAY, 2 * DAY)
    removed = clear(path)
    assert removed.rows == 2
    assert removed.bytes > 90_000
    assert info(path).rows == 0
    assert bytes(50_000) not in path.read_bytes()


def test_clear_by_age_keeps_what_is_younger(path: Path) -> None:
    fill(path, 9 * DAY, DAY, timedelta())
    assert clear(path, older_than=2 * DAY).rows == 1
    assert clear(path, older_than=DAY / 2).rows == 1
    assert info(path).oldest == NOW


def test_clear_reaches_a_cache_that_is_in_use(path: Path) -> None:
    """The other process goes on with the emptied file."""

    async def used() -> None:
        cache = ReplyCache(path)
        row = Sent(call=1, name="pass", attempt=1)
        await cache.received("a", row, Kept(body=b"a", model="m"))
        assert clear(path).rows == 1
        assert await cache.recall("a") is None
        await cache.received("b", row, Kept(body=b"b", model="m"))
        cache.close()

    asyncio.run(used())
    assert info(path).rows == 1


@pytest.mark.parametrize("content", [b"no database" * 1000, None])
def test_clear_deletes_a_file_that_is_broken_or_not_ours(path: Path, content: bytes | None) -> None:
    if content is None:
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE diary (entry)")
        db.close()
    else:
        path.write_bytes(content)
    with pytest.raises(CacheError):
        info(path)
    with pytest.raises(CacheError):
        clear(path, older_than=DAY)
    assert path.exists()
    assert clear(path).rows is None
    assert not path.exists()


def test_a_file_damaged_inside_is_told_and_cleared(path: Path) -> None:
    """Its head is sound, so only reading on finds the damage."""
    fill(path, DAY, DAY)
    sound = path.read_bytes()
    path.write_bytes(sound[:2048] + b"\xff" * (len(sound) - 2048))
    with pytest.raises(CacheError, match=r"replies\.sqlite"):
        info(path)
    assert clear(path).rows is None
    assert info(path) == CacheInfo()


def test_what_cannot_be_opened_says_what_to_check(tmp_path: Path) -> None:
    for look in (info, clear):
        with pytest.raises(CacheError) as told:
            look(tmp_path)
        assert "folder" in told.value.hint


def test_clear_does_not_delete_a_file_that_is_only_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.cache_database.BUSY_MS", 0)
    fill(path, DAY)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CacheError, match="locked") as told:
        clear(path)
    other.close()
    assert "no other program holds it" in told.value.hint
    assert info(path).rows == 1


def test_clear_makes_room_on_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path, DAY)

    def no_room(*_: object, **__: object) -> int:
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise fault

    monkeypatch.setattr("summarizer.llm.cache_file.CacheFile.drop_all", no_room)
    with pytest.raises(CacheError, match="full"):
        clear(path, older_than=DAY)
    assert clear(path).rows is None
    assert not path.exists()
