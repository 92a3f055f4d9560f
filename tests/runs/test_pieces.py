"""An input cut into shards: every article in one of them, each found again without reading the rest."""

from pathlib import Path

import pytest

from summarizer.errors import UnsupportedSource
from summarizer.runs import stream
from summarizer.runs.pieces import cut, read_pieces
from tests.runs.scripted import article, write_jsonl


@pytest.mark.parametrize("size", [1, 7, 8, 50, 1000])
def test_pieces_hold_every_article_once_and_in_order(tmp_path: Path, size: int) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "b.jsonl", range(20, 31))
    for number in range(20):
        (folder / f"a{number:02}.txt").write_text(article(number).text)
    (folder / "c.txt").write_text(article(31).text)
    whole = list(stream([folder]))
    shards = list(cut([folder], size))
    assert [found for shard in shards for found in read_pieces(shard)] == whole
    assert max(len(list(read_pieces(shard))) for shard in shards) <= size


def test_pieces_of_parquet_are_found_across_row_groups(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"id": f"a{n}", "text": article(n).text} for n in range(40)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "news.parquet", row_group_size=7)
    whole = list(stream([tmp_path / "news.parquet"]))
    shards = list(cut([tmp_path / "news.parquet"], 9))
    assert [found.id for found in whole] == [f"a{n}" for n in range(40)]
    assert [found for shard in shards for found in read_pieces(shard)] == whole


def test_standard_input_cannot_be_cut() -> None:
    with pytest.raises(UnsupportedSource, match="standard input"):
        list(cut(["-"], 10))
