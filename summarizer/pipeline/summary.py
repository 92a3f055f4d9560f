"""The summary pass: passages that the code chose, in the model's words."""

from collections.abc import Mapping, Sequence
from typing import cast

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate
from summarizer.grounding.passages import Passages
from summarizer.grounding.spans import evidence
from summarizer.grounding.standalone import standalone
from summarizer.languages import same_language
from summarizer.pipeline.asking import Question
from summarizer.pipeline.wording import room_for, tidy
from summarizer.prompting import PromptLibrary
from summarizer.types import Point, Summary
from summarizer.types.drafts import summary_draft
from summarizer.windows import Window

__all__ = ["ask_summary", "read_summary", "said_of"]

BOTTOM = "bottom"
TOKENS_A_SENTENCE = 110
"""Room for the longest restatement the draft allows, with its key."""


def ask_summary(
    article: Article,
    window: Window,
    passages: Passages,
    people: Sequence[Candidate],
    library: PromptLibrary,
    *,
    judges: bool,
) -> Question | None:
    """Ask for each passage of the window as one sentence; None when it has none.

    The first window also carries the bottom line, and the headline where the article has no title in the language of
    the briefing.
    """
    texts = _texts(article, window, passages, people)
    if not texts and not judges:
        return None
    unnamed = article.title is None or not same_language(article.language, library.language)
    headline = window.is_first and unnamed
    prompt = library.render(
        "summary", article, sentences=window.sentences, passages=texts, headline=headline, judges=judges
    )
    shape = summary_draft(
        {name: room_for(len(text), article.language, library.language) for name, text in texts.items()},
        sentences=window.owned[-1],
        judges=judges,
        headline=headline,
        first=window.sentences[0].number,
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
    proposed = answer.get("headline", article.title)
    headline = tidy(str(proposed), article).rstrip(".") if "headline" in answer else str(proposed)
    return headline, Summary(bottom_line=bottom, key_points=points)


def said_of(passages: Passages, answer: Mapping[str, object]) -> dict[int, str]:
    """What the answer says of each sentence that it restates, by number; a lead of two goes by its second."""
    asked = {number: _name(number) for number in passages.points} | {passages.lead[-1]: BOTTOM}
    return {number: text for number, name in asked.items() if isinstance(text := answer.get(name), str)}


def _texts(
    article: Article, window: Window, passages: Passages, people: Sequence[Candidate]
) -> dict[str, str]:
    texts: dict[str, str] = {}
    if window.is_first:
        texts[BOTTOM] = " ".join(standalone(article, number, people) for number in passages.lead)
    here = [number for number in passages.points if number in window.owned]
    return texts | {_name(number): standalone(article, number, people) for number in here}


def _name(number: int) -> str:
    return f"s{number}"
