"""The formats we read, in one table, and what a file really is, whatever it is called."""

import io
import json
import re
import zipfile
from dataclasses import dataclass

from summarizer.errors import UnsupportedSource
from summarizer.loaders.limits import LARGEST_FILE_BYTES, LARGEST_TEXT_BYTES

__all__ = ["FORMATS", "Format", "by_suffix", "detect"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    name: str
    label: str
    """In a sentence: `it is LABEL`."""
    suffixes: tuple[str, ...]
    parser: str | None = None
    """`module:function` that the parsing process calls; None for what needs no library."""
    packages: tuple[str, ...] = ()
    """Import names the parser needs."""
    largest: int = LARGEST_FILE_BYTES


TEXT = Format("text", "plain text", (".txt", ".text"), largest=LARGEST_TEXT_BYTES)
MARKDOWN = Format(
    "markdown", "Markdown", (".md", ".markdown"), "markdown:parse", ("markdown_it",), LARGEST_TEXT_BYTES
)
HTML = Format(
    "html",
    "an HTML page",
    (".html", ".htm", ".xhtml"),
    "html:parse",
    ("trafilatura", "lxml"),
    LARGEST_TEXT_BYTES,
)
PDF = Format("pdf", "a PDF", (".pdf",), "pdf:parse", ("pypdf",))
DOCX = Format("docx", "a Word document (DOCX)", (".docx",), "docx:parse", ("lxml",))
EML = Format("eml", "an e-mail", (".eml",), "mail:parse")
JSONL = Format("jsonl", "JSON lines", (".jsonl", ".ndjson"))
FEED = Format(
    "feed",
    "an RSS or Atom feed",
    (".rss", ".atom", ".xml"),
    "feeds:parse",
    ("feedparser", "lxml"),
    LARGEST_TEXT_BYTES,
)

FORMATS = {f.name: f for f in (TEXT, MARKDOWN, HTML, PDF, DOCX, EML, JSONL, FEED)}

_BY_SUFFIX = {suffix: found for found in FORMATS.values() for suffix in found.suffixes}

_FOREIGN = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (such as .doc)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90", "a program (Windows)"),
    (b"\xca\xfe\xba\xbe", "a program (Java or macOS)"),
)
_IN_ZIP = (
    (b"word/", DOCX),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"META-INF/MANIFEST.MF", "a Java archive"),
)
_ZIP = "a ZIP archive"
HEAD = 4096
"""Bytes in which a format shows."""

_COMMENTS = rb"(?:\s|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*"
_HTML = re.compile(_COMMENTS + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(
    _COMMENTS + rb"(?:<!doctype[^>\[]*(?:\[[^\]]*\])?\s*>)?\s*<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\0-\x07\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that no text has."""
_XML = re.compile(rb"\s*<\?xml\b")
_FIELD = rb"(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+|DKIM-Signature)"
_EML = re.compile(
    rb"(?:From [^\n]*\n)?" + _FIELD + rb":[^\n]*\n(?:[ \t][^\n]*\n)*" + _FIELD + rb":", re.IGNORECASE
)

_IN_TEXT = ((_HTML, HTML), (_FEED, FEED), (_EML, EML))


def by_suffix(suffix: str) -> Format | None:
    """The format a name promises."""
    return _BY_SUFFIX.get(suffix.lower())


def detect(data: bytes, suffix: str, name: str) -> Format:
    """What `data` is, which has to be what its `suffix` promises, where that promises anything.

    Args:
        data: All bytes.
        suffix: Of the file's name, with its dot; may be empty or unknown, and then JSON Lines are known by their lines.
        name: What to call it in an error.

    Raises:
        UnsupportedSource: it is something else; the message says what.
    """
    promised, found = by_suffix(suffix), _really(data)
    if promised is DOCX and found == _ZIP:
        raise _no_word_document(data, name)
    if isinstance(found, str):
        raise UnsupportedSource(f"{name} is {found}, not text.", hint=_hint(promised))
    if promised is None:
        return found or _written_as_json(data, name) or TEXT
    if promised is found or (found is None and _may_be(promised, data)):
        return promised
    actual = (found.label if found else _describe(data)) if data.strip() else "empty"
    rename = f"Rename it to end in {found.suffixes[0]}." if found else "Check where it came from."
    raise UnsupportedSource(f"{name} is named {promised.label}, but it is {actual}.", hint=rename)


def _really(data: bytes) -> Format | str | None:
    """A format by its marks, the name of one we do not read, or None where there are no marks."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024] and not _HTML.match(head):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for mark, kind in _IN_ZIP if mark in data), _ZIP)
    if head[4:8] == b"ftyp":
        return "a video or photo (MP4 or HEIF)"
    foreign = next((label for mark, label in _FOREIGN if head.startswith(mark)), None)
    return foreign or next((kind for pattern, kind in _IN_TEXT if pattern.match(head)), None)


def _may_be(promised: Format, data: bytes) -> bool:
    """Whether bytes without marks can be what they are called."""
    if promised is HTML:
        return b"<" in data
    return promised in {TEXT, MARKDOWN, JSONL}


def _written_as_json(data: bytes, name: str) -> Format | None:
    """JSON Lines, where a name promises nothing: an object on the first line, and every other line begins one."""
    start = data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in {b"{", b"["}:
        return None
    lines = (line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())
    filled = (line for line in lines if line)
    if isinstance(_parsed(next(filled, b"")), dict) and all(line.startswith(b"{") for line in filled):
        return JSONL
    if isinstance(_parsed(data), dict | list):
        raise UnsupportedSource(
            f"{name} is JSON, not an article.",
            hint='Give its text alone, or JSON Lines: one {"id": ..., "text": ...} a line.',
        )
    return None


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _no_word_document(data: bytes, name: str) -> UnsupportedSource:
    if zipfile.is_zipfile(io.BytesIO(data)):
        return UnsupportedSource(
            f"{name} is named {DOCX.label}, but it is {_ZIP} with no Word document in it.",
            hint="Unpack it, and give the document that is inside.",
        )
    return UnsupportedSource(
        f"{name} is named {DOCX.label}, but it is damaged or cut short.",
        hint="Fetch or copy it again, or open it in Word and save it anew.",
    )


def _describe(data: bytes) -> str:
    if _XML.match(data):
        return "XML of another kind"
    return "binary data of no known kind" if _CONTROL.search(data[:HEAD]) else "plain text"


def _hint(promised: Format | None) -> str:
    known = ", ".join(found.suffixes[0] for found in FORMATS.values())
    return f"Export it as {promised.label if promised else 'text'} first; known formats: {known}."
