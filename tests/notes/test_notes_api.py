"""Many articles through the Python function and the command line, with a scripted model."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from summarizer import connect as connecting
from summarizer.article import Article
from summarizer.cli import app
from summarizer.cli.formats import FORMATS
from summarizer.connect import Connected
from summarizer.errors import EmptyArticle, MalformedReply, NotAuthorised, SettingsError, SourceNotFound
from summarizer.gathering import load_sources
from summarizer.notes_api import brief
from summarizer.types import Briefing
from summarizer.types.note import Note
from tests.notes.lake import HOME, NAMES
from tests.notes.scripted import Scripted, echo

TWO = [HOME / "halden-wire-clash.txt", HOME / "kestrian-monitor-talks.txt"]


class Endless(Scripted):
    """Echoes every question; articles that hold a certain word fail."""

    def __init__(self, *, fails: str | None = None, error: type[Exception] = MalformedReply) -> None:
        super().__init__()
        self.fails, self.error = fails, error

    async def ask(self, system: str, user: str, shape: type[Any], **_: Any) -> Any:
        """An answer for as long as anybody asks."""
        if self.fails and self.fails in user:
            raise self.error("the model stumbled")
        self.answers = [answer_anything]
        return await super().ask(system, user, shape)


def answer_anything(shape: type[BaseModel], user: str) -> Mapping[str, object]:
    """The echo; kinds of actors are all `other`."""
    texts = {name: f for name, f in shape.model_fields.items() if not (name[0] == "a" and name[1:].isdigit())}
    kinds = dict.fromkeys(shape.model_fields.keys() - texts.keys(), "other")
    only = type("Only", (), {"model_fields": texts})
    return {**echo(only, user), **kinds}  # pyright: ignore[reportArgumentType] - has what echo looks at


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Endless:
    return wired(Endless(), monkeypatch)


def wired(client: Endless, monkeypatch: pytest.MonkeyPatch) -> Endless:
    def connect(*_: object, **__: object) -> Connected:
        return Connected(client, "invented 1")

    monkeypatch.setattr(connecting, "connect", connect)
    return client


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["brief", *map(str, arguments)])


def test_a_folder_gives_one_note_with_titles_outlets_and_dates_from_beside_it(model: Endless) -> None:
    note = brief([HOME], model="local/invented")

    assert [source.briefing.article.source for source in note.sources] == [
        "Halden Wire",
        "Velmar Gazette",
        "Radio Norrgate",
        "Halden Wire",
        "Kestrian Monitor",
    ]
    assert note.provenance.engine == "invented 1"


def test_a_copy_is_not_sent_to_the_model(model: Endless) -> None:
    """Five articles are briefed where six are given."""
    brief([HOME], model="local/invented")

    assert not [asked for asked in model.asked if "three others" in asked]


def test_texts_and_articles_can_be_sources_too(model: Endless) -> None:
    text = "Karvelia moved two brigades to its northern border on Monday, the ministry said. Nobody was hurt there."

    note = brief(
        [text, Article.from_text(text + " The border stayed closed all week.", id="b")], model="local/x"
    )

    assert len(note.sources) + len(note.sources[0].copies) == 2


def test_one_article_that_fails_fails_the_function(monkeypatch: pytest.MonkeyPatch) -> None:
    wired(Endless(fails="pull their forces back"), monkeypatch)

    with pytest.raises(MalformedReply):
        brief(TWO, model="local/invented")


def test_missing_files_and_empty_ones_are_errors_of_ours(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")

    with pytest.raises(SourceNotFound):
        load_sources([tmp_path / "none.txt"])
    with pytest.raises(SourceNotFound):
        load_sources(["none.txt"])
    with pytest.raises(EmptyArticle):
        load_sources([tmp_path / "empty.txt"])
    with pytest.raises(SettingsError):
        load_sources([HOME / f"{NAMES[0]}.txt"], published="soon")


def test_several_files_make_one_note_on_the_command_line(model: Endless) -> None:
    done = run(*TWO, "--format", "json", "--model", "local/invented")

    assert done.exit_code == 0, done.stderr
    note = Note.model_validate_json(done.stdout)
    assert len(note.sources) == 2
    assert "Article 1 of 2: Four Belmoran fishermen killed" in done.stderr


def test_one_file_stays_a_briefing(model: Endless) -> None:
    done = run(TWO[0], "--format", "json", "--model", "local/invented")

    assert done.exit_code == 0, done.stderr
    assert Briefing.model_validate_json(done.stdout).article.id == "halden-wire-clash"


def test_an_article_that_fails_is_named_with_its_hint_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wired(Endless(fails="fired 40 rounds"), monkeypatch)

    done = run(
        *TWO, HOME / "halden-wire-correction.txt", tmp_path / "none.txt", "-f", "json", "-m", "local/x"
    )

    assert done.exit_code == 3
    assert len(json.loads(done.stdout)["sources"]) == 2
    assert "Left out: halden-wire-correction: the model stumbled" in done.stderr
    assert "none.txt" in done.stderr
    assert done.stderr.count("Hint:") == 2


def test_what_would_fail_for_every_article_stops_at_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    client = wired(Endless(fails="article-", error=NotAuthorised), monkeypatch)

    done = run(*TWO, "-m", "local/x")

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("Error:") == 1
    assert client.asked == []


def test_where_every_article_fails_there_is_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    wired(Endless(fails="article-"), monkeypatch)

    done = run(*TWO, "-m", "local/x")

    assert done.exit_code == 1
    assert "Error: the model stumbled" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["--format", "docx", "--template", "house.jinja"], 2, "no template for docx"),
        (["--format", "pdf", "--template", "house.jinja"], 2, "no template for pdf"),
        (["--format", "html", "--template", "house.docx"], 2, "no template for html"),
        (["--grades", "none.toml"], 2, "none.toml"),
        (["-o", "/nowhere/at/all.json"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_work(
    model: Endless, arguments: list[str], code: int, named: str
) -> None:
    done = run(*TWO, "-m", "local/x", *arguments)

    assert done.exit_code == code
    assert named in done.stderr
    assert model.asked == []


def test_grades_of_a_file_stand_in_the_note(model: Endless, tmp_path: Path) -> None:
    (tmp_path / "grades.toml").write_text('[outlets]\n"Kestrian Monitor" = "A"\n', encoding="utf-8")

    done = run(*TWO, "-m", "local/x", "-f", "json", "--grades", tmp_path / "grades.toml")

    grades = [source.grade for source in Note.model_validate_json(done.stdout).sources]
    assert grades[0] is None
    assert grades[1] is not None
    assert grades[1].reliability == "A"


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(form, marks=() if form == "markdown" else pytest.mark.thorough)
        for form in FORMATS
        if form not in ("docx", "pdf")
    ],
)
def test_every_text_format_of_a_note_is_written_whole(model: Endless, tmp_path: Path, form: str) -> None:
    done = run(*TWO, "-m", "local/x", "-f", form, "-o", tmp_path / "note.out")

    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "note.out").read_text(encoding="utf-8").strip()
    assert done.stdout == ""
