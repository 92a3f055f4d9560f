"""Turns everything the HTTP client and the OpenAI client can raise into our own errors, in one place.

Imported only once a request is to be sent, because both clients are slow to import.
"""

import re
import ssl
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

import httpx2
import openai

from summarizer.errors import (
    ContextTooLong,
    EngineFailed,
    Filtered,
    ModelNotFound,
    NotAuthorised,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    SummarizerError,
    TimedOut,
    Truncated,
    Unreachable,
)
from summarizer.llm.retry import Fault

__all__ = ["Target", "presentable", "translate"]

_ECHO: Final = 40
"""A run of this many characters that the provider's words share with the prompt is the prompt."""

_LONGEST: Final = 300
"""Characters of the provider's words that are quoted."""

_KEY: Final = re.compile(r"\b(?:sk|rk|pk)-[\w*.-]+")
_TOKENS: Final = re.compile(r"(\d[\d,]*) tokens")
_CONTEXT: Final = re.compile(r"context[ _](length|size|window)|tokens exceed", re.IGNORECASE)
_CONTEXT_CODES: Final = frozenset({"context_length_exceeded", "exceed_context_size_error"})
_QUOTA_CODES: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


@dataclass(frozen=True, kw_only=True)
class Target:
    """Whom a request went to, for the messages, and what those must never contain."""

    model: str
    """As `provider/name`."""
    address: str
    """`host:port`, or the path of a socket."""
    key_name: str | None = None
    embedded: bool = False
    key: str = field(default="", repr=False)
    prompt: str = field(default="", repr=False)


def translate(error: BaseException, target: Target, *, asked_s: float | None = None) -> Fault | None:
    """Say in our own terms why a request failed.

    Args:
        error: What the OpenAI client raised.
        target: Whom the request went to.
        asked_s: Seconds the provider asked us to wait, if it did.

    Returns:
        The fault; None when neither network nor provider nor model is the cause, as with a bug or a recording
        that does not match.
    """
    if isinstance(error, openai.APIStatusError):
        ours = _of_status(error, target, asked_s)
        wanted = error.response.headers.get("x-should-retry") != "false"
        return Fault(error=ours, retry=ours.retryable and wanted, asked_s=asked_s)
    if isinstance(error, openai.APIConnectionError):
        cause = error.__cause__ or error
        if not isinstance(cause, (httpx2.HTTPError, openai.OpenAIError)):
            return None
        ours = _of_connection(cause, target)
        return Fault(error=ours, retry=ours.retryable and _tls_words(cause) is None)
    if isinstance(error, openai.OpenAIError):
        ours = _of_client(error, target)
        return Fault(error=ours, retry=ours.retryable)
    return None


def _of_client(error: openai.OpenAIError, target: Target) -> SummarizerError:
    match error:
        case openai.LengthFinishReasonError():
            return Truncated(f"{target.model}: the reply hit the output limit")
        case openai.ContentFilterFinishReasonError():
            return Filtered(f"{target.model}: the provider's content filter stopped the reply")
        case openai.WebSocketConnectionClosedError():
            return Unreachable(f"{target.model}: the connection to {target.address} broke")
        case _:
            return ProviderFailed(f"{target.model}: unusable reply ({type(error).__name__})")


def _of_connection(cause: Exception, target: Target) -> SummarizerError:
    waited = isinstance(cause, (httpx2.TimeoutException, openai.APITimeoutError))
    if waited and not isinstance(cause, httpx2.ConnectTimeout):
        return TimedOut(f"{target.model}: no answer from {target.address} in time")
    if target.embedded:
        return EngineFailed(f"the engine of {target.model} does not answer at {target.address}")
    if isinstance(cause, (httpx2.LocalProtocolError, httpx2.UnsupportedProtocol)):
        # The details would quote the header that is wrong, which may be the key.
        return RequestRejected(f"{target.model}: the request to {target.address} is not valid HTTP")
    if words := _tls_words(cause):
        return Unreachable(f"{target.model}: no secure connection to {target.address}: {words}")
    if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)):
        return Unreachable(f"{target.model}: no connection to {target.address}: {_root_words(cause, target)}")
    return Unreachable(
        f"{target.model}: the connection to {target.address} broke before the reply was complete"
    )


def _of_status(error: openai.APIStatusError, target: Target, asked_s: float | None) -> SummarizerError:
    body = cast("object", error.body)
    said = _said(body, target)
    codes = {error.code, error.type}
    status = error.status_code
    if status == 402 or codes & _QUOTA_CODES:  # noqa: PLR2004 -- payment required
        return QuotaExhausted(f"{target.model}: the account has no credit left{said}")
    if codes & _CONTEXT_CODES or (status in {400, 413, 422} and _CONTEXT.search(_message(body))):
        return ContextTooLong(f"{target.model}: the prompt does not fit its context window{_excess(body)}")
    if "content_filter" in codes:
        return Filtered(f"{target.model}: the provider's content filter stopped the request{said}")
    if status in {401, 403}:
        # A 401 likes to quote the key, shortened.
        return _not_authorised(target, said if status == 403 else "")  # noqa: PLR2004 -- forbidden
    if "model_not_found" in codes or (status == 404 and "model" in _message(body).lower()):  # noqa: PLR2004
        return ModelNotFound(f"{target.address} does not know the model {target.model.partition('/')[2]!r}")
    return _of_other_status(status, target, said, asked_s)


def _of_other_status(status: int, target: Target, said: str, asked_s: float | None) -> SummarizerError:
    match status:
        case 408:
            return TimedOut(f"{target.model}: {target.address} gave up waiting for the request")
        case 429:
            wait = "" if asked_s is None else f" for {asked_s:.0f} seconds"
            return RateLimited(f"{target.model}: {target.address} asks us to slow down{wait}{said}")
        case _ if status == 409 or status >= 500:  # noqa: PLR2004 -- conflict; server errors
            return ProviderFailed(f"{target.model}: {target.address} failed with status {status}{said}")
        case _ if status < 400:  # noqa: PLR2004 -- redirections
            return RequestRejected(
                f"{target.model}: {target.address} redirects, which is not followed because the article would go elsewhere",
                hint="Give the final address as --base-url.",
            )
        case _:
            return RequestRejected(f"{target.model}: {target.address} refused with status {status}{said}")


def _not_authorised(target: Target, said: str) -> NotAuthorised:
    hint = f"Set {target.key_name} to a valid key, or use the embedded model with --model local/qwen2.5-coder-1.5b."
    if target.key_name is None:
        hint = "Check the key that the server expects."
    return NotAuthorised(f"{target.model}: {target.address} did not accept the key{said}", hint=hint)


def _excess(body: object) -> str:
    """By how many tokens a prompt is too long, as far as the provider says."""
    counts = [int(count.replace(",", "")) for count in _TOKENS.findall(_message(body))]
    if isinstance(body, Mapping):
        fields = cast("Mapping[str, object]", body)
        named = [fields.get("n_prompt_tokens"), fields.get("n_ctx")]
        counts += [count for count in named if isinstance(count, int)]
    return f": {max(counts) - min(counts)} tokens too many" if len(set(counts)) > 1 else ""


def _message(body: object) -> str:
    if isinstance(body, Mapping):
        fields = cast("Mapping[str, object]", body)
        found = fields.get("message") or fields.get("detail")
        return found if isinstance(found, str) else ""
    # A page is no message.
    return body if isinstance(body, str) and not body.lstrip().startswith("<") else ""


def _said(body: object, target: Target) -> str:
    words = presentable(_message(body), target)
    return f" ({words})" if words else ""


def presentable(text: str, target: Target) -> str:
    """Someone else's words without control characters, the key, or any of the prompt."""
    keyless = _KEY.sub("[key]", text.replace(target.key, "[key]") if target.key else text)
    plain = "".join(" " if unicodedata.category(char).startswith("C") else char for char in keyless)
    shown = " ".join(plain.split())[:_LONGEST]
    prompt = " ".join(target.prompt.split())
    runs = (shown[at : at + _ECHO] for at in range(len(shown) - _ECHO + 1))
    return "" if any(run in prompt for run in runs) else shown


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def _tls_words(error: BaseException) -> str | None:
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLError):
            return getattr(cause, "verify_message", None) or cause.reason or "TLS failed"
    return None


def _root_words(error: BaseException, target: Target) -> str:
    root = list(_chain(error))[-1]
    strerror = root.strerror if isinstance(root, OSError) else None
    return presentable(strerror or str(root) or type(root).__name__, target)
