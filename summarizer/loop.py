"""One event loop for all synchronous calls of this process.

A client that is used on a second loop sends its request twice and is billed twice, so synchronous code never
starts a loop of its own: it hands its coroutines to this one, which lives as long as the process.
"""

import asyncio
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import wait
from typing import Any, TypeVar

from summarizer.errors import SettingsError

__all__ = ["run", "run_or_begin"]

T = TypeVar("T")

_PATIENCE_S = 10.0

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_thread: threading.Thread | None = None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` on the process's loop and wait for its result, whichever thread asks.

    Ctrl-C cancels the work and waits a while for it to put its things away; a second one ends the wait.

    Raises:
        SettingsError: the loop's own thread asks, as a callback does; it would wait for itself.
    """
    if threading.current_thread() is _thread:
        work.close()
        raise SettingsError(
            "a function that waits was called by the event loop which does the work: it would wait for ever.",
            hint="From a callback, await the function of the same name that begins with `a`, such as `asummarize`.",
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
    must not wait for itself, or one that holds a lock which the work needs, and waits for `_PATIENCE_S` at most.
    """
    future = asyncio.run_coroutine_threadsafe(work, _running())
    if threading.current_thread() is not _thread:
        wait([future], _PATIENCE_S)
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


def _forget() -> None:
    """A process that was forked from this one has the loop, and not the thread that runs it."""
    global _lock, _loop, _thread
    _lock, _loop, _thread = threading.Lock(), None, None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
