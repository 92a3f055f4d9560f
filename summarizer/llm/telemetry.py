"""Spans of requests for OpenTelemetry, in the words of its conventions for generative AI; off unless switched on.

Says who was asked, how much it took and what kind of failure it met; never a prompt, a reply, an article or a key.
The program only describes: which spans are kept and where they go, the embedding application configures.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from summarizer.types import Tokens

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer
    from opentelemetry.util.types import AttributeValue

__all__ = ["RequestSpan", "request_span"]

_WELL_KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {"azure": "azure.ai.openai", "gemini": "gcp.gemini", "google": "gcp.gemini", "mistral": "mistral_ai"}
)
"""Providers that the conventions call by another name than we do."""


class RequestSpan:
    """Takes what came back from one request; does nothing when nobody records it."""

    def __init__(self, span: "Span | None" = None) -> None:
        self._span = span if span is not None and span.is_recording() else None

    def came_back(
        self,
        *,
        status: int | None = None,
        tokens: Tokens | None = None,
        finish_reasons: Sequence[str] = (),
        model: str | None = None,
    ) -> None:
        """Enter a reply; fields that are not known are left out.

        Args:
            status: HTTP status; one from 400 on makes the span an error.
            tokens: As the provider counted them.
            finish_reasons: Why the model stopped, one for each choice.
            model: The model that answered, as the provider calls it.
        """
        if self._span is None:
            return
        known: dict[str, AttributeValue | None] = {
            "gen_ai.response.finish_reasons": list(finish_reasons) or None,
            "gen_ai.response.model": model,
        }
        if tokens is not None:
            known["gen_ai.usage.input_tokens"] = tokens.input
            known["gen_ai.usage.cache_read.input_tokens"] = tokens.cached
            known["gen_ai.usage.output_tokens"] = tokens.output
        self._span.set_attributes({name: value for name, value in known.items() if value is not None})
        if status is not None and status >= 400:  # noqa: PLR2004 -- HTTP errors
            self.failed(str(status))

    def failed(self, kind: str) -> None:
        """Mark the request as failed.

        Args:
            kind: A status or the name of a class of errors; never a message, which may quote what was sent.
        """
        if self._span is None:
            return
        from opentelemetry.trace import StatusCode

        self._span.set_attribute("error.type", kind)
        self._span.set_status(StatusCode.ERROR)


@contextmanager
def request_span(
    *,
    on: bool,
    provider: str,
    model: str,
    max_tokens: int | None = None,
    address: str | None = None,
    port: int | None = None,
) -> Generator[RequestSpan]:
    """Describe one request while it is under way; an error that passes through marks it as failed.

    Args:
        on: Whether spans are wanted at all.
        provider: As in `provider/name`.
        model: The model asked for.
        max_tokens: Longest reply.
        address: Host, or path of a Unix socket; without user, key or query.
        port: Of that host.

    Yields:
        Where to enter what came back.
    """
    tracer = _tracer() if on else None
    if tracer is None:
        yield RequestSpan()
        return
    from opentelemetry.trace import SpanKind

    with tracer.start_as_current_span(
        f"chat {model}",
        kind=SpanKind.CLIENT,
        attributes=_asked(provider, model, max_tokens, address, port),
        # Either would write the error's message into the span.
        record_exception=False,
        set_status_on_exception=False,
    ) as recorded:
        span = RequestSpan(recorded)
        try:
            yield span
        except BaseException as error:
            # Being cancelled or interrupted is an outcome too.
            span.failed(type(error).__name__)
            raise


def _tracer() -> "Tracer | None":
    """Asked for each time, because the application may configure its provider after the first request."""
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("summarizer")


def _asked(
    provider: str, model: str, max_tokens: int | None, address: str | None, port: int | None
) -> "dict[str, AttributeValue]":
    known: dict[str, AttributeValue | None] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _WELL_KNOWN.get(provider, provider),
        "gen_ai.request.model": model,
        "gen_ai.request.max_tokens": max_tokens,
        "gen_ai.output.type": "json",
        "server.address": address,
        "server.port": port if address is not None else None,
    }
    return {name: value for name, value in known.items() if value is not None}
