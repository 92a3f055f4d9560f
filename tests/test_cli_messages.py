"""What the command line says: versions, help that flows, and errors in words that a reader can act on."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from summarizer.cli import app
from summarizer.cli.flowing import flowing
from tests.render.invented_note import briefing, note

TEXT = "Karvelia moved two brigades to its border on Monday, the ministry said. Ostrava began an exercise."


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")


def _run(*arguments: str, width: int = 80) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": str(width)})


def test_the_version_is_printed_without_a_command() -> None:
    from importlib.metadata import version

    done = _run("--version")

    assert (done.exit_code, done.stdout) == (0, f"{version('summarizer')}\n")


@pytest.mark.parametrize("width", [80, 110])
@pytest.mark.parametrize("command", ["brief", "batch", "verify", "check", "diff", "eval"])
def test_paragraphs_of_help_fill_the_terminal(command: str, width: int) -> None:
    shown = _run(command, "--help", width=width).stdout.partition("╭")[0]
    lines = [line.strip() for line in shown.splitlines()]
    prose = lines[: lines.index("Examples:")] if "Examples:" in lines else lines

    for line, following in pairwise(prose):
        if line and following and not line.startswith("Usage:"):
            room = width - 2 - len(line)
            assert len(following.split()[0]) >= room, f"{line!r} ends early, before {following!r}"


def test_examples_keep_a_line_each() -> None:
    assert "\n     summarizer brief article.txt  " in _run("brief", "--help").stdout


def test_usage_names_a_source_once() -> None:
    assert "Usage: summarizer brief [OPTIONS] [SOURCE]...  " in _run("brief", "--help").stdout


@given(st.lists(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), min_size=1))
def test_flowing_keeps_every_word_and_paragraph(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join("\n".join(lines) for lines in paragraphs)

    assert flowing(text).split("\n\n") == [" ".join(lines) for lines in paragraphs]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x", bad', "claims.jsonl, line 2 is not JSON"),
        ("[1]", "line 2 is not a JSON object"),
        ('{"id": "x"}', "line 2 (id 'x'): `claim` is missing"),
        ('{"id": "x", "claim": 5}', "line 2 (id 'x'): `claim` is no sentence"),
        ('{"claim": "It moved.", "evidence": 5}', "line 2: `evidence` is not a list of {start, end}"),
        ('{"claim": "It moved.", "evidence": [{"start": 0}]}', "line 2: `evidence` is not a list"),
        (
            '{"id": "x", "claim": "It moved.", "evidence": [{"start": 0, "end": 9999}]}',
            "line 2 (id 'x'): the evidence 0-9999 lies outside",
        ),
    ],
)
def test_a_claim_that_cannot_be_read_is_told_by_line_and_id(tmp_path: Path, line: str, said: str) -> None:
    good = '{"claim": "Karvelia moved two brigades."}'
    (tmp_path / "claims.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")

    done = _run("check", "a.txt", "claims.jsonl")

    assert done.exit_code == 1
    assert said in done.stderr
    assert "Hint:" in done.stderr
    for machinery in ("JSONDecodeError", "KeyError", "TypeError", "AttributeError"):
        assert machinery not in done.stderr


def test_verify_says_that_a_note_is_one_and_what_can_be_proven(tmp_path: Path) -> None:
    (tmp_path / "note.json").write_text(note().to_json(), encoding="utf-8")

    done = _run("verify", "note.json", "a.txt")

    assert done.exit_code == 1
    assert "'note.json' is a note of several articles" in done.stderr
    assert "jq '.sources[0].briefing' note.json" in done.stderr
    assert "briefing" in json.loads(note().to_json())["sources"][0]


def test_verify_says_that_a_row_of_a_batch_is_one(tmp_path: Path) -> None:
    row = {"id": "d1", "briefing": json.loads(briefing("d1").to_json())}
    (tmp_path / "row.json").write_text(json.dumps(row), encoding="utf-8")

    assert "jq .briefing row.json" in _run("verify", "row.json", "a.txt").stderr


def test_arguments_of_verify_in_the_wrong_order_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "briefing.json").write_text(briefing("d1").to_json(), encoding="utf-8")

    done = _run("verify", "a.txt", "briefing.json")

    assert "'a.txt' is not JSON" in done.stderr
    assert "verify BRIEFING.json ARTICLE" in done.stderr
    assert ": :" not in done.stderr


def test_a_wrong_value_is_said_without_the_machinery() -> None:
    done = _run("brief", "a.txt", "--format", "poem", width=200)

    assert done.exit_code == 2
    assert "Invalid value for '--format' / '-f': 'poem' is not one of" in done.stderr


def test_an_evaluation_of_an_empty_folder_says_what_belongs_in_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    done = _run("eval", "empty")

    assert done.exit_code == 1
    assert "standard input" not in done.stderr
    assert "sentences, gold" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["brief", "missing.txt"], 1),
        (["check", "a.txt", "missing.jsonl"], 1),
        (["brief", "a.txt", "--prompts", "missing"], 2),
        (["brief", "a.txt", "--template", "missing.jinja"], 2),
        (["brief", "a.txt", "--grades", "missing.toml"], 2),
        (["show", "prompt", "poem"], 2),
        (["show", "schema", "poem"], 2),
        (["show", "codebook", "poem"], 2),
        (["models", "path", "poem"], 2),
        (["poem"], 2),
    ],
    ids=str,
)
def test_what_the_command_line_has_wrong_is_2_and_what_a_file_has_wrong_is_1(
    arguments: list[str], code: int
) -> None:
    assert _run(*arguments).exit_code == code


def test_show_prompt_reads_standard_input() -> None:
    done = CliRunner().invoke(app, ["show", "prompt", "summary", "-"], input=TEXT)

    assert done.exit_code == 0, done.stderr
    assert "[1] Karvelia moved two brigades" in done.stdout


def test_models_name_the_file_that_would_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.gguf"
    monkeypatch.setenv("SUMMARIZER_MODEL_FILE", str(own))

    assert _run("models", "path").stdout == f"{own}\n"
    listed = _run("models", "list").stdout
    assert f"In place of each of these: {own} (SUMMARIZER_MODEL_FILE; there is no such file)" in listed
    own.write_bytes(b"weights")
    assert f"In place of each of these: {own} (SUMMARIZER_MODEL_FILE)\n" in _run("models", "list").stdout
