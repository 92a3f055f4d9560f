"""What we publish for one article."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from summarizer.types.actors import Actor
from summarizer.types.base import IsoDate, Line, Model, Name
from summarizer.types.evidence import Gap, Point
from summarizer.types.issues import SourceIssue
from summarizer.types.signals import Escalation, Signal

__all__ = ["ArticleRecord", "Briefing", "Coverage", "PassReport", "Provenance", "Summary", "Tokens"]

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256, in hexadecimal."""


class ArticleRecord(Model):
    """Which article was read; its text is not repeated here."""

    id: Name
    title: Name | None
    source: Name | None
    published: IsoDate | None
    language: str | None = Field(max_length=20, description="BCP 47 tag, when known.")
    sha256: Digest = Field(description="Of the text, in UTF-8.")
    sentences: int = Field(ge=1, description="How many sentences it has.")


class Summary(Model):
    """Bottom line up front, then the key points."""

    bottom_line: Point
    key_points: list[Point]


class Tokens(Model):
    """Tokens as the provider counted them; `cached` is part of `input`."""

    input: int = Field(ge=0)
    cached: int = Field(ge=0)
    output: int = Field(ge=0)


class PassReport(Model):
    """What one pass over the article returned, and what it cost."""

    name: Name
    outcome: Literal["complete", "truncated", "limited", "failed"] = Field(
        description="`limited`: the list was full, so there may be more."
    )
    items: int = Field(ge=0)
    tokens: Tokens
    recalled: int = Field(default=0, ge=0, description="Questions that a kept reply answered.")
    seconds: float = Field(ge=0)


class Coverage(Model):
    """What was read and what no item speaks of: nothing is left out silently."""

    passes: list[PassReport]
    uncovered: list[Annotated[int, Field(ge=1)]] = Field(
        description="Sentences that name an actor or a number and that no point or signal cites."
    )
    limits: list[Line] = Field(
        default_factory=list[Line],
        description="What code could not find or check, such as for want of the article's language.",
    )


class Provenance(Model):
    """How the briefing came to be."""

    model: Name
    provider: Name
    engine: Name | None = Field(description="Name and version of the embedded engine, if it was used.")
    prompt_digest: Digest
    schema_digest: Digest
    codebook_version: Name
    created: AwareDatetime
    requests: int = Field(ge=0, description="Every request sent, failed ones included.")
    retries: int = Field(ge=0, description="Requests sent again after a fault of network or provider.")
    reasks: int = Field(default=0, ge=0, description="Requests sent again because a reply could not be used.")
    recalled: int = Field(
        default=0, ge=0, description="Questions that a kept reply answered, without a request."
    )
    tokens: Tokens
    estimated: bool = Field(
        default=False, description="Whether some tokens are our estimate: the provider did not count them."
    )
    cost_usd: float | None = Field(ge=0, description="Null when the price is unknown.")
    seconds: float = Field(ge=0)


class Briefing(Model):
    """One article's briefing: typed, and checkable against the article word by word."""

    schema_version: Literal["1"] = "1"
    headline: Line
    language: str = Field(
        default="en",
        max_length=20,
        description="BCP 47 tag of what we wrote; quotes stay in the article's own.",
    )
    article: ArticleRecord
    summary: Summary
    actors: list[Actor]
    escalation_signals: list[Signal]
    escalation: Escalation
    gaps: list[Gap]
    coverage: Coverage
    provenance: Provenance
    issues: list[SourceIssue] = Field(
        default_factory=list[SourceIssue],
        description="What is wrong with the source itself: text written for software, text that no reader sees.",
    )

    def to_json(self) -> str:
        """The published JSON, indented, with a line end."""
        return self.model_dump_json(indent=2) + "\n"

    def to_markdown(self) -> str:
        """A note to hand on, with the quoted sources."""
        # Rendering stands above the types; a method here is what callers look for first.
        from summarizer.render.markdown import briefing_to_markdown

        return briefing_to_markdown(self)
