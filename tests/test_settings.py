"""What the environment says, as plain values."""

from collections.abc import Mapping

import pytest
from typer.testing import CliRunner

from summarizer.cli import app
from summarizer.connect import connect
from summarizer.errors import NotAuthorised, SettingsError
from summarizer.limits import Limits
from summarizer.llm import PROVIDERS, Client, parse_model
from summarizer.pipeline import Silent
from summarizer.settings import Settings


def settings(**env: str) -> Settings:
    return Settings.from_environment(env)


def connected(model: str, env: Mapping[str, str]) -> Client:
    return connect(
        parse_model(model),
        settings(**env),
        base_url=None,
        api_key=None,
        timeout_s=1,
        progress=Silent(),
        limits=Limits(),
        keeper=None,
    ).client


@pytest.mark.parametrize("provider", [row.name for row in PROVIDERS.values() if row.key_names])
def test_the_key_of_each_provider_is_read_from_its_own_variable(provider: str) -> None:
    name = PROVIDERS[provider].key_names[0]
    assert settings(**{name: " sk-one\n"}).keys == {provider: "sk-one"}


def test_gemini_takes_googles_variable_where_its_own_is_not_set() -> None:
    assert settings(GOOGLE_API_KEY="g").keys == {"gemini": "g"}
    assert settings(GOOGLE_API_KEY="g", GEMINI_API_KEY="m").keys == {"gemini": "m"}


def test_no_key_is_in_what_the_settings_print() -> None:
    assert "sk-secret" not in repr(settings(OPENAI_API_KEY="sk-secret", MISTRAL_API_KEY="sk-secret"))


@pytest.mark.parametrize(
    ("env", "model"),
    [
        ({}, "local/qwen2.5-coder-1.5b"),
        ({"OPENAI_API_KEY": "k"}, "openai/gpt-5-mini"),
        ({"ANTHROPIC_API_KEY": "k"}, "local/qwen2.5-coder-1.5b"),
        ({"OPENAI_API_KEY": "k", "SUMMARIZER_MODEL": "ollama/llama3.1"}, "ollama/llama3.1"),
    ],
)
def test_the_default_model_follows_one_rule(env: dict[str, str], model: str) -> None:
    assert settings(**env).model == model


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104 -- read, not bound
        ("127.0.0.1:9999", "http://127.0.0.1:9999"),
        ("gpu.example", "http://gpu.example:11434"),
        ("https://gpu.example/ollama", "https://gpu.example/ollama"),
    ],
)
def test_ollamas_address_is_read_as_its_server_reads_it(told: str, address: str) -> None:
    assert settings(OLLAMA_HOST=told).addresses == {"ollama": address}


def test_openais_address_and_key_are_nobody_elses() -> None:
    found = settings(OPENAI_BASE_URL="http://localhost:1/v1", OPENAI_API_KEY="sk-openai")
    assert found.addresses == {"openai": "http://localhost:1/v1"}
    assert found.keys == {"openai": "sk-openai"}


def test_a_missing_key_names_the_variable_of_the_provider_asked_for() -> None:
    with pytest.raises(NotAuthorised) as caught:
        connected("mistral/mistral-large-latest", {"OPENAI_API_KEY": "sk-openai"})
    assert "MISTRAL_API_KEY" in caught.value.hint


def test_a_window_of_ones_own_comes_before_what_ollama_was_told() -> None:
    env = {"OLLAMA_CONTEXT_LENGTH": "8192"}
    assert connected("ollama/llama3.1", env).context_window == 8192
    assert connected("vllm/llama3.1", env).context_window is None
    assert connected("ollama/llama3.1", {**env, "SUMMARIZER_CONTEXT_WINDOW": "999"}).context_window == 999


@pytest.mark.parametrize("text", ["many", "0", "-5", "4k"])
def test_a_window_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="SUMMARIZER_CONTEXT_WINDOW"):
        settings(SUMMARIZER_CONTEXT_WINDOW=text)


def test_the_list_of_models_says_which_keys_are_set_and_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", "sk-secret")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    shown = CliRunner().invoke(app, ["models", "list"]).stdout
    lines = {line.split("/")[0].strip(): line for line in shown.splitlines() if "/MODEL" in line}
    assert "MISTRAL_API_KEY (set)" in lines["mistral"]
    assert "OPENAI_API_KEY (not set)" in lines["openai"]
    assert set(lines) == set(PROVIDERS) - {"local"}
    assert "sk-secret" not in shown
