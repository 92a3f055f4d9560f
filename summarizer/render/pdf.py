"""PDF, set from the layout by ReportLab, which is pure Python: no system library, no browser.

The route by way of the HTML page would need Pango and its kin from the system, which `pip` cannot bring.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.render.clean import one_line
from summarizer.render.extras import needs
from summarizer.render.layout import Layout
from summarizer.render.note_layout import note_layout
from summarizer.types.note import Note, SourceId

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus.doctemplate import BaseDocTemplate

__all__ = ["note_to_pdf", "to_pdf"]


def note_to_pdf(note: Note, articles: Mapping[SourceId, Article] | None = None) -> bytes:
    """The note as a PDF (A4) with an outline, links from every sentence to its evidence, and page numbers.

    Latin, Greek, Cyrillic, Chinese, Japanese and Korean are set; where another script stands, the page names the
    script in brackets and says so at the end.

    Args:
        note: What to write.
        articles: The articles themselves, by the id of their source, as an annex in which the cited sentences are
            marked; None for none.

    Raises:
        SettingsError: an article is not the one that its source was made from.
        OutputError: ReportLab or the font is not installed.
    """
    return to_pdf(note_layout(note, articles))


def to_pdf(layout: Layout) -> bytes:
    """Any layout as a PDF; errors are those of `note_to_pdf`."""
    with needs("pdf"):
        from reportlab.platypus import SimpleDocTemplate

        from summarizer.render.pdf_blocks import MARGIN, PAGE, story
    stream = BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=PAGE,
        leftMargin=MARGIN - 6,
        rightMargin=MARGIN - 6,
        topMargin=52,
        bottomMargin=56,
        title=one_line(layout.title),
        author="summarizer",
        subject="Briefing note",
        creator=f"summarizer, with {one_line(layout.made_by)}",
        lang=one_line(layout.language),
        displayDocTitle=True,
    )
    pages = _Footers(f"Briefing note · {layout.created:%Y-%m-%d}")
    document.build(story(layout), onFirstPage=pages.draw, onLaterPages=pages.draw)
    return stream.getvalue()


class _Footers:
    """The line below every page."""

    def __init__(self, text: str) -> None:
        self._text = text

    def draw(self, canvas: "Canvas", document: "BaseDocTemplate") -> None:
        from summarizer.render.pdf_blocks import MARGIN, PAGE
        from summarizer.render.pdf_fonts import FAMILY

        canvas.saveState()
        canvas.setFont(FAMILY, 7.5)
        canvas.setFillGray(0.4)
        canvas.drawString(MARGIN, 34, self._text)
        canvas.drawRightString(PAGE[0] - MARGIN, 34, f"Page {document.page}")
        canvas.restoreState()
