"""A chart painted as a PNG, by Pillow, for formats that take no drawing."""
# pyright: reportUnknownMemberType=false
# Pillow leaves some parameters without a type.

from io import BytesIO
from typing import TYPE_CHECKING

from summarizer.render.chart import Box, Chart, Dot, Label, Line
from summarizer.render.extras import needs

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

__all__ = ["chart_png"]

_PIXELS = 3
"""To the point: 216 to the inch, which is enough for print."""
_FINER = 2
"""Painted larger by this and then shrunk, which smooths the edges."""
_ANCHORS = {"left": "lm", "middle": "mm", "right": "rm"}


def chart_png(chart: Chart) -> bytes:
    """The chart on white.

    Raises:
        OutputError: Pillow is not installed.
    """
    with needs("docx"):
        from PIL import Image, ImageDraw
    scale = _PIXELS * _FINER
    image = Image.new("RGB", (round(chart.width * scale), round(chart.height * scale)), "white")
    pen = ImageDraw.Draw(image)
    for shape in chart.shapes:
        _paint(pen, shape, scale)
    size = (round(chart.width * _PIXELS), round(chart.height * _PIXELS))
    stream = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(stream, "PNG", dpi=(72 * _PIXELS,) * 2)
    return stream.getvalue()


def _paint(pen: "ImageDraw", shape: Box | Line | Dot | Label, scale: int) -> None:
    from PIL import ImageFont

    match shape:
        case Box(x, y, width, height, fill):
            pen.rectangle((x * scale, y * scale, (x + width) * scale, (y + height) * scale), fill=fill)
        case Line(points, colour, width):
            scaled = [(x * scale, y * scale) for x, y in points]
            pen.line(scaled, fill=colour, width=round(width * scale), joint="curve")
        case Dot(x, y, radius, fill):
            pen.circle((x * scale, y * scale), radius * scale, fill=fill)
        case Label(x, y, text, size, colour, align):
            font = ImageFont.load_default(size * scale)
            pen.text((x * scale, y * scale), text, fill=colour, font=font, anchor=_ANCHORS[align])
