"""Where results go: never over a source, never into a file of another format, and a full disk is one message."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summarizer.cli import app
from summarizer.cli.formats import form_of
from summarizer.errors import SettingsError
from summarizer.files import write_whole
from tests.render.invented_note import briefing

TEXT = "Karvelia moved two brigades to its border on Monday, the ministry said. Ostrava began an exercise."
CLAIM = '{"claim": "Karvelia moved two brigades."}\n'
FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for name in ("a.txt", "b.txt", "news/c.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "claims.jsonl").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "articles.toml").write_text("", encoding="utf-8")
    for name in ("old.json", "new.json"):
        (tmp_path / name).write_text(briefing("d1").to_json(), encoding="utf-8")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief", "a.txt", "-o", "a.txt"],
        ["brief", "a.txt", "-o", "./news/../a.txt"],
        ["brief", "a.txt", "-o", "link.txt"],
        ["brief", "link.txt", "-o", "a.txt"],
        ["brief", "a.txt", "b.txt", "-o", "b.txt"],
        ["brief", "news", "-o", "news/c.txt"],
        ["brief", "*.txt", "-o", "b.txt"],
        ["brief", "a.txt", "-o", "articles.toml", "--format", "json"],
        ["brief", "a.txt", "-o", "b.txt", "--template", "b.txt"],
        ["brief", "a.txt", "-o", "b.txt", "--cassette", "b.txt"],
        ["check", "a.txt", "claims.jsonl", "-o", "claims.jsonl"],
        ["check", "a.txt", "claims.jsonl", "-o", "a.txt"],
        ["diff", "old.json", "new.json", "-o", "new.json"],
    ],
    ids=" ".join,
)
def test_a_file_that_is_read_is_not_written_over(tmp_path: Path, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    done = _run(*arguments)

    assert done.exit_code == 2, done.output
    assert "would be overwritten" in done.stderr
    assert "Hint:" in done.stderr
    assert "Model:" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", [["brief", "a.txt"], ["diff", "old.json", "new.json"]], ids=" ".join)
@pytest.mark.parametrize(
    ("output", "said"),
    [
        (["note.xlsx"], "Endings that are written: .md"),
        (["note.odt", "--format", "json"], "Endings that are written: .md"),
        (["note.poem"], "--format"),
        (["note.html", "--format", "json"], "says html, but --format says json"),
    ],
    ids=str,
)
def test_an_ending_of_another_format_is_refused_before_the_work(
    tmp_path: Path, command: list[str], output: list[str], said: str
) -> None:
    done = _run(*command, "-o", *output)

    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert "Model:" not in done.stderr
    assert not (tmp_path / output[0]).exists()


def test_verdicts_are_not_written_into_a_workbook(tmp_path: Path) -> None:
    done = _run("check", "a.txt", "claims.jsonl", "-o", "verdicts.xlsx")

    assert done.exit_code == 2
    assert "JSON Lines" in done.stderr


def test_a_name_says_the_form_and_one_without_an_ending_leaves_it() -> None:
    assert form_of(None, Path("note.JSON")) == "json"
    assert form_of(None, Path("note.md")) == form_of(None, Path("note")) == form_of(None, None) == "markdown"
    assert form_of("json", Path("note.out")) == form_of("json", Path("note.txt")) == "json"
    assert form_of("actors-csv", Path("actors.csv")) == "actors-csv"
    assert form_of(None, Path("note.tex"), Path("house.tex.jinja")) == "markdown"
    with pytest.raises(SettingsError):
        form_of("csv", Path("note.json"))


def test_changes_take_the_form_that_their_file_is_named_for(tmp_path: Path) -> None:
    assert _run("diff", "old.json", "new.json", "-o", "changes.html").exit_code == 0
    assert (tmp_path / "changes.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_a_full_standard_output_is_one_message_and_no_traceback() -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "show", "codebook"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("Error: standard output cannot be written: No space left on device.")
    assert "Hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_reader_that_has_gone_is_not_told_anything() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "show", "schema", "note"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    running.stdout.close()
    _, said = running.communicate()

    assert said == ""


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of another kind")
def test_what_is_no_regular_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole(pipe, "a note")
    reader.join(10)

    assert read == [b"a note"]
    assert pipe.is_fifo()


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


def test_a_name_with_a_full_stop_in_it_has_no_ending() -> None:
    assert form_of(None, Path("note of Nov. 3")) == "markdown"
    assert form_of(None, Path("note.2")) == "markdown"
