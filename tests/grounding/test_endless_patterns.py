"""Texts over which a pattern that can read them in many ways would sit for ever: read all the same, to the end."""

import pytest

from summarizer.article import Article
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.proposals import propose
from summarizer.grounding.suspicion import suspicions

MANY = 400


@pytest.mark.parametrize(
    "text",
    [
        "_" * MANY,
        "note_" * MANY + "of the town",
        "System" + " a_b." * MANY,
        "<|system|>" * MANY + " troops",
        "Officials called " + "a-" * MANY + "b and then it was quiet in the town again.",
        "Officials called " + ("a" + "'" * 20 + " ") * MANY + "then.",
        "Officials called " + "(a) [b] " * MANY + "then.",
        "The ministry" + " reportedly" * MANY + " of it said that it was quiet in the town again today.",
        "The ministry" + " repeatedly" * MANY + " warned and said that it was quiet in the town again.",
        "Its foreign minister, " + "A. " * MANY + "x, said that it was quiet in the town again today.",
        "On   This    " * MANY + "x, he said, it was quiet in the town again today.",
    ],
)
def test_a_text_of_many_readings_is_read_to_its_end(text: str) -> None:
    article = Article.from_text(
        f"The town was quiet in the morning.\n\n{text}\n\nNobody came to the square today."
    )
    suspicions(article)
    propose(article)
    assert all(attribution_of(article, sentence.number)[0] for sentence in article.sentences)
