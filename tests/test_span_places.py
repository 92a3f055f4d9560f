"""A quotation from a PDF carries its page: into the JSON, to the citation in every format, and through the proof."""

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from summarizer import Article, Briefing, Note, brief
from summarizer.grounding.spans import evidence, span_at
from summarizer.loaders import load
from summarizer.proof import verify
from summarizer.render.docx import note_to_docx
from summarizer.render.html import note_to_html
from summarizer.render.pdf import note_to_pdf
from summarizer.testing import ScriptedModel
from summarizer.types import Span

FILE = Path(__file__).parent / "loaders" / "files" / "report.pdf"


@pytest.fixture(scope="module")
def article() -> Article:
    return load(FILE)


@pytest.fixture(scope="module")
def note() -> Note:
    with ScriptedModel(fill=True, model="local/scripted"):
        return brief([FILE])


@pytest.fixture(scope="module")
def briefing(note: Note) -> Briefing:
    return note.sources[0].briefing


def _last(note: Note) -> Span:
    return max(note.sources[0].briefing.summary.key_points[-1].evidence, key=lambda span: span.start)


def test_every_span_names_the_page_that_it_stands_on(article: Article, briefing: Briefing) -> None:
    points = [span for point in briefing.summary.key_points for span in point.evidence]
    mentions = [span for actor in briefing.actors for span in actor.mentions]

    assert {span.place for span in mentions} == {f"page {n}" for n in range(1, 6)}
    assert all(span.place == article.place_at(span.start) for span in [*points, *mentions])


def test_the_page_stands_beside_the_citation_in_every_format(note: Note) -> None:
    span = _last(note)
    label, words = f"d1:{span.sentence}", span.quote[-25:]
    markdown = note.to_markdown()
    paragraphs = [p.text for p in docx.Document(io.BytesIO(note_to_docx(note))).paragraphs]
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(note_to_pdf(note))).pages)

    assert f"{words}” ({span.place})" in markdown
    assert any(p.startswith(f"[{label}]") and p.endswith(f"{words}” ({span.place})") for p in paragraphs)
    assert f"({span.place})" in " ".join(pages.split())
    assert f'<span class="place" lang="en">{span.place}</span>' in note_to_html(note)


def test_the_original_file_proves_the_pages(article: Article, briefing: Briefing) -> None:
    again = Briefing.model_validate_json(briefing.to_json())

    assert again == briefing
    assert verify(again, article) == []


def test_a_wrong_page_is_not_proven(article: Article, briefing: Briefing) -> None:
    changed: dict[str, Any] = json.loads(briefing.to_json())
    changed["summary"]["key_points"][-1]["evidence"][0]["place"] = "page 77"

    (difference,) = verify(Briefing.model_validate(changed), article)

    assert difference.where.startswith("summary.key_points[")
    assert "page 77" in difference.message


def test_pages_are_not_proven_by_the_bare_text(article: Article, briefing: Briefing) -> None:
    (difference,) = verify(briefing, Article.from_text(article.text))

    assert "give the original file" in difference.message


def test_a_briefing_without_places_is_proven_by_the_original_too(
    article: Article, briefing: Briefing
) -> None:
    older = json.loads(
        briefing.to_json(), object_hook=lambda held: {k: v for k, v in held.items() if k != "place"}
    )

    assert verify(Briefing.model_validate(older), article) == []


def test_what_has_no_place_says_nothing_of_one_in_json() -> None:
    article = Article.from_text("Karvelia moved two brigades to its border on Monday.")

    (span,) = evidence(article, [1])

    assert span.place is None
    assert "place" not in json.loads(span.model_dump_json())


@given(st.lists(st.integers(0, 50), unique=True).map(sorted), st.integers(0, 50))
def test_a_span_is_verbatim_and_stands_where_its_first_character_does(starts: list[int], at: int) -> None:
    places = tuple((start, f"page {n}") for n, start in enumerate(starts, 1))
    article = Article(text="x" * 60, id="any", places=places)

    span = span_at(article, 1, at, at + 3)

    assert span.quote == article.text[at : at + 3]
    assert span.place == article.place_at(at)
