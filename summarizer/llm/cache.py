"""The reply cache: what was asked and paid for once is not asked again, in this process or another.

It never stands in the way of an answer: where it cannot be read or written, requests go on without it, and a
warning says so once. Only a file that is broken from the start is an error, told before anything is paid for.
"""

import asyncio
import logging
import secrets
import time
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from summarizer.errors import CacheError
from summarizer.llm.cache_database import FAULTS, busy
from summarizer.llm.cache_file import Arrival, CacheFile, Damaged
from summarizer.llm.cache_upkeep import CacheInfo, Cleared, clear, info
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent

__all__ = ["MAX_BYTES", "CacheInfo", "Cleared", "ReplyCache", "clear", "info"]

P = ParamSpec("P")
T = TypeVar("T")

MAX_BYTES: Final = 512 * 2**20
"""Largest file, unless told otherwise."""

_LOGGER = logging.getLogger(__name__)


class ReplyCache:
    """Keeps replies in one SQLite file; a `Keeper`.

    Any number of processes, threads and event loops may use the same file. A reply is on disk before anyone judges
    it, so it outlives a crash, and is recalled by the next who asks; one that turned out refused, filtered,
    truncated or failed is never recalled. What is recalled is proven to be what was stored.

    Args:
        path: The file; made when first needed, together with its folder.
        max_bytes: Its largest size; the replies that were not used for the longest time make room.
        now: Tells the time, in seconds since 1970.
    """

    def __init__(
        self, path: Path, *, max_bytes: int = MAX_BYTES, now: Callable[[], float] = time.time
    ) -> None:
        self._desk = _Desk(path, max_bytes, now)
        # SQLite waits on the disk; one thread of our own keeps calls in order and the event loop free. It ends when
        # nobody refers to this cache any more.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reply-cache")
        self._run = secrets.token_hex(8)

    async def recall(self, key: str) -> Kept | None:
        """The reply kept under this key; None when there is none, or none that may be used again.

        Raises:
            CacheError: the file is broken or another program's; known before anything is sent.
        """
        return await self._do(self._desk.recall, key)

    async def sending(self, key: str, row: Sent, worst_usd: float | None) -> None:  # noqa: ARG002 -- replies are all it keeps
        """A request is about to leave: make sure that its reply has a place.

        Raises:
            CacheError: the file is broken or another program's.
        """
        if not self._desk.is_open:
            await self._do(self._desk.open)

    async def received(self, key: str, row: Sent, reply: Kept) -> None:
        """A whole reply has come; on return it is on disk, or a warning has said why not."""
        self._desk.arrived.append(Arrival(key, self._writer(row), reply))
        await self._do(self._desk.keep)

    async def judged(self, key: str, row: Sent) -> None:
        """What became of the request: a reply that must not be recalled is removed."""
        await self._do(self._desk.judge, key, self._writer(row), row)

    async def disown(self, key: str) -> None:
        """A recalled reply turned out useless: remove it."""
        await self._do(self._desk.drop, key)

    def close(self) -> None:
        """Finish what is being written and let go of the file; happens by itself when nobody refers to the cache."""
        self._thread.shutdown()
        self._desk.close()

    def _writer(self, row: Sent) -> str:
        return f"{self._run}:{row.call}:{row.attempt}"

    async def _do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = asyncio.wrap_future(self._thread.submit(work, *args, **kwargs))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            # A reply that was paid for is written down all the same.
            await asyncio.wait([future])
            raise


class _Desk:
    """Does the work, on one thread, and decides what a fault of the disk means."""

    def __init__(self, path: Path, max_bytes: int, now: Callable[[], float]) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._now = now
        self._file: CacheFile | None = None
        self._given_up = False
        self._warned: set[str] = set()
        self.arrived: deque[Arrival] = deque()

    @property
    def is_open(self) -> bool:
        return self._file is not None or self._given_up

    def open(self) -> CacheFile | None:
        """The file, or None when there is no use in trying; CacheError when it is broken or not ours."""
        if self._file is None and not self._given_up:
            try:
                self._file = CacheFile.open(self._path, now=self._now)
                # Whatever is still to be written refers to this desk, so nothing is cut short. No thread is waited
                # for: garbage is collected at any moment, while this very thread holds the locks of `threading`, too.
                weakref.finalize(self, self._file.close)
            except FAULTS as fault:
                self._give_up(fault)
        return self._file

    def recall(self, key: str) -> Kept | None:
        file = self.open()
        if file is None:
            return None
        try:
            return file.find(key)
        except Damaged:
            _LOGGER.warning(
                "a reply kept in %s was damaged and has been removed; it is asked for again", self._path
            )
        except FAULTS as fault:
            self._bear(fault)
        return None

    def keep(self) -> None:
        """Write down whatever has arrived: replies that came while the disk was busy share one wait for it."""
        arrived = [self.arrived.popleft() for _ in range(len(self.arrived))]
        if arrived:
            self._write(lambda file: file.put(arrived, max_bytes=self._max_bytes))

    def judge(self, key: str, writer: str, row: Sent) -> None:
        self._write(lambda file: file.judge(key, writer, row))

    def drop(self, key: str) -> None:
        self._write(lambda file: file.drop(key))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None
        self._given_up = True

    def _write(self, change: Callable[[CacheFile], None]) -> None:
        try:
            file = self.open()
            if file is not None:
                change(file)
        except CacheError as fault:
            # Too late to tell: the reply is there, and is not to be lost over where to keep it.
            self._give_up(fault)
        except FAULTS as fault:
            self._bear(fault)

    def _bear(self, fault: Exception) -> None:
        """A file in use is tried again next time; a full disk or a damaged file is not."""
        if busy(fault):
            self._warn_once(f"is in use by another process: {fault}; some replies may not be kept")
        else:
            self._give_up(fault)

    def _give_up(self, fault: Exception) -> None:
        self.close()
        self._warn_once(
            f"cannot be used: {fault}; going on without it, so that replies are neither recalled nor kept. If it stays "
            f"so, `summarizer cache clear` removes the file"
        )

    def _warn_once(self, what: str) -> None:
        if what not in self._warned:
            self._warned.add(what)
            _LOGGER.warning("the reply cache %s %s", self._path, what)
