"""A note in Markdown shows what it was given, and nothing of it turns into markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.clean import clean, one_line, to_markdown_text
from summarizer.testing import use_cassette
from summarizer.types import Briefing
from tests.recording import brief_seed, cassette

HOSTILE = [
    "![x](http://evil.example/p?d=1)",
    "[click](javascript:alert(1))",
    "<script>alert(1)</script>",
    "a | b | c",
    "# heading",
    "- item",
    "1. item",
    "`code` *bold* _em_ ~~gone~~",
    "&lt;b&gt;",
    "\x1b]52;c;ZXZpbA==\x07 clipboard",
    "\u202egnirts desrever\u202c",
    "tag\U000e0041s and zero\u200bwidth",
]


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    with use_cassette(cassette("gerasimov-brown-call")):
        return brief_seed("gerasimov-brown-call")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_line_of_plain_text(text: str) -> None:
    shown = to_markdown_text(text)

    assert "\n" not in shown
    assert not any(f"{mark}" in shown.replace(f"\\{mark}", "") for mark in "`*_[]<>|~")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\U000e0041" not in shown


@given(st.text())
def test_cleaning_is_complete_at_once_and_touches_no_letter(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert [c for c in text if c.isalnum()] == [c for c in clean(text) if c.isalnum()]
    assert one_line(text) == one_line(one_line(text))


def test_every_cited_sentence_is_quoted_under_sources(briefing: Briefing) -> None:
    body, sources = briefing.to_markdown().split("## Sources")

    for point in [briefing.summary.bottom_line, *briefing.summary.key_points]:
        for span in point.evidence:
            assert f"[{span.sentence}]" in body
            assert f"- [{span.sentence}] “" in sources


def test_a_claim_that_is_not_supported_is_marked_where_it_stands(briefing: Briefing) -> None:
    point = briefing.summary.key_points[0].model_copy(update={"verdict": "altered"})
    summary = briefing.summary.model_copy(update={"key_points": [point]})
    note = briefing.model_copy(update={"summary": summary}).to_markdown()

    line = next(line for line in note.splitlines() if to_markdown_text(point.text) in line)
    assert line.endswith("**⚠ differs from its source**")


def test_a_briefing_without_signals_says_so(briefing: Briefing) -> None:
    none = briefing.escalation.model_copy(
        update={"level": "none", "score": 0.0, "direction": None, "drivers": []}
    )
    note = briefing.model_copy(update={"escalation_signals": [], "escalation": none}).to_markdown()

    assert "no sign of escalation" in note
