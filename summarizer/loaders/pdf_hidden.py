"""Text that a PDF page paints without showing it: invisible mode, the colour of its ground, no size, off the page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from summarizer.loaders.pdf_spacing import with_spacing
from summarizer.loaders.pdf_state import Colour, Grounds, State, after

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["clean_page"]

_SHOW = {b"Tj", b"TJ", b"'", b'"'}
_UNSEEN_MODES = {3, 7}
_TINY_PT = 1.5
_CLOSE = 0.05
"""Largest difference in one of red, green and blue that an eye does not see."""
_OUTSIDE_PT = 20.0
_SCANNED = 0.8
"""Share of a page's text in the invisible mode from which it is recognised text; a stamp on the page is not."""


def clean_page(page: "PageObject", reader: "PdfReader") -> str:
    """Take hidden text out of the page's content, space its words, and give the hidden text back; empty if none.

    A picture of a page with recognised text behind it keeps that text: what is seen there are its words.
    """
    from pypdf.generic import ContentStream, NameObject

    content = page.get("/Contents")
    if content is None:
        return ""
    stream = ContentStream(content.get_object(), reader, "bytes")  # text stays as the fonts encode it
    operations: list[tuple[Any, bytes]] = list(stream.operations)
    spaced = with_spacing(operations, page)
    hidden = _hidden(operations, page)
    if not hidden and spaced is None:
        return ""
    page[NameObject("/Contents")] = stream
    words = ""
    if hidden:
        stream.operations = [o for at, o in enumerate(operations) if o[1] not in _SHOW or at in hidden]
        words = " ".join(page.extract_text().split())
    stream.operations = [o for at, o in enumerate(spaced or operations) if at not in hidden]
    return words


def _hidden(operations: Sequence[tuple[Any, bytes]], page: "PageObject") -> set[int]:
    """Which operations show text that nobody sees."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    opacities, images = _resources(page)
    grounds, state, saved = Grounds(), State(), list[State]()
    found: set[int] = set()
    invisible: set[int] = set()
    shown, pictures = 0, False
    for at, (operands, operator) in enumerate(operations):
        if operator == b"q":
            saved.append(state)
        elif operator == b"Q":
            state = saved.pop() if saved else State()
        else:
            state = after(state, operands, operator, opacities)
            image = operator == b"Do" and str(operands[0]) in images
            pictures = pictures or image or operator == b"INLINE IMAGE"
            grounds.read(state, operands, operator, image=image)
        if operator in _SHOW:
            shown += 1
            if state.mode in _UNSEEN_MODES:
                invisible.add(at)
            elif _is_unseen(state, grounds, (left, bottom, right, top)):
                found.add(at)
    scanned = pictures and len(invisible) >= _SCANNED * shown
    return found if scanned else found | invisible


def _is_unseen(state: State, grounds: Grounds, box: tuple[float, float, float, float]) -> bool:
    if state.opacity == 0:
        return True
    a, b, c, d, across, up = state.pen
    if abs(state.size) * max((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5) <= _TINY_PT:
        return True
    left, bottom, right, top = box
    if (
        across > right + _OUTSIDE_PT
        or across < left - 50 * _OUTSIDE_PT
        or up > top + _OUTSIDE_PT
        or up < bottom - _OUTSIDE_PT
    ):
        return True
    if state.mode != 0:
        return False
    # At the foot and near the top of the first letter: a rule under or through a word is no ground.
    probes = (
        (across + state.size * (0.2 * a + height * c), up + state.size * (0.2 * b + height * d))
        for height in (0.1, 0.6)
    )
    return all(_is_same(state.ink, grounds.colour_at(*probe)) for probe in probes)


def _is_same(ink: Colour, ground: Colour) -> bool:
    if ink is None or ground is None:
        return False
    return all(abs(one - other) <= _CLOSE for one, other in zip(ink, ground, strict=True))


def _resources(page: "PageObject") -> tuple[dict[str, float], set[str]]:
    """Opacities of the named graphics states, and the names of the pictures."""
    resources: Any = page.get("/Resources")
    held: Any = resources.get_object() if resources is not None else {}
    states: Any = held.get("/ExtGState", {}).get_object() if "/ExtGState" in held else {}
    objects: Any = held.get("/XObject", {}).get_object() if "/XObject" in held else {}
    opacities = {str(name): float(states[name].get("/ca", 1)) for name in states}
    return opacities, {str(name) for name in objects if objects[name].get("/Subtype") == "/Image"}
