"""ZIP archives read with a hand on the purse: what a member declares is checked, and what comes out is counted."""

import io
import zipfile
import zlib

from summarizer.errors import LimitExceeded, UnsupportedSource
from summarizer.loaders.limits import LARGEST_INFLATED_BYTES

__all__ = ["read_members"]

MOST_MEMBERS = 5_000
MOST_RATIO = 1_000
"""Unpacked bytes for one packed: deflate cannot do more than 1,032, and repetitive XML reaches a few hundred."""
SMALL = 2**20
_PIECE = 2**16


def read_members(data: bytes, wanted: frozenset[str], name: str) -> dict[str, bytes]:
    """Those of the `wanted` members that are there.

    Raises:
        LimitExceeded: too many members, or too much in them.
        UnsupportedSource: a damaged or encrypted archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise LimitExceeded(f"{name} is an archive of {len(members):,} files.")
            chosen = [member for member in members if member.filename in wanted]
            _check_declared(chosen, name)
            return {member.filename: _read(archive, member, name) for member in chosen}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnsupportedSource(f"{name} is a damaged or locked archive: {error}.") from error


def _check_declared(members: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(member.file_size for member in members)
    steep = any(m.file_size > SMALL and m.file_size > MOST_RATIO * max(1, m.compress_size) for m in members)
    if total > LARGEST_INFLATED_BYTES or steep:
        raise LimitExceeded(f"{name} unpacks to {total / 2**20:,.0f} MB.")
    if len({member.filename for member in members}) < len(members):
        raise UnsupportedSource(f"{name} is a damaged archive: two files in it have the same name.")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """What a member declares may be a lie, so its bytes are counted as they come."""
    pieces: list[bytes] = []
    left = min(member.file_size, LARGEST_INFLATED_BYTES)
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise LimitExceeded(f"{name} unpacks to more than it says.")
            pieces.append(piece)
    return b"".join(pieces)
