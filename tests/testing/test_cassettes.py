"""Recorded over real sockets from a fake model, replayed without any."""

import asyncio
import gzip
import json
import socket
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx2
import instructor
import openai
import pytest
from instructor.v2.core.errors import InstructorRetryException
from pydantic import BaseModel

from summarizer.errors import CassetteError
from summarizer.testing import check_secrets, explain, use_cassette
from summarizer.testing.storage import read

GONE = "http://127.0.0.1:9/v1"
"""Nothing listens here, and the guard against network use would object if anything tried."""

loopback = pytest.mark.summarizer_loopback
unix_socket = pytest.mark.summarizer_loopback

KEY = "sk-" + "abcdefgh12345678"


class Facts(BaseModel):
    """What the fake model is asked for."""

    number: int


async def ask(origin: str, *questions: str, uds: Path | None = None) -> list[str | None]:
    """Ask all questions at once, as the product does."""
    # No certificate is ever looked at here, and reading the list of authorities takes longer than the rest.
    transport = httpx2.AsyncHTTPTransport(uds=str(uds) if uds else None, verify=False)
    async with openai.AsyncOpenAI(
        api_key=KEY, base_url=origin, max_retries=0, http_client=httpx2.AsyncClient(transport=transport)
    ) as client:

        async def one(question: str) -> str | None:
            reply = await client.chat.completions.create(
                model="fake", messages=[{"role": "user", "content": question}]
            )
            return reply.choices[0].message.content

        return await asyncio.gather(*map(one, questions))


async def fill_in(origin: str, question: str) -> Facts:
    """Ask for facts through Instructor, which asks again when they do not validate."""
    async with openai.AsyncOpenAI(api_key=KEY, base_url=origin, max_retries=0) as client:
        filled = await instructor.from_openai(
            client, mode=instructor.Mode.JSON_SCHEMA
        ).chat.completions.create(
            model="fake",
            response_model=Facts,
            max_retries=1,
            messages=[{"role": "user", "content": question}],
        )
    return Facts(number=filled.number)


async def ask_and_fail(origin: str, failure: type[BaseException]) -> None:
    """Ask one question, then fail for a reason of one's own."""
    await ask(origin, "first?")
    raise failure


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """Where the test records."""
    return tmp_path / "run.yaml"


@pytest.fixture
def recorded(model: Any, cassette: Path) -> Path:
    """A cassette of two questions; the server is still up, so that a request that leaves would be seen."""
    model.says("one")
    model.says("two")
    with use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, "first?"))
        asyncio.run(ask(model.origin, "second?"))
    model.requests.clear()
    return cassette


@loopback
def test_a_replay_gives_the_recorded_answers_and_sends_nothing(model: Any, recorded: Path) -> None:
    with use_cassette(recorded):
        assert asyncio.run(ask(model.origin, "second?", "first?")) == ["two", "one"]

    assert model.requests == []


@loopback
def test_a_replay_needs_neither_the_port_nor_the_key_nor_the_network(recorded: Path) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a replay tried to connect")

    with pytest.MonkeyPatch.context() as patch, use_cassette(recorded):
        patch.setattr(socket.socket, "connect", refuse)
        assert asyncio.run(ask("https://elsewhere.example:1/v1", "first?", "second?")) == ["one", "two"]


@loopback
def test_the_synchronous_client_replays_the_same_cassette(recorded: Path) -> None:
    with use_cassette(recorded), openai.OpenAI(api_key="k", base_url=GONE, max_retries=0) as client:
        replies = [
            client.chat.completions.create(model="fake", messages=[{"role": "user", "content": question}])
            for question in ("first?", "second?")
        ]

    assert [reply.choices[0].message.content for reply in replies] == ["one", "two"]


@loopback
def test_a_client_on_a_loop_in_another_thread_replays(recorded: Path) -> None:
    """The synchronous API of the product keeps one loop running beside the caller's thread."""
    answers: list[Any] = []
    with use_cassette(recorded):
        thread = threading.Thread(target=lambda: answers.append(asyncio.run(ask(GONE, "first?", "second?"))))
        thread.start()
        thread.join()

    assert answers == [["one", "two"]]


@loopback
def test_nothing_of_the_recorder_is_in_the_file(model: Any, recorded: Path) -> None:
    written = recorded.read_text(encoding="utf-8")

    assert check_secrets(recorded) == []
    assert KEY not in written
    assert "cookie" not in written
    assert "127.0.0.1" not in written
    assert {name for one in read(recorded) for name in one.reply.headers} == {"content-type"}


@unix_socket
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


@loopback
def test_instructors_second_question_is_recorded_and_replayed(model: Any, cassette: Path) -> None:
    model.says('{"number": "none"}')
    model.says('{"number": 7}')

    with use_cassette(cassette, record=True):
        assert asyncio.run(fill_in(model.origin, "How many?")) == Facts(number=7)
    with use_cassette(cassette):
        assert asyncio.run(fill_in(GONE, "How many?")) == Facts(number=7)

    assert len(model.requests) == 2


@loopback
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


@loopback
def test_a_compressed_reply_is_readable_in_the_file_and_replays(model: Any, cassette: Path) -> None:
    model.says("пример " * 20)
    status, headers, body = model.replies.pop()
    model.replies.append((status, headers | {"content-encoding": "gzip"}, gzip.compress(body)))

    with use_cassette(cassette, record=True):
        said = asyncio.run(ask(model.origin, "what?"))
    with use_cassette(cassette):
        assert asyncio.run(ask(GONE, "what?")) == said == ["пример " * 20]

    assert read(cassette)[0].reply.headers == {"content-type": ["application/json"]}


@loopback
def test_text_replays_character_by_character(model: Any, cassette: Path) -> None:
    text = " lead\r\nNEL\x85LS\u2028PS\u2029 “quotes” \U0001f1fa\U0001f1e6 trailing \n\ttab\xa0\u200b \n"
    model.says(text)

    with use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, text))
    with use_cassette(cassette):
        assert asyncio.run(ask(GONE, text)) == [text]


# A miss


@loopback
def test_a_changed_prompt_ends_the_block_with_the_whole_explanation(recorded: Path) -> None:
    """Instructor's "Connection error." is what the code inside sees; it is not what the user sees."""
    with pytest.raises(CassetteError) as caught, use_cassette(recorded):
        asyncio.run(fill_in(GONE, "third?"))

    assert str(recorded) in str(caught.value)
    assert "-messages[0].content: 'first?'" in str(caught.value)
    assert "+messages[0].content: 'third?'" in str(caught.value)
    assert "record again" in caught.value.hint
    assert caught.value.__notes__ == [caught.value.hint]


@loopback
@pytest.mark.parametrize(
    ("use", "wrapper"), [(ask, openai.APIConnectionError), (fill_in, InstructorRetryException)]
)
def test_the_explanation_is_found_behind_what_client_libraries_raise(
    recorded: Path, use: Callable[[str, str], Coroutine[Any, Any, object]], wrapper: type[Exception]
) -> None:
    with pytest.raises(CassetteError) as at_the_end, use_cassette(recorded), pytest.raises(wrapper) as inside:
        asyncio.run(use(GONE, "third?"))

    explanation = explain(inside.value)
    assert explanation is not None
    assert str(explanation) == str(at_the_end.value)


@loopback
def test_a_miss_that_the_code_survived_still_fails_the_block(recorded: Path) -> None:
    """A pass that fails quietly must not leave a test green."""

    async def resilient() -> None:
        await asyncio.gather(
            ask(GONE, "first?"), ask(GONE, "second?"), ask(GONE, "third?"), return_exceptions=True
        )

    with pytest.raises(CassetteError, match="no recording answers"), use_cassette(recorded):
        asyncio.run(resilient())


@loopback
def test_the_same_question_twice_needs_two_recordings(recorded: Path) -> None:
    with pytest.raises(CassetteError, match="sent more often than it was recorded"), use_cassette(recorded):
        asyncio.run(ask(GONE, "first?", "second?", "first?"))


@loopback
def test_a_recording_that_nobody_asked_for_fails_the_block(recorded: Path) -> None:
    with (
        pytest.raises(CassetteError, match=r"1 of 2 recordings were never asked for\n  recording 2"),
        use_cassette(recorded),
    ):
        asyncio.run(ask(GONE, "first?"))


@loopback
def test_an_error_of_the_block_itself_is_not_hidden(recorded: Path) -> None:
    with pytest.raises(ZeroDivisionError), use_cassette(recorded):
        asyncio.run(ask_and_fail(GONE, ZeroDivisionError))


def test_explain_finds_nothing_where_there_is_nothing() -> None:
    assert explain(ValueError("no")) is None


@pytest.mark.parametrize("wrap", ["cause", "context", "group", "cycle"])
def test_explain_searches_causes_contexts_groups_and_survives_a_cycle(wrap: str) -> None:
    inner, outer = CassetteError("stale"), RuntimeError("wrapped")
    match wrap:
        case "cause":
            outer.__cause__ = inner
        case "context":
            outer.__context__ = inner
        case "group":
            outer.__cause__ = ExceptionGroup("tasks", [ValueError("other"), inner])
        case _:
            outer.__cause__ = ValueError("middle")
            outer.__cause__.__cause__ = outer
            outer.__cause__.__context__ = inner

    assert explain(outer) is inner


# Recording


@loopback
def test_recording_again_gives_the_same_file(model: Any, cassette: Path) -> None:
    """Whatever the order of the requests, the ids and the clocks."""
    model.says("same")

    def record(*questions: str) -> bytes:
        with use_cassette(cassette, record=True):
            for question in questions:
                asyncio.run(ask(model.origin, question))
        return cassette.read_bytes()

    before = record("a?", "b?", "c?")
    model.replies.clear()
    model.says(
        "same",
        id="chatcmpl-other",
        created=5,
        timings={"cache_n": 0, "prompt_n": 7, "prompt_ms": 9.9, "predicted_n": 3},
    )

    assert record("c?", "a?", "b?") == before


@loopback
@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt])
def test_a_recording_that_fails_leaves_the_old_one(
    model: Any, recorded: Path, failure: type[BaseException]
) -> None:
    before = recorded.read_bytes()

    with pytest.raises(failure), use_cassette(recorded, record=True):
        asyncio.run(ask_and_fail(model.origin, failure))

    assert recorded.read_bytes() == before
    assert [path.name for path in recorded.parent.iterdir()] == [recorded.name]


@loopback
def test_a_new_recording_keeps_nothing_of_the_old(model: Any, recorded: Path) -> None:
    with use_cassette(recorded, record=True):
        asyncio.run(ask(model.origin, "third?"))

    assert [
        json.loads(json.dumps(one.request.body.tree))["messages"][0]["content"]
        for one in read(recorded)
        if one.request.body
    ] == ["third?"]


def test_recording_nothing_is_an_error(cassette: Path) -> None:
    with pytest.raises(CassetteError, match="nothing was recorded"), use_cassette(cassette, record=True):
        pass

    assert not cassette.exists()


@loopback
def test_a_recorded_secret_is_reported_at_once(model: Any, cassette: Path) -> None:
    model.says("fine", model="/home/alice/models/m.gguf")

    with pytest.raises(CassetteError, match=r"folder '/home/alice'"), use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, "which?"))


@loopback
@pytest.mark.parametrize("record", [True, False])
def test_a_request_that_is_not_json_fails_the_block_even_when_survived(recorded: Path, record: bool) -> None:
    with (
        pytest.raises(CassetteError, match="only requests with a JSON body"),
        use_cassette(recorded, record=record),
        httpx2.Client() as client,
        pytest.raises(CassetteError),
    ):
        client.post(GONE, content=b"not json")


@loopback
def test_after_the_block_requests_leave_again(model: Any, recorded: Path) -> None:
    with use_cassette(recorded):
        asyncio.run(ask(GONE, "first?", "second?"))

    assert asyncio.run(ask(model.origin, "third?")) == ["one"]
    assert len(model.requests) == 1
