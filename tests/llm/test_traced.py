"""Requests as OpenTelemetry sees them, when it is switched on."""

from typing import Any

import pytest

from tests.llm.asking import ask
from tests.llm.fake_server import FakeServer, answer, failure

pytestmark = pytest.mark.summarizer_loopback


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Any:
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="needs the extra telemetry's SDK")
    from opentelemetry import trace
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    return exporter


def test_each_request_sent_has_its_span_and_none_holds_the_article(spans: Any) -> None:
    with FakeServer(failure(500), answer()) as server:
        ask(server, user="The troops crossed the Sula River.", traced=True)
    found = spans.get_finished_spans()
    assert [span.attributes.get("error.type") for span in found] == ["500", None]
    assert found[1].attributes["gen_ai.usage.output_tokens"] == 20
    assert "Sula" not in str([dict(span.attributes) for span in found])


def test_nothing_is_described_unless_it_is_switched_on(spans: Any) -> None:
    with FakeServer() as server:
        ask(server)
    assert not spans.get_finished_spans()
