"""Files written whole or not at all."""

from pathlib import Path

from summarizer.errors import OutputError

__all__ = ["write_whole"]


def write_whole(path: Path, content: str | bytes) -> None:
    """Put `content` in the place of `path`, text in UTF-8; an interrupted write leaves the older file as it was.

    Raises:
        OutputError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        # As bytes, or some systems would write other line ends than asked for.
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror}.") from error
