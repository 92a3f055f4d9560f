"""What a failure means: for the article alone, for the whole run, or nothing certain yet."""

from typing import Final, Literal

from summarizer.errors import (
    BatchesRefused,
    BudgetReached,
    CacheError,
    CassetteError,
    EngineError,
    ModelError,
    ModelNotFound,
    NotAuthorised,
    Offline,
    OutputError,
    PromptError,
    QuotaExhausted,
    SettingsError,
    SummarizerError,
    UnsupportedSchema,
)
from summarizer.runs.items import Flaw, Item

__all__ = ["PASSING", "Verdicts"]

_HOPELESS: Final = (
    BatchesRefused,
    BudgetReached,
    CacheError,
    CassetteError,
    EngineError,
    ModelNotFound,
    NotAuthorised,
    Offline,
    OutputError,
    PromptError,
    QuotaExhausted,
    SettingsError,
    UnsupportedSchema,
)
"""No other article would fare better."""


def _passing(error: type[SummarizerError]) -> set[str]:
    found = {error.__name__} if error.retryable else set[str]()
    return found.union(*(_passing(below) for below in error.__subclasses__()))


PASSING: Final = frozenset(_passing(SummarizerError))
"""Names of the errors that may pass by themselves."""

_MOST_SLOWED: Final = 30
"""Times in a row that every worker may be told to slow down before the run is better taken up later."""


class Verdicts:
    """Judges failures by what happened around them.

    A failure of network or provider is the article's own only if another article fares better: until then it is
    doubtful, and where such failures come one after the other, the provider is out and the run stops without
    blaming any of those articles. It stops as well where nothing but refusals come from the start, as from a model
    that cannot do what is asked: one article after the other would be paid for to no use.

    Args:
        patience: Doubtful failures in a row that are taken for an outage, refusals for a model that will not do.
    """

    def __init__(self, *, patience: int) -> None:
        self._patience = patience
        self._doubtful: list[tuple[Item, Flaw]] = []
        self._slowed = self._refused = 0
        self._succeeded = False

    def of(self, item: Item, error: SummarizerError) -> Literal["failed", "doubtful", "stop"]:
        """What this failure means."""
        if isinstance(error, _HOPELESS):
            return "stop"
        if error.retryable:
            self._doubtful.append((item, Flaw.of(error)))
            return "doubtful" if len(self._doubtful) < self._patience else "stop"
        if isinstance(error, ModelError) and not self._succeeded:
            self._refused += 1
            return "stop" if self._refused > self._patience else "failed"
        return "failed"

    def settle(self) -> list[tuple[Item, Flaw]]:
        """An article was briefed, or none is left: what was doubtful until now, and why."""
        self._slowed = 0
        self._succeeded = True
        doubtful, self._doubtful = self._doubtful, []
        return doubtful

    def slowed(self) -> int | None:
        """The provider asked us to slow down: how many times in a row; None when it is better to come back later."""
        self._slowed += 1
        rounds = -(-self._slowed // max(1, self._patience))
        return rounds if rounds <= _MOST_SLOWED else None
