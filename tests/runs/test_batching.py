"""Batches as Python functions, over the real client and a fake server: from files to briefings, and no request twice."""

import asyncio
import json
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from summarizer import Limits
from summarizer.article import Article
from summarizer.batching import BatchOptions, abatch, batch
from summarizer.errors import BudgetReached, NotAuthorised, RunChanged, SettingsError
from summarizer.runs import Result
from summarizer.runs.engines.local import Processes
from summarizer.runs.status import status_of
from summarizer.sharding import brief_shards
from summarizer.testing.fake_server import FakeServer, Received, Say, completion, failure
from summarizer.testing.filling import filled
from summarizer.types import Briefing

if TYPE_CHECKING:
    from pydantic import BaseModel

pytestmark = pytest.mark.summarizer_loopback

STORIES = [
    (
        "Port Meridia closed its northern harbour on Friday after the navy of Ostrava announced missile tests nearby. "
        "Foreign Minister Pavel Dorn said the tests threatened shipping. Ostrava rejected the protest."
    ),
    (
        "Karvelia recalled its ambassador from Ostrava on Monday. President Mira Solen called the arrest of two sailors "
        "an unfriendly act. Ostrava said the sailors had crossed the border."
    ),
    (
        "Negotiators from Karvelia and Ostrava met in Port Meridia on Tuesday. They agreed to release the two sailors. "
        "Pavel Dorn said talks would continue next week."
    ),
]


class Model(FakeServer):
    """Gives each question the smallest answer that fits, until it is told to say something else."""

    def __init__(self) -> None:
        super().__init__()
        self.says: Say | None = None
        self.says_after = 10**9

    def next(self, received: Received) -> Say:
        """Answer."""
        super().next(received)
        if self.says is not None and len(self.requests) > self.says_after:
            return self.says
        schema = received.body["response_format"]["json_schema"]["schema"]

        class Shape:
            @staticmethod
            def model_json_schema() -> Any:
                return schema

        body = completion(json.dumps(filled(cast("type[BaseModel]", Shape), {})))
        read = sum(len(message["content"]) for message in received.body["messages"]) // 3
        return Say(body={**body, "usage": {"prompt_tokens": read, "completion_tokens": 20}})


@pytest.fixture
def model() -> Generator[Model]:
    with Model() as model:
        yield model


def options(model: Model, **more: Any) -> BatchOptions:
    return BatchOptions(
        model="openai/fake-model", base_url=model.base_url, api_key="k", cache=False, concurrency=2, **more
    )


def stories() -> list[Article]:
    return [Article.from_text(text, id=f"story-{n}") for n, text in enumerate(STORIES)]


def test_articles_become_briefings_whose_spans_are_verbatim(model: Model) -> None:
    results = sorted(batch(stories(), options=options(model)), key=lambda result: result.position)
    assert [result.id for result in results] == ["story-0", "story-1", "story-2"]
    for result, text in zip(results, STORIES, strict=True):
        briefing = result.briefing
        assert briefing is not None
        span = briefing.summary.bottom_line.evidence[0]
        assert text[span.start : span.end] == span.quote


def test_the_same_call_again_sends_nothing_and_hands_out_the_same(model: Model, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = list(batch(stories(), output=out, options=options(model)))
    sent = len(model.requests)
    second = list(batch(stories(), output=out, options=options(model)))
    assert len(model.requests) == sent == status_of(out).requests
    assert {r.id: r.body for r in first} == {r.id: r.body for r in second}
    for line in out.read_text().splitlines():
        Briefing.model_validate(json.loads(line)["briefing"])


def test_passes_that_were_answered_before_a_stop_are_not_asked_again(model: Model, tmp_path: Path) -> None:
    """The key is refused in the middle of an article; once it is right again, only what is missing is sent."""
    out = tmp_path / "out.jsonl"
    model.says, model.says_after = failure(401, "no such key"), 4
    with pytest.raises(NotAuthorised):
        list(batch(stories(), output=out, options=options(model)))
    model.says = None
    list(batch(stories(), output=out, options=options(model)))
    prompts = [request.user for request in model.requests]
    refused = len(prompts) - len(set(prompts))
    assert refused <= 2
    assert status_of(out).done == 3
    assert status_of(out).requests == len(prompts)


def test_a_briefing_accounts_for_every_request_that_its_article_took_those_of_earlier_starts_too(
    model: Model, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    model.says, model.says_after = failure(401, "no such key"), 4
    with pytest.raises(NotAuthorised):
        list(batch(stories(), output=out, options=options(model)))
    model.says = None
    made = [result.briefing for result in batch(stories(), output=out, options=options(model))]
    accounts = [briefing.provenance for briefing in made if briefing is not None]
    assert sum(account.requests for account in accounts) == len(model.requests)
    assert sum(account.tokens.input for account in accounts) == status_of(out).tokens.input


def test_a_budget_stops_the_batch_before_it_is_passed_and_is_no_new_one_at_the_next_start(
    model: Model, tmp_path: Path
) -> None:
    limited = options(model, limits=Limits(max_requests=3))
    for _ in range(2):
        with pytest.raises(BudgetReached):
            list(batch(stories(), output=tmp_path / "out.jsonl", options=limited))
        assert len(model.requests) == 3
    more = options(model, limits=Limits(max_requests=100))
    assert len(list(batch(stories(), output=tmp_path / "out.jsonl", options=more))) == 3


def test_other_options_are_refused_where_there_are_results(model: Model, tmp_path: Path) -> None:
    list(batch(stories(), output=tmp_path / "out.jsonl", options=options(model)))
    with pytest.raises(RunChanged, match="published: not set before, 2031-05-06 now"):
        list(batch(stories(), output=tmp_path / "out.jsonl", options=options(model, published="2031-05-06")))


def test_inside_a_loop_results_are_awaited(model: Model) -> None:
    async def work() -> list[Result]:
        return [result async for result in abatch(stories(), options=options(model))]

    assert len(asyncio.run(work())) == 3


def test_leaving_early_leaves_a_batch_that_goes_on(model: Model, tmp_path: Path) -> None:
    for _ in batch(stories(), output=tmp_path / "out.jsonl", options=options(model)):
        break
    assert len(list(batch(stories(), output=tmp_path / "out.jsonl", options=options(model)))) == 3


@pytest.mark.parametrize("wrong", [{"concurrency": 0}, {"rpm": 0}, {"tpm": -1}])
def test_a_limit_that_lets_nothing_through_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="lets nothing through"):
        BatchOptions(**wrong)


@pytest.mark.crash
def test_shards_in_processes_give_the_same_rows_and_take_their_key_from_the_environment(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    news = tmp_path / "news.jsonl"
    rows = [{"id": f"story-{n}", "text": text} for n, text in enumerate(STORIES)]
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    chosen = replace(options(model), api_key=None)
    ended = brief_shards([news], tmp_path / "out.jsonl", chosen, Processes(1), workers=1, size=2)
    assert (ended.complete, ended.done, ended.failed) == (True, 3, 0)
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in found] == ["story-0", "story-1", "story-2"]
    for row in found:
        Briefing.model_validate(row["briefing"])
    assert {request.headers["authorization"] for request in model.requests} == {"Bearer from-the-environment"}
