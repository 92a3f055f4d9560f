"""What lies in a folder: the files of our formats in the order of their names, and what must not be opened."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import SourceNotFound, UnsupportedSource
from summarizer.loaders.formats import by_suffix
from summarizer.loaders.loaded import Failed

__all__ = ["walk"]


def walk(root: Path, *, recursive: bool) -> Iterator[Path | Failed]:
    """Files below `root`, one folder at a time.

    A link is never followed: what it leads to inside `root` is found by its own path, and what it leads to outside was
    not asked for. Hidden files and files of formats we do not read are passed over; pipes, sockets and devices are not.
    """
    inside = root.resolve()
    folders, found = [root], False
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as held:
                entries = sorted(held, key=lambda entry: entry.name)
        except OSError as error:
            yield _failed(folder, UnsupportedSource(f"{str(folder)!r} cannot be read: {error.strerror}."))
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            for item in _entry(entry, inside, below):
                found = True
                yield item
        if recursive:
            folders.extend(reversed(below))
    if not found:
        yield _failed(root, SourceNotFound(f"the folder {str(root)!r} holds no file of a format we read."))


def _entry(entry: "os.DirEntry[str]", inside: Path, below: list[Path]) -> Iterator[Path | Failed]:
    path = Path(entry.path)
    if entry.is_symlink():
        yield from _link(path, inside)
        return
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:  # gone since the folder was listed
        yield _failed(path, SourceNotFound(f"{str(path)!r} is gone: {error.strerror}."))
        return
    if stat.S_ISDIR(mode):
        below.append(path)
    elif not stat.S_ISREG(mode):
        yield _failed(path, UnsupportedSource(f"{str(path)!r} is a pipe, a socket or a device, not a file."))
    elif by_suffix(path.suffix) is not None:
        yield path


def _link(path: Path, inside: Path) -> Iterator[Failed]:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop, up to Python 3.12
        yield _failed(path, SourceNotFound(f"the link {str(path)!r} leads nowhere."))
        return
    if not target.is_relative_to(inside):
        hint = "Give the file itself, or the folder it is in."
        yield _failed(path, UnsupportedSource(f"the link {str(path)!r} leads out of the folder.", hint=hint))


def _failed(path: Path, error: UnsupportedSource | SourceNotFound) -> Failed:
    return Failed(path.stem or str(path), str(path), error)
