"""Shards on clusters: the same output as on this machine, also when a worker dies. Needs the extras `dask` or `ray`."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from summarizer.runs.engines.dask import OnDask
from summarizer.runs.engines.ray import OnRay
from summarizer.runs.ours import shards_path
from summarizer.runs.pieces import cut
from summarizer.runs.sharded import Engine, run_sharded
from tests.runs import shard_work
from tests.runs.crash_worker import CONCURRENCY, PASSES
from tests.runs.scripted import article, body_of
from tests.runs.till import Till, open_till

COUNT = 60
pytestmark = [
    pytest.mark.summarizer_loopback,  # the cluster's own
    pytest.mark.filterwarnings("ignore"),  # of theirs
]


@pytest.fixture
def till(tmp_path: Path) -> Generator[Till]:
    with open_till(tmp_path / "till") as till:
        yield till


def check_with(engine: Engine, tmp_path: Path, till: Till) -> None:
    """One worker dies in the middle; then everything is asked for once more."""
    news = tmp_path / "news.jsonl"
    rows = (json.dumps({"id": f"a{n}", "text": article(n).text}) for n in range(COUNT))
    news.write_text("".join(f"{row}\n" for row in rows))
    for _ in range(2):
        ended = run_sharded(
            tmp_path / "out.jsonl",
            lambda: cut([news], 10),
            engine,
            opener="tests.runs.shard_work:open_batch",
            settings=lambda _: {"model": "fake/model", "till": str(till.path), "dies": "000001"},
            shaping={"model": "fake/model"},
        )
        assert ended.complete
        assert ended.done == COUNT
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert found == [{"id": f"a{n}", "briefing": body_of(n, passes=PASSES)} for n in range(COUNT)]
    assert (shards_path(tmp_path / "out.jsonl") / "000001.died").exists()
    assert sum(till.paid.values()) - COUNT * PASSES <= CONCURRENCY


def test_on_dask(tmp_path: Path, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    monkeypatch.setenv("PYTHONPATH", str(Path(shard_work.__file__).parents[2]))
    check_with(OnDask(2), tmp_path, till)


def test_on_ray(tmp_path: Path, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="the extra `ray` is not installed")
    monkeypatch.setenv("PYTHONPATH", str(Path(shard_work.__file__).parents[2]))
    check_with(OnRay(2), tmp_path, till)
