"""How a batch is to be made: what its options are, and what they come to where they are left out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summarizer.errors import SettingsError
from summarizer.limits import Limits
from summarizer.runs.store import Unknown

__all__ = ["BatchOptions"]

_USUAL: Final = 16
_REASKS: Final = 2
"""One loses an article in ten thousand where a reply in a hundred has not the form asked for."""
_POSTED: Final = 2000
"""With the Batch API, where each pass of so many articles is one batch."""
_TOKENS_A_REQUEST: Final = 2000
"""To tell how many workers a limit on tokens can feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is to be made.

    Attributes:
        model: `provider/model`. Default: as for `summarize`.
        base_url: An OpenAI-compatible server, for `openai/...` models. Default: OPENAI_BASE_URL.
        api_key: Default: OPENAI_API_KEY. Never written down.
        prompts: Folder of templates that come before ours.
        published: ISO 8601 date for articles that bring none.
        language: Of the briefings (BCP 47), as for `summarize`.
        timeout: Longest silence of the provider, in seconds. Default: 300.
        limits: Retries, deadline and budget; the budget is that of the whole batch, all its starts together.
        cache: Whether replies are kept beyond the batch, and answer the same question again at no cost.
        recheck_injection: Whether articles that hold text written for software are briefed once more without it.
        concurrency: Articles at a time. Default: 16; with the embedded model 1.
        rpm: Most requests a minute; None for what the provider lets through.
        tpm: Most tokens a minute, prompts and replies together; likewise.
        unknown: What to do with articles whose request may have been paid for without an answer: `resend` or `skip`.
        retry_failed: Take up the failed articles again.
        batch_api: Ask through OpenAI's Batch endpoint: half the price, each pass within 24 hours. Then `concurrency`
            is 2,000 by default, and `rpm` and `tpm` have no meaning.

    Raises:
        SettingsError: a limit that lets nothing through, or one that the Batch API does not have.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = None
    prompts: str | Path | None = None
    published: str | None = None
    language: str = "en"
    timeout: float | None = None
    limits: Limits = Limits(reasks=_REASKS)
    cache: bool = True
    recheck_injection: bool = False
    concurrency: int | None = None
    rpm: float | None = None
    tpm: float | None = None
    unknown: Unknown = "resend"
    retry_failed: bool = False
    batch_api: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        for name in ("concurrency", "rpm", "tpm"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise SettingsError(f"{name} is {value!r}, which lets nothing through.")
        if self.batch_api and (self.rpm or self.tpm):
            raise SettingsError(
                "rpm and tpm do not apply to the Batch API, which has limits of its own.",
                hint="Leave out --rpm and --tpm, or --batch-api.",
            )

    def __repr__(self) -> str:
        """All but the key."""
        return (
            f"BatchOptions(model={self.model!r}, base_url={self.base_url!r}, concurrency={self.concurrency})"
        )

    def workers(self, *, embedded: bool) -> int:
        """Articles at a time: no more than the limits can feed, for one that waits too long would time out.

        Args:
            embedded: Whether the model is ours, which reads one article at a time.
        """
        usual = _POSTED if self.batch_api else _USUAL
        asked = self.concurrency or (1 if embedded else usual)
        fed = [self.rpm, self.tpm and self.tpm / _TOKENS_A_REQUEST]
        return max(1, min([asked, *(int(limit) for limit in fed if limit is not None)]))
