"""A run in a process of its own that a test kills: at a named step, by the provider, or whenever it likes."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

from summarizer.runs import Batch, run
from tests.runs.scripted import Provider, articles, scripted

__all__ = ["CONCURRENCY", "PASSES", "Paying", "brief", "dying_at"]

CONCURRENCY = 8
PASSES = 2


class Paying(Provider):
    """Asks a provider in another process, which counts what it was paid for."""

    def __init__(self, socket: Path) -> None:
        super().__init__()
        self._socket = socket

    async def answer(self, key: str) -> bytes:
        """Its reply."""
        reader, writer = await asyncio.open_unix_connection(str(self._socket))
        writer.write(f"{os.getpid()} {key}\n".encode())
        try:
            return await reader.read()
        finally:
            writer.close()


def dying_at(step: str, time: int) -> Callable[[str], None]:
    """Dies like from `kill -9` when it comes by this step for so many times."""
    left = time

    def come_by(name: str) -> None:
        nonlocal left
        if name == step:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return come_by


def brief(output: Path, socket: Path, count: int, step: str, time: int) -> None:
    """Brief so many articles, if nothing happens on the way."""
    batch = Batch(
        output=output,
        options={"model": "fake/model"},
        open_work=scripted(Paying(socket), passes=PASSES),
        concurrency=CONCURRENCY,
        step=dying_at(step, time),
    )
    report = asyncio.run(run(batch, articles(count)))
    if not report.complete:
        raise SystemExit(f"not complete: {report.stopped}")
