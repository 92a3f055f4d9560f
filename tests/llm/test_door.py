"""What the transport makes of replies that only look good, and that recordings pass through it."""

import asyncio
import gzip
import json
from pathlib import Path
from typing import Any, cast

import pytest
import vcr  # pyright: ignore[reportMissingTypeStubs]
from hypothesis import given
from hypothesis import strategies as st
from vcr.errors import CannotOverwriteExistingCassetteException  # pyright: ignore[reportMissingTypeStubs]

from summarizer.errors import ProviderFailed, QuotaExhausted, RateLimited
from summarizer.llm import ModelRef
from summarizer.llm.arrivals import see, told_limit
from summarizer.llm.wires.openai_chat import OpenAIChat
from summarizer.types import Tokens
from tests.llm.asking import Answer, Asked, ask, asking
from tests.llm.fake_server import FakeServer, Say, answer, completion

pytestmark = pytest.mark.summarizer_loopback

GOOD = Answer(city="Lisbon", year=1755)


def _uncounted(content: str | None) -> dict[str, Any]:
    """What a gateway makes up, and a model would not: nothing, for no tokens."""
    return {key: value for key, value in completion(content).items() if key != "usage"}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<html>Sign in to the hotel network</html>", "not JSON"),
        ("", "not JSON"),
        (b"\xff\xfe\xff", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("null", "no choices"),
        ("[]", "no choices"),
        ('"text"', "no choices"),
        ({"choices": []}, "no choices"),
        ({"choices": [{"message": None}]}, "no message"),
        (_uncounted(None), "an empty message"),
        (_uncounted("  \n"), "an empty message"),
        ({"error": {"message": "upstream is down", "code": 502}}, "an error under status 200"),
        ({"error": "upstream is down"}, "an error under status 200"),
    ],
)
def test_a_reply_that_no_model_gave_is_a_gateways_fault(
    body: dict[str, Any] | str | bytes, fault: str
) -> None:
    """It is waited out like a 502, not sent back to the model for correction."""
    with FakeServer(Say(body=body, headers={"content-type": "text/html"}), answer()) as server:
        asked = ask(server)
    assert asked.value == GOOD
    assert (asked.journal[0].status, asked.journal[0].fault, asked.journal[0].outcome) == (
        200,
        fault,
        "failed",
    )
    assert server.requests[1].body == server.requests[0].body


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"message": "slow down", "code": 429}, RateLimited),
        ({"message": "no credit", "code": 402}, QuotaExhausted),
        ({"message": "odd", "code": 200}, ProviderFailed),
        ({"message": "odd", "code": "overloaded"}, ProviderFailed),
    ],
)
def test_an_error_under_a_good_status_counts_as_its_own_code(
    error: dict[str, object], expected: type[Exception]
) -> None:
    with FakeServer(Say(body={"error": error})) as server:
        assert type(ask(server).error) is expected


@pytest.mark.parametrize("kind", ["text/plain", "text/html; charset=latin-1", ""])
def test_json_is_read_whatever_it_is_called(kind: str) -> None:
    with FakeServer(
        Say(body=completion('{"city": "Lisbon", "year": 1755}'), headers={"content-type": kind})
    ) as server:
        assert ask(server).value == GOOD


def test_a_compressed_reply_that_nobody_asked_for_is_read() -> None:
    body = gzip.compress(json.dumps(completion('{"city": "Lisbon", "year": 1755}')).encode())
    with FakeServer(Say(body=body, headers={"content-encoding": "gzip"})) as server:
        assert ask(server).value == GOOD


def test_a_small_reply_that_inflates_without_end_is_given_up() -> None:
    body = gzip.compress(b" " * (64 * 2**20))
    with FakeServer(Say(body=body, headers={"content-encoding": "gzip"})) as server:
        asked = ask(server)
    assert isinstance(asked.error, ProviderFailed)
    assert {row.fault for row in asked.journal} == {"longer than 8 MB"}


def test_llama_cpp_counts_tokens_in_its_timings() -> None:
    timings = {"cache_n": 697, "prompt_n": 45, "predicted_n": 12}
    bare = {"choices": completion("{}")["choices"], "timings": timings}
    assert see(200, json.dumps(bare).encode(), OpenAIChat.worth).tokens == Tokens(
        input=742, cached=697, output=12
    )
    both = {**bare, "usage": {"prompt_tokens": 742, "completion_tokens": 12}}
    assert see(200, json.dumps(both).encode(), OpenAIChat.worth).tokens == Tokens(
        input=742, cached=697, output=12
    )


def test_a_reply_that_counts_no_tokens_is_not_counted_as_none() -> None:
    body = {key: value for key, value in completion("{}").items() if key != "usage"}
    assert see(200, json.dumps(body).encode(), OpenAIChat.worth).tokens is None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["choices", "message", "error", "usage", "code"]), inner)
    ),
)


@given(_json, st.sampled_from([200, 204, 307, 404, 500]))
def test_no_json_can_break_the_look_at_it(data: object, status: int) -> None:
    seen = see(status, json.dumps(data).encode(), OpenAIChat.worth)
    assert 200 <= seen.status < 600


def _tape(path: Path, mode: str) -> Any:
    recorder: Any = cast("Any", vcr.VCR)  # not annotated
    return recorder(match_on=["method", "path", "query", "body"], record_mode=mode).use_cassette(str(path))


def test_a_recording_replays_without_the_server_and_tells_a_miss(tmp_path: Path) -> None:
    """The recorder patches the transport below ours, so what is replayed is journalled like the real thing."""
    tape = tmp_path / "tape.yaml"
    with FakeServer(Say(status=500, body="{}"), answer()) as server:
        with _tape(tape, "once"):
            recorded = ask(server)
        sent = len(server.requests)
        with _tape(tape, "none"):
            replayed = ask(server)
        assert len(server.requests) == sent == 2
        assert recorded.value == replayed.value == GOOD
        assert [row.tokens for row in replayed.journal] == [row.tokens for row in recorded.journal]
        with (
            _tape(tape, "none"),
            pytest.raises(CannotOverwriteExistingCassetteException, match=r"tape\.yaml"),
        ):
            ask(server, user="something else")


def test_a_recording_over_a_socket_replays_when_the_socket_is_gone(tmp_path: Path) -> None:
    tape, path = tmp_path / "tape.yaml", tmp_path / "engine.sock"

    def over_socket(server: FakeServer) -> Asked:
        return asyncio.run(asking(server, ref=ModelRef("local", "tiny"), uds=path))

    with FakeServer(uds=path) as server, _tape(tape, "once"):
        recorded = over_socket(server)
    path.unlink()
    with _tape(tape, "none"):
        assert over_socket(server).value == recorded.value == GOOD


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "200000"}, (500, 200000)),
        ({"anthropic-ratelimit-requests-limit": "50"}, (50, None)),
        ({"x-ratelimit-limit-requests": "lots", "x-ratelimit-limit-tokens": "-1"}, (None, None)),
        ({"x-ratelimit-limit-requests": "0", "x-ratelimit-limit-tokens": "inf"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_the_limits_that_a_provider_tells_are_written_down(
    headers: dict[str, str], told: tuple[float | None, float | None]
) -> None:
    assert (told_limit(headers, "requests"), told_limit(headers, "tokens")) == told
    good = answer()
    with FakeServer(Say(body=good.body, headers=headers)) as server:
        (row,) = ask(server).journal
    assert (row.rpm, row.tpm) == told
