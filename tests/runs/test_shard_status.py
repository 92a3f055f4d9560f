"""A run in shards as its command shows it: how it stands, and that it stays one in shards."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import EngineNotInstalled, NotAuthorised, Refused
from summarizer.runs.database import store_path
from summarizer.sharding import BatchOptions, brief_shards
from tests.runs.command import typed
from tests.runs.scripted import Provider, write_jsonl

pytestmark = pytest.mark.usefixtures("in_process")
ENGINE = ("--engine", "processes", "--shard-size", 2)


def status(out: Path) -> dict[str, Any]:
    return json.loads(typed("status", out, "--json-log").stdout)


def test_status_sums_up_what_the_shards_have_done_spent_and_left(
    provider: Provider, source: Path, out: Path
) -> None:
    provider.fails = lambda key, _: (
        Refused("it declined") if key == "a1/1" else NotAuthorised("no") if key == "a5/0" else None
    )
    assert typed(source, "-o", out, *ENGINE, "--concurrency", 1).exit_code == 1
    said = typed("status", out).stdout
    assert "shards: 2 of 3 finished" in said
    assert "articles: 4 of 6 done, 1 failed, 1 left" in said
    assert "requests: 11;" in said
    assert "spent: $0.0180" in said
    assert "1 x Refused" in said
    assert "model: fake/model" in said


def test_a_finished_shard_whose_store_was_removed_is_still_counted(
    provider: Provider, source: Path, out: Path
) -> None:
    assert typed(source, "-o", out, *ENGINE).exit_code == 0
    store_path(out.with_name("out.jsonl.shards") / "000001.jsonl").unlink()
    found = status(out)
    assert (found["done"], found["left"], found["shards"], found["requests"]) == (6, 0, 3, 8)


def test_a_run_keeps_to_shards_or_to_one_piece(provider: Provider, source: Path, tmp_path: Path) -> None:
    cut, whole = tmp_path / "cut.jsonl", tmp_path / "whole.jsonl"
    typed(source, "-o", cut, *ENGINE)
    typed(source, "-o", whole)
    sent = provider.asked.total()
    for out, engine, said in ((cut, (), "was begun with --engine"), (whole, ENGINE, "was begun without")):
        ran = typed(source, "-o", out, *engine)
        assert (ran.exit_code, said in ran.stderr, "Hint:" in ran.stderr) == (2, True, True)
    assert provider.asked.total() == sent
    assert not (tmp_path / "whole.jsonl.shards").exists()
    assert not store_path(cut).exists()


def test_shards_of_other_sources_are_refused(provider: Provider, source: Path, out: Path) -> None:
    typed(source, "-o", out, *ENGINE)
    other = write_jsonl(source.with_name("other.jsonl"), [7])
    ran = typed(other, "-o", out, *ENGINE)
    assert (ran.exit_code, "were cut from" in ran.stderr) == (2, True)


def test_an_engine_that_is_not_there_leaves_nothing_behind(
    provider: Provider, source: Path, out: Path
) -> None:
    class Missing:
        def run(self, specs: Any) -> Any:
            assert list(specs)
            raise EngineNotInstalled("it is not installed.", hint="pip install it")

    with pytest.raises(EngineNotInstalled):
        brief_shards([source], out, BatchOptions(), Missing(), workers=1)
    assert {path.name for path in source.parent.iterdir()} == {"news.jsonl"}


def test_a_json_log_has_an_event_a_shard(provider: Provider, source: Path, out: Path) -> None:
    ran = typed(source, "-o", out, *ENGINE, "--json-log")
    events = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [event["event"] for event in events] == ["shard", "shard", "shard", "finished"]
    assert (events[-1]["complete"], events[-1]["done"]) == (True, 6)


@pytest.mark.parametrize("option", ["--workers", "--shard-size"])
def test_what_says_how_shards_are_done_is_a_usage_error_without_an_engine(
    provider: Provider, source: Path, out: Path, option: str
) -> None:
    ran = typed(source, "-o", out, option, 3)
    assert (ran.exit_code, f"{option} says how shards are done" in ran.stderr) == (2, True)
    assert not store_path(out).exists()


def test_a_folder_of_shards_that_another_has_filled_is_refused(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "000000.jsonl").write_text("{}")
    ran = typed(source, "-o", f"{tmp_path}/out/", *ENGINE)
    assert (ran.exit_code, "would be replaced" in ran.stderr) == (2, True)
    assert not (tmp_path / "out" / "plan.json").exists()
