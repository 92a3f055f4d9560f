"""Where articles stand in the input of this run, and under which id; nothing is held in memory for it.

The input may have changed since the last start: articles that are known keep their results wherever they stand
now, and those that are gone lose only their place.
"""

import hashlib
import json
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from summarizer.article import Article
from summarizer.loaders import Failed
from summarizer.runs.items import Flaw, State, key_of

__all__ = ["Entry", "Places", "close_item", "expect"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the input, as the store knows it."""

    number: int
    """Of its row."""
    position: int
    """In the input, from 0."""
    id: str
    state: State
    article: Article | None
    """None when the source could not be read."""


class Places:
    """Gives each article of the input its row, in the order of the input.

    Args:
        options: Digest of the options that shape a briefing.
    """

    def __init__(self, options: str) -> None:
        self._options = options
        self._next = 0
        # Only names that are there twice: how often each has been seen.
        self._repeats: dict[str, int] = {}

    def add(self, database: Connection, inputs: Sequence[Article | Failed]) -> list[Entry]:
        """Place the next articles of the input."""
        return [self._place(database, found) for found in inputs]

    def end(self, database: Connection) -> int:
        """Say that the input has no more; how many there were."""
        database.execute("UPDATE items SET position = NULL WHERE position >= ?", (self._next,))
        expect(database, self._next)
        return self._next

    def _place(self, database: Connection, found: Article | Failed) -> Entry:
        position, self._next = self._next, self._next + 1
        key = self._key(database, found, position)
        name = self._name(database, found.id, position)
        row = database.execute(
            "SELECT number, id, state, position FROM items WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            self._vacate(database, position)
            cursor = database.execute(
                "INSERT INTO items (key, id, source, position) VALUES (?, ?, ?, ?)",
                (key, name, found.source, position),
            )
            number, state = int(cursor.lastrowid or 0), "open"
        else:
            number, state = row[0], row[2]
            if row[1] != name or row[3] != position:
                self._vacate(database, position)
                database.execute(
                    "UPDATE items SET id = ?, position = ? WHERE number = ?", (name, position, number)
                )
        if isinstance(found, Article):
            return Entry(number, position, name, state, found)
        if state != "failed":
            close_item(database, number, Flaw.of(found.error))
        return Entry(number, position, name, "failed", None)

    def _key(self, database: Connection, found: Article | Failed, position: int) -> str:
        """Its key; one of its own also for an article that is there twice."""
        key = key_of(found, self._options) if isinstance(found, Article) else _key_of_unreadable(found)
        return self._unused(database, "key", key, position, "#")

    def _name(self, database: Connection, name: str, position: int) -> str:
        return self._unused(database, "id", name, position, "-")

    def _unused(self, database: Connection, column: str, value: str, position: int, join: str) -> str:
        """The value, or the value with the first number behind it that no earlier article of the input has."""
        taken = f"SELECT 1 FROM items WHERE {column} = ? AND position < ?"  # noqa: S608 - one of two words
        if not database.execute(taken, (value, position)).fetchone():
            return value
        number = self._repeats.get(value, 1)
        while True:
            number += 1
            numbered = f"{value}{join}{number}"
            if not database.execute(taken, (numbered, position)).fetchone():
                self._repeats[value] = number
                return numbered

    def _vacate(self, database: Connection, position: int) -> None:
        database.execute("UPDATE items SET position = NULL WHERE position = ?", (position,))


def expect(database: Connection, total: int) -> None:
    """Write down how many articles the input has."""
    database.execute("INSERT OR REPLACE INTO facts VALUES ('total', ?)", (str(total),))


def close_item(database: Connection, number: int, ended: Flaw | bytes) -> None:
    """Write down what became of an article, and that none of its requests is under way any more.

    Args:
        database: In a transaction.
        number: Of the article's row.
        ended: The briefing as JSON, or why there is none.
    """
    failed = isinstance(ended, Flaw)
    body = zlib.compress(ended.to_json() if failed else ended, 1)
    # The deadline of a call cuts its request off: it may have been answered and paid for all the same.
    database.execute("UPDATE attempts SET outcome = 'unknown' WHERE item = ? AND outcome IS NULL", (number,))
    database.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (number, body))
    database.execute(
        "UPDATE items SET state = ?, flaw = ?, ended = ? WHERE number = ?",
        ("failed" if failed else "done", ended.type if failed else None, time.time(), number),
    )


def _key_of_unreadable(found: Failed) -> str:
    shaping = ["unreadable", found.id, found.source, type(found.error).__name__, str(found.error)]
    return hashlib.sha256(json.dumps(shaping).encode()).hexdigest()
