"""The command line: results on standard output, messages on standard error, errors that say what to do next."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from summarizer.cli import app
from summarizer.resources import folder
from tests.recording import ROOT, SEEDS

SEED = str(ROOT / "seeds" / "gerasimov-brown-call.txt")
DATE = SEEDS["gerasimov-brown-call"]
RUN = CliRunner()


@pytest.fixture(autouse=True)
def _cache_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.summarizer_cassette("gerasimov-brown-call")
def test_brief_writes_a_note_to_standard_output_and_progress_to_standard_error() -> None:
    done = RUN.invoke(app, ["brief", SEED, "--published", DATE])

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("# ")
    assert "## Escalation signals" in done.stdout
    assert "Model: local/qwen2.5-coder-1.5b (the recording was made with it)" in done.stderr
    assert "summary" in done.stderr
    assert "Model:" not in done.stdout


@pytest.mark.summarizer_cassette("gerasimov-brown-call")
def test_brief_as_json_keeps_the_published_schema() -> None:
    done = RUN.invoke(app, ["brief", SEED, "--published", DATE, "--format", "json"])

    schema = json.loads((folder("schemas") / "briefing.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(json.loads(done.stdout))] == []  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


@pytest.mark.summarizer_cassette("gerasimov-brown-call")
def test_brief_reads_standard_input() -> None:
    text = Path(SEED).read_text(encoding="utf-8")
    done = RUN.invoke(app, ["brief", "-", "--published", DATE, "--format", "json"], input=text)

    assert json.loads(done.stdout)["article"]["source"] == "standard input"


@pytest.mark.summarizer_cassette("gerasimov-brown-call")
def test_output_replaces_a_file_whole(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("an older note", encoding="utf-8")
    done = RUN.invoke(app, ["brief", SEED, "--published", DATE, "-o", str(note)])

    assert done.stdout == ""
    assert note.read_text(encoding="utf-8").startswith("# ")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["note.md"]


def test_an_output_that_cannot_be_written_is_said_before_the_model_is_asked(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["brief", SEED, "-o", str(tmp_path / "no" / "such" / "folder" / "note.md")])

    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert "Model:" not in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no text"),
        (b"Just five words are here", "only 5 words"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(200), "a program (ELF), not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image, not text"),
    ],
)
def test_a_file_that_is_no_article_ends_with_one_message(tmp_path: Path, content: bytes, said: str) -> None:
    source = tmp_path / "article.txt"
    source.write_bytes(content)
    done = RUN.invoke(app, ["brief", str(source)])

    assert done.exit_code == 1
    assert said in done.stderr
    assert "Hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["brief", "no-such-file.txt"], 1, "there is no file 'no-such-file.txt'"),
        (["brief", "https://news.example/a.html"], 2, "--url https://news.example/a.html"),
        (["brief"], 2, "nothing to brief"),
        (["brief", SEED, "--model", "local/no-such-model"], 2, "qwen2.5-coder-1.5b"),
        (["brief", SEED, "--model", "nobody/model"], 2, "openai"),
        (["brief", SEED, "--model", "justaname"], 2, "provider/model"),
        (["brief", SEED, "--model", "openai/any"], 1, "OPENAI_API_KEY"),
        (["brief", SEED, "--published", "last week"], 2, "2024-12-05"),
        (["brief", SEED, "--prompts", "no/such/folder"], 2, "does not exist"),
        (["brief", SEED, "--format", "poem"], 2, "poem"),
        (["show", "prompt", "poem"], 2, "actors, note, revision, signals, summary"),
        (["show", "codebook", "POEM"], 2, "ASSAULT"),
        (["models", "path", "no-such-model"], 2, "qwen2.5-coder-1.5b"),
    ],
)
def test_a_wrong_argument_is_answered_with_what_to_do(
    arguments: list[str], exit_code: int, said: str
) -> None:
    done = RUN.invoke(app, arguments)

    assert done.exit_code == exit_code, done.output
    assert said in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.summarizer_loopback
def test_an_unreachable_server_is_named() -> None:
    done = RUN.invoke(app, ["brief", SEED, "--model", "openai/any", "--base-url", "http://127.0.0.1:9/v1"])

    assert done.exit_code == 1
    assert "127.0.0.1:9" in done.stderr


def test_show_prompt_prints_what_would_be_sent() -> None:
    done = RUN.invoke(app, ["show", "prompt", "summary"])

    assert done.exit_code == 0
    assert done.stdout.startswith("=== system\nYou are")
    assert "[1] Karvelia moved" in done.stdout


def test_show_schema_prints_the_published_file() -> None:
    done = RUN.invoke(app, ["show", "schema", "briefing"])

    assert done.stdout == (folder("schemas") / "briefing.schema.json").read_text(encoding="utf-8")


def test_show_codebook_explains_one_event_type() -> None:
    done = RUN.invoke(app, ["show", "codebook", "mobilize"])

    assert "MOBILIZE  quad 4" in done.stdout
    assert "ASSAULT" not in done.stdout.splitlines()[2]


def test_models_list_and_path_need_no_network(tmp_path: Path) -> None:
    listed = RUN.invoke(app, ["models", "list"]).stdout

    assert "* local/qwen2.5-coder-1.5b" in listed
    assert "not fetched" in listed
    assert RUN.invoke(app, ["models", "path"]).stdout.startswith(str(tmp_path))


def test_help_names_every_command_and_teaches_by_example() -> None:
    shown = RUN.invoke(app, ["--help"]).stdout

    assert all(command in shown for command in ("brief", "models", "show"))
    assert "cat article.txt | summarizer brief -" in RUN.invoke(app, ["brief", "--help"]).stdout
