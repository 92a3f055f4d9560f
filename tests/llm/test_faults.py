"""Every way a request can fail, and what we call it: once, without the key and without the prompt."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import httpx2
import openai
import pytest

from summarizer.errors import (
    ContextTooLong,
    EngineFailed,
    Filtered,
    ModelError,
    ModelNotFound,
    NotAuthorised,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    SummarizerError,
    TimedOut,
    Unreachable,
)
from summarizer.llm import Client, ModelRef, RetryPolicy
from summarizer.llm.faults import Target, translate
from tests.llm.asking import MODEL, ask
from tests.llm.fake_server import FakeServer, Say, failure

pytestmark = pytest.mark.summarizer_loopback

TARGET = Target(model="openai/fake-model", address="api.example:443", key="sk-secret-key", prompt="p" * 100)


def _subclasses(kind: type[openai.OpenAIError]) -> Iterator[type[openai.OpenAIError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)


KINDS = list(dict.fromkeys(_subclasses(openai.OpenAIError)))


def _made(kind: type[openai.OpenAIError]) -> openai.OpenAIError:
    """An instance of any of them, however its constructor is called."""
    error = kind.__new__(kind)
    request = httpx2.Request("POST", "https://api.example/v1/chat/completions")
    status = getattr(kind, "status_code", 500)
    error.__dict__.update(
        {"body": None, "code": None, "type": None, "message": "", "request": request, "status_code": status}
    )
    error.__dict__["response"] = httpx2.Response(status if isinstance(status, int) else 500, request=request)
    return error


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_the_client_has_a_name_of_ours(kind: type[openai.OpenAIError]) -> None:
    fault = translate(_made(kind), TARGET)
    assert fault is not None
    assert isinstance(fault.error, ModelError)
    assert "fake-model" in str(fault.error)


def test_what_is_no_fault_of_the_provider_is_left_alone() -> None:
    """A recording that does not match arrives as a connection error; its own words are the useful ones."""
    error = openai.APIConnectionError(request=httpx2.Request("POST", "https://api.example"))
    error.__cause__ = LookupError("no such recording")
    assert translate(error, TARGET) is None
    assert translate(LookupError("a bug"), TARGET) is None


def test_errors_that_name_each_other_as_their_cause_are_told_once() -> None:
    error = openai.APIConnectionError(request=httpx2.Request("POST", "https://api.example"))
    error.__cause__ = httpx2.ConnectError("no route")
    error.__cause__.__cause__ = error
    fault = translate(error, TARGET)
    assert fault is not None
    assert isinstance(fault.error, Unreachable)


@pytest.mark.parametrize(
    ("status", "expected", "sent"),
    [
        (400, RequestRejected, 1),
        (401, NotAuthorised, 1),
        (402, QuotaExhausted, 1),
        (403, NotAuthorised, 1),
        (404, RequestRejected, 1),
        (408, TimedOut, 6),
        (409, ProviderFailed, 6),
        (413, RequestRejected, 1),
        (418, RequestRejected, 1),
        (422, RequestRejected, 1),
        (429, RateLimited, 6),
        (500, ProviderFailed, 6),
        (502, ProviderFailed, 6),
        (503, ProviderFailed, 6),
        (529, ProviderFailed, 6),
    ],
)
def test_a_status_decides_the_error_and_how_often_it_is_tried(
    status: int, expected: type[SummarizerError], sent: int
) -> None:
    with FakeServer(failure(status)) as server:
        asked = ask(server)
    assert type(asked.error) is expected
    assert len(server.requests) == len(asked.journal) == sent
    assert {(row.status, row.outcome) for row in asked.journal} == {
        (status, "failed" if sent > 1 else "rejected")
    }


def test_a_wrong_key_is_named_by_its_variable_and_never_shown() -> None:
    message = "Incorrect API key provided: sk-secret-key. Find yours in your account."
    with FakeServer(failure(401, message, code="invalid_api_key")) as server:
        asked = ask(server)
    assert isinstance(asked.error, NotAuthorised)
    assert "sk-" not in f"{asked.error} {asked.error.hint}"
    assert "127.0.0.1" in str(asked.error)


def test_a_forbidden_request_is_explained_in_the_words_of_the_provider_but_for_the_key() -> None:
    with FakeServer(failure(403, "Key sk-secret-key (sk-sec...key) may not be used from here")) as server:
        asked = ask(server)
    assert isinstance(asked.error, NotAuthorised)
    assert "Key [key] ([key]) may not be used from here" in str(asked.error)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_of_any_form_is_left_out_of_the_words_of_the_provider(status: int) -> None:
    with FakeServer(failure(status, "no such key: hf_OURKEY")) as server:
        asked = ask(server, api_key="hf_OURKEY")
    assert "hf_OURKEY" not in str(asked.error)


def test_a_wrong_key_is_not_shown_in_part_either() -> None:
    with FakeServer(failure(401, "no such key: hf_O***EY")) as server:
        assert "hf_O" not in str(ask(server, api_key="hf_OURKEY").error)


def test_an_unknown_model_is_named() -> None:
    with FakeServer(failure(404, "The model `fake-model` does not exist", code="model_not_found")) as server:
        asked = ask(server)
    assert isinstance(asked.error, ModelNotFound)
    assert "'fake-model'" in str(asked.error)


def test_an_account_without_credit_is_no_rate_limit() -> None:
    with FakeServer(failure(429, "You exceeded your current quota", code="insufficient_quota")) as server:
        asked = ask(server)
    assert isinstance(asked.error, QuotaExhausted)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("message", "fields", "excess"),
    [
        (
            "This model's maximum context length is 4097 tokens. However, your messages resulted in 5613 tokens.",
            {"code": "context_length_exceeded"},
            "1516 tokens too many",
        ),
        ("Input tokens exceed the configured limit of 272,000 tokens.", {}, ""),
        (
            "the request exceeds the available context size, try increasing it",
            {"type": "exceed_context_size_error", "n_prompt_tokens": 4476, "n_ctx": 4096},
            "380 tokens too many",
        ),
    ],
)
def test_a_prompt_too_long_is_said_to_be_so_by_how_much(
    message: str, fields: dict[str, Any], excess: str
) -> None:
    with FakeServer(failure(400, message, **fields)) as server:
        asked = ask(server)
    assert isinstance(asked.error, ContextTooLong)
    assert str(asked.error).endswith(excess)


def test_a_request_stopped_by_a_content_filter_is_filtered() -> None:
    with FakeServer(failure(400, "policy", code="content_filter")) as server:
        assert isinstance(ask(server).error, Filtered)


def test_a_provider_may_say_that_trying_again_is_useless() -> None:
    with FakeServer(failure(503, headers={"x-should-retry": "false"})) as server:
        asked = ask(server)
    assert isinstance(asked.error, ProviderFailed)
    assert len(server.requests) == 1


def test_the_words_of_a_provider_are_left_out_where_they_repeat_the_prompt() -> None:
    article = "The harbour of Porto Claro was closed at dawn, the ministry said, and reopened before noon."
    with FakeServer(failure(400, f"invalid input: {article}")) as server:
        asked = ask(server, user=f"[1] {article}")
    assert isinstance(asked.error, RequestRejected)
    assert "Porto Claro" not in str(asked.error)


def test_the_words_of_a_provider_reach_no_terminal_with_control_characters() -> None:
    with FakeServer(failure(400, "bad \x1b[2Jthing\u202e")) as server:
        asked = ask(server)
    assert "(bad [2Jthing)" in str(asked.error)


def test_a_redirect_is_not_followed() -> None:
    """Following one would send the article to a server that nobody chose."""
    with FakeServer() as elsewhere:
        redirect = Say(status=307, headers={"location": f"{elsewhere.base_url}/chat/completions"})
        with FakeServer(redirect) as server:
            asked = ask(server)
        assert isinstance(asked.error, RequestRejected)
        assert "redirects" in str(asked.error)
        assert len(server.requests) == 1
        assert elsewhere.requests == []


def test_a_refused_connection_names_host_and_port() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with FakeServer() as server:
            asked = ask(server, base_url=f"http://127.0.0.1:{port}/v1")
    assert isinstance(asked.error, Unreachable)
    assert f"127.0.0.1:{port}" in str(asked.error)
    assert [row.fault for row in asked.journal] == ["ConnectError"] * 6


@pytest.mark.parametrize("then", ["reset", "cut"])
def test_a_connection_that_breaks_is_tried_again(then: Literal["reset", "cut"]) -> None:
    say = Say(body="{" * 100, then=then)
    with FakeServer(say, say, say) as server:
        asked = ask(server)
    assert isinstance(asked.error, Unreachable)
    assert "broke" in str(asked.error)
    assert len(server.requests) == 6


def test_a_silent_server_is_given_up_and_tried_again() -> None:
    with FakeServer(Say(then="hang"), Say(then="hang")) as server:
        asked = ask(server, timeout_s=0.1, policy=RetryPolicy(attempts=2))
    assert isinstance(asked.error, TimedOut)
    assert [row.fault for row in asked.journal] == ["ReadTimeout"] * 2


def test_a_server_that_does_not_speak_tls_is_not_tried_again() -> None:
    with FakeServer() as server:
        asked = ask(server, base_url=server.base_url.replace("http:", "https:"))
    assert isinstance(asked.error, Unreachable)
    assert "secure" in str(asked.error)
    assert len(asked.journal) == 1


def test_an_engine_that_dies_while_it_writes_has_failed(tmp_path: Path) -> None:
    path = tmp_path / "engine.sock"
    with FakeServer(Say(then="reset"), uds=path) as server:
        asked = ask(server, ref=ModelRef("local", "tiny"), uds=path)
    assert isinstance(asked.error, EngineFailed)
    assert len(server.requests) == len(asked.journal) == 2


def test_a_missing_key_is_noticed_before_anything_is_sent() -> None:
    with pytest.raises(NotAuthorised) as caught:
        Client(MODEL)
    assert "OPENAI_API_KEY" in caught.value.hint
