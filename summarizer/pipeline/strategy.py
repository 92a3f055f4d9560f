"""How much is left to the model: the one difference between a small model and a large one.

Both get the same prompts over the same proposals. A small model restates what it is shown; a large one also
rejects proposals, corrects their codes and adds what they miss. The figures behind this are in
`prompts/README.md`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from summarizer.llm import ModelRef

__all__ = ["Strategy", "strategy_for"]

MOST_NAMES = 60
_NAME_WORD = re.compile(r"[^\W\d_]{3,40}")

Sampling = Mapping[str, float | int | list[str]]

NO_LONG_COPIES: Sampling = {
    "dry_multiplier": 0.5,
    "dry_base": 1.75,
    "dry_allowed_length": 6,
    "dry_penalty_last_n": 8192,
}
"""llama.cpp's DRY sampler over the whole prompt: each token that would make a copied run longer than six
tokens costs more than the last, so a small model rewords where it would copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """What one model is trusted with.

    Attributes:
        judges: Whether it may reject, correct and add, beyond restating.
        decoding: Fields of the request that only its server knows.
    """

    judges: bool
    decoding: Sampling = field(default_factory=dict[str, "float | int | list[str]"])

    def sampling(self, names: Iterable[str]) -> Sampling:
        """The decoding fields for an article with these names, which may be repeated as often as needed."""
        if not self.decoding:
            return {}
        words = {word for name in names for word in _NAME_WORD.findall(name)}
        return {**self.decoding, "dry_sequence_breakers": ["\n", *sorted(words)[:MOST_NAMES]]}


def strategy_for(model: ModelRef) -> Strategy:
    """Embedded models are small; whatever is served elsewhere is taken to be large."""
    if model.provider == "local":
        return Strategy(judges=False, decoding=NO_LONG_COPIES)
    return Strategy(judges=True)
