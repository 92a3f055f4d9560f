"""The summary pass: passages that the code chose, in the model's words."""

from collections.abc import Mapping, Sequence
from typing import cast

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate
from summarizer.grounding.passages import Passages
from summarizer.grounding.spans import evidence
from summarizer.grounding.standalone import standalone
from summarizer.pipeline.asking import Question
from summarizer.pipeline.wording import tidy
from summarizer.prompting import PromptLibrary
from summarizer.types import Point, Summary
from summarizer.types.drafts import summary_draft

__all__ = ["ask_summary", "read_summary"]

BOTTOM = "bottom"
TOKENS_A_SENTENCE = 110
"""Room for the longest restatement the draft allows, with its key."""


def ask_summary(
    article: Article, passages: Passages, people: Sequence[Candidate], library: PromptLibrary, *, judges: bool
) -> Question:
    """Ask for each passage as one sentence, and for a headline where the article has no title."""
    texts = _texts(article, passages, people)
    headline = article.title is None
    prompt = library.render("summary", article, passages=texts, headline=headline, judges=judges)
    shape = summary_draft(
        {name: len(text) for name, text in texts.items()},
        sentences=len(article.sentences),
        judges=judges,
        headline=headline,
    )
    return Question(prompt, shape, TOKENS_A_SENTENCE * (len(texts) + 2 + 4 * judges))


def read_summary(article: Article, passages: Passages, answer: Mapping[str, object]) -> tuple[str, Summary]:
    """Headline and summary, each sentence with the span of the passage it restates."""
    bottom = Point(text=tidy(str(answer[BOTTOM]), article), evidence=evidence(article, passages.lead))
    points = [
        Point(text=tidy(text, article), evidence=evidence(article, (number,)))
        for number in passages.points
        if isinstance(text := answer[_name(number)], str)
    ]
    for more in cast("Sequence[Mapping[str, object]]", answer.get("more", ())):
        numbers = cast("Sequence[int]", more["s"])
        points.append(Point(text=tidy(str(more["t"]), article), evidence=evidence(article, numbers)))
    headline = article.title or tidy(str(answer["headline"]), article).rstrip(".")
    return headline, Summary(bottom_line=bottom, key_points=points)


def _texts(article: Article, passages: Passages, people: Sequence[Candidate]) -> dict[str, str]:
    texts = {BOTTOM: " ".join(standalone(article, number, people) for number in passages.lead)}
    return texts | {_name(number): standalone(article, number, people) for number in passages.points}


def _name(number: int) -> str:
    return f"s{number}"
