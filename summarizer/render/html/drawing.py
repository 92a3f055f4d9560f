"""Inline SVG built as a tree, so that nothing in it needs escaping by hand; colours come from the page's style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from summarizer.render.clean import clean

__all__ = ["Drawing", "Shape"]

Shape = ET.Element
"""An element of a drawing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG of a fixed view box that scales with the page.

    Attributes:
        root: The `svg` element.
    """

    root: Shape

    @classmethod
    def of(
        cls, id_: str, *, width: float, height: float, title: str, description: str, css: str
    ) -> "Drawing":
        """An empty drawing that says in words what it shows.

        Args:
            id_: Of the drawing, unique on the page.
            width: Of the view box, in units that are pixels at full size.
            height: Likewise.
            title: Its name for those who do not see it.
            description: All that it shows, as text.
            css: Class names.
        """
        root = ET.Element(
            "svg",
            {
                "id": id_,
                "class": css,
                "viewBox": f"0 0 {_number(width)} {_number(height)}",
                "role": "img",
                "aria-labelledby": f"{id_}-title {id_}-desc",
                "focusable": "false",
            },
        )
        drawing = cls(root)
        drawing.add("title", title, id=f"{id_}-title")
        drawing.add("desc", description, id=f"{id_}-desc")
        return drawing

    def add(
        self, tag: str, text: str | None = None, *, to: Shape | None = None, **attributes: str | float
    ) -> Shape:
        """Add a shape; `css` is its class, and an underscore in a name stands for a hyphen."""
        names = {"css": "class"}
        given = {
            names.get(name, name.replace("_", "-")): value if isinstance(value, str) else _number(value)
            for name, value in attributes.items()
        }
        shape = ET.SubElement(self.root if to is None else to, tag, given)
        shape.text = None if text is None else clean(text)
        return shape

    def path(self, points: Sequence[tuple[float, float]], *, css: str, closed: bool = False) -> Shape:
        """A line through the points."""
        steps = " L".join(f"{_number(x)} {_number(y)}" for x, y in points)
        return self.add("path", d=f"M{steps}{'Z' if closed else ''}", css=css)

    def markup(self) -> Markup:
        """The drawing as it goes into the page."""
        # The tree was serialised by a library that escapes every text and attribute.
        return Markup(ET.tostring(self.root, encoding="unicode"))  # noqa: S704


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
