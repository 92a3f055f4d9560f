"""A PDF: links, outline, page numbers, and no letter that becomes a box without a word."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportIndexIssue=false, reportAttributeAccessIssue=false
# The objects of a PDF have no types.

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from summarizer.errors import OutputError, SettingsError
from summarizer.render.pdf import note_to_pdf
from tests.render.html.hostile import note_full_of
from tests.render.invented_note import article, note

ARTICLES = {name: article(name) for name in ("d1", "d2", "d3")}


def _read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def _text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return _read(note_to_pdf(note(), ARTICLES))


def test_everything_of_the_note_is_set(reader: PdfReader) -> None:
    text = _text(reader)

    for part in (
        "Bottom line. Varnia shelled Port Sule on 5 May",
        "differs from its source: The claim says three",
        "d1 · Coast Herald",
        "Who → whom: Varnia → Ostrel · Reported by: d1, d2 (alleged)",
        "B2 (usually reliable; probably true)",
        "[d3:2] “Ivo Tarn, the Varnian defence minister",
        "The articles",
    ):
        assert part in text, part


def test_every_citation_is_a_link_within_the_document(reader: PdfReader) -> None:
    links = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])
    ]  # fmt: skip

    assert len(links) > 10
    assert all(str(link.get("/Dest", link.get("/A", {}))) for link in links)
    assert not any("/URI" in str(link.get("/A", "")) for link in links)


def test_it_has_an_outline_page_numbers_and_properties(reader: PdfReader) -> None:
    outline = reader.outline
    sections = outline[1]

    assert outline[0].title == "Varnia shells Port Sule, then agrees to talks"
    assert isinstance(sections, list)
    assert "Evidence" in [entry.title for entry in sections if not isinstance(entry, list)]
    assert all(f"Page {i}" in page.extract_text() for i, page in enumerate(reader.pages, 1))
    assert reader.metadata is not None
    assert reader.metadata.title == "Varnia shells Port Sule, then agrees to talks"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_fonts_are_in_the_file(reader: PdfReader) -> None:
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]

    assert any("FiraSans" in str(font["/BaseFont"]) for font in fonts)


@pytest.mark.parametrize(
    "name", ["Владимир Чуб", "Ελένη Μπόμπα", "Nguyễn Văn Đức", "Šćepan Žižić", "Ölüdağ Çağ"]
)
def test_names_in_latin_greek_and_cyrillic_are_set_as_they_are(name: str) -> None:
    text = _text(_read(note_to_pdf(note(title=f"Talks with {name}"))))

    assert name in text
    assert "fonts lack" not in text


@pytest.mark.parametrize("name", ["金正恩", "きしだ", "김정은"])
def test_names_in_chinese_japanese_and_korean_take_the_readers_fonts(name: str) -> None:
    reader = _read(note_to_pdf(note(title=f"Talks with {name}")))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts & {"/STSong-Light", "/HeiseiKakuGo-W5", "/HYGothic-Medium"}
    assert "fonts lack" not in _text(reader)


@pytest.mark.parametrize(
    ("name", "said"), [("محمد", "[Arabic text]"), ("ประเทศ", "[Thai text]"), ("🚀", "[symbol]")]
)
def test_a_script_without_a_font_is_named_and_told_at_the_end(name: str, said: str) -> None:
    text = _text(_read(note_to_pdf(note(title=f"Talks with {name}"))))

    assert f"Talks with {said}" in text
    assert "Characters that this PDF's fonts lack are replaced" in text


@pytest.mark.thorough
def test_a_text_longer_than_a_page_is_set() -> None:
    """A cell may be parted; nothing is cut off."""
    long = note().escalation_signals[0].model_copy(update={"description": "shell " * 330 + "END"})

    text = _text(_read(note_to_pdf(note(escalation_signals=[long] * 40, timeline=[], undated=[]))))

    assert text.count("END") == 40


def test_an_article_of_another_text_is_refused() -> None:
    with pytest.raises(SettingsError, match="the article given for d1"):
        note_to_pdf(note(), {"d1": article("d2")})


@pytest.mark.parametrize("package", ["reportlab.platypus", "fontpkg_fira_sans"])
def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(OutputError) as failed:
        note_to_pdf(note())

    assert "pip install 'summarizer[pdf]'" in failed.value.hint


@pytest.mark.parametrize("text", ["x" * 300, "many words " * 27, "W" * 299 + "!"])
def test_the_longest_names_and_words_are_set(text: str) -> None:
    reader = _read(note_to_pdf(note_full_of(text, note()), {}))

    assert len(reader.pages) > 2
