"""What requests to one model cost, at the address where it is asked."""

from dataclasses import dataclass

from summarizer.llm import prices
from summarizer.types import Tokens

__all__ = ["Tariff"]


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one model at one service.

    Attributes:
        provider: As the model is spelled.
        model: Its name there.
        elsewhere: Asked at another address than the provider's own, which has prices of its own.
        free: Whether it runs on this machine.
        share: Of the usual price that is charged: half of it for what is posted in a batch.
    """

    provider: str
    model: str
    elsewhere: bool
    free: bool
    share: float = 1.0

    def price(self, tokens: Tokens, *, written: int = 0) -> float | None:
        """USD for these tokens, `written` of which went into the provider's cache; None when the price is unknown."""
        usual = prices.price(self.provider, self.model, tokens, written=written, elsewhere=self.elsewhere)
        return None if usual is None else self.share * usual

    def most(self, body: bytes, *, output_tokens: int) -> float | None:
        """USD that a request of this body can cost at most; None when the price is unknown."""
        tokens = prices.most_input_tokens(body)
        usual = prices.most(
            self.provider,
            self.model,
            input_tokens=tokens,
            output_tokens=output_tokens,
            elsewhere=self.elsewhere,
        )
        return None if usual is None else self.share * usual
