"""Whatever an article or a model says, it is shown as text, and the page stays ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.render.clean import clean
from summarizer.render.html import note_to_html
from summarizer.types.note import Note
from tests.render.html import invented
from tests.render.html.dom import attributes, every, one, parsed, shown
from tests.render.html.hostile import HOSTILE, note_full_of

NOTE = invented.note()


def _shape(html: str) -> list[tuple[str, list[str]]]:
    """The elements of a page with the names of their attributes: all that text must never change."""
    return [(element.name, sorted(attributes(element))) for element in every(parsed(html), "*")]


@pytest.fixture(scope="module", params=HOSTILE.values(), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest, note: Note) -> tuple[str, str]:
    """A hostile text, and the page of a note full of it."""
    text = str(request.param)
    return text, note_to_html(note_full_of(text, note))


@pytest.fixture(scope="module")
def harmless(note: Note) -> list[tuple[str, list[str]]]:
    return _shape(note_to_html(note_full_of("harmless words", note)))


def test_no_text_changes_the_structure_of_the_page(
    hostile: tuple[str, str], harmless: list[tuple[str, list[str]]]
) -> None:
    """The same note full of harmless words gives the very same elements and attributes."""
    assert _shape(hostile[1]) == harmless


def test_text_is_shown_cleaned_and_otherwise_as_it_is(hostile: tuple[str, str]) -> None:
    text, html = hostile
    document = parsed(html)
    expected = " ".join(clean(text).split())

    assert shown(one(document, "h1")) == expected
    assert shown(one(document, "#k2 .said")) == expected
    assert shown(one(document, "#d1-4 mark")) == expected
    assert shown(one(document, "head title")) == expected


def test_nothing_that_misleads_a_reader_or_a_terminal_leaves(hostile: tuple[str, str]) -> None:
    assert clean(hostile[1]) == hostile[1]


def test_an_article_full_of_hostile_text_is_shown_as_text(note: Note) -> None:
    text = " ".join([*HOSTILE.values(), "half \ud83d of a pair \udc00"])
    article = Article.from_text(f"{text} This sentence ends it all the same.")
    first = note.sources[0]
    record = first.briefing.article.model_copy(
        update={"sha256": article.sha256, "sentences": len(article.sentences)}
    )
    briefing = first.briefing.model_copy(update={"article": record, "gaps": []})
    point = note.bottom_line.model_copy(update={"evidence": []})
    alone = note.model_copy(
        update={
            "sources": [first.model_copy(update={"briefing": briefing})],
            "bottom_line": point,
            "key_points": [],
            "escalation_signals": [],
            "comparisons": [],
        }
    )
    document = parsed(note_to_html(alone, {"d1": article}))

    assert "whole" in attributes(one(document, "#d1"))["class"]
    sentences = [shown(sentence) for sentence in every(document, "#d1 .words")]
    assert "".join("".join(sentences).split()) == "".join(clean(article.text).split())
    assert len(every(document, "script")) == len(every(document, "style")) == 1


def test_a_word_of_100_kilobytes_is_kept_whole(note: Note) -> None:
    word = "x" * 100_000
    quoted = invented.span("d1", 1).model_copy(update={"end": 35 + len(word), "start": 35, "quote": word})
    point = note.bottom_line.model_copy(update={"evidence": [quoted]})
    only = note.model_copy(
        update={"bottom_line": point, "key_points": [], "escalation_signals": [], "comparisons": []}
    )

    assert word in shown(one(parsed(note_to_html(only)), "#d1-1"))


@given(st.text(min_size=1, max_size=300))
def test_any_headline_comes_out_as_it_went_in_but_cleaned(text: str) -> None:
    html = note_to_html(NOTE.model_copy(update={"title": text}))

    assert shown(one(parsed(html[: html.index("<section")] + "</main>"), "h1")) == " ".join(
        clean(text).split()
    )
