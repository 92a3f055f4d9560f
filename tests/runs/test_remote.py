"""Articles in object storage: named by URL, found and read as on a disk, and cut into the same pieces."""

import sys
from pathlib import Path

import pytest

from summarizer.errors import FetchFailed, SettingsError, SourceNotFound, StorageNotInstalled
from summarizer.loaders import Failed
from summarizer.runs import check, count, stream
from summarizer.runs.pieces import cut, read_pieces
from summarizer.runs.remote import Remote, place_of
from tests.runs.scripted import article
from tests.runs.stored import COUNT, filled

pytestmark = pytest.mark.summarizer_loopback


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


def test_the_account_in_a_url_stays_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fake:
        """Stands for adlfs, and leaves the account out as that does."""

        def _strip_protocol(self, path: str) -> str:
            return path.removeprefix("abfss://").replace("@account.example", "")

        def unstrip_protocol(self, path: str) -> str:
            return f"abfss://{path}"

    def storage(_: Remote) -> Fake:
        return Fake()

    monkeypatch.setattr(Remote, "_storage", storage)
    url = "abfss://press@account.example/out"
    assert str(Remote(url).absolute()) == url
    assert str(Remote("abfss://press/out").absolute()) == "abfss://press/out"


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
