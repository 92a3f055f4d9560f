"""Where articles come from: folders, patterns, records, what is left out, what fails in its place."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.errors import OutputTaken, SettingsError, SourceNotFound, UnsupportedSource
from summarizer.loaders import Failed
from summarizer.runs import Ours, check, count, stream
from summarizer.runs.database import store_path
from tests.runs.scripted import article

TEXT = "The ferry to Norrholm was held in port for nine hours on Tuesday while divers searched its hull."


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def ids(*sources: Any, **options: Any) -> list[str]:
    return [found.id for found in stream(sources, **options)]


def read(sources: list[str], *, leave_out: Ours) -> None:
    assert list(stream(sources, leave_out=leave_out))


def test_a_folder_is_read_in_the_order_of_its_names_and_what_is_inside_it_too(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert ids(tmp_path) == ["a", "b", "d"]
    assert count([tmp_path]) == 3


def test_a_pattern_finds_files_of_any_folder(tmp_path: Path) -> None:
    for name in ("one/a.txt", "two/b.txt", "two/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert ids(f"{tmp_path}/*/*.txt") == ["a", "b"]


def test_records_bring_their_own_id_title_and_date(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "news.jsonl",
        {"id": 7, "text": TEXT, "title": "Held", "published": "2031-02"},
        "",
        {"text": TEXT},
    )
    first, second = stream([path], published="2030-01-01")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.published) == ("7", "Held", "2031-02")
    assert (second.id, second.published) == ("news-3", "2030-01-01")
    assert count([path]) == 2


@pytest.mark.parametrize(
    "row", ["not json", "[]", '{"id": "x"}', '{"id": "x", "text": 5}', '{"id": "x", "text": "too short"}']
)
def test_a_record_that_cannot_be_read_fails_in_its_place(tmp_path: Path, row: str) -> None:
    path = lines(tmp_path / "news.jsonl", {"id": "1", "text": TEXT}, row, {"id": "3", "text": TEXT})
    first, second, third = stream([path])
    assert (first.id, third.id) == ("1", "3")
    assert isinstance(second, Failed)
    assert "line 2" in second.source


def test_a_file_that_is_no_text_fails_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "b.txt").write_text(TEXT)
    first, second = stream([tmp_path])
    assert isinstance(first, Failed)
    assert second.id == "b"


def test_parquet_holds_the_same_records(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.Table.from_pylist([{"id": "x", "text": TEXT, "score": 3}, {"id": None, "text": TEXT}])
    parquet.write_table(table, tmp_path / "news.parquet")
    assert ids(tmp_path / "news.parquet") == ["x", "news-2"]
    assert count([tmp_path / "news.parquet"]) == 2
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(UnsupportedSource, match="not a Parquet file"):
        ids(tmp_path / "broken.parquet")


def test_standard_input_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (found,) = stream(["-"])
    assert isinstance(found, Article)
    assert found.text == TEXT
    assert count(["-"]) is None


def test_articles_pass_through(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert ids(article(1), tmp_path / "a.txt", article(2)) == ["a1", "a", "a2"]


def test_our_own_output_in_the_folder_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for name in ("out.jsonl", "out.failed.jsonl", "out.jsonl.part", "out.jsonl.shards/000000.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}\n")
    for source in (tmp_path, f"{tmp_path}/*", f"{tmp_path}/../{tmp_path.name}/**"):
        ours = Ours(tmp_path / "out.jsonl")
        assert set(ids(source, leave_out=ours)) == {"a"}
        assert count([source], leave_out=ours) == len(ids(source, leave_out=ours))
        assert not ours.others


@pytest.mark.parametrize("name", ["done.jsonl", "done.parquet"])
def test_what_other_runs_have_written_in_the_folder_is_no_source_and_is_told(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    lines(tmp_path / "news.jsonl", {"id": "b", "text": TEXT})
    store_path(tmp_path / name).touch()
    lines(tmp_path / name, {"id": "x", "briefing": {}})
    lines(tmp_path / ("done.failed.jsonl" if name == "done.jsonl" else f"{name}.failed.jsonl"), {"id": "y"})
    ours = Ours(tmp_path / "out.jsonl")
    assert ids(tmp_path, leave_out=ours) == ["a", "b"]
    assert {path.name for path in ours.others} == {
        path.name for path in tmp_path.glob("done*.*l*") if path.suffix != ".sqlite"
    }
    assert count([tmp_path], leave_out=Ours(tmp_path / "out.jsonl")) == 2


def test_shards_that_another_run_was_cut_into_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for name in (
        "done.jsonl.shards/plan.json",
        "done.jsonl.shards/plan.lock",
        "cut/plan.json",
        "cut/plan.lock",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"shards": []}' if name.endswith(".json") else "")
    for name in ("done.jsonl", "done.jsonl.shards/000000.jsonl", "cut/000000.jsonl"):
        lines(tmp_path / name, {"id": "x", "briefing": {}})
    ours = Ours(tmp_path / "out.jsonl")
    assert ids(tmp_path, leave_out=ours) == ["a"]
    assert len(ours.others) == 3


@pytest.mark.parametrize("spelt", ["out.jsonl", "sub/../out.jsonl", "link.jsonl", "out.failed.jsonl"])
@pytest.mark.parametrize("reading", [check, read])
def test_our_own_output_that_is_named_is_refused(tmp_path: Path, spelt: str, reading: Any) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("out.jsonl", "out.failed.jsonl"):
        lines(tmp_path / name, {"id": "x", "text": TEXT})
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "out.jsonl")
    with pytest.raises(OutputTaken, match="one of the sources"):
        reading([f"{tmp_path}/{spelt}"], leave_out=Ours(tmp_path / "out.jsonl"))


@pytest.mark.parametrize("name", ["nothing.txt", "nothing-*.txt"])
def test_what_is_not_there_is_told_before_the_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceNotFound, match="nothing"):
        check([str(tmp_path / name)])


def test_a_date_that_is_none_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no date|not a date"):
        ids(tmp_path, published="yesterday")
