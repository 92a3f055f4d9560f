"""The file of a run: its tables, its version, and what SQLite's complaints mean."""

import sqlite3
from pathlib import Path
from typing import Final

from summarizer.errors import OutputError, StoreFailed
from summarizer.runs import parcels

__all__ = ["VERSION", "connect", "failure", "store_path"]

APPLICATION: Final = 0x53554D42
"""SQLite's application_id, `SUMB`: tells our files from those of others."""
VERSION: Final = 2
"""Of the tables; 2 added those of requests that are posted."""

_TABLES: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE items (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  id TEXT NOT NULL,
  source TEXT,                         -- where the article is from, for people
  position INTEGER UNIQUE,             -- in the input; null once the input no longer has it
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'failed')),
  flaw TEXT,                           -- class of the error
  ended REAL                           -- seconds since 1970
);
CREATE INDEX items_by_id ON items (id);
CREATE INDEX items_by_state ON items (state);
CREATE TABLE results (item INTEGER PRIMARY KEY REFERENCES items, body BLOB NOT NULL);  -- zlib of JSON
CREATE TABLE attempts (
  number INTEGER PRIMARY KEY,
  session INTEGER NOT NULL,            -- which start of the command sent it
  item INTEGER REFERENCES items,
  request TEXT NOT NULL,               -- the key of its reply
  pass TEXT NOT NULL,
  started REAL NOT NULL,
  worst_usd REAL,                      -- null when nobody knows the price
  outcome TEXT,                        -- null while it is under way
  status INTEGER,
  fault TEXT,
  input INTEGER, cached INTEGER, output INTEGER,
  usd REAL,
  seconds REAL
);
CREATE INDEX attempts_open ON attempts (item) WHERE outcome IS NULL;
CREATE INDEX attempts_unknown ON attempts (item) WHERE outcome = 'unknown';
CREATE TABLE replies (
  key TEXT PRIMARY KEY,
  item INTEGER,
  model TEXT NOT NULL,
  outcome TEXT,                        -- null while nobody has judged it
  body BLOB NOT NULL                   -- zlib, as it was received
);
"""

_FULL: Final = frozenset({"SQLITE_FULL"})
_READ_ONLY: Final = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
_FOREIGN: Final = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def store_path(output: Path) -> Path:
    """Where the store of a run lies: beside its output."""
    return output.with_name(f"{output.name}.run.sqlite")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the file of a run, or begin it.

    Args:
        path: The file.
        read_only: Open only what is there.

    Raises:
        StoreFailed: the file cannot be opened, or is not ours, or of a later version.
    """
    try:
        database = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            isolation_level=None,  # transactions are begun and ended by name
            check_same_thread=False,
            timeout=10.0,
        )
        try:
            _prepare(database, path, read_only=read_only)
        except BaseException:
            database.close()
            raise
    except sqlite3.Error as error:
        raise failure(error, path) from error
    return database


def _prepare(database: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not read_only and not tables:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} {parcels.TABLES} PRAGMA user_version={VERSION}; PRAGMA application_id={APPLICATION}; COMMIT"
        )
    elif application != APPLICATION:
        raise StoreFailed(
            f"{str(path)!r} is there, but it is not the store of a batch.",
            hint="Move it, or give another --output.",
        )
    elif version > VERSION:
        raise StoreFailed(
            f"{str(path)!r} was written by a later version of this program.", hint="Update summarizer."
        )
    elif version < VERSION and not read_only:
        database.executescript(f"BEGIN IMMEDIATE; {parcels.TABLES} PRAGMA user_version={VERSION}; COMMIT")
    # A reply that is confirmed survives a power cut, not only the end of this process.
    database.execute("PRAGMA synchronous=FULL")


def failure(error: sqlite3.Error, path: Path | None = None) -> StoreFailed:
    """The same in our terms."""
    name = error.sqlite_errorname if hasattr(error, "sqlite_errorname") else ""
    what = f"the store of the run{f' {str(path)!r}' if path else ''}"
    if name in _FULL:
        return StoreFailed(f"{what} cannot grow: the disk is full.")
    if name.startswith(_READ_ONLY):
        return StoreFailed(f"{what} cannot be written: {error}.", hint=OutputError.hint)
    if name.startswith(_FOREIGN):
        return StoreFailed(
            f"{what} is damaged, or not a store at all: {error}.", hint="Move it, or give another --output."
        )
    return StoreFailed(f"{what} failed: {error}.")
