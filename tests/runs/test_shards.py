"""Runs cut into shards: the same output as in one piece, whoever does the shards and whoever dies."""

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.batching import BatchOptions
from summarizer.errors import Refused, RunChanged, RunInProgress, Unreachable
from summarizer.limits import Limits
from summarizer.runs.engines.local import InProcess, Processes
from summarizer.runs.items import Flaw
from summarizer.runs.ours import shards_path
from summarizer.runs.pieces import Piece, cut
from summarizer.runs.run import Stop
from summarizer.runs.shard import ShardReport, ShardSpec, run_shard
from summarizer.runs.sharded import Engine, Sharded, run_sharded
from summarizer.sharding import shard_settings
from tests.runs import shard_work
from tests.runs.crash_worker import CONCURRENCY, PASSES
from tests.runs.scripted import Provider, body_of, scripted, write_jsonl
from tests.runs.till import Till, open_till

COUNT = 50
pytestmark = pytest.mark.summarizer_loopback  # a socket


@pytest.fixture
def till(tmp_path: Path) -> Generator[Till]:
    with open_till(tmp_path / "till") as till:
        yield till


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "news.jsonl", range(COUNT))


def sharded(tmp_path: Path, news: Path, till: Till, engine: Engine, **settings: Any) -> Sharded:
    return run_sharded(
        tmp_path / "out.jsonl",
        lambda: cut([news], 8),
        engine,
        opener="tests.runs.shard_work:open_batch",
        settings=lambda _: {"model": "fake/model", "till": str(till.path), **settings},
        shaping={"model": settings.get("model", "fake/model")},
        sleep=lambda _: None,
    )


def check(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows == [{"id": f"a{n}", "briefing": body_of(n, passes=PASSES)} for n in range(COUNT)]


def test_shards_in_this_process_give_the_output_of_a_run_in_one_piece(
    tmp_path: Path, news: Path, till: Till
) -> None:
    ended = sharded(tmp_path, news, till, InProcess())
    assert ended == Sharded(complete=True, done=COUNT, failed=0, error=None)
    check(tmp_path)
    assert set(till.paid.values()) == {1}


def test_finished_shards_are_left_alone(tmp_path: Path, news: Path, till: Till) -> None:
    sharded(tmp_path, news, till, InProcess())
    before = (tmp_path / "out.jsonl").read_bytes()
    paid = sum(till.paid.values())
    assert sharded(tmp_path, news, till, InProcess()).done == COUNT
    assert sum(till.paid.values()) == paid
    assert (tmp_path / "out.jsonl").read_bytes() == before


@pytest.mark.crash
def test_a_worker_that_dies_is_replaced_and_nothing_it_had_is_paid_for_again(
    tmp_path: Path, news: Path, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(shard_work.__file__).parents[2]))
    ended = sharded(tmp_path, news, till, Processes(2), dies="000002")
    assert ended.complete
    check(tmp_path)
    assert (shards_path(tmp_path / "out.jsonl") / "000002.died").exists()
    assert sum(till.paid.values()) - COUNT * PASSES <= CONCURRENCY


@pytest.mark.crash
def test_a_shard_that_kills_every_worker_is_given_up_and_the_others_are_done(
    tmp_path: Path, news: Path, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(shard_work.__file__).parents[2]))
    till.deadly = "a17/0"
    ended = sharded(tmp_path, news, till, Processes(2))
    assert not ended.complete
    assert ended.error is not None
    assert ended.error.type == "WorkerDied"
    assert not (tmp_path / "out.jsonl").exists()
    assert len(list((tmp_path / "out.jsonl.shards").glob("*.jsonl"))) == 6
    till.deadly = ""
    assert sharded(tmp_path, news, till, InProcess()).complete
    check(tmp_path)


class Held:
    """An engine whose second shard is held by a worker of an earlier start, for so many tries."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do what is free."""
        for spec in specs:
            if spec.number == 1 and self.tries:
                self.tries -= 1
                held = Flaw("RunInProgress", "another process is at work on it", "Wait.")
                yield ShardReport(number=1, complete=False, error=held)
            else:
                yield run_shard(spec)


def test_a_shard_that_a_worker_of_an_earlier_start_still_holds_is_waited_for(
    tmp_path: Path, news: Path, till: Till
) -> None:
    told: list[int] = []
    waits: list[float] = []
    ended = run_sharded(
        tmp_path / "out.jsonl",
        lambda: cut([news], 8),
        Held(3),
        opener="tests.runs.shard_work:open_batch",
        settings=lambda _: {"model": "fake/model", "till": str(till.path)},
        shaping={},
        told=lambda report: told.append(report.number),
        sleep=waits.append,
    )
    assert ended.complete
    check(tmp_path)
    assert len(waits) == 3
    assert told.count(1) == 2  # that it is held, and that it is done


def test_workers_in_another_folder_find_what_the_command_named(
    tmp_path: Path, news: Path, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elsewhere:
        def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
            with monkeypatch.context() as away:
                away.chdir(Path(__file__).parent)
                yield from [run_shard(spec) for spec in specs]

    monkeypatch.chdir(tmp_path)
    assert sharded(Path(), Path(news.name), till, Elsewhere()).complete
    check(tmp_path)


def test_the_prompts_of_a_worker_are_those_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    options = BatchOptions(model="openai/x", api_key="k", prompts="mine")
    assert shard_settings(options, workers=1, shards=1)["prompts"] == str(tmp_path / "mine")


def test_two_commands_at_once_are_refused(tmp_path: Path, news: Path, till: Till) -> None:
    class Second:
        def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
            assert list(specs)
            with pytest.raises(RunInProgress):
                sharded(tmp_path, news, till, InProcess())
            return iter(())

    assert not sharded(tmp_path, news, till, Second()).complete
    assert not till.paid


def test_failures_of_finished_shards_are_taken_up_again_when_that_is_asked_for(tmp_path: Path) -> None:
    provider = Provider(
        fails=lambda key, time: Refused("no") if key == "a4/0" and time == 1 else None,
    )

    def again(**settings: Any) -> ShardReport:
        spec = ShardSpec(
            0, str(tmp_path / "0.jsonl"), (Piece(str(news)),), "tests.runs.shard_work:open_batch", settings
        )
        with pytest.MonkeyPatch.context() as patched:
            genuine = shard_work.open_batch

            def opened(output: Path, given: Any) -> Any:
                retry = "all" if given.get("retry_failed") else "passing"
                return replace(genuine(output, given), open_work=scripted(provider), retry=retry)

            patched.setattr(shard_work, "open_batch", opened)
            return run_shard(spec)

    news = write_jsonl(tmp_path / "news.jsonl", range(9))
    plain = {"model": "m", "till": "none"}
    assert again(**plain).failed == 1
    assert again(**plain).kept
    mended = again(**plain, retry_failed=True)
    assert (mended.done, mended.failed, mended.requests) == (9, 0, 2)
    assert again(**plain, retry_failed=True).kept


def test_the_budget_is_divided_among_the_shards_that_were_planned_whatever_the_input_is_now(
    tmp_path: Path, news: Path, till: Till
) -> None:
    told: list[int] = []

    class Nobody:
        def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
            assert list(specs)
            return iter(())

    def settings(shards: int) -> dict[str, Any]:
        told.append(shards)
        return {}

    for _ in range(2):
        run_sharded(
            tmp_path / "out.jsonl",
            lambda: cut([news], 8),
            Nobody(),
            opener="x:y",
            settings=settings,
            shaping={},
        )
        write_jsonl(news, range(3))
    assert told == [7, 7]


def test_asked_to_stop_the_rest_is_left_for_later(tmp_path: Path, news: Path, till: Till) -> None:
    stop = Stop()
    stop.ask()
    assert not sharded(tmp_path, news, till, InProcess(stop)).complete
    assert not till.paid
    assert sharded(tmp_path, news, till, InProcess()).complete


def test_a_shard_with_a_failure_that_may_pass_is_never_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of_reach = {"a4/0"}
    provider = Provider(fails=lambda key, _: Unreachable("no route") if key in out_of_reach else None)
    genuine = shard_work.open_batch

    def open_batch(output: Path, settings: Any) -> Any:
        return replace(genuine(output, settings), open_work=scripted(provider))

    monkeypatch.setattr(shard_work, "open_batch", open_batch)
    news = write_jsonl(tmp_path / "news.jsonl", range(9))
    spec = ShardSpec(
        0,
        str(tmp_path / "0.jsonl"),
        (Piece(str(news)),),
        "tests.runs.shard_work:open_batch",
        {"model": "m", "till": "none"},
    )
    report = run_shard(spec)
    assert not report.complete
    assert report.error is not None
    assert "Unreachable" in report.error.message
    assert not (tmp_path / "0.jsonl").exists()
    out_of_reach.clear()
    assert run_shard(spec) == ShardReport(number=0, complete=True, done=9, requests=1 * 2, usd=0.004)
    assert provider.asked["a3/0"] == 1


def test_other_settings_are_refused(tmp_path: Path, news: Path, till: Till) -> None:
    sharded(tmp_path, news, till, InProcess())
    with pytest.raises(RunChanged, match="other"):
        sharded(tmp_path, news, till, InProcess(), model="fake/other")


def test_limits_are_divided_and_no_key_travels() -> None:
    options = BatchOptions(
        model="openai/m",
        api_key="sk-secret",
        concurrency=64,
        rpm=600,
        limits=Limits(budget_usd=10, max_requests=70),
    )
    settings = shard_settings(options, workers=4, shards=20)
    assert (settings["concurrency"], settings["rpm"], settings["tpm"]) == (16, 150, None)
    assert (settings["limits"]["budget_usd"], settings["limits"]["max_requests"]) == (0.5, 3)
    assert "sk-secret" not in json.dumps(settings)
