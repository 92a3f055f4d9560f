"""Word documents: real styles, tables with heads, a chart, and links from every sentence to the words it stands on.

Evidence is a section of bookmarks rather than footnotes: one sentence is cited from many places, and the labels are
those of the other formats. Word shows the quotation under the pointer, and a click leads there.
"""
# pyright: reportUnknownMemberType=false
# python-docx leaves some parameters without a type.

from collections.abc import Mapping
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.render import docx_parts as parts
from summarizer.render import docx_styles as styles
from summarizer.render.clean import one_line
from summarizer.render.docx_blocks import BlockWriter
from summarizer.render.docx_template import open_template
from summarizer.render.extras import needs
from summarizer.render.layout import Layout
from summarizer.render.note_layout import note_layout
from summarizer.types.note import Note, SourceId

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["note_to_docx", "to_docx"]

_SPELLED = {"en": "en-GB"}
"""Languages that Word wants with a country."""
_LONGEST = 255
"""Characters of a document property."""


def note_to_docx(
    note: Note, articles: Mapping[SourceId, Article] | None = None, *, template: Path | None = None
) -> bytes:
    """The note as a Word document.

    Args:
        note: What to write.
        articles: The articles themselves, by the id of their source, as an annex in which the cited sentences are
            marked; None for none.
        template: An office's own .docx or .dotx, whose styles, page, header and footer are kept. The note takes
            the place of a paragraph that reads `{{note}}`, or else of the whole text.

    Raises:
        SettingsError: an article is not the one that its source was made from.
        OutputError: python-docx or Pillow is not installed.
        TemplateError: the template cannot be read.
    """
    return to_docx(note_layout(note, articles), template=template)


def to_docx(layout: Layout, *, template: Path | None = None) -> bytes:
    """Any layout as a Word document; `template` and errors are those of `note_to_docx`."""
    with needs("docx"):
        import docx
    document, place = (docx.Document(), None) if template is None else open_template(template)
    if template is None:
        styles.set_house_style(document)
    added = styles.add_missing_styles(document)
    if template is None:
        _number_pages(document, layout)
    before = parts.body_length(document)
    BlockWriter(document, bare=added).write(layout)
    if place is not None:
        parts.move_before(document, before, place)
    _describe(document, layout)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _describe(document: "Document", layout: Layout) -> None:
    language = one_line(_SPELLED.get(layout.language, layout.language))
    about = document.core_properties
    about.title, about.subject = one_line(layout.title)[:_LONGEST], "Briefing note"
    about.author = about.last_modified_by = "summarizer"
    about.comments = f"Made by {one_line(layout.made_by)}."[:_LONGEST]
    about.keywords, about.language = "", language
    about.created = about.modified = layout.created.astimezone(UTC).replace(tzinfo=None)
    parts.set_language(document, language)


def _number_pages(document: "Document", layout: Layout) -> None:
    """A footer with the day and the page."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    footer = document.sections[0].footer.paragraphs[0]
    footer.style = styles.SMALL_PRINT
    footer.paragraph_format.tab_stops.add_tab_stop(parts.text_width(document), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"Briefing note · {layout.created:%Y-%m-%d}\t")
    for text, instruction in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(text)
        parts.field(footer, instruction)
