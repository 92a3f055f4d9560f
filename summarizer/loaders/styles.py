"""Does this style hide its text? Inline declarations and the plain rules of a page's style sheets."""

import re
from collections.abc import Mapping

__all__ = ["Rules", "declarations", "hides", "read_rules", "same_colour"]

_BRACE = re.compile(r"[{}]")
_NUMBER = re.compile(r"^(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in)?$")
_OFF_SCREEN = {
    "px": 900.0,
    "pt": 700.0,
    "em": 50.0,
    "rem": 50.0,
    "%": 100.0,
    "vw": 100.0,
    "vh": 100.0,
    "cm": 25.0,
}
_SELECTOR = re.compile(r"^(?:([a-zA-Z][\w-]*)|([.#])([\w-]+))$")
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?\s*\)"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0+)?\s*[,)]")
_TINY_PX = 2.0
_PX = {"px": 1.0, "": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 0.16, "ex": 8.0, "ch": 8.0}

Rules = dict[str, dict[str, str]]
"""Declarations by selector, for the selectors `tag`, `.class` and `#id`."""

_NAMED = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
}
_HEX = re.compile(r"^#(?:([0-9a-f]{3})[0-9a-f]?|([0-9a-f]{6})(?:[0-9a-f]{2})?)$")
_RGB = re.compile(r"^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)$")
_CLOSE = 12
"""Largest difference in one of red, green and blue that an eye does not see."""


def declarations(style: str) -> dict[str, str]:
    """`style` as properties and values, in lower case; the last of a property counts."""
    found: dict[str, str] = {}
    for part in _without_comments(style).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def hides(style: Mapping[str, str]) -> bool:
    """Whether these declarations, wherever they stand, leave nothing to see of the text."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
        or _is_zero(style.get("opacity", ""))
        or _is_tiny(style.get("font-size", ""))
        or _is_off_screen(style)
        or _is_clipped(style)
        or bool(_SHRUNK.search(style.get("transform", "")))
    )


def same_colour(style: Mapping[str, str], behind: str | None) -> bool:
    """Whether the text has the colour of what is `behind` it, or none at all."""
    colour = style.get("color") or style.get("-webkit-text-fill-color")
    if colour is None:
        return False
    ink = _rgb(colour)
    if ink == "none":
        return True
    ground = _rgb(background(style) or behind or "")
    if not isinstance(ink, tuple) or not isinstance(ground, tuple):
        return False
    return all(abs(one - other) <= _CLOSE for one, other in zip(ink, ground, strict=True))


def background(style: Mapping[str, str]) -> str | None:
    """The colour of the ground, when these declarations give one."""
    found = style.get("background-color")
    if found is None and "url(" not in style.get("background", ""):
        found = next((word for word in style.get("background", "").split() if _rgb(word)), None)
    return found if found and _rgb(found) not in {None, "none"} else None


def read_rules(sheet: str) -> Rules:
    """The rules for one tag, class or id; those inside @media and the like hold only sometimes and are passed over."""
    rules: Rules = {}
    text, at = _without_comments(sheet), 0
    while (opened := text.find("{", at)) >= 0:
        selectors = text[at:opened].rpartition(";")[2].strip()
        closed = _closing(text, opened) if selectors.startswith("@") else text.find("}", opened)
        if closed < 0:
            break
        if not selectors.startswith("@"):
            body = declarations(text[opened + 1 : closed])
            for selector in selectors.split(","):
                if _SELECTOR.match(selector.strip()):
                    rules.setdefault(selector.strip(), {}).update(body)
        at = closed + 1
    return rules


def _closing(text: str, opened: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(text, opened):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.start()
    return -1


def _without_comments(style: str) -> str:
    """`style` without what stands between `/*` and `*/`, or the end where none follows."""
    pieces = style.split("/*")
    return pieces[0] + "".join(piece.partition("*/")[2] for piece in pieces[1:])


def _is_zero(value: str) -> bool:
    number = _NUMBER.match(value)
    return number is not None and abs(float(number[1])) < 0.05  # noqa: PLR2004 - what no eye sees


def _is_tiny(value: str) -> bool:
    number = _NUMBER.match(value)
    return number is not None and float(number[1]) * _PX.get(number[2] or "", 16.0) < _TINY_PX


def _is_off_screen(style: Mapping[str, str]) -> bool:
    moved = [style.get("text-indent", "")]
    if style.get("position") in {"absolute", "fixed", "relative"}:
        moved += [style.get(side, "") for side in ("left", "top", "right", "bottom")]
    moved += [style.get(side, "") for side in ("margin-left", "margin-top")]
    for value in moved:
        number = _NUMBER.match(value)
        if number and float(number[1]) <= -_OFF_SCREEN.get(number[2] or "px", 900.0):
            return True
    return False


def _is_clipped(style: Mapping[str, str]) -> bool:
    if _CLIPPED.search(style.get("clip", "")) or "inset(50%" in style.get("clip-path", ""):
        return True
    flat = any(_is_tiny(style.get(side, "")) for side in ("height", "max-height", "width", "max-width"))
    return flat and style.get("overflow", style.get("overflow-y", "")) in {"hidden", "clip"}


def _rgb(colour: str) -> tuple[int, int, int] | str | None:
    """Red, green and blue; "none" for no colour at all; None when we cannot tell."""
    colour = colour.strip()
    if colour == "transparent":
        return "none"
    if colour in _NAMED:
        return _NAMED[colour]
    if digits := _HEX.match(colour):
        six = digits[2] or "".join(sign * 2 for sign in digits[1])
        return int(six[:2], 16), int(six[2:4], 16), int(six[4:], 16)
    if parts := _RGB.match(colour):
        if parts[4] is not None and _is_zero(parts[4]):
            return "none"
        return int(parts[1]), int(parts[2]), int(parts[3])
    return None
