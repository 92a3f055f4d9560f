"""One model, asked through one connection: a prompt goes in, a validated answer or one of our errors comes out."""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from pydantic import BaseModel

from summarizer.errors import (
    ContextTooLong,
    NotAuthorised,
    SettingsError,
    TimedOut,
)
from summarizer.llm import capacity, schema_lint
from summarizer.llm.clock import REAL, Clock
from summarizer.llm.exchange import Exchange, Question
from summarizer.llm.keeping import Keeper
from summarizer.llm.pace import Pace, Patient, pace_of
from summarizer.llm.providers import ModelRef, Provider, provider_for
from summarizer.llm.retry import STANDARD, RetryPolicy
from summarizer.llm.tariff import Tariff
from summarizer.llm.usage import Call, Journal, Reply, Sent, Usage

if TYPE_CHECKING:
    from summarizer.llm.budget import Budget
    from summarizer.llm.connection import Connection
    from summarizer.llm.network import Opening
    from summarizer.llm.posting import Post

__all__ = ["Client"]

T = TypeVar("T", bound=BaseModel)


_CHARACTERS_A_TOKEN: Final = 3
"""Cautious for English, which has more than four, and about right for other scripts: it only serves a guard."""
_JOURNALLED: Final = 1000
"""Requests that a client remembers one by one; the journal of an article has all of its own."""


class Client:
    """Asks one model; belongs to the event loop that it was first used on.

    Args:
        ref: The model.
        base_url: Its server, when that is not the provider's own.
        api_key: The key; servers of one's own may want none.
        proxy: URL of an HTTP proxy.
        policy: How long to insist.
        timeout_s: Seconds without a byte after which a request is given up.
        context_window: Tokens that prompt and reply may have together; None for what is known of the model.
        keeper: Keeps requests and replies beyond this process, and answers from them.
        budget: Limits what may be spent; several clients may share one.
        pace: How hard the provider may be pressed; None for the one that all clients of this account now share.
        offline: Whether live requests are refused.
        traced: Whether requests are described to OpenTelemetry; needs the extra `telemetry`.
        build: What shapes a reply besides the request and the server's address: engine and model file.
        opening: Starts the server when the first live request needs it; `base_url` then only names it.
        post: Takes requests and brings their replies, in place of a network.
        clock: Waits between attempts.

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
        proxy: str | None = None,
        policy: RetryPolicy = STANDARD,
        timeout_s: float = 300.0,
        context_window: int | None = None,
        keeper: Keeper | None = None,
        budget: "Budget | None" = None,
        pace: Pace | None = None,
        offline: bool = False,
        traced: bool = False,
        build: str | None = None,
        opening: "Opening | None" = None,
        post: "Post | None" = None,
        clock: Clock = REAL,
    ) -> None:
        self._ref = ref
        self._provider = provider_for(ref, base_url)
        self._key = _usable_key(ref, self._provider, api_key)
        self._proxy = proxy
        self._policy = policy
        self._timeout_s = timeout_s
        self._context_window = context_window
        self._keeper = keeper
        self._budget = budget
        usual = pace_of(_account(ref, self._provider, self._key), clock) if post is None else Patient()
        self._pace = pace or usual
        self._offline = offline
        self._traced = traced
        self._build = build
        self._opening = opening
        self._post = post
        self._clock = clock
        self._journal = Journal(most=_JOURNALLED)
        self._connection: Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def ref(self) -> ModelRef:
        """The model it asks."""
        return self._ref

    @property
    def context_window(self) -> int | None:
        """Tokens that prompt and reply may have together; None when nobody knows."""
        if self._context_window is None:
            self._context_window = capacity.context_window(self._provider, self._ref.name)
        return self._context_window

    @property
    def journal(self) -> tuple[Sent, ...]:
        """The last thousand requests sent, in order."""
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
        listener: Callable[[str], None] | None = None,
    ) -> Reply[T]:
        """Ask once, and insist as far as the policy allows.

        Args:
            system: Sent as it is.
            user: Sent as it is; a correction is added below it when the reply has to be asked for again.
            shape: The form of the answer; must forbid unknown fields.
            name: What the question is for, as the journal shows it.
            max_tokens: Longest answer; a model that thinks first is given room for that besides.
            sampling: Further fields of the request, which only this model's server knows.
            journal: A further journal to enter the requests in, such as that of one article.
            listener: Told the text so far each time it has grown: a draft, which nobody has checked. Only a
                service that streams has any to tell, and a kept reply is told nothing of.

        Returns:
            An instance of `shape` itself, and what it took.

        Raises:
            UnsupportedSchema: an engine would not enforce `shape`.
            ModelError: the request failed; which way, says the class.
            EngineFailed: the embedded engine stopped.
            RuntimeError: asked on another event loop than the first time.
        """
        schema_lint.check(shape)
        window = self.context_window
        max_tokens = capacity.most_output(self._provider, self._ref.name, max_tokens, window=window)
        self._check_length(system + user, max_tokens)
        journals = [self._journal] if journal is None else [self._journal, journal]
        call = Call(name, journals, max_tokens=max_tokens, listener=listener)
        question = Question(system, user, shape, sampling)
        until = self._clock.now() + self._policy.deadline_s
        try:
            # Waits are measured by our clock, which a test may turn; this one ends what hangs.
            async with asyncio.timeout(self._policy.deadline_s) as call.deadline:
                value = await self._exchange().converse(call, question, until)
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

    def _exchange(self) -> Exchange:
        loop = asyncio.get_running_loop()
        if self._connection is None:
            self._loop = loop
            self._connection = self._new_connection()
        if self._loop is not loop:
            # Its sockets belong to the first loop: they would be found dead only after the request was paid for.
            raise RuntimeError("a Client belongs to one event loop; make another one for another loop")
        return Exchange(self._ref, self._connection, self._policy, self._pace, self._keeper, self._clock)

    def _new_connection(self) -> "Connection":
        from summarizer.llm.connection import Connection
        from summarizer.llm.door import Guards
        from summarizer.llm.posting import PostNetwork

        provider = self._provider
        guards = Guards(
            model=str(self._ref),
            identity=self._build or provider.base_url or "",
            tariff=Tariff(
                self._ref.provider,
                self._ref.name,
                elsewhere=provider.elsewhere,
                free=provider.embedded,
                share=self._post.share if self._post else 1.0,
            ),
            pace=self._pace,
            keeper=self._keeper,
            budget=self._budget,
            offline=self._offline,
            traced=self._traced,
        )
        return Connection(
            self._ref,
            provider,
            guards,
            key=self._key,
            opening=self._opening,
            proxy=self._proxy,
            timeout_s=self._timeout_s,
            network=PostNetwork(self._post) if self._post else None,
        )

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


def _account(ref: ModelRef, provider: Provider, key: str | None) -> tuple[object, ...]:
    """What shares the limits of a provider; by a hash of the key, because it is a secret."""
    return (str(ref),) if provider.embedded else (provider.base_url, hash(key))


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
