"""Word documents: the paragraphs of the body in reading order, tables and notes included, without hidden text.

Read from the XML itself: a document object model leaves out inserted changes, content controls and text boxes, which a
reader does see, and loads every picture.
"""

from collections.abc import Iterator
from itertools import groupby

from summarizer.errors import UnsupportedSource
from summarizer.loaders.archive import read_members
from summarizer.loaders.blocks import extract_of
from summarizer.loaders.entities import refuse_document_type
from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.loaded import Document, Extract, Removal, RemovalKind, merged
from summarizer.loaders.markup import Element, parse_xml
from summarizer.loaders.styles import same_colour

__all__ = ["parse"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BODY, _FOOTNOTES, _ENDNOTES, _COMMENTS, _CORE, _STYLES = (
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
    "docProps/core.xml",
    "word/styles.xml",
)
_PARTS = frozenset({_BODY, _FOOTNOTES, _ENDNOTES, _COMMENTS, _CORE, _STYLES})
_TINY_HALF_POINTS = 4
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_CAPTION_STYLES = {"caption"}
_TITLE_STYLES = {"title"}


def parse(document: Document) -> Iterator[Extract]:
    """The text of a DOCX file.

    Raises:
        UnsupportedSource: a damaged archive, or none of Word's.
        LimitExceeded: it unpacks to too much.
    """
    parts = read_members(document.data, _PARTS, document.name)
    if _BODY not in parts:
        raise UnsupportedSource(f"{document.name} is an archive, but no Word document is in it.")
    reader = _Reader(_hidden_styles(parts, document.name))
    blocks = [*reader.blocks(_part(parts, _BODY, document.name), "paragraph")]
    for part, label in ((_FOOTNOTES, "footnote"), (_ENDNOTES, "endnote")):
        if part in parts:
            blocks += reader.blocks(_part(parts, part, document.name), label)
    title, author = _core(parts, document.name)
    shown = title is not None and any(title in text for _, text in blocks[:5])
    yield extract_of(
        blocks,
        removed=(*reader.removed, *_comments(parts, document.name)),
        title=reader.title or (title if shown else None),
        author=author,
    )


class _Reader:
    """Walks a part, keeps what is seen and counts what is not."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.title: str | None = None
        self._hidden_styles = hidden_styles
        self._found: list[Removal] = []

    @property
    def removed(self) -> tuple[Removal, ...]:
        """What was left out, one removal a kind."""
        return merged(tuple(self._found))

    def blocks(self, root: Element, label: str) -> Iterator[tuple[str, str]]:
        """Every paragraph or row of a table with its place, numbered from 1 as they come."""
        number = 0
        for row, held in groupby(self._paragraphs(root), key=lambda found: found[0]):
            for text in (
                [" | ".join(text for _, text in held)] if row is not None else (text for _, text in held)
            ):
                number += 1
                yield f"{label} {number}", text

    def _paragraphs(self, root: Element) -> Iterator[tuple[Element | None, str]]:
        """Each paragraph that is seen, with the row of the table it stands in."""
        for paragraph in root.iter(f"{_W}p"):
            if _inside(paragraph, f"{_MC}Fallback"):
                continue  # the same text box once more, for older programs
            text = self._text(paragraph)
            if not text.strip():
                continue
            style = _style(paragraph)
            if style in _CAPTION_STYLES:
                self._drop("caption", text)
                continue
            if style in _TITLE_STYLES and self.title is None:
                self.title = " ".join(text.split())
            yield _nearest(paragraph, f"{_W}tr"), text

    def _text(self, paragraph: Element) -> str:
        pieces: list[str] = []
        hidden: list[str] = []
        for node in paragraph.iter(f"{_W}t", f"{_W}delText", *_SIGNS):
            if _nearest(node, f"{_W}p") is not paragraph:
                continue  # of a text box inside it, which comes on its own
            run = _nearest(node, f"{_W}r")
            words = _SIGNS.get(str(node.tag), node.text or "")
            if node.tag == f"{_W}delText":
                self._drop("deleted", words)
            elif node.tag in _SIGNS and (
                run is None or run.getparent() is None or node.getparent() is not run
            ):
                continue  # a tab stop among the properties, not a tab
            elif run is not None and self._hides(run):
                hidden.append(words)
            else:
                pieces.append(words)
        if "".join(hidden).strip():
            self._drop("hidden", "".join(hidden))
        return "".join(pieces)

    def _hides(self, run: Element) -> bool:
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{_W}vanish")
        if vanish is not None and vanish.get(f"{_W}val", "true") not in {"0", "false"}:
            return True
        style = properties.find(f"{_W}rStyle")
        if style is not None and style.get(f"{_W}val") in self._hidden_styles:
            return True
        size = _number(properties.find(f"{_W}sz"))
        return (size is not None and size <= _TINY_HALF_POINTS) or _is_unseen_colour(run, properties)

    def _drop(self, kind: RemovalKind, text: str) -> None:
        if text.strip():
            self._found.append(Removal(kind, 1, excerpt_of(text)))


def _is_unseen_colour(run: Element, properties: Element) -> bool:
    """Whether the run has the colour of the page, of its shading or of its marker."""
    colour = properties.find(f"{_W}color")
    if colour is None or colour.get(f"{_W}val", "auto") == "auto":
        return False
    if properties.find(f"{_W}highlight") is not None:
        return False
    shades = [properties.find(f"{_W}shd")]
    for above in ("p", "tc", "tbl"):
        holder = _nearest(run, f"{_W}{above}")
        found = holder.find(f"{_W}{above}Pr/{_W}shd") if holder is not None else None
        shades.append(found)
    fills = [shade.get(f"{_W}fill", "auto") for shade in shades if shade is not None]
    ground = next((fill for fill in fills if fill != "auto"), "FFFFFF")
    return same_colour({"color": f"#{colour.get(f'{_W}val', '').lower()}"}, f"#{ground.lower()}")


def _hidden_styles(parts: dict[str, bytes], name: str) -> frozenset[str]:
    if _STYLES not in parts:
        return frozenset()
    root = _part(parts, _STYLES, name)
    found = (style for style in root.iter(f"{_W}style") if style.find(f"{_W}rPr/{_W}vanish") is not None)
    return frozenset(style.get(f"{_W}styleId", "") for style in found)


def _comments(parts: dict[str, bytes], name: str) -> tuple[Removal, ...]:
    if _COMMENTS not in parts:
        return ()
    root = _part(parts, _COMMENTS, name)
    texts = ["".join(t.text or "" for t in comment.iter(f"{_W}t")) for comment in root.iter(f"{_W}comment")]
    return merged(tuple(Removal("comment", 1, excerpt_of(text)) for text in texts if text.strip()))


def _part(parts: dict[str, bytes], part: str, name: str) -> Element:
    refuse_document_type(parts[part], name)
    return parse_xml(parts[part], name)


def _core(parts: dict[str, bytes], name: str) -> tuple[str | None, str | None]:
    if _CORE not in parts:
        return None, None
    root = _part(parts, _CORE, name)
    return root.findtext(f"{_DC}title") or None, root.findtext(f"{_DC}creator") or None


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "").lower() if style is not None else ""


def _number(element: Element | None) -> int | None:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else None  # noqa: PLR2004 - no size has more digits


def _nearest(node: Element, tag: str) -> Element | None:
    return next(node.iterancestors(tag), None)


def _inside(node: Element, tag: str) -> bool:
    return _nearest(node, tag) is not None
