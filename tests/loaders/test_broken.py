"""Three broken variants of each format, and what is said of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.errors import EmptyArticle, InputError, UnsupportedSource
from summarizer.loaders import load
from tests.loaders.golden import FILES


def _without(data: bytes, member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as packed:
        for name in archive.namelist():
            if name != member:
                packed.writestr(name, archive.read(name))
    return out.getvalue()


def _with(data: bytes, member: str, content: bytes) -> bytes:
    out = io.BytesIO(_without(data, member))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(member, content)
    return out.getvalue()


BROKEN: list[tuple[str, str, Callable[[bytes], bytes], type[InputError], str]] = [
    ("text", "bridge.txt", lambda d: d[:200] + b"\xff" + d[200:], UnsupportedSource, r"not text in UTF-8 \(byte 200 of"),
    ("text", "bridge.txt", lambda d: d[:200] + b"\0" + d[200:], UnsupportedSource, "binary file"),
    ("text", "bridge.txt", lambda d: d[:30], EmptyArticle, "only 5 words"),
    ("markdown", "bridge.md", lambda d: d.replace(b"Weil", "W\u00e9\u00eel".encode()) + b"\xff", UnsupportedSource, "not text in UTF-8"),
    ("markdown", "bridge.md", lambda d: b"<div hidden>\n\n" + d[d.find(b"Varnia reopened") :], EmptyArticle, "no text"),
    ("markdown", "bridge.md", lambda d: b"%PDF-1.7\n" + d, UnsupportedSource, "named Markdown, but it is a PDF"),
    ("html", "bridge.html", lambda d: d[: d.find(b"</head>")] + b"</head>", EmptyArticle, "without an article"),
    ("html", "bridge.html", lambda _: b"just words and no markup at all, eight or more", UnsupportedSource, "it is plain text"),
    ("html", "bridge.html", lambda d: d.replace(b"Lodi", b"L\xf6di \xc3\xb6"), UnsupportedSource, "not text in UTF-8"),
    ("pdf", "bridge.pdf", lambda d: d[:900], UnsupportedSource, "damaged"),
    ("pdf", "bridge.pdf", lambda d: d.replace(b"/Contents", b"/Contempt"), EmptyArticle, "1 page but no text"),
    ("pdf", "bridge.pdf", lambda _: b"<!DOCTYPE html><p>Log in to read the report</p>", UnsupportedSource, "it is an HTML page"),
    ("docx", "bridge.docx", lambda d: d[: len(d) // 2], UnsupportedSource, "damaged"),
    ("docx", "bridge.docx", lambda d: _without(d, "word/document.xml"), UnsupportedSource, "no Word document is in it"),
    ("docx", "bridge.docx", lambda d: _with(d, "word/document.xml", b"<w:document>"), UnsupportedSource, "broken XML"),
    ("eml", "bridge.eml", lambda d: d[d.find(b"Colleagues") :], UnsupportedSource, "named an e-mail, but it is plain text"),
    ("eml", "bridge.eml", lambda d: d.replace(b"text/plain", b"image/png"), EmptyArticle, "without a text"),
    ("eml", "letter.eml", lambda d: d[: d.find(b"<html>")], EmptyArticle, "no text"),
    ("jsonl", "articles.jsonl", lambda d: d[:100], UnsupportedSource, "line 1 of .* is no JSON"),
    ("jsonl", "articles.jsonl", lambda d: d[: d.find(b"\n")].replace(b'"text"', b'"txet"'), UnsupportedSource, "no `text`"),
    ("jsonl", "articles.jsonl", lambda _: b"[1, 2, 3]\n", UnsupportedSource, "no JSON object"),
    ("rss", "border.rss", lambda d: d[: d.find(b"<item>")], EmptyArticle, "without entries"),
    ("rss", "border.rss", lambda d: b"<!DOCTYPE rss [<!ENTITY a 'b'>]>" + d[d.find(b"<rss") :], UnsupportedSource, "XML entities"),
    ("rss", "border.rss", lambda _: b"<!DOCTYPE html><p>Log in to read the feed</p>", UnsupportedSource, "it is an HTML page"),
    ("atom", "border.atom", lambda d: d.replace(b"<feed", b"<fled").replace(b"</feed", b"</fled"), UnsupportedSource, "XML of another kind"),
    ("atom", "border.atom", lambda d: d[d.find(b"<entry>") :], UnsupportedSource, "it is plain text"),
    ("atom", "border.atom", lambda d: d[: d.find(b"<content")], EmptyArticle, "no text"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "file", "harm", "error", "says"), BROKEN)
def test_a_broken_file_is_named_with_what_is_wrong_with_it(
    tmp_path: Path, kind: str, file: str, harm: Callable[[bytes], bytes], error: type[InputError], says: str
) -> None:
    path = tmp_path / file
    path.write_bytes(harm((FILES / file).read_bytes()))

    with pytest.raises(error, match=says) as caught:
        load(path)

    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "pdf", "docx", "eml", "jsonl", "rss", "atom"])
def test_every_format_has_three_broken_variants(kind: str) -> None:
    assert sum(row[0] == kind for row in BROKEN) >= 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "an old Office document"),
        (b"{\\rtf1\\ansi words", "an RTF document"),
        (b"\x1f\x8b\x08" + bytes(40), "a gzip archive"),
        (b"MZ\x90" + bytes(40), "a program"),
        (b"PK\x03\x04" + bytes(40) + b"xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04" + bytes(40) + b"mimetypeapplication/epub+zip", "an EPUB book"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a.html", "a"])
def test_a_fake_type_is_named_for_what_it_is(tmp_path: Path, content: bytes, says: str, name: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnsupportedSource, match=says):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("file", "plain"), [("bridge.pdf", "report"), ("bridge.docx", "report"), ("bridge.html", "page")]
)
def test_a_file_without_a_suffix_is_read_as_what_it_is(tmp_path: Path, file: str, plain: str) -> None:
    (tmp_path / plain).write_bytes((FILES / file).read_bytes())

    assert "42 lorries" in load(tmp_path / plain).text


def test_a_collection_is_no_single_article() -> None:
    with pytest.raises(UnsupportedSource, match="holds 3 articles") as caught:
        load(FILES / "articles.jsonl")

    assert "load_all" in caught.value.hint
