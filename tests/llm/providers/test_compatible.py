"""Services that speak OpenAI's protocol with an accent: what each is sent, and what is made of what it says."""

import json
from typing import Any

import pytest

from summarizer.errors import (
    ContextTooLong,
    Filtered,
    ModelNotFound,
    NotAuthorised,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRejected,
    SettingsError,
    SummarizerError,
    Truncated,
)
from summarizer.llm import Client, ModelRef
from summarizer.llm.providers import PROVIDERS
from tests.llm.asking import Answer, ask
from tests.llm.fake_server import FakeServer, Say, answer, completion, failure
from tests.llm.providers.asked import GOOD_TEXT, KEY, PROMPT, at_home

pytestmark = pytest.mark.summarizer_loopback

HOSTED = [
    "openai/gpt-4.1",
    "azure/our-deployment",
    "gemini/gemini-3-flash",
    "mistral/mistral-large-latest",
    "openrouter/meta-llama/llama-4",
]
GEMINI_KEY = [
    {"error": {"code": 400, "message": "API key not valid. Please pass one.", "status": "INVALID_ARGUMENT"}}
]
GEMINI_LONG = [
    {
        "error": {
            "code": 400,
            "message": "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        }
    }
]
GEMINI_MODEL = [{"error": {"code": 404, "message": "models/gemini-9 is not found for API version v1main"}}]
GEMINI_BUSY = [{"error": {"code": 429, "message": "Resource exhausted", "status": "RESOURCE_EXHAUSTED"}}]
MISTRAL_LONG = {
    "object": "error",
    "message": "Prompt contains 65673 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    "type": "invalid_request_error",
}
MISTRAL_FIELD = {
    "object": "error",
    "message": {"detail": [{"type": "extra_forbidden", "msg": "Extra inputs are not permitted"}]},
}


def schema_sent(body: dict[str, Any]) -> dict[str, Any]:
    form = body["response_format"]
    assert form["type"] == "json_schema"
    return form["json_schema"]


@pytest.mark.parametrize("model", HOSTED)
def test_each_is_asked_at_its_address_with_its_key_in_one_header(model: str) -> None:
    got = at_home(model, answer())
    assert got.asked.value == Answer(city="Lisbon", year=1755)
    assert got.sent.path.endswith("/chat/completions")
    assert [name for name, value in got.sent.headers.items() if KEY in value] == ["authorization"]
    assert got.sent.body["model"] == model.partition("/")[2]
    assert schema_sent(got.sent.body)["strict"] is True
    assert got.asked.journal[0].tokens is not None


@pytest.mark.parametrize(
    ("model", "limit", "temperature"),
    [
        ("openai/gpt-4.1", "max_completion_tokens", 0.0),
        ("azure/our-deployment", "max_completion_tokens", None),
        ("gemini/gemini-2.5-flash", "max_tokens", 0.0),
        ("gemini/gemini-3-flash", "max_tokens", None),
        ("mistral/mistral-large-latest", "max_tokens", 0.0),
        ("openrouter/openai/gpt-5", "max_tokens", None),
        ("openrouter/meta-llama/llama-4", "max_tokens", 0.0),
    ],
)
def test_each_is_told_the_limit_and_the_temperature_in_its_words(
    model: str, limit: str, temperature: float | None
) -> None:
    body = at_home(model, answer()).sent.body
    assert {"max_tokens", "max_completion_tokens"} & body.keys() == {limit}
    assert body.get("temperature") == temperature


def test_azure_is_asked_at_the_v1_endpoint_of_the_resource() -> None:
    sent = at_home("azure/our-deployment", answer()).sent
    assert sent.path == "http://fake-resource.openai.azure.com/openai/v1/chat/completions"


def test_azure_without_an_address_names_the_variable() -> None:
    with pytest.raises(SettingsError) as caught:
        Client(ModelRef("azure", "our-deployment"), api_key=KEY)
    assert "AZURE_OPENAI_ENDPOINT" in caught.value.hint


def test_openrouter_may_neither_pass_over_the_schema_nor_cut_the_prompt() -> None:
    body = at_home("openrouter/meta-llama/llama-4", answer()).sent.body
    assert body["provider"] == {"require_parameters": True}
    assert body["plugins"] == [{"id": "context-compression", "enabled": False}]


def test_gemini_is_sent_no_keyword_that_it_refuses() -> None:
    schema = schema_sent(at_home("gemini/gemini-3-flash", answer()).sent.body)["schema"]
    assert schema["properties"]["city"] == {"type": "string", "description": "(maxLength: 40)"}
    assert schema["properties"]["year"]["minimum"] == 1
    assert "additionalProperties" not in schema


@pytest.mark.parametrize("name", ["ollama", "vllm", "llamacpp", "lmstudio"])
def test_a_server_of_ones_own_needs_no_key_and_gets_the_whole_schema(name: str) -> None:
    with FakeServer(answer()) as server:
        root = server.base_url.removesuffix("/v1")
        asked = ask(server, ref=ModelRef(name, "llama3.1"), base_url=root, api_key=None)
    assert asked.value.city == "Lisbon"
    sent = server.requests[0]
    assert (sent.path, sent.headers["authorization"]) == ("/v1/chat/completions", "Bearer none")
    assert schema_sent(sent.body)["schema"]["properties"]["city"]["maxLength"] == 40
    assert asked.journal[0].cost_usd is None


def test_only_openai_learns_of_the_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-ours")
    told = {model: "openai-organization" in at_home(model, answer()).sent.headers for model in HOSTED}
    assert [model for model, is_told in told.items() if is_told] == ["openai/gpt-4.1"]


@pytest.mark.parametrize(
    ("model", "say", "kind"),
    [
        ("gemini/gemini-3-flash", Say(status=400, body=json.dumps(GEMINI_KEY)), NotAuthorised),
        ("gemini/gemini-3-flash", Say(status=400, body=json.dumps(GEMINI_LONG)), ContextTooLong),
        ("gemini/gemini-9", Say(status=404, body=json.dumps(GEMINI_MODEL)), ModelNotFound),
        ("gemini/gemini-3-flash", Say(status=429, body=json.dumps(GEMINI_BUSY)), RateLimited),
        ("mistral/mistral-large-latest", Say(status=400, body=MISTRAL_LONG), ContextTooLong),
        ("mistral/mistral-large-latest", Say(status=422, body=MISTRAL_FIELD), RequestRejected),
        ("mistral/mistral-large-latest", Say(status=401, body={"detail": "Unauthorized"}), NotAuthorised),
        (
            "mistral/nix",
            Say(status=400, body={"message": "Invalid model: nix", "code": "1500"}),
            ModelNotFound,
        ),
        (
            "azure/ours",
            failure(404, "The API deployment does not exist.", code="DeploymentNotFound"),
            ModelNotFound,
        ),
        ("azure/ours", failure(400, "flagged", code="content_filter"), Filtered),
        ("azure/ours", failure(401, "Access denied due to invalid subscription key"), NotAuthorised),
        ("openrouter/a/b", failure(402, "Insufficient credits", code=402), QuotaExhausted),
        ("openrouter/a/b", failure(400, "a/b is not a valid model ID", code=400), ModelNotFound),
        ("openrouter/a/b", answer(None, finish="error"), ProviderFailed),
        ("openai/gpt-4.1", failure(429, "no money", code="insufficient_quota"), QuotaExhausted),
        ("openai/gpt-4.1", answer(None, finish="content_filter"), Filtered),
        ("openai/gpt-4.1", answer(None, refusal="I decline."), Refused),
        ("mistral/mistral-large-latest", answer('{"city"', finish="model_length"), Truncated),
    ],
)
def test_each_says_it_otherwise_and_the_error_is_the_same(
    model: str, say: Say, kind: type[SummarizerError]
) -> None:
    error = at_home(model, say).asked.error
    assert type(error) is kind
    assert KEY not in str(error)
    assert PROMPT not in str(error)


@pytest.mark.parametrize("model", HOSTED)
def test_a_wrong_key_names_the_variable_of_its_provider(model: str) -> None:
    error = at_home(model, failure(401, f"Incorrect key {KEY}")).asked.error
    assert isinstance(error, NotAuthorised)
    assert PROVIDERS[model.partition("/")[0]].key_names[0] in error.hint
    assert KEY not in str(error)


@pytest.mark.parametrize(("body", "excess"), [(GEMINI_LONG, 151424), (MISTRAL_LONG, 32905)])
def test_a_prompt_that_is_too_long_says_by_how_much(body: Any, excess: int) -> None:
    error = at_home("mistral/mistral-large-latest", Say(status=400, body=json.dumps(body))).asked.error
    assert f"{excess} tokens too many" in str(error)


def test_a_thinking_model_of_mistral_answers_in_pieces() -> None:
    body = completion("")
    body["choices"][0]["message"]["content"] = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
        {"type": "text", "text": GOOD_TEXT},
    ]
    got = at_home("mistral/magistral-medium", Say(body=body))
    assert got.asked.value.year == 1755
    assert len(got.requests) == 1


def test_what_openai_put_into_its_cache_is_written_down() -> None:
    body = completion(GOOD_TEXT)
    body["usage"]["prompt_tokens_details"]["cache_write_tokens"] = 30
    assert at_home("openai/gpt-5.6", Say(body=body)).asked.journal[0].written == 30
