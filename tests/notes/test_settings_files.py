"""Grades and details come from files alone, and what is wrong in these is named."""

from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.notes.details import details_beside
from summarizer.notes.grades import read_grades
from tests.notes.briefed import record
from tests.notes.lake import HOME, lake_articles

TEXT = "Two boats collided on the lake on Monday, and the harbor master said so."


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_outlet_has_its_letter_and_an_article_may_have_its_digit(tmp_path: Path) -> None:
    grades = read_grades(
        written(
            tmp_path,
            "grades.toml",
            '[outlets]\n"halden WIRE" = "b"\n"Radio Norrgate" = "D"\n[articles]\n"oskaran-radio-denial" = "D3"\n',
        )
    )

    found = {article.id: grades.of(record(article)) for article in lake_articles()}

    assert found["velmar-gazette-clash"] is None
    wire, radio = found["halden-wire-clash"], found["oskaran-radio-denial"]
    assert wire is not None
    assert radio is not None
    assert (wire.reliability, wire.credibility) == ("B", None)
    assert (radio.reliability, radio.credibility) == ("D", "3")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[outlets]\n"Halden Wire" = "G"\n', "'G'"),
        ('[outlets]\n"Halden Wire" = 2\n', "2"),
        ('[outlets]\n"Halden Wire" = "B7"\n', "'B7'"),
        ('[papers]\n"Halden Wire" = "B"\n', "papers"),
        ('outlets = "B"\n', "tables"),
        ("[outlets\n", "TOML"),
    ],
)
def test_a_grade_that_is_none_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_grades(written(tmp_path, "grades.toml", text))


def test_a_file_of_grades_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        read_grades(tmp_path / "none.toml")


def test_details_are_found_beside_the_files_and_in_the_folder() -> None:
    plain = Article.from_text(TEXT, source="kestrian-monitor-talks.txt")

    for where in (HOME, HOME / "kestrian-monitor-talks.txt"):
        article = details_beside([where]).added(plain, published="2020-01-01")
        assert (article.source, article.published) == ("Kestrian Monitor", "2026-06-16")
        assert article.title == "Belmora and Oskara agree to pull back from Lake Sarn"


def test_a_file_nobody_describes_keeps_its_name_and_takes_the_date_given() -> None:
    article = details_beside([HOME]).added(Article.from_text(TEXT, source="else.txt"), published="2026-01-02")

    assert (article.source, article.title, article.published) == ("else.txt", None, "2026-01-02")


@pytest.mark.parametrize(
    "text", ["[one]\ntitle = 'x'\n", "[one]\nfile = 'a.txt'\npublished = 2026\n", "one = 1\n", "[one"]
)
def test_a_description_of_no_article_is_refused(tmp_path: Path, text: str) -> None:
    written(tmp_path, "articles.toml", text)

    with pytest.raises(SettingsError, match=r"articles\.toml"):
        details_beside([tmp_path])


def test_a_described_date_must_be_one(tmp_path: Path) -> None:
    written(tmp_path, "articles.toml", "[one]\nfile = 'a.txt'\npublished = 'soon'\n")

    with pytest.raises(SettingsError, match="soon"):
        details_beside([tmp_path]).added(Article.from_text(TEXT, source="a.txt"))
