"""One model, asked through one connection: a prompt goes in, a validated answer or one of our errors comes out."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypedDict, TypeVar

from pydantic import BaseModel

from summarizer.errors import (
    ContextTooLong,
    Filtered,
    MalformedReply,
    NotAuthorised,
    Refused,
    SettingsError,
    SummarizerError,
    TimedOut,
    Truncated,
)
from summarizer.llm import schema_lint
from summarizer.llm.providers import ModelRef, Provider, provider_for
from summarizer.llm.reply import Reading, correction, read
from summarizer.llm.retry import STANDARD, Fault, RetryPolicy, persist
from summarizer.llm.usage import Call, Journal, Reply, Sent, Usage

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from summarizer.llm.connection import Connection

__all__ = ["Client"]

T = TypeVar("T", bound=BaseModel)

_CHARACTERS_A_TOKEN: Final = 3
"""Cautious for English, which has more than four, and about right for other scripts: it only serves a guard."""


class _Options(TypedDict):
    key: str | None
    uds: Path | None
    proxy: str | None
    timeout_s: float


class Client:
    """Asks one model; belongs to the event loop that it was first used on.

    Args:
        ref: The model.
        base_url: Its server, when that is not the provider's own.
        api_key: The key; servers of one's own may want none.
        uds: Unix socket to connect to instead of the host in `base_url`.
        proxy: URL of an HTTP proxy.
        policy: How long to insist.
        timeout_s: Seconds without a byte after which a request is given up.
        context_window: Tokens that prompt and reply may have together, when known.
        sleep: Waits between attempts.

    Raises:
        SettingsError: an unknown provider, an address or a key that cannot be used.
        NotAuthorised: no key for a provider that wants one.
    """

    def __init__(
        self,
        ref: ModelRef,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        uds: Path | None = None,
        proxy: str | None = None,
        policy: RetryPolicy = STANDARD,
        timeout_s: float = 300.0,
        context_window: int | None = None,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self._ref = ref
        self._provider = provider_for(ref, base_url)
        self._options = _Options(
            key=_usable_key(ref, self._provider, api_key),
            uds=uds,
            proxy=proxy,
            timeout_s=timeout_s,
        )
        self._policy = policy
        self._context_window = context_window
        self._sleep = sleep
        self._journal = Journal()
        self._connection: Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def ref(self) -> ModelRef:
        """The model it asks."""
        return self._ref

    @property
    def journal(self) -> tuple[Sent, ...]:
        """Every request sent, in order."""
        return self._journal.rows

    @property
    def usage(self) -> Usage:
        """What every request so far took, those of failed calls included."""
        return self._journal.usage

    async def ask(
        self,
        system: str,
        user: str,
        shape: type[T],
        *,
        name: str,
        max_tokens: int,
        sampling: Mapping[str, Any] = MappingProxyType({}),
        journal: Journal | None = None,
    ) -> Reply[T]:
        """Ask once, and insist as far as the policy allows.

        Args:
            system: Sent as it is.
            user: Sent as it is; a correction is added below it when the reply has to be asked for again.
            shape: The form of the answer; must forbid unknown fields.
            name: What the question is for, as the journal shows it.
            max_tokens: Longest reply.
            sampling: Further fields of the request, which only this model's server knows.
            journal: A further journal to enter the requests in, such as that of one article.

        Returns:
            An instance of `shape` itself, and what it took.

        Raises:
            UnsupportedSchema: an engine would not enforce `shape`.
            ModelError: the request failed; which way, says the class.
            EngineFailed: the embedded engine stopped.
            RuntimeError: asked on another event loop than the first time.
        """
        schema_lint.check(shape)
        self._check_length(system + user, max_tokens)
        journals = [self._journal] if journal is None else [self._journal, journal]
        call = Call(name, journals, free=self._provider.embedded)
        question = _Question(system, user, shape, max_tokens, sampling)
        try:
            async with asyncio.timeout(self._policy.deadline_s) as deadline:
                value = await self._converse(call, question, deadline)
        except TimeoutError:
            seconds = self._policy.deadline_s
            raise TimedOut(
                f"{self._ref}: no usable reply within {seconds:g} seconds, retries included"
            ) from None
        return Reply(value=value, usage=call.usage)

    async def aclose(self) -> None:
        """Close every connection."""
        if self._connection is not None:
            await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _converse(self, call: Call, question: "_Question[T]", deadline: asyncio.Timeout) -> T:
        """Ask, and ask again with a correction below the prompt while the answer has the wrong form."""
        complaints: tuple[str, ...] = ()
        for _ in range(self._policy.reasks + 1):
            reading = await self._reading(call, question, complaints, deadline)
            call.settle(outcome=reading.outcome)
            if reading.value is not None:
                return reading.value
            if reading.outcome != "malformed":
                raise _declined(self._ref, reading)
            complaints = reading.complaints
        raise MalformedReply(
            f"{self._ref}: the reply does not have the form asked for: {'; '.join(complaints)}"
        )

    async def _reading(
        self, call: Call, question: "_Question[T]", complaints: tuple[str, ...], deadline: asyncio.Timeout
    ) -> Reading[T]:
        connection = self._connect()
        user = question.user + correction(complaints) if complaints else question.user

        def send() -> "Awaitable[ChatCompletion | Fault]":
            return connection.send(
                call,
                question.system,
                user,
                shape=question.shape,
                max_tokens=question.max_tokens,
                sampling=question.sampling,
            )

        outcome = await persist(
            send, self._policy, failures=call.failures, left=lambda: _left(deadline), sleep=self._sleep
        )
        if isinstance(outcome, Fault):
            raise outcome.error
        return read(outcome, question.shape)

    def _connect(self) -> "Connection":
        loop = asyncio.get_running_loop()
        if self._connection is None:
            from summarizer.llm.connection import Connection

            self._loop = loop
            self._connection = Connection(self._ref, self._provider, **self._options)
        if self._loop is not loop:
            # Its sockets belong to the first loop: they would be found dead only after the request was paid for.
            raise RuntimeError("a Client belongs to one event loop; make another one for another loop")
        return self._connection

    def _check_length(self, prompt: str, max_tokens: int) -> None:
        if self._context_window is None:
            return
        estimate = -(-len(prompt) // _CHARACTERS_A_TOKEN)
        excess = estimate + max_tokens - self._context_window
        if excess > 0:
            raise ContextTooLong(
                f"{self._ref}: about {estimate} tokens of prompt and {max_tokens} of reply are about {excess} too many "
                f"for its context window of {self._context_window}"
            )


@dataclass(frozen=True)
class _Question(Generic[T]):
    system: str
    user: str
    shape: type[T]
    max_tokens: int
    sampling: Mapping[str, Any]


def _left(deadline: asyncio.Timeout) -> float:
    when = deadline.when()
    return math.inf if when is None else when - asyncio.get_running_loop().time()


def _declined(ref: ModelRef, reading: Reading[Any]) -> SummarizerError:
    match reading.outcome:
        case "refused":
            return Refused(f"{ref} declined: {reading.words}")
        case "filtered":
            return Filtered(f"{ref}: the provider's content filter stopped the reply")
        case _:
            return Truncated(f"{ref}: the reply hit the limit of its length before it was complete")


def _usable_key(ref: ModelRef, provider: Provider, key: str | None) -> str | None:
    """The key without the line break that files end with; never quoted, because it is a secret."""
    stripped = (key or "").strip()
    if not stripped and provider.key_name and not provider.elsewhere:
        raise NotAuthorised(f"{ref} needs a key", hint=f"Set {provider.key_name}, or use the embedded model.")
    if not (stripped.isascii() and stripped.isprintable()):
        raise SettingsError(
            "the key holds characters that no key has", hint="Copy it again from the provider."
        )
    return stripped or None
