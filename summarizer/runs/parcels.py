"""Parcels in the store of a run: which requests were handed in with which batch of the provider.

A *parcel* is one batch at the provider. Its row and those of its requests are on disk before anything is uploaded,
and the id of the batch as soon as there is one. What a parcel brings is on disk before the parcel is closed. So
after a crash it is known of every request whether it was handed in, and where its reply is to be had.
"""

import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Final

from summarizer.types import Tokens

__all__ = [
    "TABLES",
    "Arrival",
    "OpenParcel",
    "close",
    "enter",
    "keep",
    "lose",
    "named",
    "open_parcels",
    "parcels_under_way",
    "post_here",
    "release_unposted",
    "reply_of",
]

TABLES: Final = """
CREATE TABLE parcels (
  number INTEGER PRIMARY KEY,
  label TEXT NOT NULL UNIQUE,          -- by which the batch is found again at the provider
  batch TEXT,                          -- its id there; null until we know it
  made REAL NOT NULL,
  requests INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',  -- or how the batch ended
  ended REAL
);
CREATE TABLE posted (
  parcel INTEGER NOT NULL REFERENCES parcels,
  key TEXT NOT NULL,                   -- the key of its reply
  attempt INTEGER NOT NULL REFERENCES attempts,
  PRIMARY KEY (parcel, key)
);
CREATE INDEX posted_attempts ON posted (attempt);
"""

_NO_REPLY: Final = "NOT EXISTS (SELECT 1 FROM replies WHERE replies.key = attempts.request)"


@dataclass(frozen=True, slots=True)
class OpenParcel:
    """A parcel that an earlier start of the command has left at the provider."""

    number: int
    label: str
    batch: str | None
    made: float
    """Seconds since 1970."""
    order: tuple[str, ...]
    """Keys, in the order of the file that was handed in."""
    attempts: Mapping[str, int]
    """Row of each request that nothing has come of yet, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came of one posted request."""

    key: str
    attempt: int
    status: int
    body: bytes
    tokens: Tokens | None
    usd: float | None

    @property
    def good(self) -> bool:
        """Whether it is a reply to keep."""
        return self.status < 300  # noqa: PLR2004 -- HTTP success


def post_here(database: Connection, session: int) -> None:
    """Say that this start of the command posts: what it has not handed in was never sent."""
    database.execute("INSERT OR REPLACE INTO facts VALUES (?, '')", (f"posting {session}",))


def release_unposted(database: Connection) -> None:
    """Requests that were entered to be posted and never handed in were never sent: they go."""
    database.execute(
        "DELETE FROM attempts WHERE outcome IS NULL "  # noqa: S608 -- our words
        f"AND {_NO_REPLY} AND number NOT IN (SELECT attempt FROM posted) "
        "AND 'posting ' || session IN (SELECT name FROM facts)"
    )


def parcels_under_way(database: Connection) -> tuple[int, int]:
    """Parcels that are not closed, and the requests in them."""
    if not database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'parcels'").fetchone()[0]:
        return 0, 0  # of the first version, and only read
    found = "SELECT count(*), coalesce(sum(requests), 0) FROM parcels WHERE state = 'open'"
    parcels, requests = database.execute(found).fetchone()
    return parcels, requests


def open_parcels(database: Connection) -> list[OpenParcel]:
    """The parcels that are not closed, oldest first."""
    rows = database.execute(
        "SELECT number, label, batch, made FROM parcels WHERE state = 'open' ORDER BY number"
    )
    return [
        OpenParcel(number, label, batch, made, *_contents(database, number))
        for number, label, batch, made in rows.fetchall()
    ]


def _contents(database: Connection, parcel: int) -> tuple[tuple[str, ...], dict[str, int]]:
    posted = database.execute(
        "SELECT key, attempt, outcome IS NULL FROM posted JOIN attempts ON number = attempt "
        "WHERE parcel = ? ORDER BY posted.rowid",
        (parcel,),
    ).fetchall()
    return tuple(key for key, *_ in posted), {key: attempt for key, attempt, open_ in posted if open_}


def enter(database: Connection, label: str, attempts: Sequence[tuple[str, int]]) -> int:
    """Enter a parcel that is about to be handed in: key and row of each request; returns its number."""
    row = database.execute(
        "INSERT INTO parcels (label, made, requests) VALUES (?, ?, ?) RETURNING number",
        (label, time.time(), len(attempts)),
    ).fetchone()
    posted = ((row[0], key, attempt) for key, attempt in attempts)
    database.executemany("INSERT INTO posted VALUES (?, ?, ?)", posted)
    # Those that were refused before are under way again.
    again = "UPDATE attempts SET outcome = NULL, status = NULL, fault = NULL, usd = NULL WHERE number = ?"
    database.executemany(again, ((attempt,) for _, attempt in attempts))
    return row[0]


def named(database: Connection, number: int, batch: str) -> None:
    """The provider has given the batch of a parcel its id."""
    database.execute("UPDATE parcels SET batch = ? WHERE number = ?", (batch, number))


def keep(database: Connection, model: str, arrivals: Iterable[Arrival]) -> None:
    """Keep replies and what they cost; whatever is written down already stays."""
    for one in arrivals:
        tokens = one.tokens
        counts = (tokens.input, tokens.cached, tokens.output) if tokens else (None, None, None)
        settled = database.execute(
            "UPDATE attempts SET outcome = ?, status = ?, input = ?, cached = ?, output = ?, usd = ? "
            "WHERE number = ? AND outcome IS NULL RETURNING item",
            ("received" if one.good else "failed", one.status, *counts, one.usd, one.attempt),
        ).fetchone()
        if settled is not None and one.good:
            database.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, NULL, ?)",
                (one.key, settled[0], model, zlib.compress(one.body, 1)),
            )


def close(database: Connection, number: int, state: str) -> None:
    """Close a parcel; those of its requests that it brought nothing of were never done."""
    database.execute(
        "UPDATE attempts SET outcome = 'failed', fault = ?, usd = 0.0 WHERE outcome IS NULL "  # noqa: S608 -- our words
        f"AND {_NO_REPLY} AND number IN (SELECT attempt FROM posted WHERE parcel = ?)",
        (f"batch {state}", number),
    )
    database.execute("DELETE FROM posted WHERE parcel = ?", (number,))
    database.execute("UPDATE parcels SET state = ?, ended = ? WHERE number = ?", (state, time.time(), number))


def lose(database: Connection, number: int) -> None:
    """The provider knows nothing of a parcel any more: what it has cost, if anything, is not known."""
    database.execute(
        "UPDATE attempts SET outcome = 'unknown' WHERE outcome IS NULL "
        "AND number IN (SELECT attempt FROM posted WHERE parcel = ?)",
        (number,),
    )


def reply_of(database: Connection, key: str) -> bytes | None:
    """The reply that a parcel has brought to a request."""
    row = database.execute("SELECT body FROM replies WHERE key = ? AND outcome IS NULL", (key,)).fetchone()
    return zlib.decompress(row[0]) if row else None
