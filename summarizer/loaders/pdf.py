"""PDF: the text of each page, lines joined to paragraphs, running heads and page numbers left out."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.errors import EmptyArticle, LimitExceeded, UnsupportedSource
from summarizer.loaders.blocks import extract_of, short
from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.limits import MOST_PAGES
from summarizer.loaders.loaded import Document, Extract, Removal, merged
from summarizer.loaders.pdf_hidden import clean_page

if TYPE_CHECKING:
    from pypdf import PdfReader


__all__ = ["paragraphs", "parse", "reflow", "without_furniture"]

_TERMINAL = re.compile(r"[.!?…:;\"”’»)\]]$")
_DIGITS = re.compile(r"\d+")
_LIGATURES = {0xFB00 + n: letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
"""One sign for two letters is a matter of the font; words are compared by letters."""
_HYPHEN = re.compile(r"(?<=[a-zà-öø-ÿа-яёіїєґ])[-‐]$")
_ITEM = re.compile(r"(?:[•◦▪‣*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
SHORT_LINE = 0.75
"""A line of less than this share of the usual length may end a paragraph."""
LONGEST_HEADING = 12
"""Words."""
_EDGE = 2
"""Lines at the top and at the bottom of a page among which heads and feet stand."""
_LEAST_REPEATS = 3


def parse(document: Document) -> Iterator[Extract]:
    """The text of a PDF, one place a page.

    Raises:
        UnsupportedSource: damaged, or locked with a password.
        EmptyArticle: no text on any page: pictures of pages.
        LimitExceeded: too many pages, or a stream that unpacks to too much.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(document.data), strict=False)
        pages, hidden = _pages(reader, document.name)
        title, author = _information(reader)
    except (DependencyError, LimitReachedError, PyPdfError) as error:
        if isinstance(error, LimitReachedError):
            raise LimitExceeded(f"{document.name} unpacks to too much: {error}.") from error
        raise UnsupportedSource(
            f"{document.name} is damaged: {error}.", hint="Print or export it anew."
        ) from error
    if not any(line.strip() for page in pages for line in page):
        many = f"{len(pages)} page{'s' * (len(pages) != 1)}"
        raise EmptyArticle(
            f"{document.name} has {many} but no text: it holds pictures of pages.",
            hint="Run text recognition (OCR) over it first.",
        )
    pages, furniture = without_furniture(pages)
    shown = title is not None and title.casefold() in " ".join(" ".join(pages[0]).split()).casefold()
    yield extract_of(
        paragraphs(pages),
        removed=(*hidden, *furniture),
        title=title if shown else None,
        author=author,
    )


def _pages(reader: "PdfReader", name: str) -> tuple[list[list[str]], tuple[Removal, ...]]:
    """The lines of each page, and what is painted but not to be seen."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnsupportedSource(f"{name} is locked with a password.", hint="Save a copy without a password.")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise LimitExceeded(f"{name} has {count:,} pages; at most {MOST_PAGES:,} are read.")
    pages: list[list[str]] = []
    hidden: list[Removal] = []
    for page in reader.pages:
        words = clean_page(page, reader)
        if words:
            hidden.append(Removal("hidden", 1, excerpt_of(words)))
        pages.append([line.strip() for line in page.extract_text().translate(_LIGATURES).splitlines()])
    return pages, merged(tuple(hidden))


def _information(reader: "PdfReader") -> tuple[str | None, str | None]:
    info = reader.metadata
    return (short(info.title), short(info.author)) if info else (None, None)


def without_furniture(pages: list[list[str]]) -> tuple[list[list[str]], tuple[Removal, ...]]:
    """Pages without the lines that stand at the same edge of most of them, numbers aside."""
    least = max(_LEAST_REPEATS, len(pages) // 2)
    cleaned = pages
    taken: list[str] = []
    for end in (0, -1):
        for _ in range(_EDGE):  # from the edge inwards: a second line is furniture only behind a first
            edges = Counter(_key(page[end]) for page in map(_filled, cleaned) if page)
            repeated = {key for key, times in edges.items() if times >= least}
            kept: list[list[str]] = []
            for page in map(_filled, cleaned):
                hit = bool(page) and _key(page[end]) in repeated
                taken += [page[end]] if hit else []
                kept.append((page[1:] if end == 0 else page[:-1]) if hit else page)
            cleaned = kept
    return cleaned, (Removal("page_furniture", len(taken), excerpt_of(taken[0])),) if taken else ()


def _filled(page: list[str]) -> list[str]:
    """A page from its first line with words to its last."""
    filled = [at for at, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _key(line: str) -> str:
    return _DIGITS.sub("0", line)


def paragraphs(pages: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Paragraphs, each with the page it starts on; one that runs over a page's end is one paragraph."""
    held: tuple[str, str] | None = None
    for number, page in enumerate(pages, 1):
        for first, block in enumerate(reflow(page)):
            if held and first == 0 and _goes_on(held[1], block):
                held = (held[0], _joined(held[1], block))
                continue
            if held:
                yield held
            held = (f"page {number}", block)
    if held:
        yield held


def reflow(lines: list[str]) -> list[str]:
    """Lines broken to a width, as paragraphs: a short line that ends a sentence ends one, as an empty line does."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    blocks: list[str] = []
    for before, line in pairwise(["", *lines]):
        if not line:
            continue
        ended = not before or (bool(_TERMINAL.search(before)) and len(before) < SHORT_LINE * usual)
        if ended or not blocks or _ITEM.match(line) or _is_heading(before, line, usual):
            blocks.append(line)
        else:
            blocks[-1] = _joined(blocks[-1], line)
    return blocks


def _is_heading(before: str, line: str, usual: int) -> bool:
    """Whether the line before is a heading: short, not ended, and followed by a capital."""
    return len(before) < SHORT_LINE * usual and not _TERMINAL.search(before) and line[:1].isupper()


def _goes_on(block: str, after: str) -> bool:
    """Whether a paragraph runs over the end of its page."""
    if _TERMINAL.search(block) or _ITEM.match(after):
        return False
    return after[:1].islower() or len(block.split()) > LONGEST_HEADING


def _joined(block: str, line: str) -> str:
    if _HYPHEN.search(block) and line[:1].islower():
        return block[:-1] + line
    return f"{block} {line}"
