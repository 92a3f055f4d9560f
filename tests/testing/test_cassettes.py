"""Recorded over real sockets from a fake model, replayed without any."""

import asyncio
import gzip
import socket
import threading
from pathlib import Path
from typing import Any

import openai
import pytest

from summarizer.testing import check_secrets, use_cassette
from summarizer.testing.storage import read
from tests.testing.asking import GONE, Facts, ask, fill_in


@pytest.mark.summarizer_loopback
def test_a_replay_gives_the_recorded_answers_and_sends_nothing(model: Any, recorded: Path) -> None:
    with use_cassette(recorded):
        assert asyncio.run(ask(model.origin, "second?", "first?")) == ["two", "one"]

    assert model.requests == []


@pytest.mark.summarizer_loopback
def test_a_replay_needs_neither_the_port_nor_the_key_nor_the_network(recorded: Path) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a replay tried to connect")

    with pytest.MonkeyPatch.context() as patch, use_cassette(recorded):
        patch.setattr(socket.socket, "connect", refuse)
        assert asyncio.run(ask("https://elsewhere.example:1/v1", "first?", "second?")) == ["one", "two"]


@pytest.mark.summarizer_loopback
def test_the_synchronous_client_replays_the_same_cassette(recorded: Path) -> None:
    with use_cassette(recorded), openai.OpenAI(api_key="k", base_url=GONE, max_retries=0) as client:
        replies = [
            client.chat.completions.create(model="fake", messages=[{"role": "user", "content": question}])
            for question in ("first?", "second?")
        ]

    assert [reply.choices[0].message.content for reply in replies] == ["one", "two"]


@pytest.mark.summarizer_loopback
def test_a_client_on_a_loop_in_another_thread_replays(recorded: Path) -> None:
    """The synchronous API of the product keeps one loop running beside the caller's thread."""
    answers: list[Any] = []
    with use_cassette(recorded):
        thread = threading.Thread(target=lambda: answers.append(asyncio.run(ask(GONE, "first?", "second?"))))
        thread.start()
        thread.join()

    assert answers == [["one", "two"]]


@pytest.mark.summarizer_loopback
def test_a_model_on_a_unix_socket_is_recorded_and_replayed_without_it(
    socket_model: Any, cassette: Path
) -> None:
    socket_model.says("from a socket")
    with use_cassette(cassette, record=True):
        asyncio.run(ask(socket_model.origin, "where?", uds=socket_model.socket_path))
    assert len(socket_model.requests) == 1

    with use_cassette(cassette):
        answers = asyncio.run(ask("http://other.local/v1", "where?", uds=Path("/nowhere")))

    assert answers == ["from a socket"]
    assert check_secrets(cassette) == []


@pytest.mark.summarizer_loopback
def test_instructors_second_question_is_recorded_and_replayed(model: Any, cassette: Path) -> None:
    model.says('{"number": "none"}')
    model.says('{"number": 7}')

    with use_cassette(cassette, record=True):
        assert asyncio.run(fill_in(model.origin, "How many?")) == Facts(number=7)
    with use_cassette(cassette):
        assert asyncio.run(fill_in(GONE, "How many?")) == Facts(number=7)

    assert len(model.requests) == 2


@pytest.mark.summarizer_loopback
def test_a_failure_and_its_successful_retry_replay_in_order(model: Any, cassette: Path) -> None:
    model.answers(b'{"error": {"message": "slow down"}}', status=429, retry_after="7")
    model.says("at last")

    def twice(origin: str) -> tuple[str, list[str | None]]:
        with pytest.raises(openai.RateLimitError) as caught:
            asyncio.run(ask(origin, "now?"))
        return caught.value.response.headers["retry-after"], asyncio.run(ask(origin, "now?"))

    with use_cassette(cassette, record=True):
        first = twice(model.origin)
    with use_cassette(cassette):
        assert twice(GONE) == first == ("7", ["at last"])


@pytest.mark.summarizer_loopback
def test_a_compressed_reply_is_readable_in_the_file_and_replays(model: Any, cassette: Path) -> None:
    model.says("пример " * 20)
    status, headers, body = model.replies.pop()
    model.replies.append((status, headers | {"content-encoding": "gzip"}, gzip.compress(body)))

    with use_cassette(cassette, record=True):
        said = asyncio.run(ask(model.origin, "what?"))
    with use_cassette(cassette):
        assert asyncio.run(ask(GONE, "what?")) == said == ["пример " * 20]

    assert read(cassette)[0].reply.headers == {"content-type": ["application/json"]}


@pytest.mark.summarizer_loopback
def test_text_replays_character_by_character(model: Any, cassette: Path) -> None:
    text = " lead\r\nNEL\x85LS\u2028PS\u2029 “quotes” \U0001f1fa\U0001f1e6 trailing \n\ttab\xa0\u200b \n"
    model.says(text)

    with use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, text))
    with use_cassette(cassette):
        assert asyncio.run(ask(GONE, text)) == [text]


@pytest.mark.summarizer_loopback
def test_after_the_block_requests_leave_again(model: Any, recorded: Path) -> None:
    with use_cassette(recorded):
        asyncio.run(ask(GONE, "first?", "second?"))

    assert asyncio.run(ask(model.origin, "third?")) == ["one"]
    assert len(model.requests) == 1
