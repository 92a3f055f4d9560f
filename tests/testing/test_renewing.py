"""`cassettes record`: what it chooses, what it says first, and what it makes again."""

import json
from pathlib import Path

from typer.testing import CliRunner

from summarizer.cli.cassettes import app
from summarizer.testing.renewing import plan
from summarizer.testing.storage import save
from tests.testing.made_today import counted, made

RUN = CliRunner()


def test_the_embedded_model_costs_nothing_and_a_model_nobody_noted_an_unknown_amount(folder: Path) -> None:
    save(folder / "a.yaml", [counted("summary"), counted("actors")], made(test="test_a.py::test_it"))
    save(folder / "b.yaml", [counted("summary")])

    embedded, unknown = plan(folder / "a.yaml"), plan(folder / "b.yaml")

    assert (embedded.requests, embedded.tokens.input, embedded.tokens.output) == (2, 2000, 100)
    assert embedded.cost_usd == 0.0
    assert unknown.cost_usd is None


def test_what_recording_takes_is_shown_before_anything_is_sent(folder: Path) -> None:
    save(folder / "a.yaml", [counted("summary")], made(test="test_a.py::test_it", codebook="other"))

    done = RUN.invoke(app, ["record", "--dir", str(folder)])

    assert done.exit_code == 2
    assert "pytest test_a.py::test_it; 1 request, 1,000 tokens in, 50 out, no cost" in done.stderr
    assert "Add --yes" in done.stderr


def test_without_names_only_what_is_stale_is_recorded(folder: Path) -> None:
    save(folder / "fresh.yaml", [counted("summary")], made(test="test_a.py::test_it"))

    done = RUN.invoke(app, ["record", "--dir", str(folder), "--yes"])

    assert (done.exit_code, done.stdout) == (0, "Nothing is stale.\n")


def test_a_name_nobody_knows_is_answered_with_those_there_are(folder: Path) -> None:
    save(folder / "fresh.yaml", [counted("summary")])

    done = RUN.invoke(app, ["record", "stale", "--dir", str(folder), "--yes"])

    assert done.exit_code == 2
    assert "There are fresh." in done.stderr


def test_a_recording_may_lie_anywhere_when_its_path_is_given(folder: Path) -> None:
    path = folder.parent / "demo.yaml"
    save(path, [counted("summary")])

    done = RUN.invoke(app, ["record", str(path), "--dir", str(folder), "--yes"])

    assert f"{path}: nobody noted how it was made" in done.stderr


def test_a_recording_that_cannot_be_made_by_a_command_says_so_and_stays(folder: Path) -> None:
    save(folder / "old.yaml", [counted("summary")])
    before = (folder / "old.yaml").read_bytes()

    done = RUN.invoke(app, ["record", "old", "--dir", str(folder), "--yes"])

    assert done.exit_code == 1
    assert "nobody noted how it was made" in done.stderr
    assert (folder / "old.yaml").read_bytes() == before


def test_the_test_that_made_a_recording_makes_it_again(folder: Path) -> None:
    """Here it only notes what it was run with: no server is there to be asked."""
    (folder.parent / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    try:\n        parser.addoption('--summarizer-record')\n"
        "    except ValueError:\n        pass\n",
        encoding="utf-8",
    )
    (folder.parent / "test_a.py").write_text(
        "from pathlib import Path\n\ndef test_it(request):\n"
        "    Path('seen.txt').write_text(request.config.getoption('--summarizer-record'))\n",
        encoding="utf-8",
    )
    save(folder / "a.yaml", [counted("summary")], made(test="test_a.py::test_it"))
    save(folder / "b.yaml", [counted("summary")], made(test="test_gone.py::test_it"))

    done = RUN.invoke(app, ["record", "a", "b", "--dir", str(folder), "--yes"])

    assert done.exit_code == 3
    assert (folder.parent / "seen.txt").read_text(encoding="utf-8") == "rewrite"
    assert json.dumps(done.stdout).count("recorded") == 1
    assert "test_gone.py::test_it, is gone" in done.stderr
