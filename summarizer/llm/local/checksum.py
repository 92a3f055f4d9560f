"""Is a file the pinned one? Hashed once, and again only when its size or time of change differs."""

import hashlib
from pathlib import Path

__all__ = ["is_pinned", "sha256_of", "stamp"]


def sha256_of(file: Path) -> str:
    """Digest of the whole file, in lower-case hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_pinned(file: Path, sha256: str, *, stamp_file: Path | None) -> bool:
    """Whether `file` has that hash, trusting `stamp_file` while the file has not changed since."""
    found = _stamped(file, stamp_file)
    if found is None:
        found = sha256_of(file)
        stamp(file, found, stamp_file=stamp_file)
    return found == sha256


def stamp(file: Path, sha256: str, *, stamp_file: Path | None) -> None:
    """Remember the hash of `file` as it is now; a folder we cannot write to only costs time later."""
    if stamp_file is None:
        return
    try:
        stamp_file.parent.mkdir(parents=True, exist_ok=True)
        stamp_file.write_text(f"{sha256} {_state(file)}\n", encoding="utf-8")
    except OSError:
        return


def _stamped(file: Path, stamp_file: Path | None) -> str | None:
    """The remembered hash, if it is still that of this file."""
    if stamp_file is None:
        return None
    try:
        found, _, state = stamp_file.read_text(encoding="utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return found if state == _state(file) else None


def _state(file: Path) -> str:
    found = file.stat()
    return f"{found.st_size} bytes, changed {found.st_mtime_ns}: {file.resolve()}"
