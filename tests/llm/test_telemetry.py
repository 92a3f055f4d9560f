"""Spans of requests: off unless switched on, right in the conventions' words, and silent about content."""

import asyncio
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from summarizer.errors import RateLimited
from summarizer.llm.telemetry import request_span
from summarizer.types import Tokens

pytest.importorskip("opentelemetry.sdk", reason="the tests of spans need opentelemetry-sdk")

from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

ASKED: Mapping[str, Any] = {
    "provider": "openai",
    "model": "gpt-5-mini",
    "max_tokens": 900,
    "address": "api.openai.com",
    "port": 443,
}


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What an application that configured OpenTelemetry receives."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    # The real setter works only once in a process.
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    return exporter


def only(spans: InMemorySpanExporter) -> ReadableSpan:
    (span,) = spans.get_finished_spans()
    return span


def test_a_request_is_described_in_the_words_of_the_conventions(spans: InMemorySpanExporter) -> None:
    with request_span(on=True, **ASKED) as span:
        span.came_back(
            status=200,
            tokens=Tokens(input=700, cached=600, output=50),
            finish_reasons=["stop"],
            model="gpt-5-mini-2025-08-07",
        )
    found = only(spans)
    assert (found.name, found.kind) == ("chat gpt-5-mini", SpanKind.CLIENT)
    assert found.status.status_code is StatusCode.UNSET
    assert dict(found.attributes or {}) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-5-mini",
        "gen_ai.request.max_tokens": 900,
        "gen_ai.output.type": "json",
        "server.address": "api.openai.com",
        "server.port": 443,
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.response.model": "gpt-5-mini-2025-08-07",
        "gen_ai.usage.input_tokens": 700,
        "gen_ai.usage.cache_read.input_tokens": 600,
        "gen_ai.usage.output_tokens": 50,
    }


def test_what_is_not_known_is_left_out(spans: InMemorySpanExporter) -> None:
    with request_span(on=True, provider="local", model="m", port=1) as span:
        span.came_back()
    assert set(only(spans).attributes or {}) == {
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "gen_ai.request.model",
        "gen_ai.output.type",
    }


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("azure", "azure.ai.openai"),
        ("gemini", "gcp.gemini"),
        ("mistral", "mistral_ai"),
        ("openrouter", "openrouter"),
    ],
)
def test_providers_have_the_names_of_the_conventions(
    spans: InMemorySpanExporter, ours: str, theirs: str
) -> None:
    with request_span(on=True, provider=ours, model="m"):
        pass
    assert (only(spans).attributes or {})["gen_ai.provider.name"] == theirs


def test_a_bad_status_is_an_error(spans: InMemorySpanExporter) -> None:
    with request_span(on=True, **ASKED) as span:
        span.came_back(status=429)
    found = only(spans)
    assert (found.attributes or {})["error.type"] == "429"
    assert (found.status.status_code, found.status.description) == (StatusCode.ERROR, None)


def test_an_error_is_named_by_its_class_and_its_words_stay_here(spans: InMemorySpanExporter) -> None:
    """A provider's message may quote the prompt or the key."""
    with pytest.raises(RateLimited), request_span(on=True, **ASKED):
        raise RateLimited("the article said: secret words, key sk-123")
    found = only(spans)
    assert (found.attributes or {})["error.type"] == "RateLimited"
    assert found.status.status_code is StatusCode.ERROR
    assert "secret words" not in found.to_json()
    assert "sk-123" not in found.to_json()
    assert not found.events


def test_a_cancelled_request_ends_its_span(spans: InMemorySpanExporter) -> None:
    async def asking() -> None:
        with request_span(on=True, **ASKED):
            await asyncio.Event().wait()

    async def cancelled() -> None:
        task = asyncio.create_task(asking())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert (only(spans).attributes or {})["error.type"] == "CancelledError"


def test_requests_at_the_same_time_have_spans_of_their_own_below_the_callers(
    spans: InMemorySpanExporter,
) -> None:
    async def asking(number: int) -> None:
        with request_span(on=True, provider="openai", model=f"m{number}") as span:
            await asyncio.sleep(0)
            span.came_back(tokens=Tokens(input=number, cached=0, output=0))

    async def both() -> None:
        with trace.get_tracer("the application").start_as_current_span("briefing"):
            await asyncio.gather(asking(1), asking(2))

    asyncio.run(both())
    found = {span.name: span for span in spans.get_finished_spans()}
    for number in (1, 2):
        span, above = found[f"chat m{number}"], found["briefing"].context
        assert (span.attributes or {})["gen_ai.usage.input_tokens"] == number
        assert span.parent
        assert above
        assert span.parent.span_id == above.span_id


def test_nothing_is_recorded_while_the_switch_is_off(spans: InMemorySpanExporter) -> None:
    with request_span(on=False, **ASKED) as span:
        span.came_back(status=500, tokens=Tokens(input=1, cached=0, output=1))
    assert not spans.get_finished_spans()


def test_nothing_happens_where_no_application_configured_spans() -> None:
    with request_span(on=True, **ASKED) as span:
        span.came_back(status=500)
        assert not trace.get_current_span().is_recording()


def test_nothing_happens_where_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with request_span(on=True, **ASKED) as span:
        span.came_back(status=500, finish_reasons=["stop"])
        span.failed("TimedOut")
