"""Whatever an article or a model says, no sink lets it do anything: each result is read back with a real reader."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportOperatorIssue=false
# pyright: reportIndexIssue=false, reportUnknownVariableType=false
# The elements of a DOCX and the objects of a PDF have no types.

import csv
import io
import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import OxmlElement
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

from summarizer.changes import compare
from summarizer.cli.console import say
from summarizer.render.chart import escalation_chart
from summarizer.render.clean import clean, file_name, one_line, to_csv, to_json_text, to_markdown_text
from summarizer.render.diff import changes_to_html, changes_to_markdown
from summarizer.render.docx import note_to_docx
from summarizer.render.html import note_to_html
from summarizer.render.markdown import briefing_to_markdown, note_to_markdown
from summarizer.render.pdf import note_to_pdf
from summarizer.render.tables import note_to_actors_csv, note_to_signals_csv
from summarizer.render.template import note_with_template
from summarizer.types.note import Note
from tests.render.hostile_strings import HOSTILE
from tests.render.html.hostile import note_full_of
from tests.render.invented_note import note

every_hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))


@pytest.fixture(params=HOSTILE.values(), ids=list(HOSTILE))
def bad(request: pytest.FixtureRequest) -> Note:
    """A note all of whose free texts are one hostile string."""
    return note_full_of(request.param, note())


def _packed() -> Iterator[str]:
    """All hostile strings in few: where they stand in a text is nothing to these formats, and writing them is slow."""
    held = ""
    for text in HOSTILE.values():
        if len(held) + len(text) > 290:
            yield held
            held = ""
        held += f"{text} "
    yield held


@pytest.fixture(params=list(_packed()))
def packed(request: pytest.FixtureRequest) -> Note:
    """A note all of whose free texts are several hostile strings."""
    return note_full_of(request.param, note())


def _briefing_markdown(bad: Note) -> str:
    return briefing_to_markdown(bad.sources[0].briefing)


def _diff_markdown(bad: Note) -> str:
    return changes_to_markdown(compare(note(), bad))


def _diff_html(bad: Note) -> str:
    return changes_to_html(compare(note(), bad))


def assert_harmless_text(text: str) -> None:
    """No control, bidirectional or invisible character is left."""
    assert clean(text) == text


# --- terminal -------------------------------------------------------------------------------------------------------


@every_hostile
def test_the_terminal_gets_no_control_character(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(text)

    shown = capsys.readouterr().err
    assert_harmless_text(shown)
    assert "\x1b" not in shown


# --- Markdown -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("render", [note_to_markdown, _briefing_markdown, _diff_markdown])
def test_markdown_holds_no_link_image_html_or_heading_of_theirs(
    bad: Note, render: Callable[[Note], str]
) -> None:
    text = render(bad)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    expected = MarkdownIt("commonmark").enable("table").parse(render(note_full_of("harmless", note())))

    assert_harmless_text(text)
    assert not {"image", "link_open", "html_inline", "code_inline"} & {child.type for child in inline}
    assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}
    for kind in ("heading_open", "tr_open", "td_open", "list_item_open", "hr"):
        assert _count(tokens, kind) == _count(expected, kind), kind


def _count(tokens: list[Token], kind: str) -> int:
    return sum(token.type == kind for token in tokens)


# --- CSV ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("render", [note_to_signals_csv, note_to_actors_csv])
def test_no_cell_is_taken_for_a_formula(bad: Note, render: Callable[[Note], str]) -> None:
    rows = list(csv.reader(io.StringIO(render(bad), newline="")))

    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows[1:] for cell in row):
        assert_harmless_text(cell)
        for part in cell.split(";"):
            bare = part.lstrip(" \"'")
            assert (
                not bare.startswith(tuple("=+-@\t\r\n＝＋－＠")) or part.startswith("'") or _is_number(cell)
            )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_numbers_stay_numbers_and_a_number_as_text_does_not() -> None:
    assert to_csv(["a"], [[-8.0], ["-8.0"], [None], [2]]) == "a\r\n-8.0\r\n'-8.0\r\n\r\n2\r\n".replace(
        "\r\n\r\n", '\r\n""\r\n'
    )


# --- DOCX -----------------------------------------------------------------------------------------------------------


def test_docx_opens_and_holds_no_field_link_or_part_of_theirs(packed: Note) -> None:
    document = docx.Document(BytesIO(note_to_docx(packed)))
    everything = "".join(document.element.itertext())

    assert_harmless_text(everything)
    assert not document.element.xpath("//w:fldSimple | //w:instrText | //w:object")
    assert not document.element.xpath("//w:hyperlink[@r:id]")
    assert not any(relation.is_external for relation in document.part.rels.values())
    assert_harmless_text(document.core_properties.title)
    for tip in document.element.xpath("//w:hyperlink/@w:tooltip"):
        assert_harmless_text(str(tip))


@given(st.characters(codec=None, categories=None))
def test_what_is_cleaned_can_stand_in_xml(character: str) -> None:
    """So nothing of an article can make a document impossible to write."""
    OxmlElement("w:t").text = clean(f"a{character}b")


# --- PDF ------------------------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_pdf_opens_and_does_nothing(packed: Note) -> None:
    reader = PdfReader(BytesIO(note_to_pdf(packed)))
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    actions = " ".join(str(link.get("/A", "")) for link in links)

    assert "Bottom line." in reader.pages[0].extract_text()
    assert not any(word in actions for word in ("/URI", "/JavaScript", "/Launch", "/GoToR", "evil"))
    assert "/OpenAction" not in reader.trailer["/Root"]
    assert "/Names" not in reader.trailer["/Root"] or "/JavaScript" not in reader.trailer["/Root"]["/Names"]
    assert "/etc/passwd" not in str(reader.attachments)


# --- file names -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "/abs.md", "../../up", "a\\b", "CON", "x" * 400, "é" * 400, "", ".", "~"]
)
def test_a_file_name_stays_in_its_folder(text: str, tmp_path: Path) -> None:
    path = tmp_path / file_name(text, ".md")
    path.write_text("x", encoding="utf-8")

    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert path.name.encode().isascii()
    assert len(path.name) < 100
    assert path.stem.upper() not in {"CON", "NUL", "PRN", "AUX"}


def test_different_names_give_different_files() -> None:
    assert file_name("Talks in Lisbon") != file_name("talks in lisbon")
    assert file_name("Talks in Lisbon", ".md") == file_name("Talks in Lisbon", ".md")
    assert file_name("Talks in Lisbon").startswith("talks-in-lisbon-")


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_json_says_the_same_in_characters_that_harm_no_terminal(bad: Note) -> None:
    text = to_json_text(bad.to_json())

    assert_harmless_text(text)
    assert json.loads(text) == json.loads(bad.to_json())


# --- Jinja ----------------------------------------------------------------------------------------------------------

TEMPLATE = (
    "{{ note.title }}\n{% for s in note.escalation_signals %}{{ s.id }} {{ s.description }}\n{% endfor %}"
)


@pytest.mark.parametrize("name", ["note.txt.jinja", "note.md.jinja", "note.html.jinja"])
def test_a_house_template_is_given_harmless_text(bad: Note, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TEMPLATE, encoding="utf-8")

    text = note_with_template(bad, None, tmp_path / name)

    assert_harmless_text(text)
    assert "root:" not in text
    assert len(text.splitlines()) == 1 + len(bad.escalation_signals)
    if ".html" in name:
        assert _Tags.of(text) == []
    if ".md" in name:
        inline = [c for token in MarkdownIt("commonmark").parse(text) for c in token.children or []]
        assert not {"image", "link_open", "html_inline"} & {child.type for child in inline}


# --- HTML -----------------------------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """Every tag with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))

    @classmethod
    def of(cls, text: str) -> list[tuple[str, tuple[str, ...]]]:
        reader = cls()
        reader.feed(text)
        return reader.found


@pytest.mark.parametrize("render", [note_to_html, _diff_html])
def test_html_has_no_tag_or_attribute_that_it_lacks_with_harmless_text(
    packed: Note, render: Callable[[Note], str]
) -> None:
    text = render(packed)

    assert_harmless_text(text)
    assert set(_Tags.of(text)) <= set(_Tags.of(render(note_full_of("harmless 1, harmless 2", note()))))
    assert "Content-Security-Policy" in text


# --- what they share ------------------------------------------------------------------------------------------------


@every_hostile
def test_the_chart_says_nothing_of_theirs(text: str) -> None:
    bad = note_full_of(text, note())
    chart = escalation_chart(bad.escalation, bad.levels)

    assert chart is not None
    assert_harmless_text(chart.alt)
    assert chart == escalation_chart(note().escalation, note().levels)


@given(st.text())
def test_one_line_is_one_line_for_every_reader(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert len(to_markdown_text(text).splitlines()) <= 1
