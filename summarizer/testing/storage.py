"""Cassette files: read, checked, and replaced whole or not at all."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from summarizer.errors import CassetteError
from summarizer.testing.recording import Recording, Tape

__all__ = ["read", "save", "test_extra"]

HEADER = "# Recorded, never edited by hand: `make record` renews it, and README.md beside it says how.\n"


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
    """The recordings of a cassette.

    Raises:
        CassetteError: the file is missing, or is not a cassette.
    """
    with test_extra():
        from summarizer.testing import yamltext
    try:
        # Not read_text: it would fold CR and CRLF.
        return Tape.model_validate(yamltext.loads(path.read_bytes().decode())).recordings
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


def save(path: Path, recordings: Sequence[Recording]) -> None:
    """Replace the cassette in one step; its folder is made when it is missing.

    Raises:
        CassetteError: it cannot be written, or would not read back the same. The old file stays.
    """
    with test_extra():
        from summarizer.testing import yamltext
    tape = Tape(recordings=list(recordings))
    tree = tape.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = HEADER + yamltext.dumps({"version": tape.version, **tree})
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(text.encode())
        if read(partial) != tape.recordings:
            raise CassetteError(f"the recording {str(path)!r} would not read back as it was written")
        partial.replace(path)
    except OSError as error:
        raise CassetteError(f"the recording {str(path)!r} cannot be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
