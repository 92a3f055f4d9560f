"""The thread that keeps a store: whoever asks it for something hears of it, whatever has become of the thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest

from summarizer.errors import StoreFailed
from summarizer.runs.desk import Desk


@pytest.fixture(params=[True, False], ids=["writes", "reads"])
def desk(request: pytest.FixtureRequest) -> Desk:
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    return Desk("desk", database, writes=request.param)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_is_asked_behind_a_job_that_ends_the_thread_is_answered(desk: Desk) -> None:
    asked = threading.Event()

    def faulty(_: sqlite3.Connection) -> None:
        assert asked.wait(60)
        raise RuntimeError("a bug")

    async def work() -> list[object]:
        jobs = [asyncio.create_task(desk.ask(job)) for job in (faulty, *[sqlite3.Connection.commit] * 600)]
        await asyncio.sleep(0)
        asked.set()
        return list(await asyncio.gather(*jobs, return_exceptions=True))

    assert {type(answer) for answer in asyncio.run(work())} == {StoreFailed}
    desk.close()  # so that the thread's error is met here, and in no other test
    with pytest.raises(StoreFailed):
        desk.post(sqlite3.Connection.commit)


def test_a_desk_that_is_closed_says_so(desk: Desk) -> None:
    desk.close()
    with pytest.raises(StoreFailed, match="has been closed"):
        asyncio.run(desk.ask(sqlite3.Connection.commit))


def test_what_is_posted_when_the_thread_has_just_ended_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends between the look at whether it is there, and the job being put before it."""
    jobs = desk._jobs  # pyright: ignore[reportPrivateUsage]
    put = jobs.put

    class Late:
        def put(self, job: Any) -> None:
            desk._jobs = jobs  # pyright: ignore[reportPrivateUsage]
            desk.close()
            put(job)

    monkeypatch.setattr(desk, "_jobs", Late())
    with pytest.raises(StoreFailed, match="has been closed"):
        desk.post(sqlite3.Connection.commit)


class Closing(asyncio.SelectorEventLoop):
    """Closes for other threads while they are at it."""

    gone = False

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: Any, context: Any = None) -> Any:
        """Tell, unless it has closed."""
        if self.gone:
            raise RuntimeError("Event loop is closed")
        return super().call_soon_threadsafe(callback, *args, context=context)


def test_a_loop_that_closes_before_its_answer_comes_leaves_no_connection_open() -> None:
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    desk, loop, may_end = Desk("desk", database, writes=True, group=1), Closing(), threading.Event()

    def slow(_: sqlite3.Connection) -> None:
        assert may_end.wait(60)

    async def leave() -> None:
        asked = [asyncio.ensure_future(desk.ask(slow)) for _ in range(2)]
        await asyncio.sleep(0)
        for one in asked:
            one.cancel()

    loop.run_until_complete(leave())
    loop.gone = True
    may_end.set()
    desk.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")
    loop.gone = False
    loop.close()
