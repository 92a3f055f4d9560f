"""Opening what a path names, without waiting for ever and without reading more than agreed."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import LimitExceeded, SourceNotFound, UnsupportedSource
from summarizer.loaders.limits import LARGEST_FILE_BYTES

__all__ = ["bounded", "open_regular", "read_file"]

_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Where a shell puts the output of a command that stands in the place of a file."""

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def open_regular(path: Path, *, follow: bool = True) -> BinaryIO:
    """The file at `path`, open for reading.

    Args:
        path: A regular file, or the shell's pipe (`/dev/fd/63`).
        follow: Whether the last part of the path may be a symbolic link.

    Raises:
        SourceNotFound: there is no such file.
        UnsupportedSource: a folder, a pipe, a device, or a file that cannot be read.
    """
    name = repr(str(path))
    piped = str(path).startswith(_PIPES)
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | (0 if piped else getattr(os, "O_NONBLOCK", 0))
    flags |= 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        if path.is_dir():
            raise UnsupportedSource(f"{name} is a folder, not an article.", hint="Name one text file in it.")
        handle = os.open(path, flags)
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {name}.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnsupportedSource(f"{name} cannot be read: {getattr(error, 'strerror', error)}.") from error
    mode = os.fstat(handle).st_mode
    kind = next((label for is_kind, label in _KINDS if is_kind(mode)), None)
    if kind and not piped:
        os.close(handle)
        raise UnsupportedSource(f"{name} is {kind}, not a file.", hint="Name a regular file.")
    return os.fdopen(handle, "rb")


def read_file(path: Path, *, most: int = LARGEST_FILE_BYTES, follow: bool = True) -> bytes:
    """All bytes of a file; raises as `open_regular` does.

    Raises:
        LimitExceeded: there are more than `most`.
    """
    with open_regular(path, follow=follow) as file:
        try:
            return bounded(file, repr(str(path)), most)
        except OSError as error:
            raise UnsupportedSource(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def bounded(file: BinaryIO, name: str, most: int = LARGEST_FILE_BYTES) -> bytes:
    """All bytes of `file`.

    Raises:
        LimitExceeded: there are more than `most`.
    """
    data = file.read(most + 1)
    if len(data) > most:
        raise LimitExceeded(f"{name} is larger than {most // 2**20} MB.")
    return data
