"""What a request costs, by the price list that the package genai-prices carries: nothing is ever fetched.

The list has no date of its own; `price_list` names its release, which tells how old it is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from summarizer.llm.providers import PROVIDERS
from summarizer.types import Tokens

if TYPE_CHECKING:
    from genai_prices import Usage

__all__ = ["most", "most_input_tokens", "price", "price_list"]

_LISTED_AS: Final[Mapping[str, str]] = MappingProxyType(
    {row.name: row.price_id for row in PROVIDERS.values() if row.price_id} | {"xai": "x-ai"}
)
"""Providers that the list calls by another name than we do."""


def price(
    provider: str, model: str, tokens: Tokens, *, written: int = 0, elsewhere: bool = False
) -> float | None:
    """What a request cost.

    Args:
        provider: As in `provider/name`.
        model: As sent to the provider.
        tokens: As the provider counted them; `cached` is part of `input` and priced as cached.
        written: How many of the input tokens the provider put into its cache, where it charges for that.
        elsewhere: Sent to another address than the provider's own, which has prices of its own.

    Returns:
        US dollars at the provider's standard rate of today; 0.0 for the embedded engine; None when nobody knows.
    """
    cached = min(tokens.cached, tokens.input)
    counts = (tokens.input, cached, min(written, tokens.input - cached), tokens.output)
    return _priced(provider, model, [counts], elsewhere=elsewhere)


def most(
    provider: str, model: str, *, input_tokens: int, output_tokens: int, elsewhere: bool = False
) -> float | None:
    """The most that a request of at most this many tokens may cost.

    The provider alone decides what it takes from its cache or puts there, so the dearest case counts.

    Args:
        provider: As in `provider/name`.
        model: As sent to the provider.
        input_tokens: See `most_input_tokens`.
        output_tokens: The limit sent with the request; what a model thinks counts as output.
        elsewhere: Sent to another address than the provider's own, which has prices of its own.

    Returns:
        US dollars; 0.0 for the embedded engine; None when nobody knows.
    """
    splits = [
        (input_tokens, cached, written, output_tokens)
        for cached, written in ((0, 0), (input_tokens, 0), (0, input_tokens))
    ]
    return _priced(provider, model, splits, elsewhere=elsewhere)


def most_input_tokens(body: bytes) -> int:
    """The most input tokens that a request can be counted as: the number of bytes of its body.

    Each token of a byte-level BPE vocabulary, which is what hosted models use, stands for at least one byte of
    the text, so a text has at most as many tokens as it has bytes in UTF-8. JSON never shortens a text: an
    escape is longer than what it stands for. The tokens that the provider's chat template puts around each
    message are fewer than the bytes of the keys, quotes and braces around it in the body. So the count errs on
    the safe side, by a factor of four or so for English.
    """
    return len(body)


def price_list() -> str | None:
    """Name and release of the price list; None when it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"genai-prices {version('genai-prices')}"
    except PackageNotFoundError:
        return None


def _priced(
    provider: str, model: str, splits: list[tuple[int, int, int, int]], *, elsewhere: bool
) -> float | None:
    """The dearest of some counts of input, cached, written and output tokens."""
    row = PROVIDERS.get(provider)
    if row is not None and row.embedded:
        return 0.0
    if elsewhere or (row is not None and row.price_id is None):
        return None
    try:
        # It brings 1.5 MB of data and takes a while.
        from genai_prices import Usage
    except ImportError:
        return None
    prices = [
        _listed(
            provider,
            model,
            Usage(
                input_tokens=read, cache_read_tokens=cached, cache_write_tokens=written, output_tokens=output
            ),
        )
        for read, cached, written, output in splits
    ]
    known = [each for each in prices if each is not None]
    return max(known) if len(known) == len(prices) else None


def _listed(provider: str, model: str, usage: "Usage") -> float | None:
    from genai_prices import calc_price

    name = _LISTED_AS.get(provider, provider)
    try:
        found = calc_price(usage, model, provider_id=name)
    except LookupError:
        return None
    # The list guesses providers from parts of their names, and calls free what it has no rate for.
    rates = found.model_price
    if found.provider.id != name or rates.input_mtok is None or rates.output_mtok is None:
        return None
    return float(found.total_price)
