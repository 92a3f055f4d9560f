"""Cassette files: read, checked, and replaced whole or not at all."""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from summarizer.errors import CassetteError
from summarizer.testing.made import Made
from summarizer.testing.recording import Recording
from summarizer.types.base import Model

__all__ = ["Tape", "read", "read_tape", "save", "test_extra"]

HEADER = "# Recorded, never edited by hand: `summarizer cassettes record` renews it.\n"


class Tape(Model):
    """One cassette: how it was made, and its recordings in the order in which equal requests are answered."""

    version: Literal[1] = 1
    made: Made | None = None
    """None in cassettes made before this was kept."""
    recordings: list[Recording]


@contextmanager
def test_extra() -> Generator[None]:
    """Say how to install what an import inside the block is missing.

    Raises:
        CassetteError: a package of the extra `test` is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise CassetteError(
            f"recordings need the package {error.name!r}, which is not installed",
            hint="pip install 'summarizer[test]'",
        ) from error


def read(path: Path) -> list[Recording]:
    """The recordings of a cassette; raises as `read_tape` does."""
    return read_tape(path).recordings


def read_tape(path: Path) -> Tape:
    """A whole cassette.

    Raises:
        CassetteError: the file is missing, or is not a cassette.
    """
    with test_extra():
        from summarizer.testing import yamltext
    try:
        # Not read_text: it would fold CR and CRLF.
        return Tape.model_validate(yamltext.loads(path.read_bytes().decode()))
    except FileNotFoundError as error:
        raise CassetteError(f"there is no recording {str(path)!r}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CassetteError(
            f"{str(path)!r} is not a cassette: {where or 'the file'}: {first['msg']}"
        ) from error
    except (OSError, ValueError) as error:
        raise CassetteError(f"the recording {str(path)!r} cannot be read: {error}") from error


def save(path: Path, recordings: Sequence[Recording], made: Made | None = None) -> None:
    """Replace the cassette in one step; its folder is made when it is missing.

    Args:
        path: The cassette.
        recordings: What it is to hold.
        made: How it was made. Its day stays when nothing else has changed since.

    Raises:
        CassetteError: it cannot be written, or would not read back the same. The old file stays.
    """
    with test_extra():
        from summarizer.testing import yamltext
    tape = Tape(made=_dated(path, recordings, made), recordings=list(recordings))
    tree = tape.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = HEADER + yamltext.dumps({"version": tape.version, **tree})
    # Two workers of one test run may record at the same time.
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(text.encode())
        if read_tape(partial) != tape:
            raise CassetteError(f"the recording {str(path)!r} would not read back as it was written")
        partial.replace(path)
    except OSError as error:
        raise CassetteError(f"the recording {str(path)!r} cannot be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _dated(path: Path, recordings: Sequence[Recording], made: Made | None) -> Made | None:
    """As made, but on the day of the older file where it says the same: recording again is then no change."""
    if made is None or not path.is_file():
        return made
    try:
        before = read_tape(path)
    except CassetteError:
        return made
    if before.made is None or before.recordings != list(recordings):
        return made
    then = made.model_copy(update={"recorded": before.made.recorded})
    return then if then == before.made else made
