"""A pass that only corrects may fail without taking the briefing with it, and the ledger says so."""

import asyncio

import pytest

from summarizer import Article
from summarizer.errors import MalformedReply, Truncated, Unreachable
from summarizer.llm import Client, parse_model
from summarizer.pipeline.asking import Conversation, Question
from summarizer.pipeline.progress import Silent
from summarizer.pipeline.strategy import Strategy
from summarizer.prompting import Prompt
from summarizer.types.drafts import revision_draft

QUESTION = Question(Prompt("revision", "system", "user"), revision_draft(["c1"]), 50)


def conversation(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Conversation:
    async def ask(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Client, "ask", ask)
    article = Article.from_text("The army moved two brigades to the border on Monday, officials said.")
    client = Client(parse_model("openai/any"), base_url="http://127.0.0.1:9/v1")
    return Conversation(article, client, Strategy(judges=True), Silent())


@pytest.mark.parametrize(
    ("error", "outcome"), [(Truncated("too long"), "truncated"), (MalformedReply("no JSON"), "failed")]
)
def test_an_unusable_correction_is_reported_and_survived(
    monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: str
) -> None:
    talk = conversation(monkeypatch, error)

    assert asyncio.run(talk.try_to_ask(QUESTION)) is None
    assert [(report.name, report.outcome) for report in talk.reports] == [("revision", outcome)]


def test_what_another_try_cannot_mend_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = conversation(monkeypatch, Unreachable("no connection"))

    with pytest.raises(Unreachable):
        asyncio.run(talk.try_to_ask(QUESTION))


def test_a_pass_that_states_is_never_skipped_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = conversation(monkeypatch, Truncated("too long"))

    with pytest.raises(Truncated):
        asyncio.run(talk.ask(QUESTION))
