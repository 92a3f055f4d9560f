"""Many sources, one after the other: what fails is an item among the others, and the rest goes on."""

import glob
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import EmptyArticle, InputError, SourceNotFound, UnsupportedSource
from summarizer.loaders.blocks import short
from summarizer.loaders.folders import walk
from summarizer.loaders.formats import FORMATS, by_suffix
from summarizer.loaders.jsonl import read_lines
from summarizer.loaders.limits import LONGEST_NAME
from summarizer.loaders.loaded import Extract, Failed, Loaded
from summarizer.loaders.opening import bounded, open_regular, read_file
from summarizer.loaders.single import extracts_of, loaded_of

__all__ = ["load_all", "read_all"]


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
    if text.startswith(("http://", "https://")):
        error = UnsupportedSource(
            f"{text} is an address: nothing is fetched unless asked for.", hint="Give it with --url."
        )
        yield Failed(text, text, error), True
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
    """The articles of one file: most often one, of a feed many."""
    stdin = str(path) == "-"
    source, stem = ("standard input", "stdin") if stdin else (str(path), path.stem)
    try:
        data = bounded(sys.stdin.buffer, source) if stdin else read_file(path, follow=follow)
        extracts = extracts_of(data, "" if stdin else path.suffix, source if stdin else repr(source))
        if not extracts:
            raise EmptyArticle(f"{source} holds no article.")
    except InputError as error:
        yield Failed(names.unique(stem), source, error)
        return
    for number, extract in enumerate(extracts, 1):
        many = len(extracts) > 1
        where = f"entry {number:,} of {source}" if many else source
        name = names.unique(extract.id or (f"{stem}-{number}" if many else stem))
        yield _loaded(extract, name, where, source if stdin else path.name)


def _lines(path: Path, names: _Names, *, follow: bool) -> Iterator[Loaded | Failed]:
    """The articles of a JSONL file, one line in memory at a time."""
    try:
        file = open_regular(path, follow=follow)
    except InputError as error:
        yield Failed(names.unique(path.stem), str(path), error)
        return
    with file:
        for number, extract in read_lines(file, repr(str(path))):
            where = f"line {number:,} of {path}"
            if isinstance(extract, Extract):
                yield _loaded(extract, names.unique(extract.id or f"{path.stem}-{number}"), where, path.name)
            else:
                yield Failed(names.unique(f"{path.stem}-{number}"), where, extract)


def _loaded(extract: Extract, name: str, where: str, source: str) -> Loaded | Failed:
    try:
        return loaded_of(extract, short(source), name)
    except InputError as error:
        message = str(error).removeprefix(source).removeprefix(":").strip()
        return Failed(name, where, type(error)(f"{where} {message}", hint=error.hint))
