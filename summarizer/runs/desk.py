"""A thread with a database connection: does what an event loop asks of it, several jobs in one transaction.

Waiting for the disk never stops the loop, and one flush of the disk serves everyone who asked in the meantime.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from summarizer.errors import StoreFailed, SummarizerError
from summarizer.runs.database import failure

__all__ = ["Desk"]

T = TypeVar("T")


@dataclass(slots=True)
class _Job:
    do: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any] | None
    """None when nobody waits for it."""
    answer: Any = None
    error: SummarizerError | None = None


class Desk:
    """Does jobs in the order in which they came.

    Args:
        name: Of the thread.
        database: Its connection, which nobody else uses from now on.
        writes: Whether jobs are grouped into transactions; else each simply reads.
        group: Most jobs in one transaction.
        linger_s: How long a transaction waits for more jobs, in seconds.
    """

    def __init__(
        self,
        name: str,
        database: sqlite3.Connection,
        *,
        writes: bool,
        group: int = 256,
        linger_s: float = 0.0,
    ) -> None:
        self._database = database
        self._writes = writes
        self._group = group
        self._linger_s = linger_s
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._broken: StoreFailed | None = None
        # A daemon: an interpreter that is told to exit does not wait for it.
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    async def ask(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Do a job, and wait until it is on disk.

        Raises:
            StoreFailed: the disk did not take it, or an earlier job.
        """
        self._check()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(job, future))
        if self._broken is not None:  # the thread may have ended without a look at this job
            future.cancel()
            self._check()
        return await future

    def post(self, job: Callable[[sqlite3.Connection], Any]) -> None:
        """Do a job some time soon, before any that is asked for later; a failure meets whoever asks next.

        Raises:
            StoreFailed: the disk did not take an earlier job.
        """
        self._check()
        self._jobs.put(_Job(job, None))
        self._check()  # the thread may have ended without a look at this job

    def close(self) -> None:
        """Do what has been asked for, and close the connection."""
        self._jobs.put(None)
        self._thread.join()

    def _check(self) -> None:
        if self._broken is not None:
            raise StoreFailed(str(self._broken), hint=self._broken.hint)

    def _serve(self) -> None:
        try:
            while self._serve_group():
                pass
        finally:
            # Said before the last look at what was asked for: nobody is to wait for ever.
            self._broken = self._broken or StoreFailed("the store has been closed")
            try:
                _deliver(self._left(), self._broken)
            finally:
                self._database.close()

    def _serve_group(self) -> bool:
        """Do the next jobs; False once there will be none."""
        jobs, more = self._next_jobs()
        broken = self._broken
        if jobs and broken is None:
            # Stands if a bug ends this thread.
            broken = StoreFailed("the thread that keeps the store has ended")
            try:
                broken = self._write(jobs) if self._writes else self._read(jobs)
            finally:
                self._broken = broken
                _deliver(jobs, broken)
        else:
            _deliver(jobs, broken)
        return more

    def _left(self) -> list[_Job]:
        left: list[_Job] = []
        with suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                left += [job] if job is not None else []
        return left

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        first = self._jobs.get()
        if first is None:
            return [], False
        jobs = [first]
        until = time.monotonic() + self._linger_s
        while len(jobs) < self._group:
            try:
                job = self._jobs.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if job is None:
                return jobs, False
            jobs.append(job)
        return jobs, True

    def _write(self, jobs: list[_Job]) -> StoreFailed | None:
        """All of them, or none: what could not be written must not be followed by anything."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            for job in jobs:
                job.answer = job.do(self._database)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            return failure(error)
        finally:
            if self._database.in_transaction:
                with suppress(sqlite3.Error):  # the disk is gone; the transaction with it
                    self._database.execute("ROLLBACK")
        return None

    def _read(self, jobs: list[_Job]) -> None:
        for job in jobs:
            try:
                job.answer = job.do(self._database)
            except sqlite3.Error as error:
                job.error = failure(error)
            except SummarizerError as error:
                job.error = error


def _deliver(jobs: list[_Job], broken: StoreFailed | None) -> None:
    waiting = [(job, job.future) for job in jobs if job.future is not None]
    if not waiting:
        return

    def tell() -> None:
        for job, future in waiting:
            if future.done():  # whoever asked has been cancelled
                continue
            error = broken or job.error
            if error is None:
                future.set_result(job.answer)
            else:
                future.set_exception(error)

    # A loop that is closed has nobody who waits; asked first, it could still close before it is told.
    with suppress(RuntimeError):
        waiting[0][1].get_loop().call_soon_threadsafe(tell)
