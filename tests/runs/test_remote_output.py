"""Results in object storage, of whole runs and of shards: the same rows as on a disk, published whole, and never paid for twice."""

import json
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.batching import BatchOptions, batch
from summarizer.errors import OutputError, OutputTaken, Unreachable
from summarizer.loop import run as on_loop
from summarizer.runs import Batch, Ours, check, run, stream
from summarizer.runs.engines.local import InProcess
from summarizer.runs.output import failed_path, local_path
from summarizer.runs.pieces import cut
from summarizer.runs.remote import Remote
from summarizer.runs.sharded import Sharded, run_sharded
from tests.runs.crash_worker import PASSES
from tests.runs.scripted import Provider, article, body_of, scripted
from tests.runs.stored import COUNT, filled, memory
from tests.runs.till import Till, open_till

pytestmark = pytest.mark.summarizer_loopback  # a socket


@pytest.fixture
def till(tmp_path: Path) -> Generator[Till]:
    with open_till(tmp_path / "till") as till:
        yield till


def rows(place: Remote) -> list[Any]:
    return [json.loads(line) for line in place.read_bytes().splitlines()]


def made(output: Remote, work: Path, provider: Provider, numbers: Iterator[Article]) -> bool:
    batch = Batch(output=local_path(output, work), remote=output, options={}, open_work=scripted(provider))
    return on_loop(run(batch, numbers)).complete


def test_a_run_is_kept_on_this_machine_and_its_output_goes_to_storage_when_it_is_whole(
    bucket: Remote, tmp_path: Path
) -> None:
    provider = Provider()
    for _ in range(2):
        assert made(bucket / "out.jsonl", tmp_path, provider, iter([article(1), article(2)]))
    assert [row["id"] for row in rows(bucket / "out.jsonl")] == ["a1", "a2"]
    assert [found.name for found in bucket.below()] == ["out.jsonl"]
    assert set(provider.asked.values()) == {1}


def test_an_output_that_storage_refuses_loses_nothing(
    bucket: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Provider()

    def refuse(_fs: Any, _local: str, where: str, **_: Any) -> None:
        with memory()().open(where, "wb") as half:
            half.write(b"half of it")
        raise PermissionError("no right to write")

    with monkeypatch.context() as patched:
        patched.setattr(memory(), "put_file", refuse)
        with pytest.raises(OutputError, match="no right to write"):
            made(bucket / "out.jsonl", tmp_path, provider, iter([article(1)]))
    assert not (bucket / "out.jsonl").exists()
    assert made(bucket / "out.jsonl", tmp_path, provider, iter([article(1)]))
    assert set(provider.asked.values()) == {1}


@pytest.mark.parametrize("name", ["out.jsonl", "out.failed.jsonl"])
def test_an_output_of_another_machine_is_not_paid_for_again(
    bucket: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    (bucket / name).write_bytes(b"{}\n")
    with pytest.raises(OutputTaken, match="would be replaced") as caught:
        list(
            batch(
                article(1), output=f"{bucket}/out.jsonl", options=BatchOptions(model="openai/m", api_key="k")
            )
        )
    assert "paid for again" in caught.value.hint
    assert [found.name for found in bucket.below()] == [name]


def test_our_own_output_among_the_sources_is_none(bucket: Remote) -> None:
    folder = filled(bucket)
    for place in (folder / "out.jsonl", failed_path(folder / "out.jsonl")):
        place.write_bytes(b"{}\n")
    ours = Ours("memory://bucket/in/out.jsonl")  # as the user may spell it
    assert len(list(stream([str(folder)], leave_out=ours))) == COUNT
    with pytest.raises(OutputTaken):
        check([f"{folder}/out.jsonl"], leave_out=ours)


def sharded(bucket: Remote, tmp_path: Path, till: Till, name: str = "out.jsonl") -> Sharded:
    return run_sharded(
        f"{bucket}/{name}",
        lambda: cut([str(bucket / "in")], 6),
        InProcess(),
        opener="tests.runs.shard_work:open_remote",
        settings=lambda _: {"till": str(till.path), "work": str(tmp_path)},
        shaping={},
    )


def test_shards_from_storage_into_storage_give_every_row_in_order(
    bucket: Remote, tmp_path: Path, till: Till
) -> None:
    filled(bucket)
    assert sharded(bucket, tmp_path, till) == Sharded(complete=True, done=COUNT, failed=0, error=None)
    wanted = [{"id": f"a{n}", "briefing": body_of(n, passes=PASSES)} for n in range(COUNT)]
    assert rows(bucket / "out.jsonl") == wanted
    assert set(till.paid.values()) == {1}
    assert not [place for place in bucket.below() if place.name.endswith(".part")]


def test_finished_shards_in_storage_are_skipped_also_on_another_machine(
    bucket: Remote, tmp_path: Path, till: Till
) -> None:
    filled(bucket)
    sharded(bucket, tmp_path / "one", till)
    (bucket / "out.jsonl.shards" / "000002.jsonl").remove()
    (bucket / "out.jsonl").remove()
    before = dict(till.paid)
    assert sharded(bucket, tmp_path / "another", till).done == COUNT
    again = {key for key, times in till.paid.items() if times > before[key]}
    assert {key.split("/")[0] for key in again} == {f"a{n}" for n in range(8, 14)}
    assert len(rows(bucket / "out.jsonl")) == COUNT


def test_with_a_slash_at_its_end_the_output_stays_in_shards(
    bucket: Remote, tmp_path: Path, till: Till
) -> None:
    filled(bucket)
    for _ in range(2):
        assert sharded(bucket, tmp_path, till, "out/").complete
    names = [found.name for found in (bucket / "out").below()]
    assert names == [
        "000000.jsonl",
        "000001.jsonl",
        "000002.jsonl",
        "000003.jsonl",
        "complete.json",
        "plan.json",
    ]
    assert rows(bucket / "out" / "complete.json") == [{"shards": 4, "done": COUNT, "failed": 0}]


def test_a_shard_with_a_hole_never_reaches_storage(
    bucket: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, till: Till
) -> None:
    from tests.runs import shard_work

    filled(bucket)
    broken = Provider(fails=lambda key, _: Unreachable("no route") if key == "a9/0" else None)
    with monkeypatch.context() as patched:
        patched.setattr(shard_work, "Paying", lambda *_: broken)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
        ended = sharded(bucket, tmp_path, till)
    assert not ended.complete
    assert [p.name for p in (bucket / "out.jsonl.shards").below()] == [
        "000000.jsonl",
        "000001.jsonl",
        "000003.jsonl",
        "plan.json",
    ]
    assert not (bucket / "out.jsonl").exists()
    assert sharded(bucket, tmp_path, till).complete
