"""The styles of a Word document: ours in full where there is no template, and only what a template lacks."""
# pyright: reportUnknownMemberType=false
# python-docx leaves some parameters without a type.

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from summarizer.render import docx_parts as parts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle, ParagraphStyle

__all__ = ["CAVEAT", "CELL", "CITATION", "EVIDENCE", "GAP", "LEAD", "MARKED", "QUIET", "SMALL_PRINT", "TABLE", "add_missing_styles", "set_house_style"]  # fmt: skip

LEAD: Final = "Note Bottom Line"
EVIDENCE: Final = "Note Evidence"
CELL: Final = "Note Table Text"
SMALL_PRINT: Final = "Note Small Print"
GAP: Final = "Note Gap"
"""Stands between a table and what follows."""
TABLE: Final = "Note Table"
CITATION: Final = "Note Citation"
CAVEAT: Final = "Note Caveat"
QUIET: Final = "Note Quiet"
MARKED: Final = "Note Marked"

_FONT = "Calibri"
_INK, _BLUE, _RED, _GREY = "1B1F24", "16365C", "9B1C1C", "5A6570"
_GROUND, _LINE, _MARKER = "EEF3F8", "DDE4EB", "FFF1B8"
_BUILT_IN = {
    "Title": (22, 0, 2),
    "Subtitle": (10, 0, 10),
    "Heading 1": (14, 16, 5),
    "Heading 2": (11.5, 10, 3),
    "Caption": (8.5, 0, 8),
    "List Number": (10.5, 0, 4),
    "List Bullet": (10.5, 0, 4),
}
"""Word's own styles that we use: size, space before and after, in points."""
_LIST_INDENT = 18


def set_house_style(document: "Document") -> None:
    """Our own look, for a document without a template: A4, one font, sober headings."""
    from docx.shared import Cm, Pt

    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    normal = _paragraph_style(document, "Normal")
    parts.own_font(normal, _FONT)
    normal.font.size = Pt(10.5)
    _colour(normal, _INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    for name in _BUILT_IN:
        style = _paragraph_style(document, name)
        parts.own_font(style, _FONT)
        _look(style)
    parts.set_compatibility(document)
    parts.drop_thumbnail(document)


def add_missing_styles(document: "Document") -> frozenset[str]:
    """Define the styles that the note uses and the document lacks; those it has stay as they are.

    A file keeps only those of Word's own styles that were ever used in it.

    Returns:
        The names of the added ones. A list among them has no numbers or bullets of its own.
    """
    from docx.enum.style import WD_STYLE_TYPE

    known = {style.name for style in document.styles}
    for name, define in (_BUILT_IN_DEFINED | _PARAGRAPHS).items():
        if name not in known:
            added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _BUILT_IN)
            style = cast("ParagraphStyle", added)
            style.base_style = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            define(style)
    for name, define in _CHARACTERS.items():
        if name not in known:
            define(cast("CharacterStyle", document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)))
    if TABLE not in known:
        parts.style_table(document, TABLE, line=_LINE, head=_BLUE)
    return frozenset({*_BUILT_IN, *_PARAGRAPHS, *_CHARACTERS} - known)


def _paragraph_style(document: "Document", name: str) -> "ParagraphStyle":
    return cast("ParagraphStyle", document.styles[name])


def _look(style: "ParagraphStyle") -> None:
    """Size, space and colour of one of Word's own styles; the font is that of the document."""
    from docx.shared import Pt

    name = style.name or ""
    size, before, after = _BUILT_IN[name]
    style.font.size = Pt(size)
    style.font.italic = False
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if name.startswith("List"):
        return
    style.font.bold = name not in {"Subtitle", "Caption"}
    _colour(style, _GREY if name in {"Subtitle", "Caption"} else _BLUE)
    if name == "Title":
        parts.no_border(style)


def _heading(style: "ParagraphStyle") -> None:
    _look(style)
    style.paragraph_format.keep_with_next = True
    parts.outline(style, int((style.name or "")[-1]) - 1)


def _list(style: "ParagraphStyle") -> None:
    """Without numbering, which is kept in another part: the writer sets the marks."""
    from docx.shared import Pt

    _look(style)
    indent = style.paragraph_format
    indent.left_indent, indent.first_line_indent = Pt(_LIST_INDENT), Pt(-_LIST_INDENT)
    indent.tab_stops.add_tab_stop(Pt(_LIST_INDENT))


def _lead(style: "ParagraphStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(11.5)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(10)
    style.paragraph_format.left_indent = Pt(12)
    parts.frame(style, bar=_BLUE, fill=_GROUND)


def _evidence(style: "ParagraphStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(9.5)
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Pt(42), Pt(-42)
    style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.tab_stops.add_tab_stop(Pt(42))


def _cell(style: "ParagraphStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(9)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _small_print(style: "ParagraphStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(8)
    _colour(style, _GREY)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(2), Pt(2)


def _gap(style: "ParagraphStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(6)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _citation(style: "CharacterStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(8)
    _colour(style, "1F5FA8")


def _caveat(style: "CharacterStyle") -> None:
    style.font.bold = True
    _colour(style, _RED)


def _quiet(style: "CharacterStyle") -> None:
    from docx.shared import Pt

    style.font.size = Pt(8)
    _colour(style, _GREY)


def _marked(style: "CharacterStyle") -> None:
    parts.shade(style, _MARKER)


def _colour(style: "CharacterStyle", rgb: str) -> None:
    from docx.shared import RGBColor

    style.font.color.rgb = RGBColor.from_string(rgb)


_BUILT_IN_DEFINED: dict[str, Callable[["ParagraphStyle"], None]] = {
    "Title": _look,
    "Subtitle": _look,
    "Heading 1": _heading,
    "Heading 2": _heading,
    "Caption": _look,
    "List Number": _list,
    "List Bullet": _list,
}
_PARAGRAPHS: dict[str, Callable[["ParagraphStyle"], None]] = {
    LEAD: _lead,
    EVIDENCE: _evidence,
    CELL: _cell,
    SMALL_PRINT: _small_print,
    GAP: _gap,
}
_CHARACTERS: dict[str, Callable[["CharacterStyle"], None]] = {
    CITATION: _citation,
    CAVEAT: _caveat,
    QUIET: _quiet,
    MARKED: _marked,
}
