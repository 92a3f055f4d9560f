"""The connection to one server, and one request over it: Instructor on the OpenAI client on our own transport.

Imported only once a request is to be sent, because what stands below it is slow to import.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

import httpx2
import instructor
from instructor.core import IncompleteOutputException, InstructorRetryException
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from pydantic import BaseModel

from summarizer.llm import dialects
from summarizer.llm.faults import Target, translate
from summarizer.llm.providers import ModelRef, Provider, wording
from summarizer.llm.retry import Fault
from summarizer.llm.transport import CALL, JournalingTransport
from summarizer.llm.usage import Call

__all__ = ["Connection"]

_CONNECT_S: Final = 10.0

_NO_KEY: Final = "none"
"""Sent to servers that want no key, because the OpenAI client insists on one."""


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
        *,
        key: str | None,
        uds: Path | None,
        proxy: str | None,
        timeout_s: float,
    ) -> None:
        self._ref = ref
        self._provider = provider
        self._target = _target(ref, provider, key, uds)
        # No limit on the wait for a free connection: the deadline of the call is one.
        timeout = httpx2.Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s), pool=None)
        self._openai = AsyncOpenAI(
            api_key=key or _NO_KEY,
            base_url=provider.base_url,
            timeout=timeout,
            max_retries=0,
            http_client=httpx2.AsyncClient(
                transport=JournalingTransport(uds=uds, proxy=proxy),
                headers={"accept-encoding": "identity"},
                timeout=timeout,
                follow_redirects=False,
            ),
        )
        if provider.elsewhere:
            # The client takes these from the environment; they are nobody's business but OpenAI's.
            self._openai.organization = self._openai.project = None
        self._instructor = instructor.from_openai(self._openai, mode=instructor.Mode[provider.mode])

    async def send(
        self,
        call: Call,
        system: str,
        user: str,
        *,
        shape: type[BaseModel],
        max_tokens: int,
        sampling: Mapping[str, Any],
    ) -> ChatCompletion | Fault:
        """Send one request, and enter it in the journals of its call.

        Returns:
            What the model said, whether or not it fits the shape; or the fault that was met instead.
        """
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": system},
            {"role": "user", "content": user},
        ]
        failure: BaseException | None = None
        completion: object = None
        token = CALL.set(call)
        try:
            _, completion = await self._instructor.chat.completions.create_with_completion(
                messages,
                response_model=_prepared(shape),
                max_retries=0,
                **self._options(shape, max_tokens, sampling),
            )
        except IncompleteOutputException as error:
            completion = error.last_completion
        except InstructorRetryException as error:
            # Unfit replies are judged by our own reading of them; anything else lies one cause deeper.
            failure = None if error.failed_attempts else error.__cause__
            completion = error.failed_attempts[-1].completion if error.failed_attempts else None
        finally:
            CALL.reset(token)
        return (
            cast("ChatCompletion", completion)
            if failure is None
            else self._fault(call, failure, system + user)
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._openai.close()

    def _options(
        self, shape: type[BaseModel], max_tokens: int, sampling: Mapping[str, Any]
    ) -> dict[str, Any]:
        words = wording(self._provider, self._ref.name)
        options: dict[str, Any] = {"model": self._ref.name, words.max_tokens_field: max_tokens}
        if words.temperature is not None:
            options["temperature"] = words.temperature
        extra = dict(sampling)
        if self._provider.dialect == "openai-strict":
            # Instructor never asks for strict replies; what stands here replaces its own form of the schema.
            extra["response_format"] = dialects.response_format(shape)
        if extra:
            options["extra_body"] = extra
        return options

    def _fault(self, call: Call, failure: BaseException, prompt: str) -> Fault:
        fault = translate(failure, replace(self._target, prompt=prompt), asked_s=call.last.retry_after_s)
        if fault is None:
            # A bug or a recording that does not match: not the model's doing, so not in its words.
            raise failure.__cause__ or failure
        if call.last.status is not None:
            call.settle(outcome="failed" if fault.error.retryable else "rejected")
        return fault


@lru_cache(maxsize=256)
def _prepared(shape: type[BaseModel]) -> type[BaseModel]:
    """The class that Instructor would otherwise derive anew for every request."""
    return instructor.response_schema(shape)


def _target(ref: ModelRef, provider: Provider, key: str | None, uds: Path | None) -> Target:
    parts = urlsplit(provider.base_url or "")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return Target(
        model=str(ref),
        address=str(uds) if uds else f"{parts.hostname}:{port}",
        key_name=None if provider.elsewhere else provider.key_name,
        embedded=provider.embedded,
        key=key or "",
    )
