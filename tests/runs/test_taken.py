"""Files that are not the run's to write: its sources, and what no run has written. They are left as they were."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.batching import batch
from summarizer.errors import OutputTaken, Refused, SettingsError, StoreFailed
from summarizer.runs.database import store_path
from summarizer.runs.engines.local import InProcess
from summarizer.runs.lock import locked
from summarizer.sharding import BatchOptions, brief_shards
from tests.runs.command import typed
from tests.runs.left_behind import rows
from tests.runs.scripted import Provider, article, write_jsonl

Making = Callable[[Any, Path], object]


def in_shards(sources: Any, output: Path) -> object:
    return brief_shards([sources], output, BatchOptions(), InProcess(), workers=1)


def in_many_shards(sources: Any, output: Path) -> object:
    return brief_shards(sources, output, BatchOptions(), InProcess(), workers=1)


def in_one(sources: Any, output: Path) -> object:
    return list(batch(sources, output=output))


def as_typed(sources: Any, output: Path) -> object:
    ran = typed(sources, "-o", output)
    if ran.exit_code:
        assert ran.exit_code == 2
        assert "Hint:" in ran.stderr
        raise OutputTaken(ran.stderr)
    return ran


def there(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


makings = pytest.mark.parametrize("make", [in_one, in_shards, as_typed])


@makings
@pytest.mark.parametrize("named", ["news.jsonl", "sub/../news.jsonl", "link.jsonl"])
def test_a_source_that_is_the_output_is_refused_before_anything_is_written(
    provider: Provider, source: Path, tmp_path: Path, make: Making, named: str
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.jsonl").symlink_to(source)
    before = there(tmp_path)
    with pytest.raises(OutputTaken, match="one of the sources"):
        make(f"{tmp_path}/{named}", source)
    assert there(tmp_path) == before
    assert not provider.asked


def test_a_source_that_is_the_output_is_refused_also_where_a_run_has_made_it(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    typed(source, "-o", out)
    for named in (out, store_path(out)):
        assert typed(named, "-o", out).exit_code == 2
    assert len(rows(out)) == 6


@makings
def test_a_pattern_that_a_shell_fills_in_does_not_stop_a_run_from_going_on(
    provider: Provider, source: Path, tmp_path: Path, make: Making
) -> None:
    out = tmp_path / "out.jsonl"
    several = make is not as_typed
    write_jsonl(tmp_path / "more.jsonl", range(6, 8))
    named = [source, tmp_path / "more.jsonl"]
    for more in ([], [out]):
        if several:
            brief_all = in_many_shards if make is in_shards else in_one
            brief_all([*named, *more], out)
        else:
            assert typed(*named, *more, "-o", out).exit_code == 0
    assert len(rows(out)) == 8


def test_a_parquet_that_is_source_and_output_is_refused(provider: Provider, tmp_path: Path) -> None:
    (tmp_path / "news.parquet").write_bytes(b"PAR1")
    assert typed(tmp_path / "news.parquet", "-o", tmp_path / "news.parquet").exit_code == 2
    assert there(tmp_path) == {"news.parquet": b"PAR1"}


def test_a_source_that_is_the_output_of_a_run_among_those_that_are_made_as_they_are_read_stops_it(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    list(batch(source, output=out))
    before = out.read_bytes()
    with pytest.raises(OutputTaken):
        list(batch(iter([source, out]), output=out))
    assert out.read_bytes() == before


@makings
@pytest.mark.parametrize("name", ["out.jsonl", "out.failed.jsonl", "out.jsonl.part"])
def test_a_file_that_no_run_has_written_is_never_replaced(
    provider: Provider, source: Path, tmp_path: Path, make: Making, name: str
) -> None:
    (tmp_path / name).write_text("mine")
    before = there(tmp_path)
    with pytest.raises(OutputTaken, match="no run that is known here has written it"):
        make(source, tmp_path / "out.jsonl")
    assert there(tmp_path) == before
    assert not provider.asked


def test_a_folder_of_the_user_s_that_looks_like_shards_is_read(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    source.rename(news / "news.jsonl")
    for name in ("plan.json", "plan.lock"):
        (news / name).touch()
    assert "left out" not in typed(news / "*.jsonl", "-o", tmp_path / "out.jsonl").stderr
    assert len(rows(tmp_path / "out.jsonl")) == 6


@makings
def test_an_empty_file_that_keeps_the_name_is_filled(
    provider: Provider, source: Path, tmp_path: Path, make: Making
) -> None:
    (tmp_path / "out.jsonl").touch()
    make(source, tmp_path / "out.jsonl")
    assert len(rows(tmp_path / "out.jsonl")) == 6


@pytest.mark.parametrize("make", [in_one, in_shards])
def test_a_run_whose_store_was_removed_is_refused_and_the_hint_says_what_is_missing(
    provider: Provider, source: Path, tmp_path: Path, make: Making
) -> None:
    out = tmp_path / "out.jsonl"
    make(source, out)
    kept = store_path(out) if make is in_one else tmp_path / "out.jsonl.shards" / "plan.json"
    kept.unlink()
    with pytest.raises(OutputTaken) as caught:
        make(source, out)
    assert (str(kept) if make is in_one else str(kept.parent)) in caught.value.hint
    assert len(rows(out)) == 6


@makings
def test_a_run_of_ours_goes_on_is_done_again_and_takes_up_its_failed_ones(
    provider: Provider, source: Path, tmp_path: Path, make: Making
) -> None:
    out = tmp_path / "out.jsonl"
    for _ in range(2):
        make(source, out)
    assert set(provider.asked.values()) == {1}
    write_jsonl(source, range(6))
    make(source, out)
    assert len(rows(out)) == 6


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("engine", [[], ["--engine", "processes"]])
def test_failed_articles_are_named_and_taken_up_again(
    provider: Provider, source: Path, tmp_path: Path, engine: list[str]
) -> None:
    out = tmp_path / "out.jsonl"
    provider.fails = lambda key, _: Refused("it declined") if key == "a2/0" else None
    ran = typed(source, "-o", out, *engine)
    assert ran.exit_code == 3
    assert f"Wrote {out}; {tmp_path / 'out.failed.jsonl'} lists those that failed" in ran.stderr
    provider.fails = lambda _key, _time: None
    assert typed(source, "-o", out, *engine, "--retry-failed").exit_code == 0
    assert not (tmp_path / "out.failed.jsonl").exists()


def test_outputs_of_two_formats_share_no_list_of_failed_articles(provider: Provider, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    source = write_jsonl(tmp_path / "news.jsonl", range(3))
    provider.fails = lambda key, _: Refused("it declined") if key == "a2/0" else None
    for name in ("out.jsonl", "out.parquet", "out.ndjson"):
        assert typed(source, "-o", tmp_path / name).exit_code == 3
    lists = {path.name for path in tmp_path.glob("*.failed.jsonl")}
    assert lists == {"out.failed.jsonl", "out.parquet.failed.jsonl", "out.ndjson.failed.jsonl"}


@pytest.mark.parametrize("name", ["out.txt", "out", "out.json", "out.failed.jsonl"])
def test_an_output_that_is_named_as_nothing_we_write_is_a_usage_error(
    provider: Provider, source: Path, tmp_path: Path, name: str
) -> None:
    assert typed(source, "-o", tmp_path / name).exit_code == 2
    with pytest.raises(SettingsError):
        list(batch(article(1), output=tmp_path / name))
    assert set(there(tmp_path)) == {"news.jsonl"}


def test_an_output_of_another_run_in_the_folder_is_left_out_and_told(
    provider: Provider, source: Path, tmp_path: Path
) -> None:
    typed(source, "-o", tmp_path / "out.jsonl")
    ran = typed(tmp_path, "-o", tmp_path / "more.jsonl")
    assert ran.exit_code == 0
    assert (
        f"1 file that other runs have written was left out, such as {tmp_path / 'out.jsonl'}." in ran.stderr
    )
    assert len(rows(tmp_path / "more.jsonl")) == 6
    ran = typed(tmp_path, "-o", tmp_path / "yet-more.jsonl", "--json-log")
    assert [e["files"] for e in map(json.loads, ran.stderr.splitlines()) if e["event"] == "left_out"] == [2]


def test_articles_go_where_there_is_nothing(provider: Provider, tmp_path: Path) -> None:
    assert len(list(batch([article(1)], output=tmp_path / "out.jsonl"))) == 1


def test_a_lock_that_cannot_be_made_is_told_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in /proc, where the rights are there and no file can be made."""

    def refuse(*_: Any, **__: Any) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(StoreFailed, match="cannot be written: No such file"), locked(tmp_path / "x.sqlite"):
        pass
