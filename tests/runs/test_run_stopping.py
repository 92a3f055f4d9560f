"""What stops a whole run, and what it leaves: no article is blamed, nothing is lost, and nothing is paid for twice."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import (
    BudgetReached,
    NotAuthorised,
    Refused,
    SummarizerError,
    Unreachable,
    UnsupportedSource,
)
from summarizer.runs import Stop, follow
from tests.runs.left_behind import ledger, rows
from tests.runs.scripted import COST, WORST, Provider, articles, batch, body_of, brief


def never_answered(key: str, stop: Stop) -> Callable[[str], "asyncio.Future[None] | None"]:
    """The request with this key has no end, and the run is asked to stop when it comes."""

    def wait(asked: str) -> "asyncio.Future[None] | None":
        if asked != key:
            return None
        stop.ask()
        return asyncio.get_running_loop().create_future()

    return wait


@pytest.mark.parametrize("error", [NotAuthorised("bad key"), BudgetReached("no money")])
def test_what_no_other_article_could_do_better_stops_the_run_without_blaming_any(
    tmp_path: Path, error: SummarizerError
) -> None:
    provider = Provider(fails=lambda key, _: error if key >= "a2" else None)
    report = brief(batch(tmp_path, provider, concurrency=2), articles(10))
    assert report.stopped is error
    assert not report.complete
    assert not (tmp_path / "out.jsonl").exists()
    assert sum(provider.asked.values()) <= 4 + 2
    assert ledger(tmp_path / "out.jsonl", "SELECT count(*) FROM items WHERE state = 'failed'") == [(0,)]
    healthy = Provider()
    assert brief(batch(tmp_path, healthy), articles(10)).complete
    assert not set(healthy.asked) & set(provider.paid)


def test_an_outage_stops_the_run_and_blames_no_article(tmp_path: Path) -> None:
    provider = Provider(fails=lambda _key, _time: Unreachable("no route"))
    report = brief(batch(tmp_path, provider, concurrency=4), articles(500))
    assert isinstance(report.stopped, Unreachable)
    assert sum(provider.asked.values()) < 40
    assert ledger(tmp_path / "out.jsonl", "SELECT count(*) FROM items WHERE state = 'failed'") == [(0,)]


def test_a_model_that_refuses_everything_from_the_start_is_not_paid_for_all_of_it(tmp_path: Path) -> None:
    provider = Provider(fails=lambda _key, _time: Refused("it declined"))
    report = brief(batch(tmp_path, provider, concurrency=4), articles(500))
    assert isinstance(report.stopped, Refused)
    assert sum(provider.asked.values()) < 40


def test_asked_to_stop_requests_under_way_end_and_none_is_paid_for_twice(tmp_path: Path) -> None:
    stop = Stop()
    provider = Provider()
    provider.fails = lambda key, _: stop.ask() if key == "a20/0" else None  # type: ignore[func-returns-value]
    report = brief(batch(tmp_path, provider), articles(200), stop=stop)
    assert report.stopped is None
    assert not report.complete
    assert 0 < report.figures.done < 200
    assert ledger(tmp_path / "out.jsonl", "SELECT count(*) FROM attempts WHERE outcome IS NULL") == [(0,)]
    so_far = rows(tmp_path / "out.jsonl.part")
    assert so_far == [{"id": f"a{n}", "briefing": body_of(n)} for n in range(len(so_far))]
    assert len(so_far) > 10
    assert brief(batch(tmp_path, provider), articles(200)).complete
    assert set(provider.paid.values()) == {1}
    assert ledger(tmp_path / "out.jsonl", "SELECT count(*), sum(usd) FROM attempts") == [
        (400, pytest.approx(400 * COST))
    ]


def test_a_request_that_never_ends_is_cut_off_when_draining_takes_too_long(tmp_path: Path) -> None:
    stop = Stop()
    provider = Provider()
    provider.wait = never_answered("a5/0", stop)
    brief(batch(tmp_path, provider, drain_s=0.05), articles(50), stop=stop)
    provider.wait = lambda _key: None
    report = brief(batch(tmp_path, provider), articles(50))
    assert report.complete
    unknown = "SELECT item, worst_usd FROM attempts WHERE outcome = 'unknown'"
    assert ledger(tmp_path / "out.jsonl", unknown) == [(6, WORST)]


def test_an_article_of_unknown_outcome_can_be_skipped_and_taken_up_later(tmp_path: Path) -> None:
    stop = Stop()
    provider = Provider()
    provider.wait = never_answered("a5/0", stop)
    brief(batch(tmp_path, provider, drain_s=0.05), articles(8), stop=stop)
    provider.wait = lambda _key: None
    report = brief(batch(tmp_path, provider, unknown="skip"), articles(8))
    assert report.complete
    assert rows(tmp_path / "out.jsonl")[5]["error"]["type"] == "OutcomeUnknown"
    assert provider.asked["a5/0"] == 1
    brief(batch(tmp_path, provider, retry="all"), articles(8))
    assert rows(tmp_path / "out.jsonl")[5] == {"id": "a5", "briefing": body_of(5)}


def test_what_stops_a_run_is_raised_where_its_results_are_taken(tmp_path: Path) -> None:
    provider = Provider(fails=lambda key, _: NotAuthorised("bad key") if key == "a9/0" else None)

    async def take() -> None:
        async for _ in follow(batch(tmp_path, provider), articles(30)):
            pass

    with pytest.raises(NotAuthorised):
        asyncio.run(take())


def test_an_input_that_breaks_off_ends_the_run_once_what_came_before_is_briefed(tmp_path: Path) -> None:
    def broken() -> Iterator[Article]:
        yield from articles(5)
        raise UnsupportedSource("the file ends in the middle")

    provider = Provider()
    report = brief(batch(tmp_path, provider), broken())
    assert isinstance(report.stopped, UnsupportedSource)
    assert not report.complete
    assert report.figures.done == 5
    assert ledger(tmp_path / "out.jsonl", "SELECT count(*) FROM attempts WHERE outcome IS NULL") == [(0,)]
    assert brief(batch(tmp_path, provider), articles(8)).complete
    assert set(provider.paid.values()) <= {1}


def test_a_bug_ends_the_run_with_its_traceback_and_loses_nothing(tmp_path: Path) -> None:
    def fails(key: str, _: int) -> SummarizerError | None:
        if key == "a25/0":
            raise ZeroDivisionError
        return None

    provider = Provider(fails=fails)
    with pytest.raises(ZeroDivisionError):
        brief(batch(tmp_path, provider), articles(60))
    provider.fails = lambda _key, _time: None
    assert brief(batch(tmp_path, provider), articles(60)).complete
    assert max(provider.paid.values()) <= 2
    assert sum(provider.paid.values()) <= 120 + 8
