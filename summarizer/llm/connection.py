"""The connection to one server, and one request over it: Instructor on a wire protocol behind our own door.

Imported only once a request is to be sent, because what stands below it is slow to import.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import openai
from pydantic import BaseModel

from summarizer.llm import capacity
from summarizer.llm.door import CALL, Door, Guards
from summarizer.llm.faults import Target, presentable, translate
from summarizer.llm.network import Network, Opening
from summarizer.llm.providers import ModelRef, Provider
from summarizer.llm.retry import Fault
from summarizer.llm.usage import Call
from summarizer.llm.wires.base import Asked, Said
from summarizer.llm.wires.choosing import wire_for

__all__ = ["Connection", "target_of"]

_CONNECT_S: Final = 10.0


def _not_ours(_: logging.LogRecord) -> bool:
    return CALL.get(None) is None


# Instructor logs each failure with the reply in full. Ours are in the journal; those of others stay.
logging.getLogger("instructor.v2.retry").addFilter(_not_ours)


class Connection:
    """Sends requests to one model, one at a time or many at once, on one event loop."""

    def __init__(
        self,
        ref: ModelRef,
        provider: Provider,
        guards: Guards,
        *,
        key: str | None,
        opening: Opening | None,
        proxy: str | None,
        timeout_s: float,
        network: Network | None = None,
    ) -> None:
        self._ref = ref
        self._provider = provider
        self._target = target_of(ref, provider, key)
        # No limit on the wait for a free connection: the deadline of the call is one.
        timeout = httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s), pool=None)
        wire = wire_for(provider)
        http_client = httpx2.AsyncClient(
            transport=Door(
                guards, wire.worth, streams=wire.streams, proxy=proxy, opening=opening, network=network
            ),
            headers={"accept-encoding": "identity"},
            timeout=timeout,
            follow_redirects=False,
        )
        self._wire = wire(provider, key=key, http_client=http_client)

    async def send(
        self,
        call: Call,
        system: str,
        user: str,
        *,
        shape: type[BaseModel],
        sampling: Mapping[str, Any],
    ) -> Said | Fault:
        """Send one request, and enter it in the journals of its call.

        Returns:
            What the model said, whether or not it fits the shape; or the fault that was met instead.
        """
        asked = Asked(
            model=self._ref.name,
            system=system,
            user=user,
            shape=shape,
            max_tokens=call.max_tokens,
            sampling=sampling,
        )
        outcome: Said | openai.OpenAIError
        token = CALL.set(call)
        try:
            outcome = await self._wire.ask(asked)
        except openai.OpenAIError as failure:
            outcome = failure
        finally:
            CALL.reset(token)
        if isinstance(outcome, openai.OpenAIError):
            # Not inside the handler: what is raised there would hold on to this error, and so to the prompt.
            return self._fault(call, outcome, system + user)
        return self._cut(call, system + user) or outcome

    def quotable(self, words: str, prompt: str) -> str:
        """Words of the model as far as they may be shown: nothing of the key, or of the prompt."""
        return presentable(words, replace(self._target, prompt=prompt))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._wire.aclose()

    def _cut(self, call: Call, prompt: str) -> Fault | None:
        """The fault of a server that has read less than it was sent."""
        tokens = call.last.tokens
        if tokens is None or call.last.estimated:
            return None
        error = capacity.check_whole(str(self._ref), self._provider, prompt, tokens.input)
        if error is None:
            return None
        call.settle(outcome="rejected")
        return Fault(error=error, retry=False)

    def _fault(self, call: Call, failure: BaseException, prompt: str) -> Fault:
        fault = translate(failure, replace(self._target, prompt=prompt), asked_s=call.last.retry_after_s)
        if fault is None:
            # An error of our own, a bug, or a recording that does not match: not the model's doing.
            raise failure.__cause__ or failure
        if call.last.status is not None:
            call.settle(outcome="failed" if fault.error.retryable else "rejected")
        return fault


def target_of(ref: ModelRef, provider: Provider, key: str | None) -> Target:
    """Whom the errors of requests to a model are about."""
    parts = urlsplit(provider.base_url or "")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return Target(
        model=str(ref),
        address=f"{parts.hostname}:{port}",
        key_name=None if provider.elsewhere else provider.key_name,
        embedded=provider.embedded,
        key=key or "",
    )
