"""OpenAI's Batch endpoint, through the files and batches of the openai SDK: half the price, within 24 hours.

Requests leave by it as lines of a file. Nothing here costs anything but the lines themselves, so only creating a
batch has to be done exactly once: it carries a label of ours, by which it is looked for before it is made again.

Imported only once a batch is to be made, because what stands below it is slow to import.
"""

import math
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import httpx2
import openai

from summarizer.errors import BatchesRefused, SummarizerError
from summarizer.llm.arrivals import see
from summarizer.llm.batch_rows import ENDPOINT
from summarizer.llm.batch_state import BatchState, state_of
from summarizer.llm.clock import REAL, Clock
from summarizer.llm.connection import target_of
from summarizer.llm.faults import translate
from summarizer.llm.offline import refuse_live
from summarizer.llm.pace import Patient
from summarizer.llm.providers import ModelRef, check_batches, provider_for
from summarizer.llm.retry import Fault, RetryPolicy, asked_wait, persist
from summarizer.llm.tariff import Tariff
from summarizer.llm.wires.choosing import wire_for
from summarizer.types import Tokens

__all__ = ["SHARE", "BatchEndpoint"]

T = TypeVar("T")

SHARE: Final = 0.5
"""Of the usual price, as OpenAI publishes it for its Batch endpoint."""
INSISTENT: Final = RetryPolicy(attempts=12, base_s=1.0, cap_s=60.0)
"""Some minutes: nobody waits at the screen for a batch."""

_LABEL: Final = "summarizer"
"""Name of the label among the metadata of a batch."""
_ABSENT: Final = frozenset({404, 405, 501})
_NOT_YET: Final = re.compile(r"(?:find|no such) file", re.IGNORECASE)
"""A file that was uploaded a moment ago is not always found at once."""
_EARLIER_S: Final = 3600.0
"""By how much a provider's clock may be behind ours."""


class BatchEndpoint:
    """The files and batches of one account.

    Args:
        ref: The model that the requests ask.
        base_url: Its server, when that is not the provider's own.
        api_key: The key.
        timeout_s: Longest silence of the provider, in seconds.
        offline: Whether live requests are refused.
        policy: How long to insist.
        clock: Waits between attempts.

    Raises:
        SettingsError: a provider that has no such endpoint, or an address that cannot be used.
    """

    def __init__(
        self,
        ref: ModelRef,
        *,
        base_url: str | None,
        api_key: str | None,
        timeout_s: float = 300.0,
        offline: bool = False,
        policy: RetryPolicy = INSISTENT,
        clock: Clock = REAL,
    ) -> None:
        check_batches(ref)
        provider = provider_for(ref, base_url)
        self._target = target_of(ref, provider, api_key)
        self._tariff = Tariff(ref.provider, ref.name, elsewhere=provider.elsewhere, free=False, share=SHARE)
        self._worth = wire_for(provider).worth
        self._offline = offline
        self._policy = policy
        self._clock = clock
        timeout = httpx2.Timeout(timeout_s, connect=10.0)
        self._openai = openai.AsyncOpenAI(
            api_key=(api_key or "").strip() or "none",
            base_url=provider.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=httpx2.AsyncClient(timeout=timeout, follow_redirects=False),
        )
        if provider.elsewhere:
            # The client takes these from the environment; they are nobody's business but OpenAI's.
            self._openai.organization = self._openai.project = None

    @property
    def share(self) -> float:
        """Of the usual price that a request costs here."""
        return SHARE

    async def upload(self, path: Path) -> str:
        """Upload an input file; its id.

        Raises:
            BatchesRefused: the server has no such endpoint.
            RequestRejected: it does not take this file.
            ModelError: it could not be reached, or failed.
        """

        async def send() -> str:
            with path.open("rb") as file:
                return (await self._openai.files.create(file=("batch.jsonl", file), purpose="batch")).id

        return await self._insist(send)

    async def create(self, file: str, label: str, since: float) -> BatchState:
        """Make a batch of an input file, once: after an attempt of unknown outcome it is looked for first.

        Args:
            file: Id of the input file.
            label: Tells this batch from all others.
            since: When it was first tried, in seconds since 1970.

        Raises:
            ModelError: as `upload`. After an error that is `retryable`, the batch may be there all the same.
        """
        tried = False

        async def send() -> BatchState:
            nonlocal tried
            if tried and (found := await self._found(label, since)) is not None:
                return found
            tried = True
            made = await self._openai.batches.create(
                input_file_id=file,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={_LABEL: label},
            )
            return state_of(made)

        return await self._insist(send)

    async def find(self, label: str, since: float) -> BatchState | None:
        """The batch that was made with this label, if there is one.

        Args:
            label: As it was given to `create`.
            since: When it was first tried, in seconds since 1970.

        Raises:
            ModelError: as `upload`.
        """
        return await self._insist(lambda: self._found(label, since))

    async def look(self, batch: str) -> BatchState:
        """See how far a batch is.

        Raises:
            ModelError: as `upload`.
        """

        async def send() -> BatchState:
            return state_of(await self._openai.batches.retrieve(batch))

        return await self._insist(send)

    async def cancel(self, batch: str) -> BatchState:
        """Give a batch up: what is answered by then is kept, and owed.

        Raises:
            ModelError: as `upload`.
        """

        async def send() -> BatchState:
            return state_of(await self._openai.batches.cancel(batch))

        return await self._insist(send)

    async def lines(self, file: str) -> AsyncGenerator[str]:
        """The lines of a file, as they come; one whose connection breaks is to be read again from the start.

        Raises:
            ModelError: as `upload`.
        """
        try:
            async with self._openai.files.with_streaming_response.content(file) as response:
                async for line in response.iter_lines():
                    yield line
        except (openai.OpenAIError, httpx2.HTTPError) as failure:
            fault = self._fault(failure)
        else:
            return
        raise fault.error

    async def discard(self, files: Iterable[str]) -> None:
        """Delete files at the provider: they hold articles. What cannot be deleted now will never be."""
        for file in files:
            with suppress(openai.OpenAIError):
                await self._openai.files.delete(file)

    def worth(self, status: int, body: bytes) -> tuple[Tokens | None, float | None]:
        """Tokens and USD of a reply, None where nobody knows; errors are free."""
        seen = see(status, body, self._worth)
        if seen.tokens is None:
            return None, None if status < 300 else 0.0  # noqa: PLR2004 -- HTTP success
        return seen.tokens, self._tariff.price(seen.tokens, written=seen.written)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._openai.close()

    async def _found(self, label: str, since: float) -> BatchState | None:
        async for batch in self._openai.batches.list(limit=100):
            if (batch.metadata or {}).get(_LABEL) == label:
                return state_of(batch)
            if batch.created_at < since - _EARLIER_S:  # they come newest first
                break
        return None

    async def _insist(self, send: Callable[[], Awaitable[T]]) -> T:
        refuse_live(self._target.model, switched=self._offline)

        async def attempt() -> T | Fault:
            try:
                return await send()
            except openai.OpenAIError as failure:
                return self._fault(failure)

        outcome = await persist(
            attempt,
            self._policy,
            failures=0,
            left=lambda: math.inf,
            pace=Patient(clock=self._clock),
            sleep=self._clock.sleep,
        )
        if isinstance(outcome, Fault):
            raise outcome.error
        return outcome

    def _fault(self, failure: Exception) -> Fault:
        if isinstance(failure, httpx2.HTTPError):
            wrapped = openai.APIConnectionError(request=failure.request)
            wrapped.__cause__ = failure
            failure = wrapped
        asked_s: float | None = None
        if isinstance(failure, openai.APIStatusError):
            asked_s = asked_wait(failure.response.headers)
            if failure.status_code in _ABSENT and failure.code != "model_not_found":
                return Fault(error=self._absent(failure), retry=False)
        fault = translate(failure, self._target, asked_s=asked_s)
        if fault is None:
            raise failure.__cause__ or failure
        return Fault(error=fault.error, retry=True) if _NOT_YET.search(str(fault.error)) else fault

    def _absent(self, failure: openai.APIStatusError) -> SummarizerError:
        return BatchesRefused(
            f"{self._target.address} answers {failure.request.method} {failure.request.url.path} with status "
            f"{failure.status_code}: it has no Batch endpoint, or does not know this batch or file",
            hint="Leave out --batch-api: a server without /v1/batches is asked one request at a time.",
        )
