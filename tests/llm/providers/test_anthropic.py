"""Anthropic in its own protocol, against a fake that speaks it and says it is one."""

import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import (
    BudgetReached,
    ContextTooLong,
    MalformedReply,
    ModelNotFound,
    NotAuthorised,
    Offline,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRejected,
    SettingsError,
    SummarizerError,
    Truncated,
    Unreachable,
)
from summarizer.llm.budget import Budget
from summarizer.llm.cache import ReplyCache
from summarizer.llm.providers import PROVIDERS
from summarizer.llm.wires.choosing import wire_for
from tests.llm.asking import Answer
from tests.llm.fake_server import Say
from tests.llm.providers.asked import GOOD_TEXT, KEY, PROMPT, AtHome, at_home, message, refusal_of

pytest.importorskip("anthropic", reason="the extra `anthropic` is not installed")

pytestmark = pytest.mark.summarizer_loopback

MODEL = "anthropic/claude-opus-5"


def claude(*script: Say, model: str = MODEL, **options: Any) -> AtHome:
    return at_home(model, *script, **options)


def error_of(*script: Say, **options: Any) -> SummarizerError:
    error = claude(*script, **options).asked.error
    assert error is not None
    assert KEY not in str(error)
    assert PROMPT not in str(error)
    return error


def test_the_schema_goes_beside_the_messages_and_the_answer_is_ours() -> None:
    got = claude(message())
    assert got.asked.value == Answer(city="Lisbon", year=1755)
    sent = got.sent
    assert sent.path == "http://api.anthropic.com/v1/messages"
    assert sent.body["system"] == [{"type": "text", "text": "Be brief."}]
    assert sent.body["messages"] == [{"role": "user", "content": PROMPT}]
    assert sent.body["output_config"]["format"] == {
        "type": "json_schema",
        "schema": {
            "type": "object",
            "description": "A city and a year.",
            "properties": {
                "city": {"type": "string", "description": "(maxLength: 40)"},
                "year": {"type": "integer", "description": "(minimum: 1)"},
            },
            "required": ["city", "year"],
            "additionalProperties": False,
        },
    }
    assert not {"temperature", "tools", "tool_choice"} & sent.body.keys()


def test_the_key_is_in_one_header_and_nowhere_else() -> None:
    sent = claude(message()).sent
    assert [name for name, value in sent.headers.items() if KEY in value] == ["authorization"]
    assert "anthropic-version" in sent.headers
    assert KEY not in str(sent.body)


def test_credentials_and_addresses_in_the_environment_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings read the environment; what the client finds there itself would be a second way in."""
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "other-token")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://elsewhere.example")
    sent = claude(message()).sent
    assert "other-token" not in str(sent.headers)
    assert sent.path.startswith("http://api.anthropic.com/")


def test_what_the_cache_gave_and_took_is_counted_and_priced() -> None:
    row = claude(message()).asked.journal[0]
    assert row.tokens is not None
    assert (row.tokens.input, row.tokens.cached, row.tokens.output, row.written) == (110, 60, 20, 10)
    plain = claude(message(usage={"input_tokens": 110, "output_tokens": 20})).asked.journal[0]
    assert row.cost_usd is not None
    assert plain.cost_usd is not None
    assert 0 < row.cost_usd < plain.cost_usd


def test_a_fence_is_dropped_for_free() -> None:
    assert claude(message(f"```json\n{GOOD_TEXT}\n```")).asked.outcomes == ["repaired"]


def test_a_refusal_is_told_in_the_models_words_and_not_asked_again() -> None:
    got = claude(message("I would rather not.", stop="refusal"))
    assert isinstance(got.asked.error, Refused)
    assert "I would rather not." in str(got.asked.error)
    assert len(got.requests) == 1


def test_a_refusal_without_a_word_is_one_all_the_same() -> None:
    assert isinstance(error_of(message(None, stop="refusal")), Refused)


@pytest.mark.parametrize("stop", ["max_tokens", "model_context_window_exceeded"])
def test_a_reply_cut_at_a_limit_is_asked_for_once_more_with_more_room(stop: str) -> None:
    got = claude(message('{"city": "Lis', stop=stop))
    assert isinstance(got.asked.error, Truncated)
    first, second = (request.body["max_tokens"] for request in got.requests)
    assert second == 2 * first


def test_a_reply_of_another_form_is_asked_for_again() -> None:
    got = claude(message("no"), message())
    assert got.asked.outcomes == ["malformed", "complete"]
    assert "<correction>" in got.requests[1].body["messages"][0]["content"]
    assert isinstance(error_of(message("no")), MalformedReply)


@pytest.mark.parametrize(
    ("say", "kind", "requests"),
    [
        (refusal_of("authentication_error", "invalid x-api-key", 401), NotAuthorised, 1),
        (refusal_of("permission_error", "not for you", 403), NotAuthorised, 1),
        (refusal_of("not_found_error", "model: claude-opus-5", 404), ModelNotFound, 1),
        (refusal_of("billing_error", "pay first", 402), QuotaExhausted, 1),
        (refusal_of("invalid_request_error", "Your credit balance is too low", 400), QuotaExhausted, 1),
        (refusal_of("invalid_request_error", "temperature: not supported", 400), RequestRejected, 1),
        (refusal_of("rate_limit_error", "slow down", 429), RateLimited, 6),
        (refusal_of("api_error", "it broke", 500), ProviderFailed, 6),
        (refusal_of("overloaded_error", "Overloaded", 529), ProviderFailed, 6),
        (Say(body={"type": "error", "error": {"type": "api_error", "message": "x"}}), ProviderFailed, 6),
        (Say(body="<html>a gateway</html>"), ProviderFailed, 6),
        (message(None, usage={"input_tokens": 1, "output_tokens": 0}), ProviderFailed, 6),
        (Say(then="reset"), Unreachable, 6),
        (Say(status=307, headers={"location": "http://elsewhere.example/v1/messages"}), RequestRejected, 1),
    ],
)
def test_each_cause_has_its_error_and_passing_ones_are_insisted_on(
    say: Say, kind: type[SummarizerError], requests: int
) -> None:
    got = claude(say)
    assert type(got.asked.error) is kind
    assert len(got.requests) == len(got.asked.journal) == requests


def test_a_wrong_key_names_the_variable_to_set() -> None:
    assert "ANTHROPIC_API_KEY" in error_of(refusal_of("authentication_error", "invalid x-api-key", 401)).hint


def test_a_prompt_that_is_too_long_says_by_how_much() -> None:
    words = "prompt is too long: 208310 tokens > 200000 maximum"
    error = error_of(refusal_of("invalid_request_error", words, 400))
    assert isinstance(error, ContextTooLong)
    assert "8310 tokens too many" in str(error)


def test_the_words_of_an_error_never_quote_the_article_or_the_key() -> None:
    error_of(refusal_of("invalid_request_error", f"bad text: {PROMPT} with key {KEY}", 400))


def test_a_pause_that_is_asked_for_is_kept() -> None:
    wait = Say(status=429, body=refusal_of("rate_limit_error", "x", 429).body, headers={"retry-after": "7"})
    assert claude(wait, message()).asked.waits[0] >= 7


def test_every_request_passes_the_door(tmp_path: Path) -> None:
    """Kept replies answer, a budget is kept and the kill switch holds, as for any other service."""
    keeper = ReplyCache(tmp_path / "replies.sqlite")
    assert len(claude(message(), keeper=keeper).requests) == 1
    again = claude(message(), keeper=keeper)
    assert again.requests == []
    assert again.asked.value.city == "Lisbon"
    assert isinstance(error_of(message(), budget=Budget(usd=0.0001)), BudgetReached)
    assert isinstance(error_of(message(), offline=True), Offline)


def test_without_its_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wire_for(PROVIDERS["anthropic"]).__name__ == "AnthropicMessages"
    monkeypatch.delitem(sys.modules, "summarizer.llm.wires.anthropic_messages")
    monkeypatch.setitem(sys.modules, "anthropic", None)
    with pytest.raises(SettingsError, match="not installed") as caught:
        wire_for(PROVIDERS["anthropic"])
    assert caught.value.hint == "pip install 'summarizer[anthropic]'"


def test_a_missing_key_is_told_before_anything_is_sent() -> None:
    with pytest.raises(NotAuthorised) as caught:
        claude(message(), api_key=None)
    assert "ANTHROPIC_API_KEY" in caught.value.hint
