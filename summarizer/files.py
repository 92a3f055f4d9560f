"""Files written whole or not at all."""

from errno import ENOSPC
from pathlib import Path

from summarizer.errors import OutputError

__all__ = ["write_whole"]

_STREAMS = (Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd"))


def write_whole(path: Path, content: str | bytes) -> None:
    """Put `content` in the place of `path`, text in UTF-8; an interrupted write leaves the older file as it was.

    A device or pipe (`/dev/null`, `/dev/stdout`) is written to, never replaced; a link stays one.

    Raises:
        OutputError: the file cannot be written.
    """
    # As bytes, or some systems would write other line ends than asked for.
    data = content.encode() if isinstance(content, str) else content
    goal = path.resolve() if path.is_symlink() else path
    part = goal.with_name(f".{goal.name}.part")
    try:
        if path.exists() and (not path.is_file() or _is_stream(path)):
            path.write_bytes(data)
            return
        part.write_bytes(data)
        part.replace(goal)
    except OSError as error:
        part.unlink(missing_ok=True)
        hint = "Make room there, or name a file elsewhere." if error.errno == ENOSPC else None
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror}.", hint=hint) from error


def _is_stream(path: Path) -> bool:
    """Whether it names a file that this process has open, as `/dev/stdout` does where the output is sent to a file."""
    return any(link.parent in _STREAMS for link in _links(path))


def _links(path: Path) -> list[Path]:
    """A name, and those that it leads to, one after the other."""
    found: list[Path] = []
    while path.is_symlink() and path not in found:
        found.append(path)
        path = path.parent / path.readlink()
    return [*found, path]
