"""What the last test runs played: which cassettes, and which of their recordings.

Kept in pytest's cache folder, beside the code and never in it. Only a run that left nothing out can tell that a
cassette is unused, so a run of a part adds what it saw and takes nothing away.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from pydantic import Field, ValidationError

from summarizer.testing.watching import Played
from summarizer.types.base import Model

__all__ = ["KEY", "Entry", "Ledger", "digest", "entries", "merged", "name_of", "read_ledger"]

KEY = "summarizer/played"
"""Of the ledger, in pytest's cache."""
PLACE = Path(".pytest_cache") / "v" / KEY
"""Where pytest keeps it, below the root of the tests."""


class Entry(Model):
    """One cassette as the tests last used it."""

    sha256: str
    """Of the file, then."""
    played: list[int]
    """Positions, from 0, of the recordings that answered something."""
    recordings: int


class Ledger(Model):
    """What was played, by the cassette's path from the root of the tests."""

    roots: list[str] | None = None
    """The folders that the last whole run covered; None when there was none."""
    unfinished: list[str] = Field(default_factory=list[str])
    """Tests that did not pass, then or since: what they would have played is not known."""
    cassettes: dict[str, Entry] = Field(default_factory=dict[str, Entry])

    def covers(self, name: str) -> bool:
        """Whether the last whole run covered the tests of this folder or file."""
        parents = {str(parent) for parent in (PurePosixPath(name), *PurePosixPath(name).parents)}
        return bool(parents & set(self.roots or ()))

    def after(self, other: "Ledger") -> "Ledger":
        """This run, with what is still known from an earlier one."""
        if self.roots is not None:
            return self
        return Ledger(
            roots=other.roots,
            unfinished=sorted({*other.unfinished, *self.unfinished}),
            cassettes={**other.cassettes, **self.cassettes},
        )


def entries(root: Path, blocks: Iterable[Played]) -> dict[str, Entry]:
    """What the blocks of one run or of one worker played, by the cassette's path from `root`."""
    found: dict[str, Entry] = {}
    for block in blocks:
        name = name_of(root, block.path)
        before = [] if block.recorded or name not in found else found[name].played
        played = sorted({*before, *block.played})
        found[name] = Entry(sha256=digest(block.path), played=played, recordings=block.recordings)
    return found


def merged(parts: Iterable[Mapping[str, Entry]]) -> dict[str, Entry]:
    """What several workers of one run played."""
    found: dict[str, Entry] = {}
    for name, one in (item for part in parts for item in part.items()):
        before = found[name].played if name in found else []
        found[name] = one.model_copy(update={"played": sorted({*before, *one.played})})
    return found


def name_of(root: Path, path: Path) -> str:
    """A cassette's path from the root of the tests."""
    whole = path.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()


def read_ledger(folder: Path) -> tuple[Path, Ledger] | None:
    """The root of the tests at or above a folder, and what was played there; None when nothing is known."""
    for home in (folder.resolve(), *folder.resolve().parents):
        try:
            return home, Ledger.model_validate_json((home / PLACE).read_text(encoding="utf-8"))
        except OSError:
            continue
        except ValidationError:
            return None
    return None


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; empty when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
