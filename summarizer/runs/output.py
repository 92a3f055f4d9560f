"""The output of a run: one row an article, in the order of the input, copied from the store as far as it goes.

It grows under another name, and gets its own when the last row is in it: whoever finds OUT finds all of it.
It grows on this machine; one that belongs into storage is copied there when it is finished.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Any, Final, Protocol, Self, overload

from summarizer.errors import OutputError
from summarizer.runs.items import State
from summarizer.runs.remote import Place, Remote
from summarizer.runs.store import RunStore

__all__ = ["Output", "Row", "failed_path", "local_path", "part_path"]

_AT_ONCE: Final = 256
_ROWS: Final = """
SELECT position, id, source, state, body FROM items LEFT JOIN results ON item = number
WHERE position >= ? AND position < ? ORDER BY position LIMIT ?
"""


@overload
def failed_path(output: Path) -> Path: ...
@overload
def failed_path(output: Remote) -> Remote: ...
@overload
def failed_path(output: Place) -> Place: ...
def failed_path(output: Place) -> Place:
    """Where the failed articles are listed: beside the output, and for no two outputs in one place."""
    name = output.stem if output.suffix == ".jsonl" else output.name
    return output.with_name(f"{name}.failed.jsonl")


def local_path(output: Place, work: Path) -> Path:
    """Where a run is kept and its output grows on this machine: in its own place, or for one in storage in `work`.

    Args:
        output: Of the run.
        work: A folder of this machine; each run gets one of its own in it, made here, and found again by its URL.

    Raises:
        OutputError: the folder cannot be made.
    """
    if isinstance(output, Path):
        return output
    url = output.absolute().url
    folder = work / hashlib.sha256(url.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error
    return folder / output.name


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the output."""

    id: str
    source: str | None
    state: State
    body: bytes
    """The briefing or the error, as JSON."""


class _File(Protocol):
    """Takes rows in order."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """There are no more."""
        ...


class Output:
    """The output while it grows. Use it as a context manager.

    Args:
        path: Of the finished output: `.jsonl`, or `.parquet`.
        store: Where its rows come from.
        remote: Where it is copied to once it is finished.

    Raises:
        OutputError: it cannot be written; the store has every row all the same.
    """

    def __init__(self, path: Path, store: RunStore, remote: Remote | None = None) -> None:
        self._path = path
        self._remote = remote
        self._store = store
        self._next = 0
        self._failed = 0
        try:
            part = part_path(path)
            self._file: _File = _parquet(part) if path.suffix.lower() == ".parquet" else _Lines(part)
            self._failures = _Lines(part_path(failed_path(path)), sources=True)
        except OSError as error:
            raise _refused(path, error) from error

    async def advance(self, length: int) -> int:
        """Copy what has come to be next in order.

        Args:
            length: Articles of the input that have their place by now.

        Returns:
            How many rows the output has.
        """
        while await self._store.read(lambda database: self._copy(database, length)):
            pass
        return self._next

    async def publish(self) -> None:
        """Give the output its name: every row is in it."""
        await self._store.read(lambda _: self._publish())

    def close(self) -> None:
        """Leave the output as far as it is."""
        try:
            self._file.close()
            self._failures.close()
        except OSError as error:
            raise _refused(self._path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _copy(self, database: Connection, length: int) -> bool:
        """Copy the next rows; whether there may be more."""
        rows: list[Row] = []
        for position, id_, source, state, body in database.execute(_ROWS, (self._next, length, _AT_ONCE)):
            if state == "open" or position != self._next:
                break
            rows.append(Row(id_, source, state, zlib.decompress(body)))
            self._next += 1
        failed = [row for row in rows if row.state == "failed"]
        self._failed += len(failed)
        try:
            self._file.write(rows)
            self._failures.write(failed)
        except OSError as error:
            raise _refused(self._path, error) from error
        return len(rows) == _AT_ONCE

    def _publish(self) -> None:
        self.close()
        failures = failed_path(self._path)
        try:
            _give_name(part_path(self._path), self._path)
            if self._failed:
                _give_name(part_path(failures), failures)
            else:
                part_path(failures).unlink(missing_ok=True)
                failures.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(self._path, error) from error
        if self._remote is not None:
            self._copy_to(self._remote)

    def _copy_to(self, remote: Remote) -> None:
        """The failed ones first: whoever finds the output finds all of it."""
        if self._failed:
            failed_path(remote).put(failed_path(self._path))
        else:
            failed_path(remote).remove()
        remote.put(self._path)


class _Lines:
    """JSON, one row a line."""

    def __init__(self, path: Path, *, sources: bool = False) -> None:
        self._file = path.open("wb")
        self._sources = sources

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            source = b', "source": ' + _json(row.source) if self._sources else b""
            what = b"error" if row.state == "failed" else b"briefing"
            self._file.write(b'{"id": %b%b, "%b": %b}\n' % (_json(row.id), source, what, row.body))
        # So that whoever looks sees what is there.
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class _Parquet:
    """A Parquet file: the briefing as JSON in one column, the error in three."""

    def __init__(self, path: Path, arrow: Any, writer: Any) -> None:
        names = ("id", "briefing", "error_type", "error_message", "error_hint")
        self._arrow = arrow
        self._schema = arrow.schema([(name, arrow.string()) for name in names])
        self._writer = writer(path, self._schema)

    def write(self, rows: Sequence[Row]) -> None:
        if rows:
            table = self._arrow.Table.from_pylist([_record(row) for row in rows], schema=self._schema)
            self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()


def _parquet(path: Path) -> _Parquet:
    try:
        import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs]
        from pyarrow.parquet import ParquetWriter  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as error:
        raise OutputError(
            "a .parquet needs pyarrow, which is not installed.",
            hint="pip install 'summarizer[parquet]', or name a .jsonl.",
        ) from error
    return _Parquet(path, pa, ParquetWriter)


def _record(row: Row) -> dict[str, str]:
    if row.state == "done":
        return {"id": row.id, "briefing": row.body.decode()}
    return {"id": row.id} | {f"error_{name}": value for name, value in json.loads(row.body).items()}


def _json(text: str | None) -> bytes:
    # Half a surrogate pair, as in a file name that is not UTF-8, becomes its escape.
    return json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace")


def part_path(path: Path) -> Path:
    """Where a file grows until it gets its name."""
    return path.with_name(f"{path.name}.part")


def _give_name(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{str(path)!r} cannot be written: {error.strerror or error}.",
        hint="Every result so far is kept: make room or set the rights right, and run the same command again.",
    )
