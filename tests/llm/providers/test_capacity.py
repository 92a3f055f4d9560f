"""What a model can take: windows known beforehand, room to think, and prompts that a server cut without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ContextTooLong
from summarizer.llm import Client, ModelRef
from summarizer.llm.capacity import check_whole, context_window, least_tokens, most_output
from summarizer.llm.providers import PROVIDERS
from tests.llm.asking import Asked, ask
from tests.llm.fake_server import FakeServer, Say, completion
from tests.llm.providers.asked import GOOD_TEXT, at_home, message

pytestmark = pytest.mark.summarizer_loopback

WORDS = "The council of Port Ellis met again, and again nobody voted. " * 200
"""2,200 words and 400 marks."""


def read(tokens: int) -> Say:
    body = completion(GOOD_TEXT)
    body["usage"] = {"prompt_tokens": tokens, "completion_tokens": 20, "total_tokens": tokens + 20}
    return Say(body=body)


def ollama(tokens: int, *, provider: str = "ollama", user: str = WORDS) -> tuple[Asked, int]:
    with FakeServer(read(tokens)) as server:
        asked = ask(server, ref=ModelRef(provider, "llama3.1"), user=user, api_key=None)
    return asked, len(server.requests)


@pytest.mark.parametrize(
    ("provider", "model", "window"),
    [
        ("openai", "gpt-4o", 128_000),
        ("openai", "gpt-5-mini", 400_000),
        ("anthropic", "claude-opus-4-5", 200_000),
        ("gemini", "gemini-2.5-pro", 1_048_576),
        ("mistral", "mistral-large-latest", 131_072),
        ("openrouter", "openai/gpt-4o", 128_000),
        ("openai", "nobody-knows-this", None),
        ("azure", "our-deployment", None),
        ("ollama", "llama3.1", None),
        ("local", "tiny", None),
    ],
)
def test_the_window_is_known_by_the_name_of_a_hosted_model(
    provider: str, model: str, window: int | None
) -> None:
    assert context_window(PROVIDERS[provider], model) == window


def test_at_another_address_the_window_is_not_known() -> None:
    assert Client(ModelRef("openai", "gpt-4o"), base_url="http://localhost:1/v1").context_window is None
    assert Client(ModelRef("openai", "gpt-4o"), api_key="k", context_window=99).context_window == 99


@pytest.mark.parametrize("model", ["openai/gpt-4", "anthropic/claude-3-haiku"])
def test_a_prompt_that_does_not_fit_says_by_how_much_before_anything_is_sent(model: str) -> None:
    got = at_home(model, message(), user="word " * 200_000)
    assert isinstance(got.asked.error, ContextTooLong)
    assert "too many" in str(got.asked.error)
    assert got.requests == []


@pytest.mark.parametrize(
    ("model", "limit"),
    [
        ("openai/gpt-5-mini", 64 + 8192),
        ("openai/gpt-4o", 64),
        ("azure/our-deployment", 64 + 8192),
        ("gemini/gemini-2.5-flash", 64 + 8192),
        ("gemini/gemini-2.0-flash", 64),
        ("anthropic/claude-opus-5", 64 + 8192),
        ("anthropic/claude-opus-4-5", 64),
        ("openrouter/qwen/qwen3-32b", 64 + 8192),
        ("ollama/deepseek-r1:8b", 64 + 8192),
        ("ollama/qwen2.5:7b", 64),
        ("local/qwen3-4b", 64),
    ],
)
def test_a_model_that_thinks_first_has_room_for_it(model: str, limit: int) -> None:
    provider, _, name = model.partition("/")
    assert most_output(PROVIDERS[provider], name, 64, window=None) == limit


def test_room_to_think_leaves_most_of_a_small_window_to_the_prompt() -> None:
    assert most_output(PROVIDERS["ollama"], "qwen3:4b", 64, window=4096) == 64 + 1024


def test_no_model_is_asked_for_more_than_it_can_write() -> None:
    assert most_output(PROVIDERS["openai"], "gpt-3.5-turbo", 4000, window=None) == 4000
    assert most_output(PROVIDERS["anthropic"], "claude-3-haiku", 3000, window=None) == 3000


@pytest.mark.parametrize("provider", ["ollama", "vllm", "llamacpp", "lmstudio", "openai"])
def test_a_server_that_read_less_than_it_was_sent_is_found_out(provider: str) -> None:
    asked, requests = ollama(2050, provider=provider)
    assert isinstance(asked.error, ContextTooLong)
    assert "read 2050 tokens" in str(asked.error)
    assert "Port Ellis" not in str(asked.error)
    assert (requests, asked.outcomes) == (1, ["rejected"])


def test_ollama_is_told_how_to_read_more() -> None:
    asked, _ = ollama(2050)
    assert asked.error is not None
    assert "OLLAMA_CONTEXT_LENGTH" in asked.error.hint
    assert "num_ctx" in asked.error.hint


def test_a_prompt_that_fills_a_window_to_the_last_token_was_cut() -> None:
    """Ollama cuts to its window: 4096 tokens read are more than 2,200 words need, and still not all of them."""
    asked, _ = ollama(4096)
    assert isinstance(asked.error, ContextTooLong)


def test_a_prompt_that_was_read_whole_is_answered() -> None:
    assert ollama(3111)[0].value.city == "Lisbon"


def test_services_that_refuse_what_does_not_fit_are_believed() -> None:
    assert at_home("openai/gpt-4o", read(50), user=WORDS).asked.value.city == "Lisbon"
    assert check_whole("x", PROVIDERS["anthropic"], WORDS, 10) is None


def test_a_server_that_does_not_count_is_not_accused() -> None:
    assert check_whole("x", PROVIDERS["ollama"], WORDS, 0) is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_two_texts_have_at_most_the_tokens_of_each_and_one_between(one: str, two: str) -> None:
    """A bound that grew out of nothing would accuse a server that has read everything."""
    assert least_tokens(one + " " + two) <= least_tokens(one) + least_tokens(two)
    assert least_tokens(one) <= len(one)


def test_a_tokenizer_in_use_never_needs_fewer() -> None:
    """The words, numbers and closing marks of a sentence are apart in every vocabulary."""
    assert least_tokens("On 5 May, (nobody) paid 1,250 euros.") == 11
