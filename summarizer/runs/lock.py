"""One process at a time writes a run: the lock goes with the process, however that ends."""

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import OutputError, RunInProgress, StoreFailed

__all__ = ["holder", "holder_of", "locked"]


@contextmanager
def locked(store: Path) -> Generator[None]:
    """Hold the lock of a store.

    Raises:
        RunInProgress: another process holds it, or another run of this one.
        StoreFailed: the lock's file cannot be written.
    """
    from filelock import FileLock, Timeout

    if not store.parent.is_dir():  # which the lock would make
        raise StoreFailed(f"there is no folder {str(store.parent)!r}.", hint=OutputError.hint)
    lock = FileLock(store.with_suffix(".lock"))
    try:
        # Where it cannot be made, the lock itself waits for its file until it is told that its time is over.
        store.with_suffix(".lock").touch()
        lock.acquire(timeout=0)
    except Timeout:
        raise RunInProgress(f"another process is at work on {str(store)!r}{_by(store)}.") from None
    except OSError as error:
        raise StoreFailed(
            f"{str(store.with_suffix('.lock'))!r} cannot be written: {error.strerror}.",
            hint=OutputError.hint,
        ) from error
    try:
        yield
    finally:
        lock.release()


def holder() -> str:
    """This process, for the people who are told that it holds a lock."""
    return f"process {os.getpid()} on {socket.gethostname()}"


def holder_of(store: Path) -> str | None:
    """Who is at work on a store; None when nobody is."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(store.with_suffix(".lock"), timeout=0):
            return None
    except Timeout:
        return _named(store) or "another process"
    except OSError:  # no right to write there: then nobody like us is at work
        return None


def _by(store: Path) -> str:
    name = _named(store)
    return f": {name}" if name else ""


def _named(store: Path) -> str | None:
    from summarizer.runs.database import connect

    try:
        database = connect(store, read_only=True)
    except StoreFailed:  # it has only just begun
        return None
    try:
        row = database.execute("SELECT value FROM facts WHERE name = 'holder'").fetchone()
    finally:
        database.close()
    return row[0] if row else None
