"""The reply cache on broken files and failing disks: no wrong reply, no lost reply, one warning."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summarizer.errors import CacheError
from summarizer.llm.cache import ReplyCache
from summarizer.llm.keeping import Kept
from tests.llm.cached import GOOD, JUDGED, KEY, REPLY, ROW, change, do, keep


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[ReplyCache]:
    opened = ReplyCache(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE bodies SET body = x'00'",
        "UPDATE bodies SET body = 'text'",
        "UPDATE bodies SET body = substr(body, 2)",
        "UPDATE replies SET sha256 = x'00'",
        "DELETE FROM bodies",
    ],
)
def test_a_damaged_row_is_a_miss_with_a_warning_and_is_removed(
    cache: ReplyCache, path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    do(keep(cache))
    change(path, damage)
    assert do(cache.recall(KEY)) is None
    assert do(cache.recall(KEY)) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "choices" not in caplog.text
    do(keep(cache))
    assert do(cache.recall(KEY)) == JUDGED


def test_a_damaged_name_of_a_model_costs_nothing(cache: ReplyCache, path: Path) -> None:
    do(keep(cache))
    change(path, "UPDATE replies SET model = CAST(x'80' AS TEXT)")
    assert do(cache.recall(KEY)) == replace(JUDGED, model="\ufffd")


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look at" * 100, b"SQLite format 3\0"]
)
def test_a_broken_file_is_told_before_anything_is_sent(cache: ReplyCache, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for ask in (cache.recall(KEY), cache.sending(KEY, ROW, None)):
        with pytest.raises(CacheError, match=r"replies\.sqlite") as told:
            do(ask)
        assert "summarizer cache clear" in told.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "mark", ["CREATE TABLE diary (entry)", "PRAGMA application_id = 7", "PRAGMA user_version = 99"]
)
def test_a_database_of_another_program_or_version_is_told_and_left_alone(
    cache: ReplyCache, path: Path, mark: str
) -> None:
    path.parent.mkdir()
    change(path, mark)
    before = path.read_bytes()
    with pytest.raises(CacheError, match="not a cache of replies"):
        do(cache.recall(KEY))
    assert path.read_bytes() == before


def test_a_reply_that_is_there_is_not_lost_over_a_broken_file(
    cache: ReplyCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1000)
    do(cache.received(KEY, ROW, REPLY))
    do(cache.judged(KEY, GOOD))
    assert len(caplog.records) == 1


def test_a_folder_that_cannot_be_made_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = ReplyCache(tmp_path / "file" / "replies.sqlite")
    for _ in range(2):
        do(keep(cache))
        assert do(cache.recall(KEY)) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    cache.close()


@pytest.mark.parametrize("fault", ["PRAGMA max_page_count = 1", "PRAGMA query_only = on"])
def test_a_full_or_read_only_disk_is_one_warning_and_no_error(
    cache: ReplyCache, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    do(keep(cache))
    file: Any = cache._desk.open()  # pyright: ignore[reportPrivateUsage] -- a fault that only a disk can make
    file.db.execute(fault)
    for number in range(9):
        do(keep(cache, str(number), Kept(body=bytes(9_000), model="m")))
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "going on without it" in caplog.text


def test_a_reply_can_be_read_while_the_time_of_its_use_cannot_be_written(
    cache: ReplyCache, caplog: pytest.LogCaptureFixture
) -> None:
    do(keep(cache))
    file: Any = cache._desk.open()  # pyright: ignore[reportPrivateUsage] -- a fault that only a disk can make
    file.db.execute("PRAGMA query_only = on")
    assert do(cache.recall(KEY)) == JUDGED
    assert not caplog.records


def test_a_file_that_breaks_while_in_use_is_a_warning(
    cache: ReplyCache, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    do(keep(cache))
    change(path, "DROP TABLE replies")
    do(keep(cache, "1" * 64))
    assert do(cache.recall(KEY)) is None
    assert len(caplog.records) == 1


@pytest.fixture(scope="module")
def six_replies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file, in which each reply repeats its key."""
    path = tmp_path_factory.mktemp("sound") / "replies.sqlite"

    async def fill() -> None:
        cache = ReplyCache(path)
        await asyncio.gather(
            *(keep(cache, key, Kept(body=key.encode() * 3_000, model="m")) for key in "abcdef")
        )
        cache.close()

    do(fill())
    return path


@given(st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=300)), min_size=1, max_size=6))
@example([(0.048828125, b"\x80")])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_the_file_makes_a_wrong_reply(
    tmp_path_factory: pytest.TempPathFactory, six_replies: Path, damage: list[tuple[float, bytes]]
) -> None:
    """Each reply is right or missed, or the file as a whole is told to be broken; and work goes on."""
    path = tmp_path_factory.mktemp("damage") / "replies.sqlite"
    content = bytearray(six_replies.read_bytes())
    for place, wrong in damage:
        start = int(place * (len(content) - len(wrong)))
        content[start : start + len(wrong)] = wrong
    path.write_bytes(content)

    async def look() -> None:
        cache = ReplyCache(path)
        for key in "abcdef":
            with contextlib.suppress(CacheError):
                kept = await cache.recall(key)
                assert kept is None or kept.body == key.encode() * 3_000
        await cache.received("a", ROW, REPLY)
        await cache.judged("a", GOOD)
        await cache.disown("a")
        cache.close()

    do(look())
