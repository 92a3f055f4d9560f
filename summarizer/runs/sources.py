"""Sources into a stream of articles: never listed, so a million of them take no more memory than ten.

The loaders read each file; what is here adds Parquet and storage, leaves out our own output, and keeps nothing of what
has gone by: ids that are there twice are told apart by the store.
"""

import glob
import io
import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, Protocol, cast

from summarizer.article import Article
from summarizer.errors import InputError, LimitExceeded, SourceNotFound, UnsupportedSource
from summarizer.loaders import Failed, load_all
from summarizer.loaders.folders import walk
from summarizer.loaders.formats import by_suffix
from summarizer.loaders.jsonl import read_lines
from summarizer.loaders.loaded import Extract
from summarizer.loaders.opening import bounded, open_regular
from summarizer.loaders.single import loaded_of
from summarizer.runs.ours import Ours
from summarizer.runs.remote import Place, Remote, place_of

__all__ = [
    "LINES",
    "Source",
    "articles_of",
    "count",
    "files_of",
    "lines_of",
    "opened",
    "parquet",
    "rows_of",
    "stream",
]

Source = str | Path | Article
"""A file, a folder, a glob pattern, a .jsonl or .parquet of records, `-`, or an article; a file may be in storage."""

_COLUMNS: Final = ("id", "text", "title", "published", "source")
LINES: Final = frozenset({".jsonl", ".ndjson"})
"""Suffixes of files with an article a line."""
_AT_ONCE: Final = 256
"""Rows of a Parquet file in memory at a time."""


def stream(
    sources: Iterable[Source], *, published: str | None = None, leave_out: Ours | None = None
) -> Iterator[Article | Failed]:
    """The articles of all sources, in order, each read when it is asked for; what fails stands in its place.

    Args:
        sources: Where they are; a folder is read in the order of its names, without hidden and unknown files.
        published: ISO 8601 date for records that bring none.
        leave_out: Files that are no articles where a folder or pattern has them, and must not be named.

    Raises:
        OutputTaken: one of those was named.
        InputError: a .parquet cannot be read, or a storage does not answer.
        SettingsError: `published` is no date.
    """
    Article.from_text("eight words, so that only its date counts", published=published)
    for source in sources:
        if isinstance(source, Article):
            yield source
            continue
        for path in files_of(source, leave_out):
            if isinstance(path, Failed):
                yield path
            else:
                yield from articles_of(path, published)


def count(sources: Iterable[Source], *, leave_out: Ours | None = None) -> int | None:
    """How many articles there will be, as far as that can be told quickly; None where it cannot."""
    total = 0
    for source in sources:
        if isinstance(source, Article):
            total += 1
        elif str(source) == "-":
            return None
        else:
            for path in files_of(source, leave_out):
                if isinstance(path, Remote) and path.suffix.lower() in LINES:
                    return None  # it would all be fetched once more
                total += 1 if isinstance(path, Failed) else _count(path)
    return total


class _Parquet(Protocol):
    """What we use of pyarrow, which brings no types."""

    @property
    def metadata(self) -> Any: ...
    @property
    def schema_arrow(self) -> Any: ...
    def iter_batches(
        self, *, batch_size: int, row_groups: list[int], columns: list[str]
    ) -> Iterator[Any]: ...


def files_of(source: str | Path, leave_out: Ours | None = None) -> Iterator[Place | Failed]:
    """The files of one source, in order, without those to leave out.

    Raises:
        OutputTaken: the source is one of those itself.
    """
    named = place_of(str(source))
    for path in _paths(str(source)):
        if leave_out is not None and not isinstance(path, Failed):
            left = not leave_out.admits(path) if path == named else path in leave_out
            if left:
                continue
        yield path


def _paths(source: str) -> Iterator[Place | Failed]:
    path = place_of(source)
    if isinstance(path, Remote):
        yield from _remote_files(path)
    elif source != "-" and path.is_dir():
        yield from walk(path, recursive=True)
    elif source == "-" or path.exists() or not glob.has_magic(source):
        yield path
    else:
        for name in sorted(glob.iglob(source, recursive=True)):  # noqa: PTH207 - may be absolute
            if not Path(name).is_dir():
                yield Path(name)


def _remote_files(source: Remote) -> Iterator[Place | Failed]:
    if glob.has_magic(source.url):
        yield from source.matches()
    elif not source.is_dir():
        yield source
    else:
        root, found = source.absolute().url.rstrip("/"), False
        for file in source.below():
            hidden = any(part.startswith(".") for part in file.url[len(root) :].split("/"))
            if not hidden and by_suffix(file.suffix) is not None:
                found = True
                yield file
        if not found:
            error = SourceNotFound(f"the folder {source.url!r} holds no file of a format we read.")
            yield Failed(source.stem, source.url, error)


def opened(path: Place) -> AbstractContextManager[BinaryIO]:
    """A file, open for reading.

    Raises:
        InputError: it cannot be read.
    """
    return path.open() if isinstance(path, Remote) else open_regular(path)


def articles_of(path: Place, published: str | None) -> Iterator[Article | Failed]:
    """The articles of one file.

    Raises:
        InputError: a .parquet cannot be read, or a storage does not answer.
    """
    match path.suffix.lower():
        case suffix if suffix in LINES:
            try:
                opening = opened(path)
            except InputError as error:
                yield Failed(path.stem, str(path), error)
                return
            with opening as file:
                yield from lines_of(file, path, published)
        case ".parquet":
            yield from rows_of(path, published)
        case _ if isinstance(path, Remote):
            yield from (_dated(found, published) for found in _fetched(path))
        case _:
            yield from (_dated(found, published) for found in load_all([path]))


def _fetched(remote: Remote) -> Iterator[Article | Failed]:
    """The articles of a document in storage, read through a copy with its name."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / remote.name
        try:
            with remote.open() as file:
                copy.write_bytes(bounded(file, remote.url))
        except LimitExceeded as error:
            yield Failed(remote.stem, remote.url, error)
            return
        for found in load_all([copy]):
            if isinstance(found, Article):
                yield found
            else:
                error = type(found.error)(
                    str(found.error).replace(str(copy), remote.url), hint=found.error.hint
                )
                yield Failed(found.id, found.source.replace(str(copy), remote.url), error)


def rows_of(path: Place, published: str | None, *, start: int = 0) -> Iterator[Article | Failed]:
    """The articles of a .parquet, from its row `start` on, counted from 0."""
    with parquet(path) as file:
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        first, groups = 0, list(range(file.metadata.num_row_groups))
        while groups and first + (rows := file.metadata.row_group(groups[0]).num_rows) <= start:
            first += rows
            groups.pop(0)
        batches = file.iter_batches(batch_size=_AT_ONCE, row_groups=groups, columns=columns)
        rows = (row for batch in batches for row in batch.to_pylist())
        for number, row in enumerate(islice(rows, start - first, None), start + 1):
            # The same checks as for lines of JSON: a row is one.
            line = io.BytesIO(json.dumps(row, default=str).encode())
            yield from lines_of(line, path, published, first=number, kind="row")


def lines_of(
    file: BinaryIO, path: Place, published: str | None, *, first: int = 1, kind: str = "line"
) -> Iterator[Article | Failed]:
    """The articles of lines of JSON, the first of which has the number `first` in its file."""
    for number, extract in read_lines(file, repr(str(path))):
        name, where = f"{path.stem}-{first + number - 1}", f"{kind} {first + number - 1:,} of {path}"
        try:
            if not isinstance(extract, Extract):
                raise extract
            loaded = loaded_of(extract, path.name, extract.id or name)
        except InputError as error:
            yield Failed((isinstance(extract, Extract) and extract.id) or name, where, error)
        else:
            yield _dated(loaded.article, published)


def _dated(found: Article | Failed, published: str | None) -> Article | Failed:
    if isinstance(found, Failed) or found.published or published is None:
        return found
    return replace(found, published=published)


@contextmanager
def parquet(path: Place) -> Generator[_Parquet]:
    """A .parquet, opened.

    Raises:
        InputError: it cannot be read.
    """
    try:
        from pyarrow.parquet import ParquetFile  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as error:
        raise UnsupportedSource(
            f"{str(path)!r} cannot be read: pyarrow is not installed.",
            hint="pip install 'summarizer[parquet]', or convert it to .jsonl.",
        ) from error
    try:
        with _parquet_source(path) as source, ParquetFile(source) as file:
            yield cast("_Parquet", file)
    except OSError as error:
        raise UnsupportedSource(f"{str(path)!r} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # as pyarrow's own are
        raise UnsupportedSource(f"{str(path)!r} is not a Parquet file: {error}.") from error


def _parquet_source(path: Place) -> AbstractContextManager[Any]:
    return path.open() if isinstance(path, Remote) else nullcontext(path)


def _count(path: Place) -> int:
    if path.suffix.lower() == ".parquet":
        with parquet(path) as file:
            return int(file.metadata.num_rows)
    if path.suffix.lower() not in LINES:
        return 1
    try:
        with opened(path) as lines:
            return sum(bool(line.strip()) for line in lines)
    except (InputError, OSError):  # told when it is read
        return 1
