"""Names of models, and what each provider wants said differently."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SettingsError
from summarizer.llm import PROVIDERS, ModelRef, parse_model
from summarizer.llm.providers import provider_for, wording


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("openai/gpt-5-mini", ModelRef("openai", "gpt-5-mini")),
        (" local/qwen2.5-coder-1.5b\n", ModelRef("local", "qwen2.5-coder-1.5b")),
        ("openai/meta/llama:free", ModelRef("openai", "meta/llama:free")),
        ("ollama/llama3.1", ModelRef("ollama", "llama3.1")),
        ("openrouter/meta-llama/llama-4:free", ModelRef("openrouter", "meta-llama/llama-4:free")),
    ],
)
def test_a_model_is_written_as_provider_and_name(text: str, ref: ModelRef) -> None:
    assert parse_model(text) == ref
    assert str(ref) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "gpt-5-mini", "openai/", "/gpt-5-mini", "acme/model", "OpenAI/gpt-5-mini"]
)
def test_anything_else_is_told_the_known_providers(text: str) -> None:
    with pytest.raises(SettingsError, match="local, mistral, ollama, openai"):
        parse_model(text)


@given(st.text())
def test_any_text_names_a_model_or_is_refused(text: str) -> None:
    try:
        ref = parse_model(text)
    except SettingsError:
        return
    assert ref.provider in PROVIDERS
    assert ref.name


def test_openai_at_home_is_asked_for_strict_replies() -> None:
    row = provider_for(ModelRef("openai", "gpt-4.1"), None)
    assert (row.max_tokens_field, row.dialect, row.elsewhere) == (
        "max_completion_tokens",
        "openai-strict",
        False,
    )
    assert not provider_for(ModelRef("openai", "gpt-4.1"), "https://api.openai.com/v1/").elsewhere


def test_a_compatible_server_is_spoken_to_in_the_words_they_all_know() -> None:
    row = provider_for(ModelRef("openai", "qwen3"), "http://localhost:11434/v1")
    assert (row.max_tokens_field, row.dialect, row.elsewhere) == ("max_tokens", "full", True)


def test_the_embedded_model_has_no_address_of_its_own() -> None:
    with pytest.raises(SettingsError, match="base URL"):
        provider_for(ModelRef("local", "tiny"), None)


def test_a_provider_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(SettingsError, match="known providers"):
        provider_for(ModelRef("acme", "model"), "http://localhost:1/v1")


@pytest.mark.parametrize(
    ("model", "temperature"),
    [
        ("gpt-5-mini", None),
        ("openai/gpt-5", None),
        ("o3", None),
        ("gpt-4.1-mini", 0.0),
        ("olmo-2", 0.0),
        ("qwen3", 0.0),
    ],
)
def test_a_reasoning_model_is_sent_no_temperature(model: str, temperature: float | None) -> None:
    elsewhere = provider_for(ModelRef("openai", model), "http://localhost:1/v1")
    words = wording(elsewhere, model)
    assert words.temperature == temperature
    assert words.max_tokens_field == ("max_tokens" if temperature == 0 else "max_completion_tokens")


@pytest.mark.parametrize(
    ("model", "base_url", "address"),
    [
        ("ollama/llama3.1", None, "http://localhost:11434/v1"),
        ("ollama/llama3.1", "http://192.0.2.7:11434/", "http://192.0.2.7:11434/v1"),
        ("vllm/qwen3", "https://gpu.example/serving/v1", "https://gpu.example/serving/v1"),
        ("azure/ours", "https://a.openai.azure.com/", "https://a.openai.azure.com/openai/v1"),
        ("azure/ours", "https://a.openai.azure.com/openai/v1/", "https://a.openai.azure.com/openai/v1/"),
        ("openai/qwen3", "http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_an_address_without_a_path_is_given_the_usual_one(
    model: str, base_url: str | None, address: str
) -> None:
    assert provider_for(parse_model(model), base_url).base_url == address


def test_a_server_of_ones_own_is_itself_wherever_it_stands() -> None:
    row = provider_for(parse_model("vllm/qwen3"), "https://gpu.example")
    assert (row.elsewhere, row.cuts, row.key_name) == (False, True, None)


def test_a_gateway_before_anthropic_is_spoken_to_in_its_protocol() -> None:
    row = provider_for(parse_model("anthropic/claude-opus-5"), "https://gateway.example/anthropic")
    assert (row.elsewhere, row.wire, row.dialect) == (True, "anthropic", "anthropic")


def test_every_price_list_that_a_provider_names_is_there() -> None:
    from genai_prices.data import providers

    assert {row.price_id for row in PROVIDERS.values() if row.price_id} <= {found.id for found in providers}


def test_importing_the_layer_imports_nothing_that_talks_to_a_network() -> None:
    """`summarizer --help` has to be instant."""
    code = (
        "import sys, summarizer.llm\n"
        "print(sorted({'openai', 'instructor', 'httpx2', 'httpcore2', 'tenacity', 'llguidance'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_provider_names_a_mode_that_instructor_knows() -> None:
    import instructor

    assert all(row.mode in instructor.Mode.__members__ for row in PROVIDERS.values())
