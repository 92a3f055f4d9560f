"""The newsroom without a model: a recording for the whole way, scripts and a fake server for what can go wrong."""

import os
from pathlib import Path

import pytest
from newsroom import watch, write_note

from summarizer.errors import Refused
from summarizer.testing import ScriptedModel

ARTICLES = Path(__file__).parent / "articles"


@pytest.mark.summarizer_cassette("lighthouse")
def test_an_article_becomes_a_note(tmp_path: Path) -> None:
    note = write_note(ARTICLES / "lighthouse.txt", tmp_path, published="2026-03-03")

    assert note.name == "lighthouse.md"
    text = note.read_text(encoding="utf-8")
    assert "## Escalation signals" in text
    assert "Tarn" in text
    assert "Osmark" in text


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An inbox with one article, and an empty folder for the notes."""
    inbox, notes = tmp_path / "inbox", tmp_path / "notes"
    inbox.mkdir()
    notes.mkdir()
    (inbox / "a.txt").write_text((ARTICLES / "lighthouse.txt").read_text(encoding="utf-8"), encoding="utf-8")
    return inbox, notes


def rounds(folders: tuple[Path, Path], count: int) -> list[str]:
    """What the program says in so many rounds."""
    said: list[str] = []
    watch(*folders, rounds=count, sleep=lambda _: None, say=said.append)
    return said


def test_an_article_is_briefed_once_it_has_stopped_growing_and_only_once(folders: tuple[Path, Path]) -> None:
    with ScriptedModel(fill=True):
        first, later = rounds(folders, 1), rounds(folders, 4)

    assert first == []
    assert later == ["a.txt -> a.md"]


def test_a_changed_article_gets_a_new_note(folders: tuple[Path, Path]) -> None:
    article = folders[0] / "a.txt"
    with ScriptedModel(fill=True):
        rounds(folders, 2)
        later = (folders[1] / "a.md").stat().st_mtime + 10
        os.utime(article, (later, later))
        assert rounds(folders, 2) == ["a.txt -> a.md"]


def test_what_cannot_be_briefed_says_why_and_does_not_stop_the_rest(folders: tuple[Path, Path]) -> None:
    inbox, notes = folders
    (inbox / "b.txt").write_text("Too short.", encoding="utf-8")

    with ScriptedModel(fill=True):
        said = rounds(folders, 2)

    assert said == ["a.txt -> a.md", "b.txt -> b.error.txt"]
    assert "only 2 words" in (notes / "b.error.txt").read_text(encoding="utf-8")


def test_a_note_takes_the_place_of_the_reason_why_there_was_none(folders: tuple[Path, Path]) -> None:
    article, notes = folders[0] / "a.txt", folders[1]
    with ScriptedModel({"summary": Refused("not this one"), "actors": Refused("nor this")}, fill=True):
        assert write_note(article, notes).name == "a.error.txt"
    with ScriptedModel(fill=True):
        assert write_note(article, notes).name == "a.md"

    assert [path.name for path in notes.iterdir()] == ["a.md"]
