"""How far one piece of work may go: requests, seconds, USD."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.errors import SettingsError

if TYPE_CHECKING:
    from summarizer.llm import RetryPolicy
    from summarizer.llm.budget import Budget

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a call of ours may go before it gives up.

    Attributes:
        retries: Times that one question is sent again after a fault of network or provider.
        reasks: Times that one question is asked again because its reply could not be used.
        deadline_s: Seconds for one question, every wait and repetition included; None for ten minutes, or two hours
            of the embedded model.
        budget_usd: USD for everything together; None for no limit. The worst case of each request is reserved before
            it is sent, so the limit is never passed. A model whose price is unknown cannot be budgeted.
        max_requests: Requests for everything together; None for no limit.
        spent_usd: USD that were spent of the budget before, and count; None when nobody knows.
        sent: Requests that were sent before, and count.

    Raises:
        SettingsError: a number that is no limit.
    """

    retries: int = 5
    reasks: int = 1
    deadline_s: float | None = None
    budget_usd: float | None = None
    max_requests: int | None = None
    spent_usd: float | None = 0.0
    sent: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        wrong = [
            name
            for name in ("retries", "reasks", "deadline_s", "budget_usd", "max_requests")
            if (value := getattr(self, name)) is not None and not value >= 0
        ]
        if wrong or self.deadline_s == 0:
            named = wrong[0] if wrong else "deadline_s"
            raise SettingsError(f"{named} is {getattr(self, named)!r}, which is no limit.")

    def policy(self, usual_s: float) -> "RetryPolicy":
        """How long one question is insisted on; `usual_s` seconds where nothing else was said."""
        from summarizer.llm import RetryPolicy

        return RetryPolicy(
            attempts=self.retries + 1, reasks=self.reasks, deadline_s=self.deadline_s or usual_s
        )

    def budget(self) -> "Budget | None":
        """What everything together may cost; None when nothing limits it."""
        if self.budget_usd is None and self.max_requests is None:
            return None
        from summarizer.llm.budget import Budget

        return Budget(
            usd=self.budget_usd, requests=self.max_requests, spent_usd=self.spent_usd, sent=self.sent
        )
