"""`summarizer diff` at the command line, in its three forms."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from summarizer.changes import compare
from summarizer.cli.diff import diff
from summarizer.render.diff import changes_to_html, changes_to_markdown
from summarizer.types.changes import Changes
from tests.render.invented_note import briefing, note

app = typer.Typer()
app.command()(diff)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """An older briefing and a newer note."""
    (tmp_path / "old.json").write_text(briefing("d1").to_json(), encoding="utf-8")
    (tmp_path / "new.json").write_text(note().to_json(), encoding="utf-8")
    return str(tmp_path / "old.json"), str(tmp_path / "new.json")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_markdown_shows_both_sides(files: tuple[str, str]) -> None:
    done = _run(*files)

    assert done.exit_code == 0
    assert "# What changed: Varnia shells Port Sule, then agrees to talks" in done.stdout
    assert "Level: **high** (7.6 of 10, escalatory) → **high** (7.7 of 10, escalatory), the same level." in done.stdout  # fmt: skip
    assert "| quoted | “Varnia's navy shelled the harbour of Port Sule on Monday, killing nine dock workers.” [1] |" in done.stdout  # fmt: skip
    assert "- signals: 2 new, 0 gone, 0 changed, 2 unchanged" in done.stdout


def test_json_is_what_the_types_say(files: tuple[str, str]) -> None:
    done = _run(*files, "--format", "json")

    assert Changes.model_validate_json(done.stdout) == compare(briefing("d1"), note())


def test_html_goes_into_a_file(files: tuple[str, str], tmp_path: Path) -> None:
    done = _run(*files, "--format", "html", "-o", str(tmp_path / "changes.html"))
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")

    assert done.exit_code == 0
    assert done.stdout == ""
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_no_difference_is_said_and_is_no_failure(files: tuple[str, str]) -> None:
    done = _run(files[0], files[0])

    assert done.exit_code == 0
    assert "Nothing that is compared has changed." in done.stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "cannot be read as JSON"),
        ("[1]", "is not a briefing"),
        ('{"sources": 1}', "is not a note"),
        (json.dumps({"headline": "x"}), "is not a briefing"),
        (None, "there is no file"),
    ],
)
def test_a_file_that_is_neither_briefing_nor_note_is_named(
    files: tuple[str, str], tmp_path: Path, content: str | None, why: str
) -> None:
    other = tmp_path / "other.json"
    if content is not None:
        other.write_text(content, encoding="utf-8")

    done = _run(files[0], str(other))

    assert done.exit_code == 1
    assert why in done.stderr
    assert "other.json" in done.stderr
    assert "Hint:" in done.stderr


def test_a_verdict_that_is_not_support_stands_beside_a_new_sentence() -> None:
    text = changes_to_markdown(compare(briefing("d1"), note()))

    line = next(line for line in text.splitlines() if "three brigades" in line)
    assert "**⚠ differs from its source**" in line


def test_changed_signals_stand_side_by_side() -> None:
    found = compare(briefing("d1"), briefing("d2"))

    text = changes_to_markdown(found)

    assert "### s1: The shelling of Port Sule killed 11 people." in text
    assert "| number | nine dock workers | 11 people |" in text
    assert "| modality | occurred | alleged |" in text
    assert '<th scope="col">Before</th>' in changes_to_html(found)


def test_words_are_quoted_only_where_they_differ() -> None:
    old = briefing("d1")
    later = old.escalation_signals[0].model_copy(update={"date": "2026-07-01"})
    new = old.model_copy(update={"escalation_signals": [later, *old.escalation_signals[1:]]})

    text = changes_to_markdown(compare(old, new))

    assert "| date | " in text
    assert "2026-07-01 |" in text
    assert "| quoted |" not in text
    assert later.evidence[0].quote not in text
    assert "quoted" not in changes_to_html(compare(old, new))
