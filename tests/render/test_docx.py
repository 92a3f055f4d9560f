"""A Word document: real styles, links that lead to the quotation, a house template that keeps its look."""
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportAttributeAccessIssue=false
# The XML is read as it is written, by way of what python-docx keeps to itself and leaves untyped.

import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from summarizer.errors import OutputError, SettingsError, TemplateError
from summarizer.render.docx import note_to_docx
from tests.render.invented_note import article, note

ARTICLES = {name: article(name) for name in ("d1", "d2", "d3")}


def _opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def document() -> Document:
    return _opened(note_to_docx(note(), ARTICLES))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A template with a header, a footer, a style of its own and some text."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Ministry of Harbours"
    made.sections[0].footer.paragraphs[0].text = "For internal use"
    made.styles["Heading 1"].font.name = "Georgia"
    made.add_paragraph("Cover")
    made.add_paragraph("{{ note }}")
    made.add_paragraph("Annexes on request")
    path = tmp_path / "house.docx"
    made.save(str(path))
    return path


def test_headings_lists_and_the_bottom_line_have_styles(document: Document) -> None:
    styled = {p.text: p.style.name for p in document.paragraphs if p.style}

    assert styled["Varnia shells Port Sule, then agrees to talks"] == "Title"
    assert styled["Key points"] == "Heading 1"
    assert styled["d2 · Eleven dead, government says"] == "Heading 2"
    assert sum(p.style is not None and p.style.name == "List Number" for p in document.paragraphs) == 2
    assert any(p.style and p.style.name == "Note Bottom Line" for p in document.paragraphs)


def test_every_citation_leads_to_a_quotation(document: Document) -> None:
    links = document.element.xpath("//w:hyperlink")
    places = {mark.get(qn("w:name")) for mark in document.element.xpath("//w:bookmarkStart")}

    assert len(links) > 10
    assert {link.get(qn("w:anchor")) for link in links} <= places
    tip = next(link.get(qn("w:tooltip")) for link in links if link.get(qn("w:anchor")) == "evidence_d2_2")
    assert tip == "Varnia denied that its ships had opened fire."


def test_bookmarks_have_numbers_of_their_own(document: Document) -> None:
    numbers = [mark.get(qn("w:id")) for mark in document.element.xpath("//w:bookmarkStart")]

    assert len(numbers) == len(set(numbers)) == 8


def test_tables_repeat_their_heads_and_keep_rows_whole(document: Document) -> None:
    assert document.tables
    for table in document.tables:
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")
        assert len(table._tbl.xpath("./w:tr/w:trPr/w:cantSplit")) == len(table.rows)
        assert table.style is not None
        assert table.style.name == "Note Table"


def test_what_does_not_fit_across_the_page_stands_below_the_signal(document: Document) -> None:
    signals = next(table for table in document.tables if table.cell(0, 1).text == "Signal")

    assert [cell.text for cell in signals.rows[0].cells] == ["", "Signal", "Direction", "Status", "Intensity", "When"]  # fmt: skip
    assert "Who → whom: Varnia → Ostrel · Reported by: d1, d2 (alleged)" in signals.cell(1, 1).text


def test_a_verdict_is_visible(document: Document) -> None:
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    alert = next(run for run in runs if "differs from its source" in run.text)

    assert alert.style.name == "Note Caveat"


def test_the_chart_is_there_and_told_in_words(document: Document) -> None:
    described = document.element.xpath("//wp:docPr/@descr")

    assert len(document.inline_shapes) == 1
    assert described == [
        "Escalation level over time, 0 to 10: 2031-05-05 high (7.6); 2031-05-06 severe (8.1); 2031-05-08 high (7.7)."
    ]


def test_properties_language_and_page_numbers_are_set(document: Document) -> None:
    about = document.core_properties
    footer = document.sections[0].footer._element

    assert about.title == "Varnia shells Port Sule, then agrees to talks"
    assert about.language == "en-GB"
    assert about.created is not None
    assert about.created.isoformat()[:16] == "2031-05-10T08:30"
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert footer.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]


def test_the_annex_marks_the_cited_sentences(document: Document) -> None:
    marked = [r.text for p in document.paragraphs for r in p.runs if r.style.name == "Note Marked"]

    assert "Varnia denied that its ships had opened fire." in marked
    assert "The articles" in _texts(document)
    assert "The articles" not in _texts(_opened(note_to_docx(note())))


def test_an_article_of_another_text_is_refused() -> None:
    with pytest.raises(SettingsError, match="the article given for d1"):
        note_to_docx(note(), {"d1": article("d2")})


def test_a_template_keeps_styles_header_footer_and_its_own_text(house: Path) -> None:
    made = _opened(note_to_docx(note(), template=house))
    texts = _texts(made)

    assert made.sections[0].header.paragraphs[0].text == "Ministry of Harbours"
    assert made.sections[0].footer.paragraphs[0].text == "For internal use"
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert texts[0] == "Cover"
    assert texts[1] == "Varnia shells Port Sule, then agrees to talks"
    assert texts[-1] == "Annexes on request"
    assert "{{ note }}" not in texts


def test_a_template_without_a_place_for_the_note_gives_its_surroundings_only(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Ministry of Harbours"
    made.add_paragraph("An old note")
    made.save(str(tmp_path / "old.docx"))

    written = _opened(note_to_docx(note(), template=tmp_path / "old.docx"))

    assert written.sections[0].header.paragraphs[0].text == "Ministry of Harbours"
    assert "An old note" not in _texts(written)
    assert _texts(written)[0] == "Varnia shells Port Sule, then agrees to talks"


def test_a_template_that_lacks_our_styles_gets_them(tmp_path: Path) -> None:
    made = docx.Document()
    for name in ("Subtitle", "List Bullet", "List Number", "Caption", "Heading 2"):
        made.styles[name].delete()
    made.save(str(tmp_path / "bare.docx"))

    written = _opened(note_to_docx(note(), ARTICLES, template=tmp_path / "bare.docx"))

    numbered = [p.text for p in written.paragraphs if p.style and p.style.name == "List Number"]
    assert numbered[0].startswith("1.\tVarnia first denied")
    assert numbered[1].startswith("2.\tOstrel put three brigades")
    assert written.styles["Heading 2"].paragraph_format.keep_with_next


def test_a_word_template_file_serves_as_well(house: Path) -> None:
    """A .dotx names another content type, at which python-docx alone stops."""
    dotx = house.with_suffix(".dotx")
    with zipfile.ZipFile(house) as source, zipfile.ZipFile(dotx, "w") as target:
        for item in source.infolist():
            data = source.read(item.filename)
            if item.filename == "[Content_Types].xml":
                data = data.replace(b"document.main+xml", b"template.main+xml")
            target.writestr(item.filename, data)

    assert _texts(_opened(note_to_docx(note(), template=dotx)))[0] == "Cover"


@pytest.mark.parametrize("content", [b"", b"just text", b"PK\x03\x04 broken", None])
def test_a_template_that_is_no_word_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "house.docx"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(TemplateError, match=re.escape(str(path))):
        note_to_docx(note(), template=path)


def test_a_zip_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "a")

    with pytest.raises(TemplateError, match="not a Word file"):
        note_to_docx(note(), template=path)


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(OutputError) as failed:
        note_to_docx(note())

    assert "pip install 'summarizer[docx]'" in failed.value.hint


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The document as LibreOffice sets it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed: the conversion by LibreOffice is not tried")
    home = tmp_path_factory.mktemp("office")
    (home / "note.docx").write_bytes(note_to_docx(note(), ARTICLES))
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(home), str(home / "note.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return PdfReader(home / "note.pdf")


@pytest.mark.thorough
def test_libreoffice_opens_it_and_sets_every_page(converted: PdfReader) -> None:
    pages = [page.extract_text() for page in converted.pages]

    assert 2 <= len(pages) <= 4
    assert f"Page 1 of {len(pages)}" in pages[0]
    assert "differs from its source" in pages[0]
    assert any("[d3:2]" in page and "Evidence" in page for page in pages)
