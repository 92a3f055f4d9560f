"""Closing this process's own connections to the embedded engine.

The engine's destructor waits for requests that are still being answered, and holds Python's lock while it waits: a client
in this process could then never let go. So we hang up for it first.
"""

import gc
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["hang_up"]

_DESCRIPTORS = Path("/dev/fd")


def hang_up(address: str | tuple[str, int]) -> int:
    """Shut every socket of this process that is connected to `address`; whoever reads from one sees its end.

    Returns:
        How many there were.
    """
    shut = 0
    for connected in _sockets():
        # Not a connected socket, or not one any more.
        with suppress(OSError):
            if connected.getpeername() == address:
                connected.shutdown(socket.SHUT_RDWR)
                shut += 1
    return shut


def _sockets() -> Iterator[socket.socket]:
    if _DESCRIPTORS.is_dir():
        yield from _by_descriptor()
    else:
        # Windows has no list of descriptors, but there only Python's own objects can be clients.
        yield from [found for found in gc.get_objects() if isinstance(found, socket.socket)]


def _by_descriptor() -> Iterator[socket.socket]:
    for entry in list(_DESCRIPTORS.iterdir()):
        # The listing's own descriptor is in the list, and gone by now.
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(entry.name)).st_mode):
                with socket.socket(fileno=os.dup(int(entry.name))) as copy:
                    yield copy
