"""An article as the annex of a note: its own paragraphs, whatever stands between and behind them."""

import pytest

from summarizer import Article, brief
from summarizer.render.article_layout import article_sections
from summarizer.render.layout import Paragraph
from summarizer.testing import ScriptedModel

FIRST = "Karvelia moved two brigades to its border on Monday."
SECOND = "Ostrava condemned the deployment as a provocation."


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{FIRST}\n{SECOND}", 2),
        (f"{FIRST} \n \n {SECOND}", 2),
        (f"{FIRST} {SECOND}" + "\n" * 20_000, 1),
        (f"{FIRST}\n{SECOND}\n\n{FIRST}", 2),
    ],
)
def test_an_article_keeps_its_paragraphs(text: str, paragraphs: int) -> None:
    article = Article.from_text(text)
    with ScriptedModel(fill=True, model="local/scripted"):
        note = brief([article])

    (section,) = article_sections(note, {"d1": article})

    assert sum(isinstance(block, Paragraph) for block in section.blocks) == paragraphs
