"""Whole runs against a scripted provider: order, resuming, and articles that fail."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import BudgetReached, RateLimited, Refused, RunChanged, RunInProgress, Unreachable
from summarizer.runs import Result, follow, run
from summarizer.runs.output import failed_path
from tests.runs.left_behind import rows
from tests.runs.scripted import Provider, article, articles, batch, body_of, brief


def test_every_article_has_its_row_in_the_order_of_the_input(tmp_path: Path) -> None:
    provider = Provider()
    report = brief(batch(tmp_path, provider), articles(700))
    assert report.complete
    assert (report.figures.done, report.figures.failed, report.figures.total) == (700, 0, 700)
    assert rows(tmp_path / "out.jsonl") == [{"id": f"a{n}", "briefing": body_of(n)} for n in range(700)]
    assert not failed_path(tmp_path / "out.jsonl").exists()
    assert not list(tmp_path.glob("*.part"))


def test_the_same_command_again_sends_nothing_and_gives_the_same_output(tmp_path: Path) -> None:
    provider = Provider()
    brief(batch(tmp_path, provider), articles(40))
    before, sent = (tmp_path / "out.jsonl").read_bytes(), sum(provider.asked.values())
    report = brief(batch(tmp_path, provider), articles(40))
    assert sum(provider.asked.values()) == sent
    assert (tmp_path / "out.jsonl").read_bytes() == before
    assert (report.figures.kept, report.figures.made) == (40, 0)


def test_no_more_than_the_concurrency_is_under_way(tmp_path: Path) -> None:
    provider = Provider()
    brief(batch(tmp_path, provider, concurrency=5), articles(60))
    assert provider.most_under_way == 5


def test_the_input_is_read_only_as_fast_as_it_is_taken(tmp_path: Path) -> None:
    """An endless input is stopped by the budget after a few articles; a run that listed it would never begin."""
    provider = Provider(fails=lambda key, _: BudgetReached("no money") if key == "a40/0" else None)
    read = 0

    def endless() -> Iterator[Article]:
        nonlocal read
        while True:
            yield article(read)
            read += 1

    report = brief(batch(tmp_path, provider), endless())
    assert isinstance(report.stopped, BudgetReached)
    assert read < 1000


def test_a_refused_article_has_its_error_in_its_place_and_in_the_list_beside(tmp_path: Path) -> None:
    provider = Provider(fails=lambda key, _: Refused("it declined") if key == "a3/1" else None)
    report = brief(batch(tmp_path, provider), articles(6))
    out = rows(tmp_path / "out.jsonl")
    error = {"type": "Refused", "message": "it declined", "hint": "Try another model."}
    assert report.complete
    assert out[3] == {"id": "a3", "error": error}
    assert [row["id"] for row in out] == [f"a{n}" for n in range(6)]
    assert rows(tmp_path / "out.failed.jsonl") == [{"id": "a3", "source": None, "error": error}]


def test_a_failed_article_is_tried_again_only_when_asked_and_pays_only_for_what_is_missing(
    tmp_path: Path,
) -> None:
    broken = Provider(fails=lambda key, _: Refused("it declined") if key == "a3/1" else None)
    brief(batch(tmp_path, broken), articles(6))
    healthy = Provider()
    brief(batch(tmp_path, healthy), articles(6))
    assert not healthy.asked
    report = brief(batch(tmp_path, healthy, retry="all"), articles(6))
    assert healthy.asked == {"a3/1": 1}
    assert report.figures.failed == 0
    assert rows(tmp_path / "out.jsonl")[3] == {"id": "a3", "briefing": body_of(3)}
    assert not failed_path(tmp_path / "out.jsonl").exists()


def test_one_article_that_always_times_out_among_good_ones_fails_alone(tmp_path: Path) -> None:
    provider = Provider(fails=lambda key, _: Unreachable("it broke") if key == "a4/0" else None)
    report = brief(batch(tmp_path, provider), articles(10))
    assert report.complete
    assert (report.figures.done, report.figures.failed) == (9, 1)


def test_articles_that_failed_while_the_provider_was_out_are_tried_again_once_it_is_back(
    tmp_path: Path,
) -> None:
    """The requests 21 to 30 meet an outage."""
    provider = Provider()
    provider.fails = lambda _key, _time: (
        Unreachable("no route") if 20 < provider.asked.total() <= 30 else None
    )
    report = brief(batch(tmp_path, provider, concurrency=4), articles(50))
    assert report.complete
    assert (report.figures.done, report.figures.failed) == (50, 0)


def test_being_told_to_slow_down_uses_up_no_article(tmp_path: Path) -> None:
    provider = Provider(fails=lambda _key, time: RateLimited("slow down") if time < 4 else None)
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    report = brief(batch(tmp_path, provider, sleep=sleep), articles(12))
    assert report.complete
    assert report.figures.done == 12
    assert len(waits) == 12 * 2 * 3


def test_a_run_begun_with_other_options_is_refused_with_the_difference(tmp_path: Path) -> None:
    brief(batch(tmp_path, Provider()), articles(3))
    other = batch(tmp_path, Provider(), options={"model": "fake/other", "prompts": "mine"})
    with pytest.raises(
        RunChanged, match="model: fake/model before, fake/other now; prompts: not set before, mine now"
    ):
        brief(other, articles(3))


def test_a_second_run_of_the_same_output_is_refused_while_the_first_is_at_work(tmp_path: Path) -> None:
    provider = Provider()

    async def both() -> None:
        async for _ in follow(batch(tmp_path, provider), articles(50)):
            with pytest.raises(RunInProgress, match=r"process \d+ on "):
                await run(batch(tmp_path, provider), articles(50))
            return

    asyncio.run(both())
    assert brief(batch(tmp_path, provider), articles(50)).complete


def test_results_come_as_they_are_made_and_again_when_they_are_kept(tmp_path: Path) -> None:
    async def all_of() -> list[Result]:
        return [result async for result in follow(batch(tmp_path, Provider()), articles(30))]

    first, second = asyncio.run(all_of()), asyncio.run(all_of())
    assert sorted(result.position for result in first) == list(range(30))
    assert {result.kept for result in first} == {False}
    assert {result.kept for result in second} == {True}
    assert {r.id: r.body for r in first} == {r.id: r.body for r in second}


def test_articles_with_the_same_id_keep_apart(tmp_path: Path) -> None:
    same = [replace(article(n), id="same") for n in range(3)]
    brief(batch(tmp_path, Provider()), iter([*same, article(0), article(0)]))
    ids = [row["id"] for row in rows(tmp_path / "out.jsonl")]
    assert ids == ["same", "same-2", "same-3", "a0", "a0-2"]


def test_an_article_that_is_there_twice_is_paid_for_once_when_the_first_is_done(tmp_path: Path) -> None:
    provider = Provider()
    brief(batch(tmp_path, provider, concurrency=1), iter([article(0), article(0)]))
    assert set(provider.paid.values()) == {1}


def test_an_input_that_has_changed_keeps_the_results_of_what_is_still_there(tmp_path: Path) -> None:
    provider = Provider()
    brief(batch(tmp_path, provider), iter([article(n) for n in (0, 1, 2, 3)]))
    brief(batch(tmp_path, provider), iter([article(n) for n in (7, 3, 1, 0)]))
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["a7", "a3", "a1", "a0"]
    assert set(provider.paid.values()) == {1}


def test_the_output_may_be_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    provider = Provider(fails=lambda key, _: Refused("it declined") if key == "a1/0" else None)
    brief(batch(tmp_path, provider, name="out.parquet"), articles(3))
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["id"] for row in table] == ["a0", "a1", "a2"]
    assert json.loads(table[0]["briefing"]) == body_of(0)
    assert (table[1]["briefing"], table[1]["error_type"]) == (None, "Refused")
