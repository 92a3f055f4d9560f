"""Shards on this machine: one after the other in this process, or in several that are replaced when they die."""

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final

from summarizer.runs.run import Stop
from summarizer.runs.shard import ShardReport, ShardSpec, lost_shard, report_shard

__all__ = ["InProcess", "Processes"]

_MOST_DEATHS: Final = 3
"""Workers that may die over a shard before it is left alone."""


@dataclass(frozen=True, slots=True)
class InProcess:
    """One shard after the other, in this process.

    Attributes:
        stop: Ends the run early.
    """

    stop: Stop | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them."""
        for spec in specs:
            if self.stop is not None and self.stop.asked:
                return
            yield report_shard(spec, self.stop)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection[ShardSpec | None, ShardReport]"
    spec: ShardSpec | None = None


@dataclass(frozen=True, slots=True)
class Processes:
    """Several shards at a time, each in a process of this machine.

    Attributes:
        workers: How many.
        stop: Ends the run early: no further shard is begun, those under way let their requests end.
    """

    workers: int
    stop: Stop | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them; a worker that dies is replaced, and its shard taken up where it was left."""
        waiting, deaths = deque(specs), Counter[int]()
        workers: list[_Worker] = []
        try:
            while waiting or any(worker.spec for worker in workers):
                self._hand_out(waiting, workers)
                for worker in _ready(workers):
                    if (report := _heard(worker)) is not None:
                        yield report
                        continue
                    workers.remove(worker)
                    if (spec := worker.spec) is not None:
                        deaths[spec.number] += 1
                        if deaths[spec.number] < _MOST_DEATHS:
                            waiting.appendleft(spec)
                        else:
                            yield lost_shard(spec.number, _last_words(worker.process.exitcode))
        finally:
            _dismiss(workers)

    def _hand_out(self, waiting: deque[ShardSpec], workers: list[_Worker]) -> None:
        if self.stop is not None and self.stop.asked:
            waiting.clear()
            for worker in workers:
                if worker.spec is not None and worker.process.pid is not None:
                    worker.process.terminate()  # which it takes for a polite request
        while waiting:
            idle = next((worker for worker in workers if worker.spec is None), None)
            if idle is None:
                if len(workers) == self.workers:
                    return
                idle = _hired()
                workers.append(idle)
            idle.spec = waiting.popleft()
            idle.pipe.send(idle.spec)


def _hired() -> _Worker:
    # A fork would copy the threads' locks, and whatever the parent holds open.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), name="summarizer-shards", daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _ready(workers: list[_Worker]) -> list[_Worker]:
    """Those that have said something, or died; none when a moment has passed."""
    busy = [worker for worker in workers if worker.spec is not None]
    heard = wait([worker.pipe for worker in busy], timeout=0.2)
    return [worker for worker in busy if worker.pipe in heard]


def _heard(worker: _Worker) -> ShardReport | None:
    """The report of a worker; None when it has died."""
    try:
        report = worker.pipe.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        return None
    worker.spec = None
    return report


def _dismiss(workers: list[_Worker]) -> None:
    for worker in workers:
        if worker.spec is not None:
            worker.process.terminate()
        else:
            try:
                worker.pipe.send(None)
            except OSError:  # it has gone already
                continue
    for worker in workers:
        worker.process.join()
        worker.pipe.close()


def _work(pipe: "Connection[ShardReport, ShardSpec | None]") -> None:
    """The life of a worker: shards as they are handed to it, until there are none, or its parent is gone."""
    stop = Stop()

    def ask(_number: int, _frame: object) -> None:
        stop.ask()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    try:
        while (spec := pipe.recv()) is not None:
            pipe.send(report_shard(spec, stop))
    except (EOFError, ConnectionError):
        return


def _last_words(exit_code: int | None) -> str:
    return f"{_MOST_DEATHS} workers have died over it, the last with exit code {exit_code}"
