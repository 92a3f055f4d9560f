"""The note of the invented lake crisis, on a recording of the embedded model."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer import Article, Note
from summarizer.cli import app
from summarizer.testing import use_cassette
from tests.recording import LAKE, ROOT, cassette, note_lake

CRISIS = str(ROOT / "seeds" / LAKE)


@pytest.fixture(scope="module")
def note() -> Note:
    with use_cassette(cassette(LAKE)):
        return note_lake()


def test_the_reprint_counts_once(note: Note) -> None:
    outlets = {source.briefing.article.source for source in note.sources}
    copies = [copy.article.source for source in note.sources for copy in source.copies]

    assert outlets == {"Halden Wire", "Velmar Gazette", "Radio Norrgate", "Kestrian Monitor"}
    assert len(note.sources) == 5
    assert copies == ["Morning Ledger"]


def test_the_sources_stand_side_by_side_where_they_differ(note: Note) -> None:
    conflicts = {found.about: found for found in note.comparisons if found.kind == "conflict"}

    assert {"number", "modality"} <= conflicts.keys()
    said = " ".join(statement.text for statement in conflicts["number"].statements)
    assert all(number in said.lower() for number in ("four", "five", "six"))


def test_every_span_is_verbatim_in_the_article_of_its_source(note: Note) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in Path(CRISIS).glob("*.txt")}
    read = {Article.from_text(text).sha256: text for text in texts.values()}
    articles = {source.id: read[source.briefing.article.sha256] for source in note.sources}
    items = [note.bottom_line, *note.key_points, *note.escalation_signals]
    items += [statement for found in note.comparisons for statement in found.statements]

    assert all(item.evidence for item in items)
    for span in (span for item in items for span in item.evidence):
        assert articles[span.source][span.start : span.end] == span.quote


def test_the_timeline_runs_forward_and_the_level_falls_with_the_talks(note: Note) -> None:
    dates = [entry.date for entry in note.timeline]

    assert dates == sorted(dates)
    assert [point.date for point in note.levels] == sorted(point.date for point in note.levels)
    assert note.escalation.level == "high"


@pytest.mark.summarizer_cassette(LAKE)
@pytest.mark.parametrize(
    ("form", "begins"),
    [("markdown", b"# "), ("json", b"{"), ("html", b"<!doctype html>"), ("docx", b"PK"), ("pdf", b"%PDF-")],
)
def test_the_command_writes_the_note_in_the_form_that_the_file_is_named_for(
    tmp_path: Path, form: str, begins: bytes
) -> None:
    out = tmp_path / f"note.{form}"
    named = [] if out.suffix != ".markdown" else ["--format", form]
    done = CliRunner().invoke(app, ["brief", CRISIS, *named, "-o", str(out)])

    assert done.exit_code == 0, done.stderr
    assert out.read_bytes()[: len(begins)].lower() == begins.lower()


@pytest.mark.summarizer_cassette(LAKE)
def test_the_signals_are_a_table_for_spreadsheets() -> None:
    done = CliRunner().invoke(app, ["brief", CRISIS, "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert len(rows) > 10
    assert "ASSAULT" in json.dumps(rows)
