"""A recorded note of several articles knows them all, and is made again from them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer import brief
from summarizer.article import Article
from summarizer.cli.cassettes import app
from summarizer.loaders import load
from summarizer.pipeline.witness import tell, told_as_note, witnessed
from summarizer.testing import FakeServer, use_cassette
from summarizer.testing.fake_server import Received, Say, completion
from summarizer.testing.filling import least
from summarizer.testing.made import Made, changes, describe
from summarizer.testing.storage import read_tape
from tests.testing.test_made import LOCAL, asked

RUN = CliRunner()
MODEL = "openai/fake-model"
CLASH = (
    "A patrol boat of Osmark fired on a trawler from Tarn on Monday and killed two fishermen. "
    "The navy of Osmark said that it had fired warning shots only."
)
TALKS = (
    "Tarn and Osmark agreed on Thursday to hold talks on fishing in the strait. "
    "The foreign minister of Tarn, Ida Brekke, said that the talks would begin in June."
)
KNOWN = """
[clash]
file = "clash.txt"
title = "Two killed in the strait"
source = "Coast Herald"
published = "2026-05-04"
"""


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """Where a recording would lie in a project with two articles, of which one has an outlet."""
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    for folder in ("news", "cassettes"):
        (tmp_path / folder).mkdir()
    for name, text in {"clash.txt": CLASH, "talks.txt": TALKS, "articles.toml": KNOWN}.items():
        (tmp_path / "news" / name).write_text(text, encoding="utf-8")
    return tmp_path / "cassettes" / "strait.yaml"


def two_articles(cassette: Path) -> list[Article]:
    """As they are when a newsroom has said more of one."""
    news = cassette.parents[1] / "news"
    outlet = replace(load(news / "clash.txt"), source="Coast Herald", published="2026-05-04")
    return [outlet, load(news / "talks.txt")]


def made_of(cassette: Path, articles: list[Article], *, title: str | None = None) -> Made:
    with witnessed() as heard, told_as_note(articles, LOCAL, None, title=title):
        for article in articles:
            tell(article, LOCAL, None)
    recordings = [asked("summary"), asked("restatednote")]
    return describe(cassette, recordings, heard, test=None)


def test_a_note_is_one_run_that_knows_its_articles_and_the_pass_that_writes_it(cassette: Path) -> None:
    made = made_of(cassette, two_articles(cassette), title="The strait")

    (run,) = made.runs
    assert run.note is not None
    assert run.note.title == "The strait"
    assert [one.file for one in run.articles] == ["../news/clash.txt", "../news/talks.txt"]
    assert sorted(run.digests.prompts) == sorted(run.digests.schemas) == ["note", "summary"]
    assert made.can_be_made_again
    assert changes(cassette, made) == []


def test_its_articles_come_back_as_they_were_put_to_the_model(cassette: Path) -> None:
    articles = two_articles(cassette)
    renamed = replace(articles[1], id="second")

    (run,) = made_of(cassette, [articles[0], renamed]).runs

    assert [one.load(cassette.parent) for one in run.articles] == [articles[0], renamed]


def test_a_note_with_an_article_from_nowhere_cannot_be_made_again(cassette: Path) -> None:
    pasted = Article.from_text(TALKS.replace("June", "July"))

    assert not made_of(cassette, [*two_articles(cassette), pasted]).can_be_made_again


def test_an_article_briefed_beside_a_note_is_a_run_of_its_own(cassette: Path) -> None:
    clash, talks = two_articles(cassette)
    with witnessed() as heard:
        with told_as_note([clash, talks], LOCAL, None, title=None):
            tell(clash, LOCAL, None)
        tell(talks, LOCAL, None)

    assert [one.articles for one in heard] == [(clash, talks), (talks,)]


class AgreeableServer(FakeServer):
    """A FAKE that answers every question with the least that its schema allows."""

    def next(self, received: Received) -> Say:
        """Keep the request, and fill in the form that it asks for."""
        super().next(received)
        schema = received.body["response_format"]["json_schema"]["schema"]
        body = completion(json.dumps(least(schema)))
        body["usage"]["prompt_tokens"] = (
            4_000  # as many as it was sent, or it would pass for a server that cuts
        )
        return Say(body=body)


@pytest.mark.summarizer_loopback
@pytest.mark.thorough
def test_a_note_that_has_gone_stale_is_renewed_by_the_command(
    cassette: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = cassette.parents[1] / "news"
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with AgreeableServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        with use_cassette(cassette, record=True):
            brief([news], model=MODEL)
        sound = RUN.invoke(app, ["check", str(cassette.parent)])
        (news / "talks.txt").write_text(TALKS.replace("June", "July"), encoding="utf-8")
        stale = RUN.invoke(app, ["check", str(cassette.parent)])
        refused = RUN.invoke(app, ["record", "--dir", str(cassette.parent)])
        before = len(server.requests)
        renewed = RUN.invoke(app, ["record", "--dir", str(cassette.parent), "--yes"])
        after = RUN.invoke(app, ["check", str(cassette.parent)])

    assert sound.stdout == after.stdout == "1 recording checked, none with a fault\n"
    assert "strait.yaml: stale: changed since" in stale.stdout
    assert ": article ../news/talks.txt\n" in stale.stdout
    assert refused.exit_code == 2
    assert "brief ../news/clash.txt and 1 more as one note with openai/fake-model" in refused.stderr
    assert renewed.stdout == f"recorded {cassette}\n"
    assert len(server.requests) - before == len(read_tape(cassette).recordings)
    assert "July" in cassette.read_text(encoding="utf-8")
