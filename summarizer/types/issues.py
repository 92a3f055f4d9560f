"""What a reader should know about the source itself before trusting what is made of it."""

from typing import Literal

from pydantic import Field

from summarizer.types.base import Line, Model, Name
from summarizer.types.evidence import Span

__all__ = ["SourceIssue"]


class SourceIssue(Model):
    """Something in the source that is not meant for a reader, or that no reader sees."""

    type: Literal["suspicious_text", "hidden_text", "invisible_characters", "recheck"] = Field(
        description="`suspicious_text`: written for the reader's software; it stays in the article, and nothing is made of it."
        " `hidden_text`: was in the original where no reader sees it, and was left out."
        " `invisible_characters`: have no shape of their own, and were left out."
        " `recheck`: what was different when the article was briefed again without its suspicious text."
    )
    kind: Name = Field(description="Which sort of it, such as `override`, `turn`, `comment` or `zero_width`.")
    message: Line = Field(description="The whole matter as one sentence.")
    evidence: list[Span] = Field(
        default_factory=list[Span], description="The words themselves, where they are in the article."
    )
    count: int | None = Field(default=None, ge=1, description="How many pieces or characters were left out.")
    excerpt: str | None = Field(
        default=None,
        max_length=500,
        description="The start of what was left out, or what a code says, cleaned.",
    )
