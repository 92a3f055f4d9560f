"""The store of a run as the model client sees it: told of each request before it leaves, of each reply unjudged."""

import asyncio
import time
import zlib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.usage import Sent, Usage
from summarizer.runs.store import RunStore

__all__ = ["ITEM", "StoreKeeper"]

ITEM: ContextVar[int | None] = ContextVar("ITEM", default=None)
"""Row of the article that requests are sent for."""

_RECALLED = "SELECT body, model, outcome FROM replies WHERE key = ?"
_USEFUL = (None, "complete", "repaired", "malformed")
"""Judged as nothing yet, or as something that can be judged again."""


class StoreKeeper:
    """Writes the ledger of requests and replies; a `Keeper`.

    Args:
        store: Of the run.
        cache: Keeps replies beyond the run; asked second, told of everything.

    Attributes:
        usage: What this start of the command has sent, as far as it is judged.
    """

    def __init__(self, store: RunStore, cache: Keeper | None = None) -> None:
        self._store = store
        self._cache = cache
        self._last = store.opened.attempts
        self._session = store.opened.session
        self._open: dict[tuple[int, int], int] = {}
        self._halted = False
        self._waiting = 0
        self._adopted: dict[str, int] = {}
        self._taken = dict(store.earlier.by_article)
        self._on_wait: Callable[[], None] = lambda: None
        self.usage = Usage()

    @property
    def store(self) -> RunStore:
        """Of the run."""
        return self._store

    def adopt(self, attempts: Mapping[str, int]) -> None:
        """Take over requests that are under way already, by the keys of their replies: they are not entered again."""
        self._adopted.update(attempts)

    def release(self, key: str) -> None:
        """A request that was taken over has come to its end: the next one like it is a new one."""
        self._adopted.pop(key, None)

    def attempt_of(self, row: Sent) -> int | None:
        """Where a request that is under way is entered."""
        return self._open.get((row.call, row.attempt))

    def taken(self) -> Usage:
        """What every request for the article at hand took, those of earlier tries and starts included."""
        return self._taken.get(ITEM.get() or 0, Usage())

    def forget(self, item: int) -> None:
        """An article has its result."""
        self._taken.pop(item, None)

    def _take(self, usage: Usage) -> None:
        if (item := ITEM.get()) is not None:
            self._taken[item] = self._taken.get(item, Usage()) + usage

    @property
    def waiting(self) -> int:
        """Requests that are held back since `halt`."""
        return self._waiting

    def halt(self, on_wait: Callable[[], None]) -> None:
        """Let no further request leave: what is under way ends, what comes waits until it is cancelled.

        Args:
            on_wait: Told of each request that is held back.
        """
        self._halted = True
        self._on_wait = on_wait

    async def recall(self, key: str) -> Kept | None:
        """The reply kept under this key; one that nobody has judged yet counts: it is paid for."""

        def read(database: Connection) -> Kept | None:
            row = database.execute(_RECALLED, (key,)).fetchone()
            if row is None or row[2] not in _USEFUL:
                return None
            try:
                return Kept(zlib.decompress(row[0]), row[1], row[2])
            except zlib.error:  # damaged on disk: as good as none
                return None

        kept = await self._store.read(read)
        return kept if kept is not None or self._cache is None else await self._cache.recall(key)

    async def sending(self, key: str, row: Sent, worst_usd: float | None) -> None:
        """Enter a request that is about to leave; held back for good once the run is to end."""
        if self._halted:
            await self._hold()
        if (adopted := self._adopted.pop(key, None)) is not None:
            self._open[row.call, row.attempt] = adopted
            return
        self._store.step("before_insert")
        self._last = number = self._last + 1
        self._open[row.call, row.attempt] = number
        facts = (number, self._session, ITEM.get(), key, row.name, time.time(), worst_usd)
        await self._store.write(lambda database: _insert(database, facts))
        self._take(Usage(requests=1, retries=row.reason == "retry", reasks=row.reason == "reask"))
        self._store.step("after_insert")

    async def received(self, key: str, row: Sent, reply: Kept) -> None:
        """Keep a whole reply and what it cost, before anyone has judged it."""
        self._store.step("after_reply")
        item, number = ITEM.get(), self._open.get((row.call, row.attempt))

        def write(database: Connection) -> None:
            body = zlib.compress(reply.body, 1)
            database.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, NULL, ?)", (key, item, reply.model, body)
            )
            _settle(database, number, row, None)

        await self._store.write(write)
        self._store.step("after_keep")
        if self._cache is not None:
            await self._cache.received(key, row, reply)

    async def judged(self, key: str, row: Sent) -> None:
        """Write down what became of a request; on disk at the latest with the end of its article."""
        number = self._open.pop((row.call, row.attempt), None)
        if number is not None:
            took = Usage.of((row,))
            self.usage += took
            self._take(replace(took, requests=0, retries=0, reasks=0))  # counted when it left

            def write(database: Connection) -> None:
                _settle(database, number, row, row.outcome)
                database.execute("UPDATE replies SET outcome = ? WHERE key = ?", (row.outcome, key))

            self._store.post(write)
        if self._cache is not None:
            await self._cache.judged(key, row)

    async def disown(self, key: str) -> None:
        """Never recall this reply again."""
        self._store.post(lambda database: _disown(database, key))
        if self._cache is not None:
            await self._cache.disown(key)

    async def _hold(self) -> None:
        self._waiting += 1
        self._on_wait()
        try:
            await asyncio.Event().wait()
        finally:
            self._waiting -= 1


def _insert(database: Connection, facts: tuple[Any, ...]) -> None:
    database.execute(
        "INSERT INTO attempts (number, session, item, request, pass, started, worst_usd) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        facts,
    )


def _disown(database: Connection, key: str) -> None:
    database.execute("UPDATE replies SET outcome = 'disowned' WHERE key = ?", (key,))


def _settle(database: Connection, number: int | None, row: Sent, outcome: str | None) -> None:
    tokens = row.tokens
    counts = (tokens.input, tokens.cached, tokens.output) if tokens else (None, None, None)
    database.execute(
        "UPDATE attempts SET outcome = ?, status = ?, fault = ?, input = ?, cached = ?, output = ?, usd = ?, "
        "seconds = ? WHERE number = ?",
        (outcome, row.status, row.fault, *counts, row.cost_usd, row.seconds, number),
    )
