"""Replies in the cache's file: put in, found, judged, dropped.

Synchronous, and for one thread at a time. Any number of processes may use the same file.
"""

import contextlib
import hashlib
import math
import sqlite3
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from summarizer.llm.cache_database import BUSY_MS, FAULTS, open_database
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Outcome, Sent

__all__ = ["USABLE", "Arrival", "CacheFile", "Damaged"]

USABLE: Final[frozenset[Outcome]] = frozenset({"complete", "repaired", "malformed"})
"""Outcomes that the same question would have again. Others may be gone tomorrow: a refusal, a cut reply."""

_BRIEFLY_MS: Final = 100
"""How long another process's write is waited for when only the time of use is at stake."""

# A reply proven good is not given up for one that nobody has judged yet.
_PUT: Final = """
    INSERT INTO replies (key, writer, model, created, used, bytes, sha256)
    VALUES (:key, :writer, :model, :now, :now, :bytes, :sha256)
    ON CONFLICT (key) DO UPDATE SET
        writer = excluded.writer, model = excluded.model, created = excluded.created, used = excluded.used,
        hits = 0, outcome = 'unknown', input = NULL, cached = NULL, output = NULL, cost_usd = NULL,
        bytes = excluded.bytes, sha256 = excluded.sha256
    WHERE replies.outcome NOT IN ('complete', 'repaired')
"""

_PUT_BODY: Final = "INSERT OR REPLACE INTO bodies (id, body) SELECT id, ? FROM replies WHERE key = ?"

_FIND: Final = """
    SELECT body, sha256, model, outcome FROM replies LEFT JOIN bodies USING (id) WHERE key = ?
"""

_JUDGE: Final = """
    UPDATE replies SET outcome = ?, input = ?, cached = ?, output = ?, cost_usd = ? WHERE key = ? AND writer = ?
"""

_FORGET_OLDEST: Final = """
    DELETE FROM replies WHERE key IN (SELECT key FROM replies WHERE key != ? ORDER BY used LIMIT 8)
"""


class Arrival(NamedTuple):
    """A reply that has come."""

    key: str
    """Digest of what shaped it."""
    writer: str
    """The request that brought it."""
    reply: Kept


class Damaged(Exception):
    """The bytes kept under a key are not those that were stored."""


class CacheFile:
    """Replies by key; see `open`."""

    def __init__(self, db: sqlite3.Connection, *, now: Callable[[], float]) -> None:
        self.db = db
        self._now = now

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], float] = time.time, create: bool = True) -> "CacheFile":
        """Open the file, made if need be: 0600, in a folder that is made 0700.

        Raises:
            CacheError: it is broken, or no file of ours.
            OSError: there is none, or its folder cannot be made.
            sqlite3.OperationalError: it cannot be read or written.
        """
        return cls(open_database(path, create=create), now=now)

    def find(self, key: str) -> Kept | None:
        """The reply under this key, which now counts as used.

        Raises:
            Damaged: it is not what was stored; it has been removed.
            sqlite3.Error: the file cannot be read.
        """
        found = self.db.execute(_FIND, (key,)).fetchone()
        if found is None or found[3] not in USABLE | {"unknown"}:
            return None
        body, digest, model, outcome = found
        if not isinstance(body, bytes) or hashlib.sha256(body).digest() != digest:
            self.drop(key)
            raise Damaged
        self._touch(key)
        return Kept(body=body, model=str(model), outcome=None if outcome == "unknown" else outcome)

    def put(self, news: Iterable[Arrival], *, max_bytes: int) -> None:
        """Keep replies that nobody has judged yet; on return they are on disk.

        Args:
            news: What came.
            max_bytes: Largest file; the replies that were not used for the longest time make room.

        Raises:
            sqlite3.Error: they could not be written.
        """
        with self._transaction():
            for arrival in news:
                if len(arrival.reply.body) <= max_bytes:
                    self._put(arrival)
                    self._make_room(arrival.key, max_bytes)

    def judge(self, key: str, writer: str, row: Sent) -> None:
        """Enter what became of the request that brought a reply; one that must not be recalled is removed.

        Only that request may judge it: another process may have asked the same and failed.

        Raises:
            sqlite3.Error: it could not be written.
        """
        if row.outcome == "unknown":
            return
        with self._lightly(BUSY_MS):
            if row.outcome not in USABLE:
                self.db.execute("DELETE FROM replies WHERE key = ? AND writer = ?", (key, writer))
                return
            tokens = row.tokens
            counts = (tokens.input, tokens.cached, tokens.output) if tokens else (None, None, None)
            self.db.execute(_JUDGE, (row.outcome, *counts, row.cost_usd, key, writer))

    def drop(self, key: str) -> None:
        """Remove one reply, if it is there."""
        self.db.execute("DELETE FROM replies WHERE key = ?", (key,))

    def drop_all(self, *, before: float | None = None) -> int:
        """Remove replies, shrink the file, and say how many there were.

        Args:
            before: Only those that came before this time, in seconds since 1970.
        """
        horizon = math.inf if before is None else before
        removed = self.db.execute("DELETE FROM replies WHERE created < ?", (horizon,)).rowcount
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return removed

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def _put(self, arrival: Arrival) -> None:
        body = arrival.reply.body
        row = {
            "key": arrival.key,
            "writer": arrival.writer,
            "model": arrival.reply.model,
            "now": self._now(),
            "bytes": len(body),
            "sha256": hashlib.sha256(body).digest(),
        }
        if self.db.execute(_PUT, row).rowcount:
            self.db.execute(_PUT_BODY, (body, arrival.key))

    def _make_room(self, newest: str, max_bytes: int) -> None:
        while self._used_bytes() > max_bytes and self.db.execute(_FORGET_OLDEST, (newest,)).rowcount:
            pass

    def _used_bytes(self) -> int:
        return (self._pragma("page_count") - self._pragma("freelist_count")) * self._pragma("page_size")

    def _pragma(self, name: str) -> int:
        return int(self.db.execute(f"PRAGMA {name}").fetchone()[0])

    def _touch(self, key: str) -> None:
        # When it was last used is not worth losing the reply for.
        with contextlib.suppress(*FAULTS), self._lightly(_BRIEFLY_MS):
            self.db.execute("UPDATE replies SET used = ?, hits = hits + 1 WHERE key = ?", (self._now(), key))

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")

    @contextmanager
    def _lightly(self, busy_ms: int) -> Generator[None]:
        """Write without waiting for the disk: a power cut may undo it, a crash of ours does not."""
        self.db.execute(f"PRAGMA busy_timeout = {busy_ms}")
        self.db.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
