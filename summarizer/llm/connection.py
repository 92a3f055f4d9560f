"""The connection to one server, and one request over it: Instructor on a wire protocol behind our own door.

Imported only once a request is to be sent, because what stands below it is slow to import.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import instructor
from instructor.core import IncompleteOutputException, InstructorRetryException
from pydantic import BaseModel

from summarizer.llm.door import CALL, Door, Guards, Opening
from summarizer.llm.faults import Target, translate
from summarizer.llm.providers import ModelRef, Provider
from summarizer.llm.retry import Fault
from summarizer.llm.usage import Call
from summarizer.llm.wires.base import Said
from summarizer.llm.wires.openai_chat import OpenAIChat

__all__ = ["Connection"]

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
    ) -> None:
        self._ref = ref
        self._target = _target(ref, provider, key)
        # No limit on the wait for a free connection: the deadline of the call is one.
        timeout = httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s), pool=None)
        http_client = httpx2.AsyncClient(
            transport=Door(guards, OpenAIChat.worth, proxy=proxy, opening=opening),
            headers={"accept-encoding": "identity"},
            timeout=timeout,
            follow_redirects=False,
        )
        self._wire = OpenAIChat(provider, key=key, http_client=http_client)

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
        failure: BaseException | None = None
        completion: object = None
        token = CALL.set(call)
        try:
            _, completion = await self._wire.client.chat.completions.create_with_completion(
                [{"role": "system", "content": system}, {"role": "user", "content": user}],
                response_model=_prepared(shape),
                max_retries=0,
                **self._wire.options(self._ref.name, shape, call.max_tokens, sampling),
            )
        except IncompleteOutputException as error:
            completion = error.last_completion
        except InstructorRetryException as error:
            # Unfit replies are judged by our own reading of them; anything else lies one cause deeper.
            failure = None if error.failed_attempts else error.__cause__
            completion = error.failed_attempts[-1].completion if error.failed_attempts else None
        finally:
            CALL.reset(token)
        return self._wire.said(completion) if failure is None else self._fault(call, failure, system + user)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._wire.aclose()

    def _fault(self, call: Call, failure: BaseException, prompt: str) -> Fault:
        fault = translate(failure, replace(self._target, prompt=prompt), asked_s=call.last.retry_after_s)
        if fault is None:
            # An error of our own, a bug, or a recording that does not match: not the model's doing.
            raise failure.__cause__ or failure
        if call.last.status is not None:
            call.settle(outcome="failed" if fault.error.retryable else "rejected")
        return fault


@lru_cache(maxsize=256)
def _prepared(shape: type[BaseModel]) -> type[BaseModel]:
    """The class that Instructor would otherwise derive anew for every request."""
    return instructor.response_schema(shape)


def _target(ref: ModelRef, provider: Provider, key: str | None) -> Target:
    parts = urlsplit(provider.base_url or "")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return Target(
        model=str(ref),
        address=f"{parts.hostname}:{port}",
        key_name=None if provider.elsewhere else provider.key_name,
        embedded=provider.embedded,
        key=key or "",
    )
