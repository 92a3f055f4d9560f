"""Whether answers come from recordings, or are being recorded.

While they come from recordings no engine is started, no file fetched, and no key needed. In both cases nothing else
may answer: a kept reply would leave a hole in the recording, or a recording that nobody asks for.

Global like the interception itself, which also serves every thread of the process.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["is_aside", "is_recorded", "is_replaying", "recording", "replaying", "unrecorded"]

_aside = ContextVar("_aside", default=False)
_blocks = 0
_recorders = 0


@contextmanager
def replaying() -> Generator[None]:
    """Inside this block every request is answered by a recording."""
    global _blocks  # noqa: PLW0603 - one interception for the process
    _blocks += 1
    try:
        yield
    finally:
        _blocks -= 1


def is_replaying() -> bool:
    """Whether such a block is open."""
    return _blocks > 0


@contextmanager
def recording() -> Generator[None]:
    """Inside this block every request is sent and recorded."""
    global _recorders  # noqa: PLW0603 - one interception for the process
    _recorders += 1
    try:
        yield
    finally:
        _recorders -= 1


def is_recorded() -> bool:
    """Whether requests are recorded or answered by recordings: then no reply cache may stand in between."""
    return _blocks > 0 or _recorders > 0


@contextmanager
def unrecorded() -> Generator[None]:
    """Inside this block requests are sent and not recorded: a model file is fetched, an engine is being started."""
    token = _aside.set(True)
    try:
        yield
    finally:
        _aside.reset(token)


def is_aside() -> bool:
    """Whether such a block is open here."""
    return _aside.get()
