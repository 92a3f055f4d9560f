"""The blocks of a layout, written one after the other to the end of a Word document."""
# pyright: reportUnknownMemberType=false
# python-docx leaves some parameters without a type.

from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from summarizer.render import docx_parts as parts
from summarizer.render import docx_styles as styles
from summarizer.render.chart_png import chart_png
from summarizer.render.clean import one_line
from summarizer.render.folding import LINE_BREAK, folded
from summarizer.render.layout import (
    Block,
    Cite,
    Figure,
    Fixed,
    Items,
    Layout,
    Paragraph,
    Quotations,
    Rule,
    Run,
    Runs,
    Subheading,
    Table,
    Words,
    anchor,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["BlockWriter"]

_STYLES = {"lead": styles.LEAD, "origin": "Subtitle", "fine": styles.SMALL_PRINT, "body": "Normal"}
_TONES = {"quiet": styles.QUIET, "alert": styles.CAVEAT, "marked": styles.MARKED}

_SHORT = 5
"""Rows of a table that is not parted by the end of a page."""


class BlockWriter:
    """Appends to `document`, which has the styles of `docx_styles`."""

    def __init__(self, document: "Document", *, bare: frozenset[str] = frozenset()) -> None:
        """Start at the end of `document`; `bare` names list styles that set no numbers or bullets."""
        self._document = document
        self._bare = bare
        self._ids = parts.style_ids(document)
        self._bookmarks = parts.highest_bookmark(document)

    def write(self, layout: Layout) -> None:
        """Title and sections."""
        self._paragraph((Words(layout.title),), "Title")
        for section in layout.sections:
            if section.is_empty:
                continue
            if section.title:
                self._paragraph((Fixed(section.title),), "Heading 1")
            for block, following in zip_longest(section.blocks, section.blocks[1:]):
                self._block(block)
                if isinstance(block, Paragraph) and isinstance(following, Table | Figure):
                    self._last.paragraph_format.keep_with_next = True

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(runs, style):
                if runs:
                    self._paragraph(runs, _STYLES[style])
            case Subheading(runs):
                self._paragraph(runs, "Heading 2")
            case Items():
                self._items(block)
            case Table():
                self._table(folded(block))
            case Quotations():
                self._quotations(block)
            case Figure():
                self._figure(block)
            case Rule():
                parts.rule(self._new(styles.SMALL_PRINT))

    def _paragraph(self, runs: Runs, style: str) -> None:
        self._runs(self._new(style), runs)

    def _new(self, style: str) -> "WordParagraph":
        self._last = self._document.add_paragraph()
        parts.set_style(self._last, self._ids[style])
        return self._last

    def _runs(self, paragraph: "WordParagraph", runs: Runs) -> None:
        for run in runs:
            self._run(paragraph, run)

    def _run(self, paragraph: "WordParagraph", run: Run) -> None:
        if isinstance(run, Cite):
            parts.link(
                paragraph,
                f"[{run.label}]",
                anchor(run.label),
                one_line(run.quote),
                self._ids[styles.CITATION],
            )
        elif run == LINE_BREAK:
            paragraph.add_run().add_break()
        else:
            text = run.text if isinstance(run, Fixed) else one_line(run.text)
            added = paragraph.add_run(text)
            if run.tone in _TONES:
                parts.set_style(added, self._ids[_TONES[run.tone]])
            elif run.tone == "strong":
                added.bold = True

    def _table(self, table: Table) -> None:
        from docx.shared import Emu

        if not table.rows:
            return
        grid = self._document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
        grid.style, grid.autofit = styles.TABLE, False
        weights = [column.weight for column in table.columns]
        widths = [round(parts.text_width(self._document) * weight / sum(weights)) for weight in weights]
        rows = [tuple(column.head for column in table.columns), *table.rows]
        # Columns first: asking a table for one cell after the other takes a time that grows with its square.
        for cells, width, texts in zip(parts.columns(grid), widths, zip(*rows, strict=True), strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.width = Emu(width)
                paragraph = cell.paragraphs[0]
                parts.set_style(paragraph, self._ids[styles.CELL])
                self._runs(paragraph, text)
        parts.set_widths(grid, widths)
        parts.repeat_head(grid)
        parts.keep_whole(grid, up_to=_SHORT)
        self._new(styles.GAP)

    def _items(self, block: Items) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        for number, item in enumerate(block.items, 1):
            mark = Fixed(f"{number}.\t" if block.ordered else "•\t")
            self._paragraph((mark, *item) if style in self._bare else item, style)

    def _quotations(self, block: Quotations) -> None:
        for entry in block.entries:
            paragraph = self._new(styles.EVIDENCE)
            label = paragraph.add_run(f"[{entry.label}]")
            label.bold = True
            self._bookmarks += 1
            parts.bookmark(label, anchor(entry.label), self._bookmarks)
            place = f" ({one_line(entry.place)})" if entry.place else ""
            paragraph.add_run(f"\t“{one_line(entry.quote)}”{place}")

    def _figure(self, figure: Figure) -> None:
        width = parts.text_width(self._document)
        paragraph = self._new("Normal")
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(BytesIO(chart_png(figure.chart)), width=width)
        parts.describe(picture, figure.chart.alt)
        self._paragraph((Fixed(figure.caption),), "Caption")
