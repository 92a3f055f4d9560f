"""Paths, texts and articles into articles."""

from pathlib import Path

import pytest

from summarizer import Article
from summarizer.errors import EmptyArticle, SettingsError, SourceNotFound, UnsupportedSource
from summarizer.loaders import load

TEXT = "The army moved two brigades to the northern border on Monday.\r\nNo reservists were called up.\n"


def test_a_path_and_the_name_of_an_existing_file_are_read_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "border.txt"
    file.write_bytes(TEXT.encode())

    for source in (file, str(file)):
        article = load(source, title="Border", published="2026-03-10")
        assert (article.text, article.id, article.source) == (TEXT, "border", "border.txt")
        assert (article.title, article.published) == ("Border", "2026-03-10")


def test_any_other_string_is_the_text_itself() -> None:
    assert load(TEXT).text == TEXT


def test_an_article_passes_through() -> None:
    article = Article.from_text(TEXT)

    assert load(article, title="ignored") is article


@pytest.mark.parametrize("source", ["no/such/file.txt", "missing.txt", Path("missing.txt")])
def test_what_looks_like_a_file_and_is_none_is_said_so(source: str | Path) -> None:
    with pytest.raises(SourceNotFound, match="there is no file"):
        load(source)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_byte_order_marks_are_understood(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "marked.txt"
    file.write_bytes(mark + TEXT.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-8"))

    assert load(file).text == TEXT


def test_a_folder_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))

    with pytest.raises(UnsupportedSource, match="folder"):
        load(tmp_path)
    with pytest.raises(UnsupportedSource, match="not text"):
        load(tmp_path / "binary.txt")


def test_a_string_of_a_few_words_is_too_little() -> None:
    with pytest.raises(EmptyArticle, match="only 3 words"):
        load("just three words")


@pytest.mark.parametrize("published", ["yesterday", "2024-13-01", "2024-02-31", "20241205", "5 Dec 2024", ""])
def test_a_date_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(SettingsError, match="is not a date"):
        load(TEXT, published=published)


@pytest.mark.parametrize("published", ["2024", "2024-12", "2024-12-05"])
def test_a_date_may_be_as_precise_as_it_is_known(published: str) -> None:
    assert load(TEXT, published=published).published == published
