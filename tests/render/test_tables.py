"""CSV that a spreadsheet reads as it is meant."""

import csv
import io

from summarizer.render.tables import note_to_actors_csv, note_to_signals_csv
from tests.render.invented_note import note


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_signal_is_a_row_with_its_actors_sources_and_quotations() -> None:
    first = _rows(note_to_signals_csv(note()))[0]

    assert first["id"] == "s1"
    assert (first["actors"], first["targets"]) == ("Varnia", "Ostrel")
    assert first["sources"] == "d1 | d2"
    assert first["cited"] == "d1:1 | d2:1"
    assert first["evidence"].endswith("11 people had died in the shelling of Port Sule.")


def test_intensities_are_numbers_and_what_is_not_known_is_empty() -> None:
    rows = _rows(note_to_signals_csv(note()))

    assert [row["intensity"] for row in rows] == ["-8.0", "-4.4", "-8.0", "2.5"]
    assert rows[1]["date"] == ""
    assert rows[1]["mode"] == ""


def test_an_actor_is_a_row_with_the_sources_that_name_it() -> None:
    rows = _rows(note_to_actors_csv(note()))

    assert [row["name"] for row in rows] == ["Varnia", "Ostrel", "Ivo Tarn"]
    assert rows[2]["sources"] == "d1 | d3"
    assert rows[2]["aliases"] == "Tarn"


def test_a_byte_order_mark_comes_first_and_only_when_asked_for() -> None:
    assert note_to_actors_csv(note(), bom=True).startswith("\ufeffid,")
    assert note_to_actors_csv(note()).startswith("id,")


def test_lines_end_as_the_standard_wants() -> None:
    text = note_to_signals_csv(note())

    assert text.count("\r\n") == text.count("\n") == 5
