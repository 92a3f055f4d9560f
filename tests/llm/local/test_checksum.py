"""Hashing once, and again only when the file changed."""

import hashlib
from pathlib import Path

import pytest

from summarizer.llm.local import checksum
from summarizer.llm.local.checksum import is_pinned, stamp

CONTENT = b"some bytes"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    return path


def unhashable(_: Path) -> str:
    pytest.fail("the file was hashed again")


def test_an_unchanged_file_is_hashed_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp_file = file.with_name("stamp")
    assert is_pinned(file, SHA256, stamp_file=stamp_file)
    monkeypatch.setattr(checksum, "sha256_of", unhashable)
    assert is_pinned(file, SHA256, stamp_file=stamp_file)
    assert not is_pinned(file, "0" * 64, stamp_file=stamp_file)


def test_a_changed_file_is_hashed_again(file: Path) -> None:
    stamp_file = file.with_name("stamp")
    assert is_pinned(file, SHA256, stamp_file=stamp_file)
    file.write_bytes(b"other bytes!")
    assert not is_pinned(file, SHA256, stamp_file=stamp_file)


def test_a_stamp_does_not_hold_for_another_file(file: Path) -> None:
    """Even one of the same size and time."""
    stamp_file = file.with_name("stamp")
    other = file.with_name("other")
    other.write_bytes(CONTENT[::-1])
    stamp(file, SHA256, stamp_file=stamp_file)
    assert not is_pinned(other, SHA256, stamp_file=stamp_file)


@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe", SHA256.encode(), b"{}"])
def test_a_damaged_stamp_is_not_believed(file: Path, rubbish: bytes) -> None:
    stamp_file = file.with_name("stamp")
    file.write_bytes(b"not it")
    stamp_file.write_bytes(rubbish)
    assert not is_pinned(file, SHA256, stamp_file=stamp_file)


def test_a_folder_that_cannot_be_written_to_costs_only_time(file: Path) -> None:
    assert is_pinned(file, SHA256, stamp_file=file / "below a file" / "stamp")
    assert is_pinned(file, SHA256, stamp_file=None)
