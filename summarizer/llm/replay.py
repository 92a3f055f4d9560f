"""Whether answers come from recordings: then no engine is started, no file fetched, and no key needed.

Global like the interception itself, which also serves every thread of the process.
"""

from collections.abc import Generator
from contextlib import contextmanager

__all__ = ["is_replaying", "replaying"]

_blocks = 0


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
