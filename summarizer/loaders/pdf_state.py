"""The state of a PDF page while its operators are read in order: where the pen is, its colour, and what is behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["PAPER", "Colour", "Grounds", "Matrix", "State", "after", "times"]

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float] | None
"""Red, green and blue from 0 to 1; None when it cannot be told."""

PAPER: Colour = (1.0, 1.0, 1.0)
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UNIT = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_FILL = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_PATH_ENDS = _FILL | {b"S", b"s", b"n"}
_BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class State:
    """What an operator changes, and what `q` and `Q` save and restore."""

    page: Matrix = _IDENTITY
    line: Matrix = _IDENTITY
    size: float = 12.0
    mode: int = 0
    leading: float = 0.0
    ink: Colour = _BLACK
    opacity: float = 1.0

    @property
    def pen(self) -> Matrix:
        """Where text goes, in points on the page."""
        return times(self.line, self.page)


@dataclass(slots=True)
class Grounds:
    """What has been painted so far, in order: boxes on the page and their colour."""

    boxes: list[tuple[float, float, float, float, Colour]] = field(
        default_factory=list[tuple[float, float, float, float, Colour]]
    )
    _path: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def colour_at(self, across: float, up: float) -> Colour:
        """Of what was painted last at this point; the paper's where nothing was."""
        for left, bottom, right, top, colour in reversed(self.boxes):
            if left <= across <= right and bottom <= up <= top:
                return colour
        return PAPER

    def read(self, state: State, operands: Any, operator: bytes, *, image: bool) -> None:
        """Take in an operator; `image` tells a picture from a form of which we do not know what it paints."""
        if operator == b"re":
            x, y, width, height = (float(value) for value in operands[:4])
            self._path += _moved(
                state.page, ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
            )
        elif operator in {b"m", b"l", b"c", b"v", b"y"}:
            values = [float(value) for value in operands]
            self._path += _moved(state.page, list(zip(values[::2], values[1::2], strict=False)))
        elif operator in _PATH_ENDS:
            if operator in _FILL:
                self._paint(self._path, state.ink if state.opacity == 1 else None)
            self._path = []
        elif operator in {b"Do", b"INLINE IMAGE", b"sh"}:
            everywhere = [(-1e9, -1e9), (1e9, 1e9)]
            self._paint(
                list(_moved(state.page, _UNIT)) if image or operator == b"INLINE IMAGE" else everywhere, None
            )

    def _paint(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        if points:
            across, up = [x for x, _ in points], [y for _, y in points]
            self.boxes.append((min(across), min(up), max(across), max(up), colour))


def after(state: State, operands: Any, operator: bytes, opacities: dict[str, float]) -> State:
    """The state behind an operator; `opacities` are those of the page's named graphics states."""
    moved = _after_move(state, operands, operator)
    if moved is not None:
        return moved
    match operator:
        case b"TL":
            changed: dict[str, Any] = {"leading": float(operands[0])}
        case b"Tf":
            changed = {"size": float(operands[1])}
        case b"Tr":
            changed = {"mode": int(operands[0])}
        case b"gs":
            changed = {"opacity": opacities.get(str(operands[0]), state.opacity)}
        case b"g" | b"rg" | b"k" | b"sc" | b"scn" | b"cs":
            changed = {"ink": _colour(operands, operator)}
        case _:
            return state
    return replace(state, **changed)


def _after_move(state: State, operands: Any, operator: bytes) -> State | None:
    """The state behind an operator that moves the pen; None for any other."""
    if operator == b"cm":
        return replace(state, page=times(_matrix(operands), state.page))
    if operator == b"BT":
        return replace(state, line=_IDENTITY)
    if operator == b"Tm":
        return replace(state, line=_matrix(operands))
    if operator in {b"Td", b"TD"}:
        across, up = float(operands[0]), float(operands[1])
        leading = -up if operator == b"TD" else state.leading
        return replace(state, line=times((1.0, 0.0, 0.0, 1.0, across, up), state.line), leading=leading)
    if operator in {b"T*", b"'", b'"'}:
        return replace(state, line=times((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), state.line))
    return None


def times(one: Matrix, other: Matrix) -> Matrix:
    """`one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _moved(matrix: Matrix, points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    a, b, c, d, e, f = matrix
    return ((x * a + y * c + e, x * b + y * d + f) for x, y in points)


def _colour(operands: Any, operator: bytes) -> Colour:
    if operator == b"cs":
        return _BLACK  # where every colour space starts
    values = [float(value) for value in operands if _NUMBER.fullmatch(str(value))]
    match values:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, key]:
            return (1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key)
        case _:
            return None
