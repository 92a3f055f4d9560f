"""Articles and results in object storage: the same rows as on a disk, published whole, and never paid for twice."""

import json
import pickle
import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.batching import BatchOptions, briefed_with, prepare
from summarizer.errors import (
    FetchFailed,
    OutputError,
    RunChanged,
    SettingsError,
    SourceNotFound,
    StorageNotInstalled,
    Unreachable,
)
from summarizer.loaders import Failed
from summarizer.loop import run as on_loop
from summarizer.runs import Batch, check, count, run, stream
from summarizer.runs.engines.local import InProcess
from summarizer.runs.output import failed_path, family, local_path
from summarizer.runs.pieces import cut, read_pieces
from summarizer.runs.remote import Remote, place_of
from summarizer.runs.shard import ShardReport, ShardSpec
from summarizer.runs.sharded import Sharded, run_sharded
from summarizer.sharding import brief_shards, shard_batch, shard_settings
from tests.runs.crash_worker import PASSES
from tests.runs.scripted import Provider, article, body_of, scripted
from tests.runs.till import Till, open_till

COUNT = 20
pytestmark = pytest.mark.summarizer_loopback  # a socket


def memory() -> Any:
    found = pytest.importorskip("fsspec.implementations.memory", reason="the extra `remote` is not installed")
    return found.MemoryFileSystem


@pytest.fixture
def bucket() -> Generator[Remote]:
    storage = memory()
    storage.store.clear()
    yield Remote("memory:///bucket")
    storage.store.clear()


@pytest.fixture
def till(tmp_path: Path) -> Generator[Till]:
    with open_till(tmp_path / "till") as till:
        yield till


def lines(numbers: Iterable[int]) -> bytes:
    return "".join(json.dumps({"id": f"a{n}", "text": article(n).text}) + "\n" for n in numbers).encode()


def filled(bucket: Remote) -> Remote:
    (bucket / "in" / "b.jsonl").write_bytes(lines(range(2, COUNT)))
    (bucket / "in" / "a0.txt").write_bytes(article(0).text.encode())
    (bucket / "in" / "a1.txt").write_bytes(article(1).text.encode())
    (bucket / "in" / ".hidden.txt").write_bytes(article(7).text.encode())
    (bucket / "in" / "table.xlsx").write_bytes(b"no format of ours")
    return bucket / "in"


def rows(place: Remote) -> list[Any]:
    return [json.loads(line) for line in place.read_bytes().splitlines()]


def test_only_urls_of_storage_are_remote() -> None:
    assert place_of("s3://bucket/x.jsonl") == Remote("s3://bucket/x.jsonl")
    for name in ("news/x.jsonl", "C:/news/x.jsonl", "https://example.org/x", "a b://c", "-"):
        assert place_of(name) == Path(name)


def test_a_password_in_a_url_is_refused_because_urls_are_written_down() -> None:
    with pytest.raises(SettingsError) as refused:
        place_of("sftp://me:secret@host/x.jsonl")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("module", "url"), [("fsspec", "s3://b/x"), ("gcsfs", "gs://b/x.jsonl")])
def test_a_package_that_is_missing_is_named(
    module: str, url: str, bucket: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (module, f"{module}.core"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(StorageNotInstalled, match=module) as missing:
        check([url])
    assert {"fsspec": "s3fs", "gcsfs": "gcsfs"}[module] in missing.value.hint


def test_a_folder_in_storage_is_read_like_one_on_a_disk(bucket: Remote, tmp_path: Path) -> None:
    filled(bucket)
    for name in ("b.jsonl", "a0.txt", "a1.txt"):
        (tmp_path / name).write_bytes((bucket / "in" / name).read_bytes())
    check([str(bucket / "in")])
    assert list(stream([str(bucket / "in")])) == list(stream([tmp_path]))


def test_a_pattern_in_storage_finds_its_files(bucket: Remote) -> None:
    filled(bucket)
    assert [found.id for found in stream([f"{bucket}/in/a*.txt"])] == ["a0", "a1"]
    with pytest.raises(SourceNotFound, match="nothing matches"):
        check([f"{bucket}/in/z*.txt"])


def test_what_is_not_in_storage_is_told_before_the_work(bucket: Remote) -> None:
    with pytest.raises(SourceNotFound, match="none"):
        check([str(bucket / "none.jsonl")])


def test_a_document_that_cannot_be_read_fails_in_its_place_under_its_url(bucket: Remote) -> None:
    (bucket / "in" / "a.txt").write_bytes(b"\0\1\2" * 100)
    (found,) = stream([str(bucket / "in")])
    assert isinstance(found, Failed)
    assert found.source == "memory:///bucket/in/a.txt"
    assert "/tmp" not in str(found.error)  # noqa: S108 - where the copy was


def test_storage_that_fails_on_the_way_stops_the_run_rather_than_failing_articles(bucket: Remote) -> None:
    with pytest.raises(FetchFailed, match=r"gone\.jsonl"):
        list(stream([str(bucket / "gone.jsonl")]))


def test_lines_in_storage_are_not_fetched_once_more_to_be_counted(bucket: Remote) -> None:
    filled(bucket)
    assert count([str(bucket / "in")]) is None
    assert count([f"{bucket}/in/a*.txt"]) == 2


@pytest.mark.parametrize("size", [1, 7, 100])
def test_pieces_in_storage_hold_every_article_once_and_in_order(bucket: Remote, size: int) -> None:
    filled(bucket)
    shards = list(cut([str(bucket / "in")], size))
    assert [found for shard in shards for found in read_pieces(shard)] == list(stream([str(bucket / "in")]))


def test_pieces_of_parquet_in_storage_are_found(bucket: Remote, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.Table.from_pylist([{"id": f"a{n}", "text": article(n).text} for n in range(COUNT)])
    parquet.write_table(table, tmp_path / "news.parquet", row_group_size=7)
    (bucket / "news.parquet").put(tmp_path / "news.parquet")
    shards = list(cut([f"{bucket}/*.parquet"], 9))
    assert [found.id for shard in shards for found in read_pieces(shard)] == [f"a{n}" for n in range(COUNT)]


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


def test_an_output_of_another_machine_is_not_paid_for_again(
    bucket: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    (bucket / "out.jsonl").write_bytes(b"{}\n")
    with pytest.raises(OutputError, match="paid for again"):
        prepare(bucket / "out.jsonl", BatchOptions(model="openai/m"))


def test_our_own_output_among_the_sources_is_none(bucket: Remote) -> None:
    folder = filled(bucket)
    for place in (folder / "out.jsonl", failed_path(folder / "out.jsonl")):
        place.write_bytes(b"{}\n")
    ours = family(Remote("memory://bucket/in/out.jsonl"))  # as the user may spell it
    assert len(list(stream([str(folder)], leave_out=ours))) == COUNT


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


class Looking:
    """An engine that does nothing and keeps what it was to do."""

    def __init__(self) -> None:
        self.specs: list[ShardSpec] = []

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Keep them."""
        self.specs = list(specs)
        return iter(())


def test_no_task_holds_a_key_and_every_task_holds_the_model_that_the_command_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    monkeypatch.delenv("SUMMARIZER_MODEL", raising=False)
    (tmp_path / "news.jsonl").write_bytes(lines(range(4)))
    looking = Looking()
    options = BatchOptions(api_key="sk-given", cache=False)
    brief_shards([tmp_path / "news.jsonl"], tmp_path / "out.jsonl", options, looking, workers=2, size=2)
    assert len(looking.specs) == 2
    assert b"sk-" not in pickle.dumps(looking.specs)
    assert {spec.settings["model"] for spec in looking.specs} == {"openai/gpt-5-mini"}


def test_a_worker_that_would_brief_otherwise_refuses(tmp_path: Path) -> None:
    options = BatchOptions(model="openai/m", cache=False)
    settings = shard_settings(options, workers=1, shards=1)
    shaping = dict(briefed_with(options))
    assert shard_batch(tmp_path / "0.jsonl", settings | {"shaping": shaping}).whole
    with pytest.raises(RunChanged, match="a worker would brief with"):
        shard_batch(tmp_path / "0.jsonl", settings | {"shaping": shaping | {"codebook": "an older one"}})
