"""Many sources: order, ids, folders, patterns and collections."""

import io
import json
import sys
from pathlib import Path

import pytest

from summarizer.errors import LoaderNotInstalled, SettingsError, SourceNotFound, UnsupportedSource
from summarizer.loaders import Failed, load, load_all, read_all
from tests.loaders.golden import FILES

TEXT = "Varnia reopened the Lodi bridge to lorries on Tuesday morning."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "deep/a.txt",
        "deep/deeper/c.text",
        ".hidden.txt",
        "picture.png",
        "deep/.git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path


def ids(*sources: str | Path, recursive: bool = True) -> list[str]:
    return [item.id for item in load_all(sources, recursive=recursive)]


def test_a_folder_is_read_in_the_order_of_its_names_and_every_id_is_its_own(folder: Path) -> None:
    assert ids(folder) == ["a", "b", "a-2", "c"]
    assert ids(folder, recursive=False) == ["a", "b"]
    assert ids(folder / "b.txt", folder / "b.txt", str(folder / "*.txt")) == ["b", "b-2", "b-3"]


def test_patterns_match_files_and_say_when_they_match_none(folder: Path) -> None:
    assert ids(str(folder / "**" / "*.txt")) == ["b", "a"]
    (failed,) = load_all([str(folder / "*.pdf")])
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, SourceNotFound)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    (failed,) = load_all([tmp_path])

    assert isinstance(failed, Failed)
    assert "no file of a format we read" in str(failed.error)


def test_standard_input_is_one_of_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((FILES / "bridge.html").read_bytes())))

    (article,) = load_all(["-"])

    assert not isinstance(article, Failed)
    assert (article.id, article.title) == ("stdin", "Varnia reopens the Lodi bridge after nine days")


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The second line is broken, and nobody notices before it is its turn."""
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": 7, "text": TEXT, "source": "Courier"}),
        "{",
        json.dumps({"text": TEXT, "published": "yesterday"}),
    ]
    path.write_text(
        "\n".join([*lines, "", json.dumps({"text": "too short"}), json.dumps({"text": TEXT, "title": 5.5})]),
        encoding="utf-8",
    )

    items = load_all([path])

    first = next(items)
    assert not isinstance(first, Failed)
    assert (first.id, first.source) == ("7", "Courier")
    rest = [(item.id, item.source, str(item.error)) for item in items if isinstance(item, Failed)]
    assert [where.partition(" of ")[0] for _, where, _ in rest] == ["line 2", "line 3", "line 5", "line 6"]
    assert "no JSON" in rest[0][2]
    assert "is not a date" in rest[1][2]
    assert "only 2 words" in rest[2][2]
    assert "`title` is no string" in rest[3][2]


def test_each_entry_of_a_feed_is_an_article() -> None:
    items = list(read_all([FILES / "border.atom"]))

    assert [type(item).__name__ for item in items] == ["Loaded", "Loaded", "Failed"]
    failed = items[2]
    assert isinstance(failed, Failed)
    assert (failed.id, failed.source) == (
        "https://courier.example/live",
        f"entry 3 of {FILES / 'border.atom'}",
    )


def test_a_date_of_the_caller_that_is_none_is_the_callers_mistake() -> None:
    with pytest.raises(SettingsError):
        load(FILES / "bridge.html", published="yesterday")


def test_what_the_caller_knows_comes_before_what_the_file_says() -> None:
    article = load(FILES / "bridge.html", title="Bridge", published="2024-04-01")

    assert (article.title, article.published) == ("Bridge", "2024-04-01")


def test_a_missing_package_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.loaders.child import parse
    from summarizer.loaders.formats import FORMATS
    from summarizer.loaders.loaded import Document

    monkeypatch.setitem(sys.modules, "pypdf", None)

    with pytest.raises(LoaderNotInstalled, match="needs the package pypdf") as caught:
        parse(FORMATS["pdf"], Document(b"%PDF-1.7", "a.pdf"))

    assert "pip install 'summarizer[sources]'" in caught.value.hint


def test_an_address_is_never_fetched_by_accident() -> None:
    with pytest.raises(UnsupportedSource):
        load("https://courier.example/a.html")
    (failed,) = load_all(["https://courier.example/a.html"])
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, UnsupportedSource)
