"""Posts the requests of a run: gathers them into parcels, hands those in, and brings the replies to whoever waits.

A request waits until nothing further comes, because every article is waiting too; then all of them leave as one
batch, and the next pass of every article is the next batch. An earlier start's parcels are taken over: whoever asks
what one of them was asked already waits for that one.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from summarizer.errors import BatchesRefused, ModelError, RateLimited, RequestRejected
from summarizer.llm.batch_endpoint import BatchEndpoint
from summarizer.llm.batch_rows import line_of
from summarizer.llm.posting import Answered
from summarizer.llm.usage import Sent
from summarizer.runs import parcels
from summarizer.runs.board import Board, Posted
from summarizer.runs.courier import Courier, fail
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.letterbox import Letterbox
from summarizer.runs.posting import USUAL, Letter, Parcel, Terms

__all__ = ["PostOffice"]


class PostOffice:
    """A `Post` for one run. Use it as a context manager, around the client that posts.

    Args:
        endpoint: Of the provider.
        keeper: Of the run.
        model: As `provider/name`.
        board: Told how things stand.
        terms: How parcels are made and looked after.
        sleep: Waits.
    """

    def __init__(
        self,
        endpoint: BatchEndpoint,
        keeper: StoreKeeper,
        *,
        model: str,
        board: Board,
        terms: Terms = USUAL,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._keeper = keeper
        self._store = keeper.store
        self._box = Letterbox(terms)
        self._courier = Courier(
            endpoint, keeper, self._box, model=model, terms=terms, tell=self._tell, sleep=sleep
        )
        self._board = board
        self._terms = terms
        self._at: dict[str, Parcel] = {}
        self._open: dict[int, Parcel] = {}
        self._earlier: set[str] = set()
        self._accepted = False
        self._failing_since: float | None = None
        self._handing_in: set[asyncio.Task[None]] = set()
        self._gathering: asyncio.Task[None] | None = None

    @property
    def share(self) -> float:
        """Of the usual price that a posted request costs."""
        return self._endpoint.share

    async def answer(self, key: str, row: Sent, body: bytes) -> Answered:
        """Wait for the reply to a request; hours, where the provider takes its time."""
        attempt = self._keeper.attempt_of(row)
        if attempt is None:
            raise RuntimeError("a request is to be posted that was not entered in the store")
        letter = Letter(key, attempt, body, asyncio.get_running_loop().create_future())
        parcel = self._at.get(key)
        if parcel is not None and key in parcel.attempts:
            parcel.letters[key] = letter
            if parcel.task is None or parcel.task.done():
                self._look_after(parcel)
        elif key in self._earlier and (reply := await self._kept(key)) is not None:
            return Answered(status=200, body=reply)
        else:
            self._box.put([letter])
        return await letter.answer

    async def give_up(self) -> int:
        """Cancel every batch that an earlier start has left, and keep what it has answered; how many those were.

        Raises:
            ModelError: the provider could not be asked.
        """
        left = list(self._open.values())
        for parcel in left:
            if parcel.task is not None:
                parcel.task.cancel()
                await asyncio.gather(parcel.task, return_exceptions=True)
            await self._courier.give_up(parcel)
            self._gone(parcel)
        return len(left)

    async def __aenter__(self) -> Self:
        for found in await self._store.read(parcels.open_parcels):
            parcel = Parcel.left(found)
            self._open[parcel.number] = parcel
            self._at.update(dict.fromkeys(parcel.attempts, parcel))
            self._earlier.update(parcel.attempts)
            self._keeper.adopt(parcel.attempts)
            self._look_after(parcel)
        self._gathering = asyncio.create_task(self._gather())
        self._tell()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A batch that is made the next moment would have to be looked for; and who has all replies ends the run
        # before the parcel that brought the last of them is closed.
        closing = [parcel.task for parcel in self._open.values() if parcel.home and parcel.task is not None]
        if last := {*self._handing_in, *closing}:
            await asyncio.wait(last, timeout=self._terms.farewell_s)
        tasks = [parcel.task for parcel in self._open.values()] + [self._gathering]
        under_way = [task for task in (*tasks, *self._handing_in) if task is not None]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if self._courier.tidying:
            await asyncio.wait(self._courier.tidying, timeout=self._terms.farewell_s)
        self._box.clear()
        self._tell()
        await self._endpoint.aclose()

    async def _kept(self, key: str) -> bytes | None:
        """What a parcel has brought before anybody waited for it."""
        return await self._store.read(lambda database: parcels.reply_of(database, key))

    async def _gather(self) -> None:
        """Hand in what waits, whenever it is worth while."""
        while True:
            await self._box.full()
            if letters := self._box.take():
                task = asyncio.create_task(self._hand_in(letters))
                self._handing_in.add(task)
                task.add_done_callback(self._handing_in.discard)
                task.add_done_callback(partial(_report, letters=letters))

    async def _hand_in(self, letters: Sequence[Letter]) -> None:
        parcel = await self._entered(letters)
        try:
            await self._given(parcel, letters)
        except RequestRejected as error:
            await self._rejected(parcel, letters, error)
        except ModelError as error:
            await self._not_given(parcel, letters, error)
        else:
            self._accepted, self._failing_since = True, None
            self._look_after(parcel)
        finally:
            self._tell()

    async def _entered(self, letters: Sequence[Letter]) -> Parcel:
        """On disk, before anything leaves."""
        label, attempts = uuid4().hex, {letter.key: letter.attempt for letter in letters}
        rows = list(attempts.items())
        number = await self._store.write(lambda database: parcels.enter(database, label, rows))
        parcel = Parcel(number, label, time.time(), attempts, tuple(attempts))
        parcel.letters = {letter.key: letter for letter in letters}
        self._open[number] = parcel
        self._at.update(dict.fromkeys(attempts, parcel))
        self._store.step("parcel_entered")
        self._tell()
        return parcel

    async def _given(self, parcel: Parcel, letters: Sequence[Letter]) -> None:
        with tempfile.TemporaryDirectory(prefix="summarizer-") as folder:
            path = Path(folder) / "batch.jsonl"
            await asyncio.to_thread(_write, path, letters)
            file = await self._endpoint.upload(path)
        self._store.step("parcel_uploaded")
        state = await self._endpoint.create(file, parcel.label, parcel.made)
        self._store.step("parcel_made")
        parcel.batch = state.id
        await self._store.write(lambda database: parcels.named(database, parcel.number, state.id))
        self._store.step("parcel_named")

    async def _rejected(self, parcel: Parcel, letters: Sequence[Letter], error: RequestRejected) -> None:
        """The file is more than the provider takes, or one request of it is: smaller files tell."""
        await self._courier.close(parcel, "refused")
        self._gone(parcel)
        if len(letters) > 1:
            self._box.most = max(1, len(letters) // 2)
            self._box.put(letters)
        elif self._accepted:
            fail(letters, error)
        else:
            fail(letters, BatchesRefused(f"not even a batch of one request is taken: {error}"))

    async def _not_given(self, parcel: Parcel, letters: Sequence[Letter], error: ModelError) -> None:
        """Nothing was handed in; or nobody knows, and then the batch is looked for."""
        self._failing_since = since = self._failing_since or time.monotonic()
        unsure = error.retryable and not isinstance(error, RateLimited)
        if not unsure:
            await self._courier.close(parcel, "not handed in")
            self._gone(parcel)
        if not error.retryable:
            fail(letters, error)
        elif time.monotonic() - since > self._terms.silence_s:
            hint = "Run the same command again later."
            fail(letters, BatchesRefused(str(error), hint=hint), unpaid=not unsure)
        elif unsure:
            self._look_after(parcel)
        else:
            self._box.crowd()
            self._box.put(letters)

    # Bringing home

    def _look_after(self, parcel: Parcel) -> None:
        parcel.task = asyncio.create_task(self._bring(parcel))
        parcel.task.add_done_callback(lambda task: _report(task, parcel.letters.values()))

    async def _bring(self, parcel: Parcel) -> None:
        try:
            letters = await self._courier.bring(parcel)
        except ModelError as error:
            # It goes on at the provider: whoever asks again waits for the same one.
            self._earlier.update(parcel.attempts)
            self._keeper.adopt(parcel.attempts)
            fail(list(parcel.letters.values()), error, unpaid=False)
            parcel.letters.clear()
            return
        self._gone(parcel)
        self._box.put(letters)
        self._tell()

    def _gone(self, parcel: Parcel) -> None:
        self._open.pop(parcel.number, None)
        for key in parcel.order:
            if self._at.get(key) is parcel:
                del self._at[key]

    def _tell(self) -> None:
        opened = self._open.values()
        self._board.now = Posted(
            batches=len(opened),
            requests=sum(len(parcel.order) for parcel in opened),
            answered=sum(parcel.done for parcel in opened),
            waiting=len(self._box),
            crowded=self._box.crowded,
        )


def _write(path: Path, letters: Sequence[Letter]) -> None:
    with path.open("wb") as file:
        file.writelines(line_of(letter.key, letter.body) for letter in letters)


def _report(task: "asyncio.Task[None]", letters: Iterable[Letter]) -> None:
    """A fault of ours ends the run: nobody is to wait for ever."""
    error = None if task.cancelled() else task.exception()
    for letter in letters:
        if error is not None and not letter.answer.done():
            letter.answer.set_exception(error)
