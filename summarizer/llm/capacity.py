"""How much a model can take: what it can read and write at once, and whether it read all that it was sent."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from summarizer.errors import ContextTooLong
from summarizer.llm.providers import Provider

__all__ = ["check_whole", "context_window", "least_tokens", "most_output"]

_WINDOWS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "gemini-2.5-": 1_048_576,
        "gemini-3": 1_048_576,
        "mistral-large": 131_072,
        "mistral-medium": 131_072,
        "mistral-small": 131_072,
        "ministral-": 131_072,
        "magistral-": 131_072,
        "open-mistral-nemo": 131_072,
    }
)
"""Tokens of prompt and reply, by how a name begins, where the price list does not say."""

_OUTPUTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "gpt-3.5": 4_096,
        "gpt-4": 4_096,
        "gpt-4.1": 32_768,
        "gpt-4o": 16_384,
        "claude-3": 4_096,
        "claude-3-5": 8_192,
        "claude-3-7": 64_000,
        "gemini-1.5": 8_192,
        "gemini-2.0": 8_192,
    }
)
"""Most tokens of a reply, by how a name begins; newer models write more than is ever asked of them here."""

_THINKS: Final = re.compile(
    r"(?:.*/)?(?:gpt-[5-9]|gpt-oss|o[1-9]|gemini-(?!1\.|2\.0|pro$)|claude-(?:fable|mythos|(?:opus|sonnet|haiku)-[5-9])"
    r"|magistral|qwen-?3|deepseek-r|glm-[4-9]|kimi-k[2-9]|grok-[3-9])"
)
"""Models that think before they answer, unless asked not to, and whose thoughts count as output."""

_ROOM_TO_THINK: Final = 8_192
_LEAST_CUT: Final = 2_048
"""Smallest window that a server is set to by default."""

_RUNS: Final = re.compile(r"[^\W\d_]+|\d+|(?<=\w)[^\w\s]+(?=\s|$)")
"""Runs of letters, of digits, and of marks after a word: no tokenizer in use puts two of them into one token."""


def context_window(provider: Provider, model: str) -> int | None:
    """Tokens that prompt and reply may have together; None when nobody knows.

    A server of one's own reads as much as it was told to when it was started, whatever the model could read.
    """
    if provider.elsewhere or provider.price_id is None:
        return None
    return _listed(provider.price_id, model) or _by_prefix(_WINDOWS, model)


def most_output(provider: Provider, model: str, wanted: int, *, window: int | None) -> int:
    """The limit to send for a reply of `wanted` tokens: with room to think, and within what the model accepts.

    Args:
        provider: Of the model.
        model: Its name there.
        wanted: Tokens of the longest answer.
        window: Tokens of prompt and reply together, when known.
    """
    thinks = not provider.embedded and (provider.name == "azure" or _THINKS.match(model) is not None)
    room = min(_ROOM_TO_THINK, (window or _ROOM_TO_THINK * 4) // 4) if thinks else 0
    limit = None if provider.anywhere or provider.embedded else _by_prefix(_OUTPUTS, model.rpartition("/")[2])
    return min(wanted + room, max(limit, wanted)) if limit else wanted + room


def least_tokens(text: str) -> int:
    """Tokens that a text has at least, by any tokenizer: a few for scripts without spaces."""
    return sum(1 for _ in _RUNS.finditer(text))


def check_whole(name: str, provider: Provider, prompt: str, read: int) -> ContextTooLong | None:
    """Whether a server that may cut what does not fit has read all of a prompt.

    Args:
        name: The model, as `provider/name`.
        provider: Whom the prompt was sent to.
        prompt: As it was sent.
        read: Tokens that the server says it has read.

    Returns:
        What to raise when part of the prompt was cut; None when all was read, or nobody can tell.
    """
    if not provider.cuts or read <= 0:
        return None
    least = least_tokens(prompt)
    # A prompt that fills a window to the last token was cut to fit, but for a chance of one in thousands.
    brimful = read >= _LEAST_CUT and read & (read - 1) == 0
    if read >= least and not brimful:
        return None
    missing = (
        f"at least {least - read} of its tokens are missing"
        if least > read
        else "it fills the window exactly"
    )
    return ContextTooLong(
        f"{name}: the server read {read} tokens of the prompt and cut the rest without a word: {missing}",
        hint=_how_to_raise(provider),
    )


def _how_to_raise(provider: Provider) -> str:
    if provider.name == "lmstudio":
        return "Load the model with a longer context (LM Studio uses 4096 unless told otherwise)."
    ollama = (
        "Ollama reads only 2048 or 4096 tokens unless told otherwise: start it with OLLAMA_CONTEXT_LENGTH=16384, or "
        "give the model `PARAMETER num_ctx 16384` in a Modelfile."
    )
    if provider.name == "ollama":
        return ollama
    if provider.name == "openrouter":
        return "Use a model with a larger context window."
    return f"Start the server with a larger context window. {ollama}"


def _by_prefix(table: Mapping[str, int], model: str) -> int | None:
    prefix = max((known for known in table if model.startswith(known)), key=len, default=None)
    return None if prefix is None else table[prefix]


@lru_cache(maxsize=64)
def _listed(price_id: str, model: str) -> int | None:
    try:
        from genai_prices.data_snapshot import get_snapshot
    except ImportError:
        return None
    try:
        found, facts = get_snapshot().find_provider_model(model, None, price_id, None)
    except LookupError:
        return None
    return facts.context_window if found.id == price_id else None
