"""Looking into the reply cache and emptying it, for people."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarizer.errors import CacheError
from summarizer.llm.cache_database import FAULTS, files_of, full, told_when_broken
from summarizer.llm.cache_file import CacheFile

__all__ = ["CacheInfo", "Cleared", "clear", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheInfo:
    """What is in the cache."""

    rows: int = 0
    """Replies."""
    bytes: int = 0
    """Size on disk."""
    oldest: datetime | None = None
    """When the first of them came."""
    newest: datetime | None = None
    hits: int = 0
    """How often they were used instead of a request."""
    saved_usd: float | None = None
    """What those requests would have cost at least; None when the price of none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What was removed."""

    rows: int | None
    """Replies; None when the file could not be read, and was removed as a whole."""
    bytes: int
    """By how much the disk is emptier."""


def info(path: Path) -> CacheInfo:
    """Count what the cache holds.

    Raises:
        CacheError: the file cannot be read, or is not ours.
    """
    size = _size(path)
    try:
        with told_when_broken(path), closing(CacheFile.open(path, create=False)) as file:
            rows, oldest, newest, hits, saved = file.db.execute(
                "SELECT count(*), min(created), max(created), sum(hits), sum(hits * cost_usd) FROM replies"
            ).fetchone()
    except FileNotFoundError:
        return CacheInfo()
    except FAULTS as fault:
        raise _unusable(path, fault) from fault
    return CacheInfo(
        rows=rows,
        bytes=size,
        oldest=_moment(oldest),
        newest=_moment(newest),
        hits=hits or 0,
        saved_usd=saved,
    )


def clear(path: Path, *, older_than: timedelta | None = None) -> Cleared:
    """Empty the cache; a file that is broken or not ours, or on a full disk, is deleted.

    Args:
        path: The file.
        older_than: Only the replies that came longer ago than this.

    Raises:
        CacheError: it cannot be written, or with `older_than`, it is broken or not ours.
    """
    before = _size(path)
    horizon = None if older_than is None else (datetime.now(UTC) - older_than).timestamp()
    try:
        with told_when_broken(path), closing(CacheFile.open(path, create=False)) as file:
            rows = file.drop_all(before=horizon)
    except FileNotFoundError:
        return Cleared(rows=0, bytes=0)
    except CacheError:
        if older_than is not None:
            raise
        return _delete(path, before)
    except FAULTS as fault:
        if older_than is None and full(fault):
            # To remove rows takes room first; to remove the file does not.
            return _delete(path, before)
        raise _unusable(path, fault) from fault
    return Cleared(rows=rows, bytes=max(0, before - _size(path)))


def _delete(path: Path, size: int) -> Cleared:
    try:
        for file in files_of(path):
            file.unlink(missing_ok=True)
    except OSError as fault:
        raise _unusable(path, fault) from fault
    return Cleared(rows=None, bytes=size)


def _unusable(path: Path, fault: Exception) -> CacheError:
    return CacheError(
        f"the cache {str(path)!r} cannot be used: {fault}.",
        hint="Check that you may read and write the file and its folder, and that no other program holds it.",
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in files_of(path) if file.is_file())
