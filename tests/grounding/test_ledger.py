"""What an article leaves open, and what a briefing leaves out."""

import pytest

from summarizer import Article
from summarizer.grounding.candidates import candidates
from summarizer.grounding.coverage import uncovered
from summarizer.grounding.gaps import open_questions
from summarizer.grounding.spans import evidence
from summarizer.pipeline.actors import read_actors

BODY = "The talks ended on Monday without a result, officials said after the meeting."


@pytest.mark.parametrize(
    "sentence",
    [
        "It was unclear why the general wanted the call kept quiet.",
        "It was not immediately clear who fired the shots.",
        "Neither side's figure could be independently verified.",
        "The report could not be confirmed.",
        "There was no immediate comment from the ministry.",
        "A spokesman declined to comment.",
        "She did not say when the troops would leave.",
    ],
)
def test_a_gap_the_article_admits_is_listed_with_its_words(sentence: str) -> None:
    gaps = open_questions(Article.from_text(f"{BODY} {sentence}"))

    assert [(gap.kind, gap.text, gap.evidence[0].sentence) for gap in gaps] == [("open", sentence, 2)]


@pytest.mark.parametrize(
    "sentence",
    ["The sky was clear over the port.", "He said the cause was just.", "They confirmed the report."],
)
def test_a_sentence_that_merely_sounds_alike_is_no_gap(sentence: str) -> None:
    assert open_questions(Article.from_text(f"{BODY} {sentence}")) == []


def test_uncited_sentences_that_name_an_actor_or_a_number_are_reported() -> None:
    text = (
        "Russia moved its forces on Monday. The weather was fine. Nine people were killed. "
        "Ukraine answered on Tuesday. Nobody knew more about it than that."
    )
    article = Article.from_text(text)
    actors = read_actors(article, candidates(article), {})

    assert uncovered(article, actors, []) == [1, 3, 4]
    assert uncovered(article, actors, evidence(article, [1, 4])) == [3]
