"""The database file of the reply cache: ours or nobody's, private to its user, whole after any crash."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from summarizer.errors import CacheError

__all__ = ["BUSY_MS", "FAULTS", "busy", "files_of", "full", "open_database", "told_when_broken"]

FAULTS: Final = (OSError, sqlite3.Error, UnicodeDecodeError)
"""What a failing disk or a damaged file raises: a message of SQLite that quotes damage may not be readable as text."""

_OURS: Final = 0x53554D52
"""SQLite's application id of our files: `SUMR`."""
_VERSION: Final = 1

_BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Codes of SQLite for a file that is damaged or no database at all."""

BUSY_MS: Final = 10_000
"""How long another process's write is waited for."""

# Bodies lie apart, so that noting a use or an outcome does not write them again.
_CREATE: Final = (
    """CREATE TABLE replies (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        writer TEXT NOT NULL,
        model TEXT NOT NULL,
        created REAL NOT NULL,
        used REAL NOT NULL,
        hits INTEGER NOT NULL DEFAULT 0,
        outcome TEXT NOT NULL DEFAULT 'unknown',
        input INTEGER,
        cached INTEGER,
        output INTEGER,
        cost_usd REAL,
        bytes INTEGER NOT NULL,
        sha256 BLOB NOT NULL
    )""",
    "CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    "CREATE TRIGGER together AFTER DELETE ON replies BEGIN DELETE FROM bodies WHERE id = old.id; END",
    "CREATE INDEX by_use ON replies(used)",
    f"PRAGMA application_id = {_OURS}",
    f"PRAGMA user_version = {_VERSION}",
)


def open_database(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """Open the file, made if need be: 0600, in a folder that is made 0700.

    Raises:
        CacheError: it is broken, or no file of ours.
        OSError: there is none, or its folder cannot be made.
        sqlite3.OperationalError: it cannot be read or written.
    """
    if create:
        _make_room(path)
    path.stat()
    address = path.absolute().as_uri() + "?mode=rw"
    # Calls come one after the other, though not always from the same thread.
    db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    # A damaged name is no reason to give up the whole file.
    db.text_factory = partial(str, encoding="utf-8", errors="replace")
    with contextlib.ExitStack() as unless_ready:
        unless_ready.callback(db.close)
        with told_when_broken(path):
            _prepare(db, path)
        _make_private(path)
        unless_ready.pop_all()
    return db


def files_of(path: Path) -> tuple[Path, ...]:
    """Every file that SQLite keeps for the database at `path`."""
    return path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def busy(error: Exception) -> bool:
    """Whether it says that another process had the file for too long."""
    return _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def full(error: Exception) -> bool:
    """Whether it says that the disk has no room."""
    return _code(error) == sqlite3.SQLITE_FULL


@contextmanager
def told_when_broken(path: Path) -> Generator[None]:
    """Raise `CacheError` where SQLite finds the file damaged or foreign."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and _code(error) not in _BROKEN:
            raise
        raise CacheError(f"{str(path)!r} is not a usable cache of replies: {error}.") from error


def _code(error: Exception) -> int:
    # The low byte is the kind, the rest its shade. Errors of other layers have no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _make_room(path: Path) -> None:
    """Make the file before SQLite does, which would let others read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _make_private(path: Path) -> None:
    # By name: to open and close a file would take this process's locks from its other connections.
    for file in files_of(path):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            file.chmod(0o600)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if _is_new(db, path):
        # Replies are a few kilobytes: larger pages would be a third empty.
        db.execute("PRAGMA page_size = 2048")
        _write_ahead(db)
        db.execute("BEGIN IMMEDIATE")
        # Another process may have been faster.
        if _is_new(db, path):
            for statement in _CREATE:
                db.execute(statement)
        db.execute("COMMIT")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA journal_size_limit = 4194304")


def _write_ahead(db: sqlite3.Connection) -> None:
    """Readers and a writer need not wait for each other; SQLite does not wait by itself to switch this on."""
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not busy(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _is_new(db: sqlite3.Connection, path: Path) -> bool:
    """Whether nothing is in it yet.

    Raises:
        CacheError: what is in it is not ours.
    """
    # One look: another process may be making it.
    db.execute("SAVEPOINT look")
    ours, version, tables = (
        db.execute(question).fetchone()[0]
        for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    db.execute("RELEASE look")
    if (ours, version) == (_OURS, _VERSION):
        return False
    if (ours, version, tables) == (0, 0, 0):
        return True
    raise CacheError(f"{str(path)!r} is not a cache of replies, or one of another version of this program.")
