"""Files written whole or not at all."""

from errno import ENOSPC
from pathlib import Path

from summarizer.errors import OutputError

__all__ = ["write_whole"]


def write_whole(path: Path, content: str | bytes) -> None:
    """Put `content` in the place of `path`, text in UTF-8; an interrupted write leaves the older file as it was.

    A device or pipe (`/dev/null`, `/dev/stdout`) is written to, never replaced.

    Raises:
        OutputError: the file cannot be written.
    """
    # As bytes, or some systems would write other line ends than asked for.
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        hint = "Make room there, or name a file elsewhere." if error.errno == ENOSPC else None
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror}.", hint=hint) from error
