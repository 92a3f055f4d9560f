"""Two things that ReportLab sets among the paragraphs: a chart, and an entry of the outline."""
# pyright: reportUnknownMemberType=false
# The stubs of ReportLab leave some parameters without a type.

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from summarizer.render.chart import Box, Chart, Dot, Label, Line, Shape
from summarizer.render.pdf_fonts import FAMILY

__all__ = ["Outline", "Painting"]

_MIDDLE = 0.35
"""Share of the letters' size by which the base line lies below their middle."""


class Painting(Flowable):
    """A chart, in lines that stay sharp at any size."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self.width, self.height = chart.width, chart.height

    def draw(self) -> None:
        """Paint all shapes; ReportLab counts from the bottom."""
        for shape in self._chart.shapes:
            self._paint(shape)

    def _paint(self, shape: Shape) -> None:
        pen, top = self.canv, self.height
        match shape:
            case Box(x, y, width, height, fill):
                pen.setFillColor(HexColor(fill))
                pen.rect(x, top - y - height, width, height, stroke=0, fill=1)
            case Line(points, colour, width):
                pen.setStrokeColor(HexColor(colour))
                pen.setLineWidth(width)
                path = pen.beginPath()
                path.moveTo(points[0][0], top - points[0][1])
                for x, y in points[1:]:
                    path.lineTo(x, top - y)
                pen.drawPath(path)
            case Dot(x, y, radius, fill):
                pen.setFillColor(HexColor(fill))
                pen.circle(x, top - y, radius, stroke=0, fill=1)
            case Label(x, y, text, size, colour, align):
                pen.setFillColor(HexColor(colour))
                pen.setFont(FAMILY, size)
                base = top - y - size * _MIDDLE
                draw = {"left": pen.drawString, "middle": pen.drawCentredString, "right": pen.drawRightString}
                draw[align](x, base, text)


class Outline(Flowable):
    """An entry of the outline that readers show beside the pages; takes no room."""

    keepWithNext = 1  # noqa: N815 - ReportLab's name

    def __init__(self, key: str, title: str, level: int) -> None:
        super().__init__()
        self._key, self._title, self._level = key, title, level
        self.width = self.height = 0

    def draw(self) -> None:
        """Name this place, and list it."""
        self.canv.bookmarkPage(self._key)
        self.canv.addOutlineEntry(self._title, self._key, self._level, closed=False)
