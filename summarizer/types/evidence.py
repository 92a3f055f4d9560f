"""What it means for a sentence of ours to stand on the article."""

from typing import Literal, Self

from pydantic import Field, model_validator

from summarizer.types.base import Line, Model

__all__ = ["Gap", "Issue", "Point", "Span", "Verdict"]

Verdict = Literal["supported", "altered", "unsupported", "unchecked"]
"""Does the claim say what its evidence says? `altered`: it changes a number, name, negation or hedge."""


class Span(Model):
    """Words of the article: `article.text[start:end] == quote`, always."""

    sentence: int = Field(ge=1, description="Number of the sentence that holds the span, from 1.")
    start: int = Field(ge=0, description="First character, 0-based, in the article's text.")
    end: int = Field(ge=1, description="One past the last character.")
    quote: str = Field(min_length=1, description="The words themselves, verbatim.")
    place: str | None = Field(
        default=None,
        min_length=1,
        max_length=60,
        description="Where its first word stands in the original, such as `page 3`; absent when the original has no such places.",
        exclude_if=lambda place: place is None,
    )

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.quote):
            message = f"a span of {self.end - self.start} characters cannot quote {len(self.quote)}"
            raise ValueError(message)
        return self


class Issue(Model):
    """One reason why a claim does not stand on its evidence, with the words on both sides."""

    kind: Literal[
        "number",
        "date",
        "name",
        "negation",
        "modality",
        "quantifier",
        "direction",
        "role",
        "content",
        "citation",
        "language",
    ]
    claim: str = Field(max_length=500, description="The words of the claim; empty when it lacks them.")
    source: str = Field(max_length=500, description="The words of the article; empty when it lacks them.")
    message: Line = Field(description="The whole reason as one sentence.")


class Point(Model):
    """One sentence of the summary, in the model's words, with its evidence."""

    text: Line
    evidence: list[Span] = Field(description="The sentences it stands on, most direct first.")
    verdict: Verdict = "unchecked"
    issues: list[Issue] = Field(default_factory=list[Issue])


class Gap(Model):
    """Something the article leaves open, or on which its sources contradict each other."""

    kind: Literal["open", "conflict"]
    text: Line
    evidence: list[Span]
