"""A long article in windows: every sentence is read once, and the windows together find what one would."""

import asyncio
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article, Briefing
from summarizer.llm import Client, ModelRef, Reply, Usage
from summarizer.pipeline import brief_article
from summarizer.prompting import PromptLibrary
from summarizer.testing.filling import least
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


class Judge(Echo):
    """A scripted model of those that judge: it adds nothing, and is asked about every window."""

    ref = ModelRef("openai", "judge")

    async def ask(self, _system: str, user: str, shape: type[Draft], **_: object) -> Reply[Draft]:
        """Answer with as little as the form allows."""
        self.prompts.append(user)
        return Reply(shape.model_validate(least(shape.model_json_schema())), Usage())


def brief(article: Article, context_window: int | None) -> tuple[Briefing, list[str]]:
    model = Echo(context_window)
    briefing = asyncio.run(brief_article(article, cast("Client", model), PromptLibrary()))
    return briefing, model.prompts


def judged(article: Article, context_window: int) -> list[str]:
    model = Judge(context_window)
    asyncio.run(brief_article(article, cast("Client", model), PromptLibrary()))
    return model.prompts


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


@settings(max_examples=settings().max_examples // 3)
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


@given(texts, st.integers(min_value=300, max_value=3000))
def test_no_sentence_is_unread_by_a_model_that_judges(text: str, context_window: int) -> None:
    article = Article.from_text(text)
    read = "\n".join(judged(article, context_window))
    assert all(f"[{sentence.number}] {sentence.body}" in read for sentence in article.sentences)


def test_a_piece_without_the_end_of_a_sentence_fits_the_windows_and_is_read_to_its_last_word() -> None:
    words = [f"ware{n}" for n in range(2800)]
    article = Article.from_text("Shells fell on a market of " + " ".join(words))
    prompts = judged(article, 8192)
    read = set("\n".join(prompts).split())
    assert len(prompts) > 2
    assert max(map(len, prompts)) < 3 * 8192
    assert set(words) <= read
