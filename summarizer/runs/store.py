"""The store of a run: what was asked for, sent, answered and made of it, on disk before anyone relies on it.

One process writes it. A request's row is there before the request leaves, its reply before anyone judges it, and
the state of an article changes in one transaction with the end of its requests. So a reply that reached the disk
is never paid for again, and whatever was under way at a crash is known, with the most that it may have cost.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Literal, Self, TypeVar

from summarizer.article import Article
from summarizer.loaders import Failed
from summarizer.runs.database import connect, store_path
from summarizer.runs.desk import Desk
from summarizer.runs.earlier import earlier
from summarizer.runs.items import Flaw
from summarizer.runs.lock import locked
from summarizer.runs.opening import Opened, Retry, begin
from summarizer.runs.places import Entry, Places, close_item, expect

__all__ = ["RunStore", "Unknown"]

T = TypeVar("T")

Unknown = Literal["resend", "skip"]
"""What to do with an article whose request may have been paid for without an answer."""

_LINGER_S = 0.002
"""How long a transaction waits for more to write, in seconds; a network call takes far longer."""


class RunStore:
    """The store of one run, open for writing. Use it as a context manager.

    Args:
        output: The output of the run; the store lies beside it.
        options: What shapes a briefing, by name; the run keeps to it.
        unknown: What to do with articles whose request may have been paid for without an answer.
        retry: Which failed articles to take up again.
        posts: Whether requests are posted, in batches of the provider.
        linger_s: How long a transaction waits for more to write.
        step: Told of each step towards the disk; for tests that crash there.

    Attributes:
        opened: What was found.
        earlier: What earlier starts have sent and spent.

    Raises:
        RunInProgress: another process has it open.
        RunChanged: the run was begun with other options.
        StoreFailed: the file cannot be used.
    """

    def __init__(
        self,
        output: Path,
        *,
        options: Mapping[str, str],
        unknown: Unknown = "resend",
        retry: Retry = "none",
        posts: bool = False,
        linger_s: float = _LINGER_S,
        step: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.path = store_path(output)
        self.step = step
        with ExitStack() as undo:
            undo.enter_context(locked(self.path))
            database = connect(self.path)
            undo.callback(database.close)
            self.opened: Opened = begin(
                database, self.path, options, skip_unknown=unknown == "skip", retry=retry, posts=posts
            )
            self.earlier = earlier(database)
            reading = connect(self.path, read_only=True)
            self._undo = undo.pop_all()
        self._places = Places(self.opened.options)
        self._writer = Desk("summarizer-store", database, writes=True, linger_s=linger_s)
        self._reader = Desk("summarizer-store-reader", reading, writes=False)

    async def add(self, inputs: Sequence[Article | Failed]) -> list[Entry]:
        """Give the next articles of the input their rows.

        Raises:
            StoreFailed: they are not on disk; as with every method here.
        """
        return await self._writer.ask(lambda database: self._places.add(database, inputs))

    async def end(self) -> int:
        """Say that the input has no more; how many articles it had."""
        return await self._writer.ask(self._places.end)

    async def expect(self, total: int) -> None:
        """Write down how many articles the input has, for whoever asks how the run stands."""
        await self._writer.ask(lambda database: expect(database, total))

    async def gone(self) -> int:
        """How many articles have a result and no place: the input of this start does not have them."""

        def read(database: Connection) -> int:
            gone = "SELECT count(*) FROM items WHERE position IS NULL AND state != 'open'"
            return database.execute(gone).fetchone()[0]

        return await self._reader.ask(read)

    async def close_item(self, number: int, ended: Flaw | bytes) -> None:
        """Write down what became of an article: its briefing as JSON, or why there is none."""

        def write(database: Connection) -> None:
            close_item(database, number, ended)
            self.step("before_commit")

        await self._writer.ask(write)
        self.step("after_commit")

    async def result(self, number: int) -> bytes:
        """What became of an article, as JSON."""

        def read(database: Connection) -> bytes:
            (body,) = database.execute("SELECT body FROM results WHERE item = ?", (number,)).fetchone()
            return zlib.decompress(body)

        return await self._reader.ask(read)

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Do something with what is on disk."""
        return await self._reader.ask(job)

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Change something, and wait until it is on disk."""
        return await self._writer.ask(job)

    def post(self, job: Callable[[Connection], None]) -> None:
        """Change something before anything that is asked for later, without waiting for it."""
        self._writer.post(job)

    def close(self) -> None:
        """Write down what is left, and let others have it."""
        self._reader.close()
        self._writer.close()
        self._undo.pop_all().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
