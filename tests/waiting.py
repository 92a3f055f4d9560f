"""Waiting for what a test has set in motion: with an end, so that what never comes is a failure and not a hang."""

import asyncio
import time
from collections.abc import Callable

__all__ = ["PATIENCE_S", "until", "until_awaited"]

PATIENCE_S = 60.0
"""Longer than anything takes on the slowest machine."""
_LOOK_S = 0.005


def until(true: Callable[[], object]) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it never does.
    """
    give_up = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < give_up, "what is waited for never happens"
        time.sleep(_LOOK_S)


async def until_awaited(true: Callable[[], object]) -> None:
    """Wait until something holds, while the event loop goes on.

    Raises:
        AssertionError: it never does.
    """
    give_up = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < give_up, "what is waited for never happens"
        await asyncio.sleep(_LOOK_S)
