"""Hands out the articles that are still to be briefed, read from the input only as fast as they are taken."""

import asyncio
import itertools
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Final, TypeVar

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.loaders import Failed
from summarizer.runs.items import Item
from summarizer.runs.places import Entry
from summarizer.runs.store import RunStore

__all__ = ["Feed"]

T = TypeVar("T")

_AT_ONCE: Final = 256
"""Articles in memory before they are taken."""
_PATIENCE_S: Final = 0.05
"""After so long, those that are read go on without waiting for more, as from a slow pipe."""


class Feed:
    """The articles of the input that have no result yet.

    Args:
        inputs: All articles, in order; read in a thread of its own.
        store: Of the run; gives each article its row before it is handed out.
        settled: Told of each article that has its result already, or never will have one.
    """

    def __init__(
        self,
        inputs: Iterator[Article | Failed],
        store: RunStore,
        settled: Callable[[Entry], Awaitable[None]],
    ) -> None:
        self._inputs = inputs
        self._store = store
        self._settled = settled
        self._turn = asyncio.Lock()
        self._ready: deque[Item] = deque()
        self._broken: SummarizerError | None = None
        self.ended = False
        """Whether the input has no more."""
        self.length = 0
        """Articles of the input so far."""

    async def next(self) -> Item | None:
        """The next article to brief; None when there is none left."""
        async with self._turn:
            while not self._ready:
                if self.ended:
                    return None
                await self._refill()
            return self._ready.popleft()

    def put_back(self, item: Item) -> None:
        """Hand it out again, before all others."""
        self._ready.appendleft(item)

    async def _refill(self) -> None:
        found = await _in_thread(self._read)
        if not found:
            self.length = await self._store.end()
            self.ended = True
            return
        for entry in await self._store.add(found):
            self.length = entry.position + 1
            if entry.article is not None and entry.state == "open":
                self._ready.append(Item(entry.number, entry.position, entry.id, entry.article))
            else:
                await self._settled(entry)

    def _read(self) -> list[Article | Failed]:
        if self._broken is not None:
            raise self._broken
        until = time.monotonic() + _PATIENCE_S
        found: list[Article | Failed] = []
        try:
            for article in itertools.islice(self._inputs, _AT_ONCE):
                found.append(article)
                if time.monotonic() > until:
                    break
        except SummarizerError as error:  # told once what came before it is taken
            self._broken = error
            if not found:
                raise
        return found


async def _in_thread(work: Callable[[], T]) -> T:
    """Do it in a daemon thread: one that waits for standard input must not keep the program from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def answer(value: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)  # pyright: ignore[reportArgumentType] - one of the two is there
        else:
            future.set_exception(error)

    def run() -> None:
        try:
            value, error = work(), None
        except BaseException as caught:  # noqa: BLE001 - raised again where it is awaited
            value, error = None, caught
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(answer, value, error)

    threading.Thread(target=run, name="summarizer-input", daemon=True).start()
    return await future
