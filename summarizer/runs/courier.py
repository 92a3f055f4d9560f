"""Looks after one parcel at a time: waits until its batch has ended, and brings what came of it to store and letters."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from summarizer.errors import BatchesRefused, ModelError, SummarizerError
from summarizer.llm.batch_endpoint import BatchEndpoint
from summarizer.llm.batch_rows import UNDONE, Row, read_line, undone
from summarizer.llm.batch_state import BatchState, Complaint
from summarizer.llm.posting import Answered
from summarizer.runs import parcels
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.letterbox import Letterbox
from summarizer.runs.parcels import Arrival
from summarizer.runs.posting import Letter, Parcel, Terms

__all__ = ["Courier", "fail"]

T = TypeVar("T")

_GROWTH: Final = 1.5
_NO_ROOM: Final = "token_limit"
"""In the code of a batch that the provider has no room for: `token_limit_exceeded`."""
_AT_ONCE: Final = 200
"""Replies in one transaction."""


class Courier:
    """Brings parcels home.

    Args:
        endpoint: Of the provider.
        keeper: Of the run.
        box: Told whether the provider has room for more.
        model: As `provider/name`.
        terms: How parcels are looked after.
        tell: Called whenever things have changed.
        sleep: Waits.

    Attributes:
        tidying: Files that are being deleted at the provider, because what they held is on disk.
    """

    def __init__(
        self,
        endpoint: BatchEndpoint,
        keeper: StoreKeeper,
        box: Letterbox,
        *,
        model: str,
        terms: Terms,
        tell: Callable[[], None],
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._keeper = keeper
        self._store = keeper.store
        self._box = box
        self._model = model
        self._terms = terms
        self._tell = tell
        self._sleep = sleep
        self.tidying: set[asyncio.Task[None]] = set()

    async def bring(self, parcel: Parcel) -> list[Letter]:
        """Wait for a parcel, keep what it brings, settle its letters, close it.

        Returns:
            The letters that are to be handed in again.

        Raises:
            BatchesRefused: the provider knows nothing of it, or has not answered for hours.
            StoreFailed: the disk does not take it.
        """
        if not await self._known(parcel):
            await self.close(parcel, "not handed in")
            return list(parcel.letters.values())
        try:
            state = await self._ended(parcel)
        except BatchesRefused:
            if not parcel.home:
                raise
            await self.close(parcel, "lost")  # there, but all that it had is here
            return []
        await self._unpack(parcel, state)
        left = list(parcel.letters.values())
        if state.status == "failed":
            return self._complained(parcel, state, left)
        self._box.relieve()
        if state.status == "cancelled":
            fail(left, _cancelled(state))
        for letter in left:
            row = undone(letter.key, f"the batch {state.id} ended ({state.status}) without it")
            letter.settle(Answered(status=row.status, body=row.body))
        return []

    async def give_up(self, parcel: Parcel) -> None:
        """Cancel a parcel's batch, and keep what it has answered by then.

        Raises:
            ModelError: the provider could not be asked.
            StoreFailed: the disk does not take it.
        """
        try:
            if not await self._known(parcel):
                await self.close(parcel, "not handed in")
                return
            if not (await self._endpoint.look(parcel.batch or "")).ended:
                await self._endpoint.cancel(parcel.batch or "")
            await self._unpack(parcel, await self._ended(parcel))
        except BatchesRefused:  # the provider knows nothing of it any more
            await self._store.write(lambda database: parcels.lose(database, parcel.number))
            await self.close(parcel, "lost")

    async def close(self, parcel: Parcel, state: str) -> None:
        """It will bring nothing further."""
        await self._store.write(lambda database: parcels.close(database, parcel.number, state))
        for key in parcel.attempts:
            self._keeper.release(key)
        self._store.step("parcel_closed")

    async def _known(self, parcel: Parcel) -> bool:
        """Whether its batch was ever made; looked for where the run ended before it knew."""
        if parcel.batch is not None:
            return True
        while (state := await self._insist(lambda: self._endpoint.find(parcel.label, parcel.made))) is None:
            age = time.time() - parcel.made
            if age >= self._terms.settling_s:
                return False
            await self._sleep(max(1.0, self._terms.settling_s - age))
        batch = parcel.batch = state.id
        await self._store.write(lambda database: parcels.named(database, parcel.number, batch))
        return True

    async def _ended(self, parcel: Parcel) -> BatchState:
        wait = self._terms.first_look_s
        while True:
            state = await self._insist(lambda: self._endpoint.look(parcel.batch or ""))
            parcel.done = state.done
            self._tell()
            if state.ended:
                return state
            await self._sleep(wait)
            wait = min(wait * _GROWTH, self._terms.look_s)

    async def _unpack(self, parcel: Parcel, state: BatchState) -> None:
        for file in state.files if parcel.attempts else ():
            await self._insist(
                lambda name=file: self._read(parcel, name, cancelled=state.status == "cancelled")
            )
        if state.status != "failed":
            why = f"its batch ended ({state.status}) without it"
            left = [undone(key, why) for key in parcel.attempts if key not in parcel.letters]
            await self._arrived(parcel, left)
        await self.close(parcel, state.status)
        tidying = asyncio.create_task(self._endpoint.discard([*state.files, state.input_file]))
        self.tidying.add(tidying)
        tidying.add_done_callback(self.tidying.discard)

    def _complained(self, parcel: Parcel, state: BatchState, left: list[Letter]) -> list[Letter]:
        """The provider has read the file and takes none of it: for want of room, for some lines, or for good."""
        if any(_NO_ROOM in one.code for one in state.complaints):
            self._box.crowd(len(parcel.order))
            return left
        by_line = {one.line: one for one in state.complaints}
        wrong = {key: by_line[line] for line, key in enumerate(parcel.order, 1) if line in by_line}
        if not wrong:
            said = "; ".join(one.message for one in state.complaints) or "it does not say why"
            fail(left, BatchesRefused(f"the batch {state.id} was refused as a whole: {said}"))
        for letter in left:
            if letter.key in wrong:
                letter.settle(Answered(status=400, body=_as_error(wrong[letter.key])))
        return left

    async def _read(self, parcel: Parcel, file: str, *, cancelled: bool) -> None:
        """Keep every row of a file, but those that were cancelled; to read it twice does no harm."""
        rows: list[Row] = []
        async for line in self._endpoint.lines(file):
            row = read_line(line)
            given_up = cancelled and row is not None and row.status == UNDONE
            if row is not None and row.key in parcel.attempts and not given_up:
                rows.append(row)
            if len(rows) >= _AT_ONCE:
                await self._arrived(parcel, rows)
                rows = []
        await self._arrived(parcel, rows)

    async def _arrived(self, parcel: Parcel, rows: Sequence[Row]) -> None:
        """On disk first; then whoever waits may have it."""
        if not rows:
            return
        arrivals = [self._arrival(parcel, row) for row in rows]
        await self._store.write(lambda database: parcels.keep(database, self._model, arrivals))
        self._store.step("parcel_kept")
        for row in rows:
            parcel.attempts.pop(row.key, None)
            self._keeper.release(row.key)
            letter = parcel.letters.pop(row.key, None)
            if letter is not None:
                letter.settle(Answered(status=row.status, body=row.body))

    def _arrival(self, parcel: Parcel, row: Row) -> Arrival:
        tokens, usd = self._endpoint.worth(row.status, row.body)
        return Arrival(
            key=row.key,
            attempt=parcel.attempts[row.key],
            status=row.status,
            body=row.body,
            tokens=tokens,
            usd=usd,
        )

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask for hours, if need be: whoever waits for a batch does not mind that the network is gone for a while."""
        since = time.monotonic()
        while True:
            try:
                return await ask()
            except ModelError as error:
                if not error.retryable:
                    raise
                if time.monotonic() - since > self._terms.silence_s:
                    raise BatchesRefused(str(error), hint="Run the same command again later.") from None
            await self._sleep(self._terms.look_s)


def fail(letters: Iterable[Letter], error: SummarizerError, *, unpaid: bool = True) -> None:
    """Tell everybody who waits for these why there will be no reply.

    Args:
        letters: What is waited for.
        error: Why.
        unpaid: Whether they were certainly never handed in.
    """
    for letter in letters:
        letter.settle(Answered(error=error, unpaid=unpaid))


def _as_error(complaint: Complaint) -> bytes:
    return json.dumps({"error": {"code": complaint.code, "message": complaint.message}}).encode()


def _cancelled(state: BatchState) -> BatchesRefused:
    return BatchesRefused(
        f"somebody has cancelled {state.id} at the provider; what it had answered is kept",
        hint="Run the same command again to hand in what is left.",
    )
