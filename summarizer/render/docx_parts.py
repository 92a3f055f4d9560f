"""What Word documents have and python-docx has no call for: links within the document, fields, repeated table heads.

The one module that touches the XML. Names of places and fields are ours; text goes in as text.
"""
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# lxml, of which the elements are, has no types.
# ruff: noqa: SLF001 - python-docx has no public way to the elements

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shape import InlineShape
    from docx.styles.style import CharacterStyle, ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

__all__ = [
    "body_length",
    "bookmark",
    "columns",
    "describe",
    "drop_thumbnail",
    "empty_body",
    "field",
    "frame",
    "highest_bookmark",
    "keep_whole",
    "link",
    "move_before",
    "no_border",
    "outline",
    "own_font",
    "repeat_head",
    "rule",
    "set_compatibility",
    "set_language",
    "set_style",
    "set_widths",
    "shade",
    "style_ids",
    "style_table",
    "text_width",
]

_TIP = 250
"""Word cuts a tool tip at about this many characters."""
_COMPATIBILITY = "15"
"""Word 2013 and later; below it Word opens the file in a compatibility mode."""


def style_ids(document: "Document") -> dict[str, str]:
    """The id of each style by its name: python-docx would look a name up anew for every paragraph."""
    return {str(style.name): style.style_id for style in document.styles}


def set_style(item: "Paragraph | Run", style_id: str) -> None:
    """The style of a paragraph or a run, by its id."""
    cast("Any", item._element).style = style_id


def link(paragraph: "Paragraph", text: str, to: str, tip: str, style_id: str) -> None:
    """A link to a bookmark of the same document that shows `tip` under the pointer."""
    run = paragraph.add_run(text)
    set_style(run, style_id)
    shown = tip if len(tip) <= _TIP else tip[: _TIP - 1] + "…"
    element = _element("w:hyperlink", **{"w:anchor": to, "w:tooltip": shown, "w:history": "1"})
    paragraph._p.append(element)
    element.append(run._r)


def bookmark(run: "Run", name: str, number: int) -> None:
    """Make a run a place that links lead to."""
    run._r.addprevious(_element("w:bookmarkStart", **{"w:id": str(number), "w:name": name}))
    run._r.addnext(_element("w:bookmarkEnd", **{"w:id": str(number)}))


def field(paragraph: "Paragraph", instruction: str) -> None:
    """A field that Word fills in, such as PAGE; never one with words of an article in it."""
    element = _element("w:fldSimple", **{"w:instr": instruction})
    paragraph._p.append(element)
    run = paragraph.add_run("1")
    element.append(run._r)


def repeat_head(table: "Table") -> None:
    """Repeat the first row on every page, and keep rows whole."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_whole(table: "Table", *, up_to: int) -> None:
    """Keep the head with the row below it, and a table of few rows on one page."""
    rows = list(table.rows)
    for row in rows[:-1] if len(rows) <= up_to else rows[:1]:
        for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True


def describe(picture: "InlineShape", text: str) -> None:
    """The picture in words, for those who do not see it."""
    picture._inline.docPr.set("descr", text)


def body_length(document: "Document") -> int:
    """How many paragraphs and tables the body has."""
    return sum(not element.tag.endswith("}sectPr") for element in document._body._element)


def highest_bookmark(document: "Document") -> int:
    """The highest number a bookmark has; those of a template must not be given out again."""
    numbers = document.element.xpath("//w:bookmarkStart/@w:id")
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def text_width(document: "Document") -> int:
    """Width of the text on the last section's page, in EMU."""
    page = document.sections[-1]
    return (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)


def columns(table: "Table") -> "list[tuple[_Cell, ...]]":
    """The cells, column by column, read at one go."""
    cells, width = table._cells, len(table.columns)
    return [tuple(cells[i::width]) for i in range(width)]


def set_widths(table: "Table", widths: list[int]) -> None:
    """Widths of the columns in the table's grid, which LibreOffice goes by."""
    from docx.shared import Emu

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)


def rule(paragraph: "Paragraph") -> None:
    """A line above an empty paragraph."""
    borders = _element("w:pBdr")
    borders.append(_element("w:top", **{"w:val": "single", "w:sz": "4", "w:space": "1", "w:color": "9AA5B1"}))
    paragraph._p.get_or_add_pPr().append(borders)


def no_border(style: "ParagraphStyle") -> None:
    """Take away the lines that a style has around its paragraphs."""
    for borders in style.element.xpath("w:pPr/w:pBdr"):
        borders.getparent().remove(borders)


def move_before(document: "Document", first: int, place: "Paragraph") -> None:
    """Move everything of the body from its `first` element on to before `place`, and take `place` out."""
    body = document._body._element
    for element in list(body)[first:]:
        if not element.tag.endswith("}sectPr"):
            place._p.addprevious(element)
    body.remove(place._p)


def empty_body(document: "Document") -> None:
    """Take everything out of the body but the page set-up, to which header and footer belong."""
    body = document._body._element
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)


def set_language(document: "Document", tag: str) -> None:
    """The language in which Word checks the spelling."""
    from docx.oxml.ns import qn

    for defaults in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        found = defaults.find(qn("w:lang"))
        language = _element("w:lang") if found is None else found
        language.set(qn("w:val"), tag)
        if found is None:
            defaults.append(language)


def set_compatibility(document: "Document") -> None:
    """Say that the document is for today's Word."""
    from docx.oxml.ns import qn

    path = "w:compat/w:compatSetting[@w:name='compatibilityMode']"
    for setting in document.settings.element.xpath(path):
        setting.set(qn("w:val"), _COMPATIBILITY)


def drop_thumbnail(document: "Document") -> None:
    """Leave out the preview picture, which shows an older document."""
    package = document.part.package
    if package is None:
        return
    relations = package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def own_font(style: "ParagraphStyle", name: str) -> None:
    """Set a style's font for all scripts, in place of the theme's, and set its letters no wider than usual."""
    from docx.oxml.ns import qn

    style.font.name = name
    element = _any(style)
    for spacing in element.xpath("w:rPr/w:spacing"):
        spacing.getparent().remove(spacing)
    fonts = element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), name)
    fonts.attrib.pop(qn("w:cstheme"), None)


def frame(style: "ParagraphStyle", *, bar: str, fill: str) -> None:
    """A coloured ground with a bar on its left."""
    properties = _any(style).get_or_add_pPr()
    borders = _element("w:pBdr")
    side = {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": bar}
    borders.append(_element("w:left", **side))
    # The schema wants borders and ground before spacing and indents.
    shade = _element("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": fill})
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def outline(style: "ParagraphStyle", level: int) -> None:
    """Make a style a heading's, for the navigation beside the page; level 0 is the highest."""
    _any(style).get_or_add_pPr().append(_element("w:outlineLvl", **{"w:val": str(level)}))


def shade(style: "CharacterStyle", fill: str) -> None:
    """A coloured ground behind words; Word knows no highlighting in a style."""
    ground = _element("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": fill})
    _any(style).get_or_add_rPr().append(ground)


def style_table(document: "Document", name: str, *, line: str, head: str) -> None:
    """Define a table style: thin lines between rows, a coloured head in bold."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    edge = 'w:val="single" w:sz="4" w:space="0" w:color="{}"'.format
    xml = (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr>'
        f"<w:tblBorders><w:top {edge(head)}/><w:bottom {edge(head)}/><w:insideH {edge(line)}/></w:tblBorders>"
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{line}"/></w:tcPr></w:tblStylePr></w:style>'
    )
    document.styles.element.append(parse_xml(xml))


def _any(style: "ParagraphStyle | CharacterStyle") -> Any:
    """The element of a style, which python-docx declares by its base class only."""
    return style.element


def _element(name: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = cast("BaseOxmlElement", OxmlElement(name))
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
