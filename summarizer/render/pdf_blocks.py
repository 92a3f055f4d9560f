"""The blocks of a layout as what ReportLab sets on pages. Imported only when a PDF is asked for."""
# pyright: reportUnknownMemberType=false
# The stubs of ReportLab leave some parameters without a type.

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, HRFlowable, Paragraph, Spacer, TableStyle
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable

from summarizer.render import layout
from summarizer.render.clean import one_line
from summarizer.render.folding import LINE_BREAK, folded
from summarizer.render.layout import Block, Cite, Layout, Runs, anchor
from summarizer.render.pdf_flowables import Outline, Painting
from summarizer.render.pdf_fonts import BOLD, FAMILY, Letters

__all__ = ["MARGIN", "PAGE", "story"]

PAGE: Final = (595.3, 841.9)
"""A4, in points."""
MARGIN: Final = 62.0
_WIDTH = PAGE[0] - 2 * MARGIN
_INK, _BLUE, _RED, _GREY, _LINK = "#1b1f24", "#16365c", "#9b1c1c", "#5a6570", "#1f5fa8"
_GROUND, _LINE, _MARKER = "#eef3f8", "#dde4eb", "#fff1b8"
_SHORT = 5
"""Rows, head included, up to which a table is not parted by the end of a page."""
_ONE_PIECE = 400
"""Points up to which such a table is kept whole; what no page can hold must be parted."""
_WHOLE_ROW = 550
"""Points up to which a row is kept whole."""
_ROOM = 110
"""Points that a heading and the start of what it heads want."""


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    face: dict[str, Any] = {
        "fontName": FAMILY,
        "fontSize": size,
        "leading": size * 1.32,
        "textColor": HexColor(_INK),
    }
    return ParagraphStyle(name, **(face | more))


_BODY = _style("body", 9.8, spaceAfter=5)
_STYLES = {
    "body": _BODY,
    "title": _style("title", 20, fontName=BOLD, textColor=HexColor(_BLUE), spaceAfter=3),
    "origin": _style("origin", 9, textColor=HexColor(_GREY), spaceAfter=9),
    "lead": _style("lead", 10.8),
    "heading": _style("heading", 13, fontName=BOLD, textColor=HexColor(_BLUE), spaceBefore=13, spaceAfter=5),
    "subheading": _style("subheading", 10.5, fontName=BOLD, textColor=HexColor(_BLUE), spaceBefore=7, spaceAfter=3, keepWithNext=1),
    "item": _style("item", 9.8, leftIndent=22, bulletIndent=4, spaceAfter=3),
    "cell": _style("cell", 8.5),
    "evidence": _style("evidence", 8.8, leftIndent=40, bulletIndent=0, bulletFontName=BOLD, bulletFontSize=8.8, spaceAfter=2.5),
    "caption": _style("caption", 8, textColor=HexColor(_GREY), spaceAfter=8),
    "fine": _style("fine", 7.5, textColor=HexColor(_GREY), spaceAfter=2),
}  # fmt: skip
_TONES = {
    "plain": "{}",
    "strong": "<b>{}</b>",
    "alert": f'<font color="{_RED}"><b>{{}}</b></font>',
    "quiet": f'<font color="{_GREY}" size="7.6">{{}}</font>',
    "marked": f'<font backColor="{_MARKER}">{{}}</font>',
}


def story(paper: Layout) -> list[Flowable]:
    """Everything in order; the last line says so where characters had to be replaced."""
    letters = Letters()
    setter = _Setter(letters, {entry.label for entry in _quotations(paper)})
    found = list(setter.document(paper))
    if letters.is_anything_missing:
        said = "Characters that this PDF's fonts lack are replaced by [the name of their script]; the other formats have them."
        found.append(Paragraph(letters.markup(said), _STYLES["fine"]))
    return found


def _quotations(paper: Layout) -> Iterator[layout.Quotation]:
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, layout.Quotations):
                yield from block.entries


def _is_short(block: Block) -> bool:
    return not isinstance(block, layout.Table) or len(block.rows) < _SHORT


def _height(row: list[Paragraph], widths: list[float]) -> float:
    return max(cell.wrap(width - 8, PAGE[1])[1] for cell, width in zip(row, widths, strict=True))


def _held(flowable: Flowable) -> Flowable:
    """On the page of what comes next."""
    flowable.keepWithNext = 1
    return flowable


class _Setter:
    def __init__(self, letters: Letters, places: set[str]) -> None:
        self._letters = letters
        self._places = places
        """Labels that a citation can lead to; a link to nowhere would stop ReportLab."""

    def document(self, paper: Layout) -> Iterator[Flowable]:
        title = one_line(paper.title)
        yield Outline("top", title, 0)
        yield self._paragraph((layout.Words(title),), "title")
        for number, section in enumerate(paper.sections):
            if section.is_empty:
                continue
            if section.title:
                yield CondPageBreak(_ROOM)
                yield Outline(f"section_{number}", section.title, 1)
                heading = self._paragraph((layout.Fixed(section.title),), "heading")
                yield _held(heading) if _is_short(section.blocks[0]) else heading
            for block, after in zip(section.blocks, [*section.blocks[1:], None], strict=True):
                found = list(self._block(block))
                introduces = isinstance(block, layout.Paragraph) and isinstance(after, layout.Table | layout.Figure)  # fmt: skip
                yield from map(_held, found) if introduces and after and _is_short(after) else found

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case layout.Paragraph(runs, style):
                if runs:
                    yield self._lead(runs) if style == "lead" else self._paragraph(runs, style)
            case layout.Subheading(runs):
                yield self._paragraph(runs, "subheading")
            case layout.Items():
                yield from self._items(block)
            case layout.Table():
                yield from self._table(folded(block))
            case layout.Quotations(entries):
                yield from map(self._quotation, entries)
            case layout.Figure(chart, caption):
                yield Painting(chart)
                yield self._paragraph((layout.Fixed(caption),), "caption")
            case layout.Rule():
                yield HRFlowable(width="100%", thickness=0.5, color=HexColor("#9aa5b1"), spaceBefore=10, spaceAfter=5)  # fmt: skip

    def _items(self, block: layout.Items) -> Iterator[Flowable]:
        for number, item in enumerate(block.items, 1):
            yield self._paragraph(item, "item", bullet=f"{number}." if block.ordered else "•")

    def _quotation(self, entry: layout.Quotation) -> Flowable:
        place = f'<a name="{anchor(entry.label)}"/>'
        where = f" ({one_line(entry.place)})" if entry.place else ""
        text = self._letters.markup(f"“{one_line(entry.quote)}”{where}")
        return Paragraph(place + text, _STYLES["evidence"], bulletText=f"[{entry.label}]")

    def _paragraph(self, runs: Runs, style: str, *, bullet: str | None = None) -> Paragraph:
        return Paragraph(self._markup(runs), _STYLES[style], bulletText=bullet)

    def _lead(self, runs: Runs) -> Grid:
        """The bottom line on a coloured ground; a table, since a paragraph's own ground is not split well."""
        look = [
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(_GROUND)),
            ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(_BLUE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
        cell = self._paragraph(runs, "lead")
        return Grid([[cell]], colWidths=[_WIDTH], style=TableStyle(look), splitInRow=1)

    def _table(self, table: layout.Table) -> Iterator[Flowable]:
        if not table.rows:
            return
        heads = [tuple(run if isinstance(run, Cite) else replace(run, tone="strong") for run in column.head) for column in table.columns]  # fmt: skip
        rows = [[self._paragraph(cell, "cell") for cell in row] for row in [heads, *table.rows]]
        weights = [column.weight for column in table.columns]
        look: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(_LINE)),
            ("LINEABOVE", (0, 0), (-1, 0), 0.7, HexColor(_BLUE)),
            ("LINEBELOW", (0, 1), (-1, -2), 0.4, HexColor(_LINE)),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, HexColor(_BLUE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
        widths = [_WIDTH * weight / sum(weights) for weight in weights]
        # Rows are kept whole as long as a page can hold them: ReportLab repeats the head where it parts one.
        parted = int(any(_height(row, widths) > _WHOLE_ROW for row in rows))
        grid = Grid(rows, colWidths=widths, repeatRows=1, splitInRow=parted, style=TableStyle(look))
        if _is_short(table) and grid.wrap(_WIDTH, PAGE[1])[1] < _ONE_PIECE:
            grid.setStyle(TableStyle([("NOSPLIT", (0, 0), (-1, -1))]))
        yield grid
        yield Spacer(1, 7)

    def _markup(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: layout.Run) -> str:
        if isinstance(run, Cite):
            text = f'<font color="{_LINK}" size="7.4">[{run.label}]</font>'
            return f'<a href="#{anchor(run.label)}">{text}</a>' if run.label in self._places else text
        if run == LINE_BREAK:
            return "<br/>"
        text = run.text if isinstance(run, layout.Fixed) else one_line(run.text)
        return _TONES[run.tone].format(self._letters.markup(text))
