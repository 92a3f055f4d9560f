"""How much is left to the model: the one difference between a small model and a large one.

Both get the same prompts over the same proposals. A small model restates what it is shown; a large one also
rejects proposals, corrects their codes and adds what they miss. The figures behind this are in
`prompts/README.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.llm import ModelRef

__all__ = ["Strategy", "strategy_for"]

NO_LONG_COPIES: Mapping[str, float | int | list[str]] = {
    "dry_multiplier": 0.25,
    "dry_base": 1.5,
    "dry_allowed_length": 10,
    "dry_penalty_last_n": 8192,
    "dry_sequence_breakers": ["\n"],
}
"""llama.cpp's DRY sampler over the whole prompt: each token that would make a copied run longer than ten
tokens costs more than the last, so a small model rewords where it would copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """What one model is trusted with.

    Attributes:
        judges: Whether it may reject, correct and add, beyond restating.
        sampling: Fields for the request that only its server knows.
    """

    judges: bool
    sampling: Mapping[str, float | int | list[str]] = field(
        default_factory=dict[str, "float | int | list[str]"]
    )


def strategy_for(model: ModelRef) -> Strategy:
    """Embedded models are small; whatever is served elsewhere is taken to be large."""
    if model.provider == "local":
        return Strategy(judges=False, sampling=NO_LONG_COPIES)
    return Strategy(judges=True)
