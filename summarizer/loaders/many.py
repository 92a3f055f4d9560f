"""Many sources, one after the other: what fails is an item among the others, and the rest goes on."""

import glob
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from summarizer.article import Article
from summarizer.errors import EmptyArticle, InputError, SourceNotFound
from summarizer.loaders.blocks import short
from summarizer.loaders.folders import walk
from summarizer.loaders.formats import FORMATS, by_suffix, detect
from summarizer.loaders.jsonl import read_lines
from summarizer.loaders.limits import LONGEST_NAME
from summarizer.loaders.loaded import Extract, Failed, Loaded
from summarizer.loaders.opening import bounded, open_regular, read_file
from summarizer.loaders.single import address_unasked, extracts_of, is_address, loaded_of

__all__ = ["files_of", "load_all", "read_all"]


def load_all(sources: Iterable[str | Path], *, recursive: bool = True) -> Iterator[Article | Failed]:
    """The articles of files, folders, patterns and collections, as they are asked for.

    Args:
        sources: Paths of files; of folders, read in the order of their names, without hidden files and files of other
            formats; patterns such as `news/*.html`; `-` for standard input. JSONL files and feeds hold many articles.
        recursive: Whether folders inside folders are read too.

    Yields:
        An article with an id that no other has, or what stood in the way of one. Nothing is raised for a bad input.
    """
    for item in read_all(sources, recursive=recursive):
        yield item.article if isinstance(item, Loaded) else item


def read_all(sources: Iterable[str | Path], *, recursive: bool = True) -> Iterator[Loaded | Failed]:
    """What `load_all` does, with what was left out of each original."""
    names = _Names()
    for source in sources:
        for path, follow in _files(source, recursive=recursive):
            if isinstance(path, Failed):
                yield path
            elif by_suffix(path.suffix) is FORMATS["jsonl"]:
                yield from _lines(path, names, follow=follow)
            else:
                yield from _documents(path, names, follow=follow)


def files_of(source: str | Path) -> Iterator[Path]:
    """The files that `load_all` would open for one source."""
    if str(source) == "-":
        return
    for path, _ in _files(source, recursive=True):
        if isinstance(path, Path):
            yield path


@dataclass(slots=True)
class _Names:
    """Gives each article an id of its own."""

    taken: set[str] = field(default_factory=set[str])
    last: dict[str, int] = field(default_factory=dict[str, int])

    def unique(self, name: str) -> str:
        """`name`, or `name-2` and so on where it is taken."""
        base = (short(name) or "article")[: LONGEST_NAME - 12]
        number, free = self.last.get(base, 1), base
        while free in self.taken:
            number += 1
            free = f"{base}-{number}"
        self.last[base] = number
        self.taken.add(free)
        return free


def _files(source: str | Path, *, recursive: bool) -> Iterator[tuple[Path | Failed, bool]]:
    """Paths of files, and whether a link may be followed: one that the user names, not one found in a folder."""
    text = str(source)
    if is_address(text):
        yield Failed(text, text, address_unasked(text)), True
        return
    path = Path(source)
    try:
        folder, exists = path.is_dir(), text == "-" or path.exists()
    except (OSError, ValueError):  # a name the file system cannot hold
        folder, exists = False, False
    if folder:
        yield from ((found, False) for found in walk(path, recursive=recursive))
    elif exists or not glob.has_magic(text):
        yield path, True
    else:
        yield from _matches(text, recursive=recursive)


def _matches(pattern: str, *, recursive: bool) -> Iterator[tuple[Path | Failed, bool]]:
    matches = sorted(glob.glob(pattern, recursive=recursive))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        yield Failed(pattern, pattern, SourceNotFound(f"no file matches {pattern!r}.")), True
    for match in matches:
        if not Path(match).is_dir():
            yield Path(match), True


def _documents(path: Path, names: _Names, *, follow: bool) -> Iterator[Loaded | Failed]:
    """The articles of one file: most often one; of a feed, or of lines on standard input, many."""
    stdin = str(path) == "-"
    source, stem = ("standard input", "stdin") if stdin else (str(path), path.stem)
    suffix, name, shown = ("", source, source) if stdin else (path.suffix, repr(source), path.name)
    try:
        data = bounded(sys.stdin.buffer, source) if stdin else read_file(path, follow=follow)
        lines = detect(data, suffix, name) is FORMATS["jsonl"]
        extracts = [] if lines else extracts_of(data, suffix, name)
        if not lines and not extracts:
            raise EmptyArticle(f"{source} holds no article.")
    except InputError as error:
        yield Failed(names.unique(stem), source, error)
        return
    if lines:
        yield from _records(io.BytesIO(data), name, names, source=source, stem=stem, shown=shown)
        return
    for number, extract in enumerate(extracts, 1):
        many = len(extracts) > 1
        where = f"entry {number:,} of {source}" if many else source
        given = names.unique(extract.id or (f"{stem}-{number}" if many else stem))
        yield _loaded(extract, given, where, shown)


def _lines(path: Path, names: _Names, *, follow: bool) -> Iterator[Loaded | Failed]:
    """The articles of a JSONL file, one line in memory at a time."""
    try:
        file = open_regular(path, follow=follow)
    except InputError as error:
        yield Failed(names.unique(path.stem), str(path), error)
        return
    source = str(path)
    with file:
        yield from _records(file, repr(source), names, source=source, stem=path.stem, shown=path.name)


def _records(
    file: BinaryIO, name: str, names: _Names, *, source: str, stem: str, shown: str
) -> Iterator[Loaded | Failed]:
    """The articles of lines: of `name` in errors, `source` in places, `stem` in ids, and `shown` in what they become."""
    for number, extract in read_lines(file, name):
        where = f"line {number:,} of {source}"
        if isinstance(extract, Extract):
            yield _loaded(extract, names.unique(extract.id or f"{stem}-{number}"), where, shown)
        else:
            yield Failed(names.unique(f"{stem}-{number}"), where, extract)


def _loaded(extract: Extract, name: str, where: str, source: str) -> Loaded | Failed:
    """The article; an error begins with where it stands, and the id it has there."""
    shown = short(source) or source
    try:
        return loaded_of(extract, shown, name)
    except InputError as error:
        known = "" if extract.id is None else f" (id {extract.id!r})"
        message = str(error).partition(shown)[2].removeprefix(":").strip() or str(error)
        return Failed(name, where, type(error)(f"{where}{known} {message}", hint=error.hint))
