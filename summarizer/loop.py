"""One event loop for all synchronous calls of this process.

A client that is used on a second loop sends its request twice and is billed twice, so synchronous code never
starts a loop of its own: it hands its coroutines to this one, which lives as long as the process.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["run"]

T = TypeVar("T")

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` on the process's loop and wait for its result, whichever thread asks.

    Ctrl-C cancels the work and waits for it to put its things away.
    """
    future = asyncio.run_coroutine_threadsafe(work, _running())
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise


def _running() -> asyncio.AbstractEventLoop:
    global _loop  # noqa: PLW0603 - one loop for the process is the point of this module
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="summarizer", daemon=True).start()
        return _loop
