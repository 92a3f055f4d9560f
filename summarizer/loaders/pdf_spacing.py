"""Word spacing of justified lines, written out as offsets.

The library leaves it out when it measures how wide a piece of text is, so that the next piece of the same word seems to
stand apart, and a space comes into the middle of the word. Offsets between pieces it does count.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["with_spacing"]

Operations = list[tuple[Any, bytes]]
_PARTS = b" "


def with_spacing(operations: Operations, page: "PageObject") -> Operations | None:
    """`operations` with the spacing between words in their offsets; None where there is none."""
    if not any(operator == b"Tw" and float(operands[0]) for operands, operator in operations):
        return None
    simple = _simple_fonts(page)
    spacing, size, applies = 0.0, 1.0, False
    changed: Operations = []
    for operands, operator in operations:
        if operator == b"Tw":
            spacing = float(operands[0])
        elif operator == b"Tf":
            applies, size = str(operands[0]) in simple, float(operands[1]) or 1.0
        elif operator in {b"Tj", b"TJ"} and applies and spacing:
            pieces: Sequence[Any] = operands if operator == b"Tj" else operands[0]
            changed.append(([_spread(pieces, -spacing * 1000 / size)], b"TJ"))
            continue
        changed.append((operands, operator))
    return changed


def _spread(pieces: Sequence[Any], offset: float) -> Any:
    from pypdf.generic import ArrayObject, ByteStringObject, FloatObject

    spread: list[Any] = []
    for piece in pieces:
        if not isinstance(piece, bytes):
            spread.append(piece)
            continue
        words = piece.split(_PARTS)
        for word in words[:-1]:
            spread += [ByteStringObject(word + _PARTS), FloatObject(offset)]
        spread.append(ByteStringObject(words[-1]))
    return ArrayObject(spread)


def _simple_fonts(page: "PageObject") -> set[str]:
    """Fonts of one byte a character: only in those is byte 32 a space that the spacing widens."""
    resources: Any = page.get("/Resources")
    held: Any = resources.get_object() if resources is not None else {}
    fonts: Any = held["/Font"].get_object() if "/Font" in held else {}
    return {str(name) for name in fonts if fonts[name].get_object().get("/Subtype") != "/Type0"}
