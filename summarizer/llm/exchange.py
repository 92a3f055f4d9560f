"""One question until it is answered: sent, sent again after a fault, asked again after a useless reply."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel

from summarizer.errors import Filtered, MalformedReply, Refused, SummarizerError, Truncated
from summarizer.llm.clock import Clock
from summarizer.llm.keeping import Keeper
from summarizer.llm.pace import Pace
from summarizer.llm.providers import ModelRef
from summarizer.llm.reply import Reading, correction, read
from summarizer.llm.retry import Fault, RetryPolicy, persist
from summarizer.llm.usage import Call
from summarizer.llm.wires.base import Said

if TYPE_CHECKING:
    from summarizer.llm.connection import Connection

__all__ = ["Exchange", "Question"]

T = TypeVar("T", bound=BaseModel)

_LOG: Final = logging.getLogger(__name__)

_WORTH_ASKING_AGAIN: Final = frozenset({"malformed", "truncated"})


@dataclass(frozen=True)
class Question(Generic[T]):
    """One prompt, and the form of the answer to it."""

    system: str
    user: str
    shape: type[T]
    sampling: Mapping[str, Any]


@dataclass(frozen=True)
class Exchange:
    """Questions to one model over one connection."""

    ref: ModelRef
    connection: "Connection"
    policy: RetryPolicy
    pace: Pace
    keeper: Keeper | None
    clock: Clock

    async def converse(self, call: Call, question: Question[T], until: float) -> T:
        """Ask, and ask again while the reply cannot be used: with a correction, or with more room."""
        complaints: tuple[str, ...] = ()
        reading: Reading[T] | None = None
        keys: list[str] = []
        for _ in range(self.policy.reasks + 1):
            reading = await self._judged(call, question, complaints, until)
            keys.append(call.key)
            if reading.value is not None:
                return reading.value
            if reading.outcome not in _WORTH_ASKING_AGAIN:
                break
            # A second correction may read like the first, whose reply is not to be recalled as its own.
            call.useless.add(call.key)
            complaints = reading.complaints
            if reading.outcome == "truncated":
                call.max_tokens *= 2
            call.ask_again()
        for key in keys:
            # Asked again tomorrow, the model should be asked again.
            await self._disown(key)
        words = self.connection.quotable(reading.words, question.system + question.user) if reading else ""
        raise _unusable(self.ref, reading, words)

    async def _judged(
        self, call: Call, question: Question[T], complaints: tuple[str, ...], until: float
    ) -> Reading[T]:
        """The reply as we read it, and its fate written down; a kept one that disappoints is replaced."""
        call.anew = False
        said = await self._said(call, question, complaints, until)
        reading = read(said, question.shape)
        if call.last.recalled and reading.value is None and call.recalled_outcome != reading.outcome:
            _LOG.warning("a kept reply of %s cannot be read any more; it is asked for again", self.ref)
            await self._disown(call.key)
            call.anew = True
            said = await self._said(call, question, complaints, until)
            reading = read(said, question.shape)
        call.settle(outcome=reading.outcome)
        await self._tell(call)
        return reading

    async def _said(
        self, call: Call, question: Question[T], complaints: tuple[str, ...], until: float
    ) -> Said:
        user = question.user + correction(complaints) if complaints else question.user

        async def send() -> Said | Fault:
            outcome = await self.connection.send(
                call, question.system, user, shape=question.shape, sampling=question.sampling
            )
            if isinstance(outcome, Fault):
                await self._tell(call)
            return outcome

        outcome = await persist(
            send,
            self.policy,
            failures=call.failures,
            left=lambda: until + call.extended_s - self.clock.now(),
            pace=self.pace,
            sleep=self.clock.sleep,
        )
        if isinstance(outcome, Fault):
            raise outcome.error
        return outcome

    async def _tell(self, call: Call) -> None:
        if self.keeper is not None and not call.last.recalled:
            await self.keeper.judged(call.key, call.last)

    async def _disown(self, key: str) -> None:
        if self.keeper is not None:
            await self.keeper.disown(key)


def _unusable(ref: ModelRef, reading: "Reading[Any] | None", words: str) -> SummarizerError:
    match reading.outcome if reading else "failed":
        case "refused":
            return Refused(f"{ref} declined: {words or 'its words repeat the article'}")
        case "filtered":
            return Filtered(f"{ref}: the provider's content filter stopped the reply")
        case "truncated":
            return Truncated(f"{ref}: the reply hit the limit of its length before it was complete")
        case _:
            complaints = "; ".join(reading.complaints) if reading else ""
            return MalformedReply(f"{ref}: the reply does not have the form asked for: {complaints}")
