"""An input cut into shards: so many rows of a file, or so many files, each found again without reading the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import UnsupportedSource
from summarizer.loaders import Failed
from summarizer.runs.ours import Ours
from summarizer.runs.remote import Place, place_of
from summarizer.runs.sources import LINES, articles_of, files_of, lines_of, opened, parquet, rows_of

__all__ = ["Piece", "cut", "read_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or some rows of it.

    Attributes:
        path: Of the file, absolute; or its URL.
        rows: How many articles; None for all there are.
        first: The line or row it begins with, from 1.
        offset: In bytes, of that line.
    """

    path: str
    rows: int | None = None
    first: int = 1
    offset: int = 0


def cut(
    sources: Iterable[str | Path], size: int, *, leave_out: Ours | None = None
) -> Iterator[tuple[Piece, ...]]:
    """Shards of at most `size` articles, in the order of the input.

    Args:
        sources: Files, folders, patterns, on this machine or in storage.
        size: Articles of a shard; a feed or other file of many articles stays whole.
        leave_out: Files that are no articles where a folder or pattern has them, and must not be named.

    Raises:
        OutputTaken: one of those was named.
        UnsupportedSource: standard input, or a file that cannot be read: a shard is read again after a crash.
    """
    single: list[Piece] = []
    for path in _files(sources, leave_out):
        if path.suffix.lower() in LINES or path.suffix.lower() == ".parquet":
            if single:
                yield tuple(single)
                single = []
            slices = (
                _row_slices(path, size) if path.suffix.lower() == ".parquet" else _line_slices(path, size)
            )
            yield from ((piece,) for piece in slices)
            continue
        single.append(Piece(str(path)))
        if len(single) == size:
            yield tuple(single)
            single = []
    if single:
        yield tuple(single)


def read_pieces(pieces: Iterable[Piece], *, published: str | None = None) -> Iterator[Article | Failed]:
    """The articles of a shard.

    Raises:
        InputError: a file of rows cannot be read.
    """
    for piece in pieces:
        path = place_of(piece.path)
        if path.suffix.lower() in LINES:
            with opened(path) as file:
                file.seek(piece.offset)
                yield from islice(lines_of(file, path, published, first=piece.first), piece.rows)
        elif path.suffix.lower() == ".parquet":
            yield from islice(rows_of(path, published, start=piece.first - 1), piece.rows)
        else:
            yield from articles_of(path, published)


def _files(sources: Iterable[str | Path], leave_out: Ours | None) -> Iterator[Place]:
    for source in sources:
        if str(source) == "-":
            raise UnsupportedSource(
                "standard input cannot be cut into shards.",
                hint="Write it to a file first, or use one process.",
            )
        for path in files_of(source, leave_out):
            if isinstance(path, Failed):
                raise path.error
            yield path.absolute()


def _line_slices(path: Place, size: int) -> Iterator[Piece]:
    with opened(path) as file:
        first, offset, rows, at = 1, 0, 0, 0
        for number, line in enumerate(file, 1):
            if rows == size:
                yield Piece(str(path), rows, first, offset)
                first, offset, rows = number, at, 0
            rows += bool(line.strip())
            at += len(line)
        if rows:
            yield Piece(str(path), rows, first, offset)


def _row_slices(path: Place, size: int) -> Iterator[Piece]:
    with parquet(path) as file:
        total = int(file.metadata.num_rows)
    for start in range(0, total, size):
        yield Piece(str(path), min(size, total - start), start + 1)
