"""A note in Markdown shows its sources side by side, and every citation leads to a quotation."""

import re

import pytest

from summarizer.render.markdown import note_to_markdown
from tests.render.invented_note import article, note


@pytest.fixture(scope="module")
def text() -> str:
    return note_to_markdown(note())


def _section(text: str, title: str) -> str:
    return text.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_every_citation_is_quoted_under_evidence(text: str) -> None:
    body, evidence = text.split("## Evidence")
    cited = set(re.findall(r"\[d\d+:\d+\]", body))

    assert len(cited) == 8
    assert all(f"- {label} “" in evidence for label in cited)


def test_a_sentence_cited_twice_is_quoted_once(text: str) -> None:
    assert text.split("## Evidence")[1].count("[d1:1]") == 1


def test_what_the_sources_differ_in_stands_side_by_side(text: str) -> None:
    differ = _section(text, "Where the sources differ")

    assert "| d1 · Coast Herald | d2 · Radio Ostrel |" in differ
    assert "| Nine dock workers were killed. [d1:1] | 11 people had died. [d2:1] |" in differ
    assert "Two sources report" in _section(text, "Where the sources agree")


def test_many_statements_stand_one_below_the_other() -> None:
    crowded = note().comparisons[0]
    crowded = crowded.model_copy(update={"statements": crowded.statements * 2})

    differ = _section(note_to_markdown(note(comparisons=[crowded])), "Where the sources differ")

    assert "| Source | Says |" in differ


def test_a_report_that_puts_it_differently_says_so(text: str) -> None:
    assert "| d1, d2 (alleged) |" in text
    assert "| d1 (Ivo Tarn) |" in text


def test_copies_and_grades_are_told_with_their_source(text: str) -> None:
    sources = _section(text, "Sources")

    assert "**B2** (usually reliable; probably true)" in sources
    assert "**C** (fairly reliable)" in sources
    assert "Morning Post, Harbour shelled, 2031-05-06: repeats d1 (93% alike)" in sources


def test_without_grades_nothing_is_said_of_them() -> None:
    plain = [source.model_copy(update={"grade": None}) for source in note().sources]

    assert "Grade" not in note_to_markdown(note(sources=plain))


def test_the_timeline_is_in_order_and_ends_with_what_has_no_date(text: str) -> None:
    lines = _section(text, "Timeline").strip().splitlines()

    assert [line.split("**")[1] for line in lines] == [
        "2031-05-05",
        "2031-05-06",
        "2031-05-08",
        "date not told",
    ]
    assert lines[2].endswith("(s4, planned)")


def test_the_level_is_told_day_by_day(text: str) -> None:
    assert "| 2031-05-06 | **severe** | 8.1 | escalatory | s1, s3 |" in _section(text, "Level over time")


def test_a_sentence_that_is_not_supported_says_so_where_it_stands(text: str) -> None:
    line = next(line for line in text.splitlines() if "three brigades" in line)

    assert "**⚠ differs from its source**: The claim says three where its evidence says two." in line


def test_what_was_not_read_to_the_end_is_told(text: str) -> None:
    assert "d2, pass signals: limited" in text
    assert "does not cite: d3 2." in text


def test_a_note_without_signals_has_no_empty_section() -> None:
    nothing = note().escalation.model_copy(
        update={"level": "none", "score": 0.0, "direction": None, "drivers": []}
    )
    bare = note(escalation_signals=[], escalation=nothing, levels=[], timeline=[], undated=[], comparisons=[])
    text = note_to_markdown(bare)

    assert "The sources report no sign of escalation" in text
    assert "## Timeline" not in text
    assert "## Where the sources differ" not in text


def test_the_articles_are_those_of_the_sources() -> None:
    """The builder of this note quotes what its articles say."""
    for source in note().sources:
        text = article(source.id).text
        for signal in source.briefing.escalation_signals:
            assert all(text[span.start : span.end] == span.quote for span in signal.evidence)
