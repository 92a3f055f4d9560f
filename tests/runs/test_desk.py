"""The thread that keeps a store: whoever asks it for something hears of it, whatever has become of the thread."""

import asyncio
import sqlite3
import threading

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
