"""One run from its begin to its end: the store opened, the workers set to work, the output kept up with them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final

from summarizer.article import Article
from summarizer.errors import ProviderFailed, SummarizerError
from summarizer.llm.keeping import Keeper
from summarizer.loaders import Failed
from summarizer.runs.board import Board
from summarizer.runs.figures import Figures, Silent, Tally, Watcher
from summarizer.runs.items import Result
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.opening import Retry
from summarizer.runs.output import Output
from summarizer.runs.remote import Remote
from summarizer.runs.runner import DRAIN_S, Ending, Runner, Work
from summarizer.runs.store import RunStore, Unknown
from summarizer.runs.verdicts import PASSING

__all__ = ["Batch", "OpenWork", "Report", "Stop", "follow", "run"]

OpenWork = Callable[[StoreKeeper], AbstractAsyncContextManager[Work]]
"""Makes ready what briefs articles: a client that tells the keeper of each request."""

_GLANCE_S: Final = 0.5
"""Between two looks at how far the run is."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What a run is to do.

    Attributes:
        output: `.jsonl` or `.parquet`; the store lies beside it.
        remote: Where in storage the output is copied to once it is finished.
        options: What shapes a briefing, by name; the run keeps to it.
        open_work: Makes ready what briefs articles.
        concurrency: Articles at a time.
        unknown: What to do with articles whose request may have been paid for without an answer.
        retry: Which failed articles to take up again.
        whole: Publish nothing while an article has failed in a way that may pass by itself.
        cache: Keeps replies beyond the run.
        board: Where the post says how it stands; None where requests are sent, and not posted in batches.
        drain_s: How long requests under way may take to end once the run is to.
        sleep: Waits while the provider asks us to slow down.
        step: Told of each step towards the disk; for tests that crash there.
    """

    output: Path
    options: Mapping[str, str]
    open_work: OpenWork
    concurrency: int = 16
    unknown: Unknown = "resend"
    retry: Retry = "none"
    whole: bool = False
    cache: Keeper | None = None
    board: Board | None = None
    remote: Remote | None = None
    drain_s: float = DRAIN_S
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    step: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended.

    Attributes:
        figures: At its end.
        complete: Whether the output is there: every article has its row.
        stopped: Why it stopped before that; None when somebody asked for it, or it did not.
        gone: Articles of earlier starts that the input has no more, and the output neither; told when it is complete.
    """

    figures: Figures
    complete: bool
    stopped: SummarizerError | None
    gone: int = 0


class Stop:
    """A way to end a run early, from whatever thread, once or more often."""

    def __init__(self) -> None:
        self._asked = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt: Callable[[], None] = lambda: None

    @property
    def asked(self) -> bool:
        """Whether anybody has."""
        return self._asked

    def ask(self) -> None:
        """Take no further article, and let the requests under way end."""
        self._asked = True
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: it has ended
                self._loop.call_soon_threadsafe(self._halt)

    def bind(self, halt: Callable[[], None]) -> None:
        """Say, on the loop of the run, what is to be done."""
        self._loop, self._halt = asyncio.get_running_loop(), halt
        if self._asked:
            halt()


async def run(
    batch: Batch,
    inputs: Iterator[Article | Failed],
    *,
    total: Callable[[], int | None] = lambda: None,
    watcher: Watcher | None = None,
    stop: Stop | None = None,
    on_result: Callable[[Result], Awaitable[None]] | None = None,
) -> Report:
    """Brief every article of the input that has no result yet, and publish the output when none is left.

    Args:
        batch: What to do.
        inputs: The articles, in order; read as they are needed.
        total: Counts them; called in a thread.
        watcher: Told how it goes.
        stop: Ends it early.
        on_result: Given each result as it comes, those of earlier starts included; no further article is taken up
            while it waits.

    Raises:
        RunInProgress: another process is at work on the same output.
        RunChanged: the run was begun with other options.
        StoreFailed, OutputError: the disk does not take what we write; what it has taken stays.
    """
    watcher = watcher or Silent()
    with RunStore(
        batch.output,
        options=batch.options,
        unknown=batch.unknown,
        retry=batch.retry,
        posts=batch.board is not None,
        step=batch.step,
    ) as store:
        keeper = StoreKeeper(store, batch.cache)
        tally = Tally(lambda: keeper.usage, board=batch.board)
        watcher.started(store.opened.unknown, store.opened.unknown_usd)

        async def settle(result: Result) -> None:
            tally.add(result)
            watcher.ended(result)
            if on_result is not None:
                await on_result(result)

        with Output(batch.output, store, batch.remote) as output:
            async with batch.open_work(keeper) as work:
                runner = Runner(
                    inputs,
                    work,
                    store,
                    keeper,
                    concurrency=batch.concurrency,
                    on_result=settle,
                    replay=on_result is not None,
                    drain_s=batch.drain_s,
                    sleep=batch.sleep,
                )
                (stop or Stop()).bind(runner.halt)
                ending = await _watched(runner, output, tally, _counting(total, tally, store), watcher)
            await output.advance(ending.length)
            hole = await _hole(store) if batch.whole else None
            complete = ending.complete and hole is None
            if complete:
                tally.total = ending.length
                await output.publish()
        watcher.figures(tally.figures)
        gone = await store.gone() if complete else 0
        return Report(tally.figures, complete, ending.stopped or hole, gone)


async def follow(
    batch: Batch, inputs: Iterator[Article | Failed], *, stop: Stop | None = None
) -> AsyncGenerator[Result]:
    """The same as `run`, handing out each result as it comes; leaving early stops the run.

    Raises:
        SummarizerError: what stopped the run, besides what `run` raises.
    """
    results: asyncio.Queue[Result | None] = asyncio.Queue(maxsize=batch.concurrency)

    async def work() -> Report:
        try:
            return await run(batch, inputs, stop=stop, on_result=results.put)
        finally:
            # Not `put`: whoever has left early empties the queue no more.
            with suppress(asyncio.QueueFull):
                results.put_nowait(None)

    running = asyncio.create_task(work())
    try:
        while (result := await _next(results, running)) is not None:
            yield result
        report = await running
        if report.stopped is not None:
            raise report.stopped
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _hole(store: RunStore) -> SummarizerError | None:
    """What keeps a run from being whole."""

    def read(database: Connection) -> str | None:
        names = json.dumps(sorted(PASSING))
        found = (
            "SELECT flaw FROM items WHERE flaw IN (SELECT value FROM json_each(?)) AND position IS NOT NULL"
        )
        row = database.execute(found, (names,)).fetchone()
        return row[0] if row else None

    name = await store.read(read)
    return (
        None if name is None else ProviderFailed(f"an article failed with {name}, which may pass by itself")
    )


async def _next(results: "asyncio.Queue[Result | None]", running: "asyncio.Task[Report]") -> Result | None:
    """The next result; None when there will be none."""
    if running.done() and results.empty():
        return None
    return await results.get()


async def _counting(total: Callable[[], int | None], tally: Tally, store: RunStore) -> None:
    """Find out how many articles there are, for those who watch."""
    tally.total = found = await asyncio.to_thread(total)
    if found is not None:
        await store.expect(found)


async def _watched(
    runner: Runner, output: Output, tally: Tally, counting: Coroutine[Any, Any, None], watcher: Watcher
) -> Ending:
    """Let it run, and keep output and watcher up to date meanwhile."""

    async def glance() -> None:
        while True:
            await asyncio.sleep(_GLANCE_S)
            await output.advance(runner.length)
            watcher.figures(tally.figures)

    running = asyncio.create_task(runner.run())
    beside = {asyncio.create_task(glance()), asyncio.create_task(counting)}
    failed: BaseException | None = None
    try:
        while not running.done():
            ended, _ = await asyncio.wait({running, *beside}, return_when=asyncio.FIRST_COMPLETED)
            for task in ended & beside:
                beside -= {task}
                if failed := failed or task.exception():
                    runner.halt()  # requests under way may end all the same
        if failed is not None:
            raise failed
        return running.result()
    finally:
        for task in [running, *beside]:
            task.cancel()
        await asyncio.gather(running, *beside, return_exceptions=True)
