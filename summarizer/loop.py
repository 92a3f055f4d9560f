"""One event loop for all synchronous calls of this process.

A client that is used on a second loop sends its request twice and is billed twice, so synchronous code never
starts a loop of its own: it hands its coroutines to this one, which lives as long as the process.
"""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import wait
from typing import Any, TypeVar

__all__ = ["run", "run_or_begin"]

T = TypeVar("T")

_PATIENCE_S = 10.0
_LONGEST_S = 60.0

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_thread: threading.Thread | None = None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` on the process's loop and wait for its result, whichever thread asks.

    Ctrl-C cancels the work and waits a while for it to put its things away; a second one ends the wait.

    Raises:
        RuntimeError: the loop's own thread asks, as a callback does; it would wait for itself.
    """
    if threading.current_thread() is _thread:
        work.close()
        raise RuntimeError(
            "called from within an event loop that it would block; await its `a...` twin instead"
        )
    ended = threading.Event()
    future = asyncio.run_coroutine_threadsafe(_to_its_end(work, ended), _running())
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        ended.wait(_PATIENCE_S)
        raise


def run_or_begin(work: Coroutine[Any, Any, None]) -> None:
    """Begin to put something away, and see it to its end where that cannot stop this thread for ever.

    What nobody refers to any more is put away by whichever thread happens to collect garbage: the loop's own, which
    must not wait for itself, or one that holds a lock which the work needs, and is waited for `_LONGEST_S` at most.
    """
    future = asyncio.run_coroutine_threadsafe(work, _running())
    if threading.current_thread() is not _thread:
        wait([future], _LONGEST_S)
        if future.done():
            future.result()


async def _to_its_end(work: Coroutine[Any, Any, T], ended: threading.Event) -> T:
    # A cancelled future is done at once; the work behind it may still have things to put away.
    try:
        return await work
    finally:
        ended.set()


def _running() -> asyncio.AbstractEventLoop:
    global _loop, _thread  # noqa: PLW0603 - one loop for the process is the point of this module
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            _thread = threading.Thread(target=_loop.run_forever, name="summarizer", daemon=True)
            _thread.start()
        return _loop
