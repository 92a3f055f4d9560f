"""Workers that take article after article: what they make of each goes to the store before anyone hears of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from summarizer.article import Article
from summarizer.errors import InputError, RateLimited, SummarizerError
from summarizer.loaders import Failed
from summarizer.runs.feed import Feed
from summarizer.runs.items import Flaw, Item, Result
from summarizer.runs.keeper import ITEM, StoreKeeper
from summarizer.runs.places import Entry
from summarizer.runs.store import RunStore
from summarizer.runs.verdicts import Verdicts

__all__ = ["Ending", "Runner", "Work"]

Work = Callable[[Article], Awaitable[bytes]]
"""Briefs one article; returns the briefing as JSON."""

DRAIN_S: Final = 10.0
"""How long requests under way may take to end once the run is to."""
_FIRST_REST_S: Final = 1.0
_LONGEST_REST_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended.

    Attributes:
        complete: Whether every article has its result.
        stopped: Why it stopped before that; None when somebody asked for it, or it did not.
        length: Articles of the input that were read.
    """

    complete: bool
    stopped: SummarizerError | None
    length: int


class Runner:
    """Briefs the articles of one input, so many at a time.

    Args:
        inputs: The articles, in order.
        work: Briefs one; raises our errors.
        store: Of the run.
        keeper: The same, as the model client sees it.
        concurrency: Articles at a time.
        on_result: Told of each result as it comes, those of earlier starts included; the worker waits for it.
        replay: Whether results of earlier starts come with their briefing.
        drain_s: How long requests under way may take to end once the run is to.
        sleep: Waits between attempts while the provider asks us to slow down.
    """

    def __init__(
        self,
        inputs: Iterator[Article | Failed],
        work: Work,
        store: RunStore,
        keeper: StoreKeeper,
        *,
        concurrency: int,
        on_result: Callable[[Result], Awaitable[None]],
        replay: bool = False,
        drain_s: float = DRAIN_S,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._work = work
        self._store = store
        self._keeper = keeper
        self._concurrency = concurrency
        self._on_result = on_result
        self._replay = replay
        self._drain_s = drain_s
        self._sleep = sleep
        self._feed = Feed(inputs, store, self._settled)
        self._verdicts = Verdicts(patience=concurrency + 20)
        self._tried_again: set[int] = set()
        self._active = 0
        self._halted = asyncio.Event()
        self._quiet = asyncio.Event()
        self._error: SummarizerError | None = None

    async def run(self) -> Ending:
        """Brief until there is nothing left, or there is no point in going on.

        Raises:
            StoreFailed: the disk does not take what we write.
        """
        workers = [asyncio.create_task(self._worker()) for _ in range(self._concurrency)]
        try:
            await self._until_ended(workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        for worker in workers:
            if not worker.cancelled():
                worker.result()
        if self._halted.is_set():
            return Ending(complete=False, stopped=self._error, length=self._feed.length)
        await self._settle_doubtful(last=True)
        return Ending(complete=self._error is None, stopped=self._error, length=self._feed.length)

    @property
    def length(self) -> int:
        """Articles of the input that have their row by now."""
        return self._feed.length

    def halt(self, error: SummarizerError | None = None) -> None:
        """Take no further article, let the requests under way end, and end.

        Args:
            error: Why; None when somebody asked for it.
        """
        if self._halted.is_set():
            return
        self._error = error
        self._halted.set()
        self._keeper.halt(self._hush)
        self._hush()

    async def _until_ended(self, workers: list[asyncio.Task[None]]) -> None:
        halted = asyncio.create_task(self._halted.wait())
        try:
            everyone: set[asyncio.Task[Any]] = {halted, *workers}
            while (everyone - {halted}) and not halted.done():
                ended, everyone = await asyncio.wait(everyone, return_when=asyncio.FIRST_COMPLETED)
                if any(task.exception() for task in ended):
                    return
            if halted.done():
                async with asyncio.timeout(self._drain_s):
                    await self._quiet.wait()
        except TimeoutError:  # what is under way now ends as unknown
            pass
        finally:
            halted.cancel()

    def _hush(self) -> None:
        """See whether nothing is under way but what is held back."""
        if self._halted.is_set() and self._active <= self._keeper.waiting:
            self._quiet.set()

    async def _worker(self) -> None:
        while not self._halted.is_set() and (item := await self._next()) is not None:
            self._active += 1
            try:
                await self._brief(item)
            finally:
                self._active -= 1
                self._hush()

    async def _next(self) -> Item | None:
        try:
            return await self._feed.next()
        except InputError as error:  # it breaks off: what came before is brought to its end
            self._error = error
        except SummarizerError as error:
            self.halt(error)
        return None

    async def _brief(self, item: Item) -> None:
        token = ITEM.set(item.number)
        try:
            body = await self._work(item.article)
        except RateLimited as error:
            await self._rest(item, error)
        except SummarizerError as error:
            await self._failed(item, error)
        else:
            await self._settle_doubtful(last=False)
            await self._close(item, body)
        finally:
            ITEM.reset(token)

    async def _failed(self, item: Item, error: SummarizerError) -> None:
        match self._verdicts.of(item, error):
            case "stop":
                self.halt(error)
            case "doubtful":
                pass
            case "failed":
                await self._close(item, Flaw.of(error))

    async def _rest(self, item: Item, error: RateLimited) -> None:
        """The provider's pace is nothing that an article could be blamed for: it is taken up again."""
        self._feed.put_back(item)
        times = self._verdicts.slowed()
        if times is None:
            self.halt(error)
            return
        self._active -= 1
        self._hush()
        try:
            await self._sleep(min(_LONGEST_REST_S, _FIRST_REST_S * 2 ** min(times - 1, 10)))
        finally:
            self._active += 1

    async def _settle_doubtful(self, *, last: bool) -> None:
        """The provider is back, or it is the end: what failed meanwhile gets one more chance, unless it had it."""
        for item, flaw in self._verdicts.settle():
            if last or item.number in self._tried_again:
                await self._close(item, flaw)
            else:
                self._tried_again.add(item.number)
                self._feed.put_back(item)

    async def _close(self, item: Item, ended: Flaw | bytes) -> None:
        await self._store.close_item(item.number, ended)
        self._keeper.forget(item.number)
        failed = isinstance(ended, Flaw)
        await self._on_result(
            Result(item.position, item.id, None if failed else ended, ended if failed else None)
        )

    async def _settled(self, entry: Entry) -> None:
        body = await self._store.result(entry.number) if self._replay or entry.state == "failed" else None
        flaw = Flaw.from_json(body) if body is not None and entry.state == "failed" else None
        done = body if entry.state == "done" else None
        await self._on_result(Result(entry.position, entry.id, done, flaw, kept=True))
