"""The reply cache: what is kept is recalled as it came, and what is useless never."""

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.llm.cache import ReplyCache
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Outcome
from tests.llm.cached import GOOD, JUDGED, KEY, REPLY, ROW, do, keep


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[ReplyCache]:
    opened = ReplyCache(path)
    yield opened
    opened.close()


def test_a_reply_is_recalled_as_it_came_by_whoever_opens_the_file_next(cache: ReplyCache, path: Path) -> None:
    do(keep(cache))
    cache.close()
    later = ReplyCache(path)
    assert do(later.recall(KEY)) == JUDGED
    assert do(later.recall("1" * 64)) is None
    later.close()


def test_a_reply_that_nobody_judged_is_recalled(cache: ReplyCache) -> None:
    """It was paid for before the crash; its reader judges it."""
    do(cache.received(KEY, ROW, REPLY))
    assert do(cache.recall(KEY)) == REPLY


@pytest.mark.parametrize("outcome", ["complete", "repaired", "malformed"])
def test_a_reply_that_would_come_again_is_recalled(cache: ReplyCache, outcome: Outcome) -> None:
    do(keep(cache, row=replace(GOOD, outcome=outcome)))
    assert do(cache.recall(KEY)) == replace(REPLY, outcome=outcome)


@pytest.mark.parametrize("outcome", ["refused", "filtered", "truncated", "rejected", "failed"])
def test_a_reply_that_may_be_another_tomorrow_is_not_recalled(cache: ReplyCache, outcome: Outcome) -> None:
    do(keep(cache, row=replace(ROW, outcome=outcome)))
    assert do(cache.recall(KEY)) is None


def test_a_judgement_that_says_nothing_changes_nothing(cache: ReplyCache) -> None:
    do(keep(cache, row=ROW))
    assert do(cache.recall(KEY)) == REPLY


def test_a_request_that_failed_elsewhere_does_not_cost_a_good_reply(cache: ReplyCache, path: Path) -> None:
    """Two processes may ask the same at the same time, with the same numbers of call and attempt."""
    do(keep(cache))
    other = ReplyCache(path)
    do(other.sending(KEY, ROW, None))
    do(other.judged(KEY, replace(ROW, outcome="failed")))
    assert do(cache.recall(KEY)) == JUDGED
    other.close()


def test_a_good_reply_is_not_given_up_for_one_that_nobody_judged(cache: ReplyCache, path: Path) -> None:
    do(keep(cache))
    other = ReplyCache(path)
    do(keep(other, reply=Kept(body=b"cut", model="m"), row=replace(ROW, outcome="truncated")))
    assert do(other.recall(KEY)) == JUDGED
    other.close()


def test_a_malformed_reply_gives_way_to_a_later_one(cache: ReplyCache) -> None:
    do(keep(cache, row=replace(ROW, outcome="malformed")))
    better = Kept(body=b"better", model="m")
    do(keep(cache, reply=better, row=replace(GOOD, attempt=2)))
    assert do(cache.recall(KEY)) == replace(better, outcome="complete")


def test_a_disowned_reply_is_gone(cache: ReplyCache) -> None:
    do(keep(cache))
    do(cache.disown(KEY))
    assert do(cache.recall(KEY)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_nobody_else_can_read_the_files(cache: ReplyCache, path: Path) -> None:
    do(keep(cache))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == dict.fromkeys(["replies.sqlite", "replies.sqlite-wal", "replies.sqlite-shm"], 0o600)


def test_the_file_stays_within_its_size_and_forgets_what_was_not_used_for_longest(path: Path) -> None:
    clock = iter(range(10**6))
    cache = ReplyCache(path, max_bytes=2**20, now=lambda: float(next(clock)))

    async def fill() -> list[int]:
        for number in range(400):
            await keep(cache, f"{number:064}", Kept(body=os.urandom(8_000), model="m"))
            assert await cache.recall(f"{0:064}")
        return [number for number in range(400) if await cache.recall(f"{number:064}")]

    left = do(fill())
    cache.close()
    assert path.stat().st_size <= 2**20 + 2**17
    assert len(left) > 80
    assert left == [0, *range(400 - len(left) + 1, 400)]


def test_a_reply_larger_than_the_cache_drives_nothing_out(path: Path) -> None:
    cache = ReplyCache(path, max_bytes=2**16)
    do(keep(cache))
    do(keep(cache, "1" * 64, Kept(body=bytes(2**17), model="m")))
    assert do(cache.recall(KEY)) == JUDGED
    assert do(cache.recall("1" * 64)) is None
    cache.close()


def test_a_reply_is_written_down_although_its_caller_was_cancelled(cache: ReplyCache) -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(cache.received(KEY, ROW, REPLY))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    do(cancelled())
    assert do(cache.recall(KEY)) == REPLY


def test_replies_that_come_all_at_once_are_all_kept(cache: ReplyCache) -> None:
    """They share one wait for the disk, and none is told before it is written."""

    async def come() -> list[str]:
        async def one(number: int) -> str | None:
            key = str(number)
            await keep(cache, key, Kept(body=key.encode(), model="m"), replace(GOOD, call=number))
            kept = await cache.recall(key)
            return kept and kept.body.decode()

        return [found or "" for found in await asyncio.gather(*map(one, range(300)))]

    assert do(come()) == [str(number) for number in range(300)]


def test_a_cache_that_nobody_asks_makes_no_file(cache: ReplyCache, path: Path) -> None:
    cache.close()
    assert not path.parent.exists()


_keys = st.sampled_from(["a", "b", "c"])
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("received"), _keys, st.binary(max_size=40)),
        st.tuples(st.sampled_from(["complete", "malformed", "refused", "failed"]), _keys, st.just(b"")),
        st.tuples(st.just("disown"), _keys, st.just(b"")),
        st.tuples(st.just("reopen"), _keys, st.just(b"")),
    ),
    max_size=25,
)


@given(_steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_events_leaves_what_a_simple_model_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bytes]]
) -> None:
    """For each key: the reply, what became of it, and whether this process brought it and so may judge it."""
    path = tmp_path_factory.mktemp("model") / "replies.sqlite"
    held: dict[str, tuple[bytes, str]] = {}
    own: set[str] = set()

    async def follow() -> None:
        cache = ReplyCache(path)
        for step, key, body in steps:
            if step == "reopen":
                cache.close()
                cache = ReplyCache(path)
                own.clear()
            elif step == "received":
                await cache.received(key, ROW, Kept(body=body, model="m"))
                if held.get(key, (b"", ""))[1] != "complete":
                    held[key] = (body, "unknown")
                    own.add(key)
            elif step == "disown":
                await cache.disown(key)
                held.pop(key, None)
            else:
                judged: Any = replace(ROW, outcome=step)
                await cache.judged(key, judged)
                if key in held and key in own and step in {"complete", "malformed"}:
                    held[key] = (held[key][0], step)
                elif key in own:
                    held.pop(key, None)
        for key in "abc":
            kept = await cache.recall(key)
            assert (kept and kept.body) == (held[key][0] if key in held else None)
        cache.close()

    do(follow())


def test_times_are_those_of_the_clock_it_is_given(path: Path) -> None:
    """So that the age of a reply is told in time, not in insertions."""
    from summarizer.llm.cache import info

    cache = ReplyCache(path, now=lambda: 86_400.0)
    do(keep(cache))
    cache.close()
    assert info(path).oldest == datetime(1970, 1, 2, tzinfo=UTC)


_GARBAGE = """
import asyncio, gc, sys, threading
from pathlib import Path
from summarizer.llm.cache import ReplyCache

gc.disable()
cache = ReplyCache(Path(sys.argv[1]))
assert asyncio.run(cache.recall("a key")) is None
(thread,) = (one for one in threading.enumerate() if one.name.startswith("reply-cache"))
cycle = [cache]
cycle.append(cycle)
del cache, cycle
# Garbage is collected wherever memory is asked for: where `threading` starts or ends a thread, too.
with threading._active_limbo_lock:
    gc.collect()
thread.join(20)
print("alive" if thread.is_alive() else "ended")
"""


def test_a_cache_that_nobody_refers_to_goes_without_being_waited_for(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _GARBAGE, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout, ran.stderr) == ("ended\n", "")
    assert not path.with_name(path.name + "-wal").exists()
