"""What is kept of an exchange, and what is not."""

import gzip
import json
from typing import Any

import pytest

from summarizer.errors import CassetteError
from summarizer.testing.recording import JsonBody, body_bytes
from summarizer.testing.scrub import scrubbed_reply, scrubbed_request


def test_only_the_content_type_of_a_request_is_kept() -> None:
    headers = {
        "Authorization": "Bearer k1",
        "Cookie": "a=b",
        "X-Anything": "new",
        "Content-Type": "application/json",
    }

    kept = scrubbed_request("POST", "http://model.invalid/v1", headers, b"{}")

    assert kept.headers == {"content-type": ["application/json"]}


def test_only_content_type_and_retry_after_of_a_reply_are_kept() -> None:
    headers = {
        "Set-Cookie": ["a=b"],
        "openai-organization": ["o"],
        "Retry-After": ["3"],
        "retry-after-ms": ["5"],
        "Content-Type": ["text/html"],
        "x-retry-after": ["1"],
    }

    kept = scrubbed_reply(429, "Too Many Requests", headers, b"")

    assert kept.headers == {"content-type": ["text/html"], "retry-after": ["3"], "retry-after-ms": ["5"]}


@pytest.mark.parametrize(
    "uri",
    [
        "https://user:pass@api.provider.example/v1/chat/completions?api-version=2#part",
        "http://127.0.0.1:40123/v1/chat/completions?api-version=2&api_key=abc",
        "http://llama.local/v1/chat/completions?token=abc&api-version=2",
    ],
)
def test_host_user_and_keys_leave_the_address(uri: str) -> None:
    assert (
        scrubbed_request("POST", uri, {}, b"").uri == "http://model.invalid/v1/chat/completions?api-version=2"
    )


def test_a_request_that_is_not_json_is_refused() -> None:
    """It could not be compared, and what cannot be compared would match anything."""
    with pytest.raises(CassetteError, match=r"POST /v1/files"):
        scrubbed_request("POST", "http://model.invalid/v1/files", {}, b"--boundary")


def test_when_and_where_a_completion_was_made_is_not_kept() -> None:
    reply = {
        "id": "chatcmpl-1",
        "created": 1,
        "system_fingerprint": "b7",
        "choices": [{"message": {"content": "x"}}],
        "usage": {"prompt_tokens": 3},
    }
    again = reply | {"id": "chatcmpl-2", "created": 2, "system_fingerprint": "b8"}

    one, other = (scrubbed_reply(200, "OK", {}, json.dumps(r).encode()) for r in (reply, again))

    assert one == other
    kept = json.loads(body_bytes(one.body))
    assert kept["choices"] == reply["choices"]
    assert kept["usage"] == reply["usage"]


def test_token_counts_of_an_engine_are_kept_without_its_milliseconds() -> None:
    timings = {"cache_n": 1, "prompt_n": 2, "prompt_ms": 3.5, "predicted_n": 4, "predicted_per_second": 9.1}
    reply = json.dumps({"choices": [], "timings": timings}).encode()

    kept = scrubbed_reply(200, "OK", {}, reply)

    assert kept.body == JsonBody(
        json={"choices": [], "timings": {"cache_n": 1, "prompt_n": 2, "predicted_n": 4}}
    )


def test_other_json_keeps_its_ids() -> None:
    """A tool call's id comes back in the next request, so changing it would break the replay."""
    reply: Any = {"choices": [{"message": {"tool_calls": [{"id": "call_7"}]}}]}

    assert scrubbed_reply(200, "OK", {}, json.dumps(reply).encode()).body == JsonBody(json=reply)
    assert scrubbed_reply(200, "OK", {}, b'{"id": "x"}').body == JsonBody(json={"id": "x"})


def test_a_compressed_reply_is_kept_as_text() -> None:
    body = gzip.compress('{"word": "море"}'.encode())

    kept = scrubbed_reply(200, "OK", {"Content-Encoding": ["gzip"]}, body)

    assert kept.body == JsonBody(json={"word": "море"})
    assert kept.headers == {}


def test_a_reply_that_cannot_be_uncompressed_is_refused() -> None:
    with pytest.raises(CassetteError, match="uncompressed"):
        scrubbed_reply(200, "OK", {"content-encoding": ["gzip"]}, b"not gzip")
