"""A long article in windows: every sentence is read once, and the windows together find what one would."""

import asyncio
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article, Briefing
from summarizer.llm import Client, ModelRef, Reply, Usage
from summarizer.pipeline import brief_article
from summarizer.prompting import PromptLibrary
from summarizer.types.drafts import Draft
from summarizer.windows import OVERLAP, windows

SENTENCES = (
    "Karvelia moved two armored brigades to its northern border on Monday, the Defense Ministry said.",
    "Ostrava's foreign minister, Pavel Dorn, condemned the deployment as a provocation.",
    "He said that 14 soldiers had been wounded when mortar shells hit a checkpoint near Tarsk.",
    "The weather stayed cold.",
    "President Mira Solen agreed to meet a delegation from Ostrava in June.",
    "Karvelia denied that its troops had opened fire.",
    "The United Nations said that it would send observers.",
    "Analysts expect little from the talks.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=40).map(" ".join)


class Echo:
    """A scripted model: it answers each question with words made from the question's own name."""

    ref = ModelRef("local", "echo")

    def __init__(self, context_window: int | None) -> None:
        self.context_window = context_window
        self.prompts: list[str] = []

    async def ask(
        self, _system: str, user: str, shape: type[Draft], *, name: str, **_: object
    ) -> Reply[Draft]:
        """Answer at once."""
        self.prompts.append(user)
        fields = shape.model_json_schema()["properties"]
        answer = {
            field: rule["enum"][0]
            if "enum" in rule
            else f"Words that restate the passage {field}, made for the {name} pass of a test and long enough for any passage there is"[
                : rule["maxLength"]
            ]
            for field, rule in fields.items()
        }
        return Reply(shape.model_validate(answer), Usage())


def brief(article: Article, context_window: int | None) -> tuple[Briefing, list[str]]:
    model = Echo(context_window)
    briefing = asyncio.run(brief_article(article, cast("Client", model), PromptLibrary()))
    return briefing, model.prompts


@given(texts, st.one_of(st.none(), st.integers(min_value=1, max_value=2000)))
def test_every_sentence_is_owned_by_exactly_one_window_and_shown_by_it(text: str, chars: int | None) -> None:
    article = Article.from_text(text)
    found = windows(article, chars=chars)
    assert [n for window in found for n in window.owned] == [s.number for s in article.sentences]
    for window in found:
        shown = [sentence.number for sentence in window.sentences]
        assert shown[-len(window.owned) :] == list(window.owned)
        assert len(shown) - len(window.owned) <= OVERLAP
        assert shown == list(range(shown[0], shown[-1] + 1))


@given(texts, st.integers(min_value=200, max_value=2000))
def test_a_window_is_larger_than_asked_for_only_to_hold_one_long_sentence(text: str, chars: int) -> None:
    for window in windows(Article.from_text(text), chars=chars):
        size = sum(len(sentence.body) + 8 for sentence in window.sentences)
        assert size <= chars or len(window.sentences) == 1


def test_what_fits_is_one_window() -> None:
    (only,) = windows(Article.from_text(" ".join(SENTENCES)), chars=5000)
    assert (only.number, only.count, only.is_first) == (1, 1, True)


@settings(max_examples=25, deadline=None)
@given(texts)
def test_an_article_in_many_windows_gives_the_briefing_of_one(text: str) -> None:
    """Questions, answers and everything that code adds are the same; only the requests are more."""
    article = Article.from_text(text)
    whole, once = brief(article, None)
    split, often = brief(article, 500)
    assert len(often) >= len(once)
    same = {"headline", "article", "summary", "actors", "escalation_signals", "escalation", "gaps"}
    assert split.model_dump(include=same) == whole.model_dump(include=same)
    assert split.coverage.uncovered == whole.coverage.uncovered


def test_each_sentence_of_a_long_report_reaches_the_model() -> None:
    article = Article.from_text(" ".join(SENTENCES * 30))
    _, prompts = brief(article, 3000)
    read = "\n".join(prompts)
    assert len(prompts) > 4
    assert all(f"[{sentence.number}] {sentence.body}" in read for sentence in article.sentences)
