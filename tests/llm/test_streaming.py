"""A reply that comes piece by piece is heard as it grows, and is then the reply that would have come whole."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.llm.cache import ReplyCache
from summarizer.llm.streaming import as_stream, read_stream
from summarizer.types import Tokens
from tests.llm.asking import Answer, ask
from tests.llm.fake_server import FakeServer, Say, answer, completion, failure

pytestmark = pytest.mark.summarizer_loopback

GOOD = Answer(city="Lisbon", year=1755)
SAID = '{"city": "Lisbon", "year": 1755}'
STREAM = {"content-type": "text/event-stream; charset=utf-8"}


def _pieces(
    content: str, *, cut: Sequence[int] = (9, 20), finish: str | None = "stop"
) -> list[dict[str, Any]]:
    """A reply as services send it: the role, the words, the reason to end, and last the tokens."""
    bounds = [0, *cut, len(content)]
    words = [content[start:end] for start, end in itertools.pairwise(bounds)]
    deltas: list[dict[str, Any]] = [{"role": "assistant"}, *({"content": said} for said in words)]
    pieces: list[dict[str, Any]] = [
        {"id": "fake-1", "choices": [{"index": 0, "delta": delta}]} for delta in deltas
    ]
    if finish:
        pieces.append({"id": "fake-1", "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        pieces.append({"id": "fake-1", "choices": [], "usage": completion("")["usage"]})
    return pieces


def _stream(pieces: Sequence[object], *, end: str = "data: [DONE]\n\n") -> Say:
    return Say(body="".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces) + end, headers=STREAM)


def _unheard(_: str) -> None:
    """Listens, and forgets."""


def test_a_listener_hears_the_reply_grow_and_the_caller_gets_it_whole() -> None:
    heard: list[str] = []

    with FakeServer(_stream(_pieces(SAID))) as server:
        asked = ask(server, listener=heard.append)

    assert asked.value == GOOD
    assert heard == [SAID[:9], SAID[:20], SAID]
    assert asked.journal[0].tokens == Tokens(input=100, cached=60, output=20)
    assert server.requests[0].body["stream"] is True


def test_nobody_listening_nothing_is_streamed() -> None:
    with FakeServer(answer()) as server:
        ask(server)

    assert "stream" not in server.requests[0].body


def test_a_stream_that_ends_before_the_reply_does_is_a_broken_connection() -> None:
    """Not a short reply: it is sent again."""
    with FakeServer(_stream(_pieces(SAID, finish=None)), _stream(_pieces(SAID))) as server:
        asked = ask(server, listener=_unheard)

    assert asked.value == GOOD
    assert [(row.outcome, row.fault) for row in asked.journal] == [
        ("failed", "RemoteProtocolError"),
        ("complete", None),
    ]


def test_an_error_in_the_middle_of_a_stream_is_the_services_fault() -> None:
    begun = [*_pieces(SAID, finish=None), {"error": {"message": "overloaded", "code": 503}}]

    with FakeServer(_stream(begun), _stream(_pieces(SAID))) as server:
        asked = ask(server, listener=_unheard)

    assert asked.value == GOOD
    assert [row.fault for row in asked.journal] == ["an error under status 200", None]


def test_a_service_that_will_not_stream_is_asked_for_the_whole_reply() -> None:
    """OpenAI streams some models to verified organisations only."""
    with FakeServer(failure(400, "You must be verified to stream this model"), answer()) as server:
        asked = ask(server, listener=_unheard)

    assert asked.value == GOOD
    assert ["stream" in request.body for request in server.requests] == [True, False]
    assert asked.outcomes == ["rejected", "complete"]


def test_a_service_that_knows_no_streams_answers_as_always() -> None:
    heard: list[str] = []

    with FakeServer(answer()) as server:
        asked = ask(server, listener=heard.append)

    assert asked.value == GOOD
    assert heard == []


def test_a_reply_that_was_streamed_answers_whoever_asks_the_same_without_listening(tmp_path: Path) -> None:
    heard: list[str] = []

    cache = ReplyCache(tmp_path / "replies.sqlite")
    with FakeServer(_stream(_pieces(SAID))) as server:
        ask(server, listener=heard.append, keeper=cache)
        again = ask(server, keeper=cache)

    assert again.value == GOOD
    assert again.journal[0].recalled
    assert len(server.requests) == 1


@given(
    st.text(min_size=1), st.lists(st.integers(0, 40)), st.lists(st.integers(1, 60), min_size=1, max_size=9)
)
def test_however_a_stream_is_cut_the_reply_is_the_same(
    content: str, cut: list[int], sizes: list[int]
) -> None:
    sent = _stream(_pieces(content, cut=sorted(at for at in cut if at < len(content)))).body
    assert isinstance(sent, str)
    raw = sent.encode()

    async def arriving() -> AsyncIterator[bytes]:
        at = 0
        while at < len(raw):
            size = sizes[at % len(sizes)]
            yield raw[at : at + size]
            at += size

    request = httpx2.Request("POST", "http://fake.local/v1/chat/completions", json={"model": "fake-model"})
    response = httpx2.Response(200, headers=STREAM, content=arriving())
    heard: list[str] = []
    body = asyncio.run(read_stream(as_stream(request), response, heard.append))

    assert body is not None
    whole = json.loads(body)
    assert whole["choices"][0]["message"]["content"] == content == heard[-1]
    assert whole["usage"] == completion("")["usage"]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(heard))
