"""What requests cost, by the price list that ships with a package."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.llm.prices import most, most_input_tokens, price, price_list
from summarizer.types import Tokens

MODELS = [
    ("openai", "gpt-5-mini"),
    ("openai", "gpt-6-sol"),
    ("anthropic", "claude-sonnet-4-5"),
    ("gemini", "gemini-2.5-pro"),
    ("mistral", "mistral-large-latest"),
    ("azure", "gpt-4o"),
    ("openrouter", "openai/gpt-5-mini"),
]
"""Some with prices that grow with the prompt, some that charge for writing into the cache."""


def listed(name: str, model: str) -> Any:
    """The rates of a model, in dollars for a million tokens."""
    from genai_prices.data import providers

    found = next(provider for provider in providers if provider.id == name).find_model(model)
    assert found
    return found.get_prices(datetime.now(UTC))


def test_tokens_are_priced_by_the_list_and_cached_ones_as_cached() -> None:
    rates = listed("openai", "gpt-5-mini")
    tokens = Tokens(input=10_000, cached=4_000, output=700)
    expected = (6_000 * rates.input_mtok + 4_000 * rates.cache_read_mtok + 700 * rates.output_mtok) / 10**6
    assert price("openai", "gpt-5-mini", tokens) == pytest.approx(float(expected))
    assert rates.cache_read_mtok < rates.input_mtok


def test_tokens_put_into_the_providers_cache_are_priced_so_where_that_costs() -> None:
    rates = listed("openai", "gpt-6-sol")
    tokens = Tokens(input=10_000, cached=0, output=0)
    plain, written = (price("openai", "gpt-6-sol", tokens, written=count) for count in (0, 10_000))
    assert plain == pytest.approx(float(rates.input_mtok.base) / 100)
    assert written == pytest.approx(float(rates.cache_write_mtok.base) / 100)


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_the_providers_that_people_use_have_prices(provider: str, model: str) -> None:
    cost = price(provider, model, Tokens(input=1_000_000, cached=0, output=1_000_000))
    assert cost is not None
    assert 0.01 < cost < 1_000


def test_the_embedded_engine_costs_exactly_nothing() -> None:
    tokens = Tokens(input=10**6, cached=0, output=10**6)
    assert price("local", "any-model", tokens) == 0.0
    assert price("local", "any-model", tokens, elsewhere=True) == 0.0
    assert most("local", "any-model", input_tokens=10**9, output_tokens=10**9) == 0.0


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("openai", "fake-model"),
        ("openai", "whisper-1"),
        ("nobody", "gpt-5-mini"),
        ("my-openai-proxy", "gpt-5-mini"),
        ("openrouter", "allenai/molmo-7b-d:free"),
        ("openai", ""),
        ("", "gpt-5-mini"),
    ],
)
def test_what_is_not_listed_is_unknown_and_never_free(provider: str, model: str) -> None:
    """Not even where the list guesses a provider from a part of its name, or has a model without rates for text."""
    assert price(provider, model, Tokens(input=10, cached=0, output=10)) is None
    assert most(provider, model, input_tokens=10, output_tokens=10) is None


def test_a_compatible_server_elsewhere_has_prices_of_its_own() -> None:
    tokens = Tokens(input=10, cached=0, output=10)
    assert price("openai", "gpt-5-mini", tokens, elsewhere=True) is None
    assert most("openai", "gpt-5-mini", input_tokens=10, output_tokens=10, elsewhere=True) is None


def test_a_provider_that_counts_more_cached_than_read_is_still_priced() -> None:
    odd, plain = Tokens(input=10, cached=99, output=1), Tokens(input=10, cached=10, output=1)
    assert price("openai", "gpt-5-mini", odd, written=5) == price("openai", "gpt-5-mini", plain)


@given(
    model=st.sampled_from(MODELS),
    limits=st.tuples(st.integers(0, 2_000_000), st.integers(0, 200_000)),
    parts=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_no_reply_within_the_limits_costs_more_than_the_worst_case(
    model: tuple[str, str], limits: tuple[int, int], parts: tuple[float, float, float, float]
) -> None:
    read = int(limits[0] * parts[0])
    tokens = Tokens(input=read, cached=int(read * parts[1]), output=int(limits[1] * parts[3]))
    written = int((read - tokens.cached) * parts[2])
    cost = price(*model, tokens, written=written)
    worst = most(*model, input_tokens=limits[0], output_tokens=limits[1])
    assert cost is not None
    assert worst is not None
    assert cost <= worst


def test_a_request_has_at_most_as_many_tokens_as_bytes() -> None:
    assert most_input_tokens("Zürich".encode()) == 7


def test_the_list_is_named_with_its_release() -> None:
    assert (price_list() or "").startswith("genai-prices 0.")


def test_without_the_list_prices_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices", None)
    assert price("openai", "gpt-5-mini", Tokens(input=1, cached=0, output=1)) is None
    assert price("local", "any-model", Tokens(input=1, cached=0, output=1)) == 0.0


def test_the_list_is_read_only_when_a_price_is_asked_for() -> None:
    code = (
        "import sys; from summarizer.llm import prices; "
        "assert prices.most('local', 'x', input_tokens=1, output_tokens=1) == 0.0; "
        "assert 'genai_prices' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
