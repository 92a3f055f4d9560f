"""The letters of a PDF: which font has a character, and what stands for one that none has.

Fira Sans, from a package, has Latin, Greek and Cyrillic; Chinese, Japanese and Korean take the fonts that every PDF
reader brings. Other scripts need shaping that the PDF library does not do: instead of boxes, or of letters in a wrong
order, the page says which script stood there.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# The stubs of ReportLab leave some parameters without a type.

import unicodedata
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, cast
from xml.sax.saxutils import escape

from summarizer.render.extras import needs

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["BOLD", "FAMILY", "Letters"]

FAMILY: Final = "FiraSans"
BOLD: Final = "FiraSans-Bold"
_Bit = Literal[0, 1]
_FACES: Final[dict[tuple[_Bit, _Bit], tuple[str, str]]] = {
    (0, 0): (FAMILY, "FiraSans-Regular"),
    (1, 0): (BOLD, "FiraSans-Bold"),
    (0, 1): ("FiraSans-Italic", "FiraSans-Italic"),
    (1, 1): ("FiraSans-BoldItalic", "FiraSans-BoldItalic"),
}
_KOREAN, _JAPANESE, _CHINESE = "HYGothic-Medium", "HeiseiKakuGo-W5", "STSong-Light"
_INSTEAD = {"⚠": "!"}
_BEYOND_READERS_FONTS = 0x20000
"""Rare Chinese characters from here on are in none of them."""


class Letters:
    """Text as the markup of a PDF paragraph, each character in a font that has it."""

    def __init__(self) -> None:
        """Register the fonts.

        Raises:
            OutputError: a package of the extra `pdf` is not installed.
        """
        self._known = _register()
        self.is_anything_missing = False
        """Whether some character had to be replaced by the name of its script."""

    def markup(self, text: str) -> str:
        """`text`, cleaned before, with XML's characters escaped."""
        whole = unicodedata.normalize("NFC", text)
        japanese = any("\u3040" <= c <= "\u30ff" for c in whole)
        runs = groupby(whole, key=lambda c: self._font(c, japanese=japanese))
        return "".join(self._run(font, "".join(found)) for font, found in runs)

    def _font(self, character: str, *, japanese: bool) -> str:
        """Name of a font, or of what to say instead, in brackets."""
        if ord(character) in self._known or character == "\n" or character in _INSTEAD:
            return FAMILY
        name = unicodedata.name(character, "")
        if ord(character) < _BEYOND_READERS_FONTS:
            if name.startswith("HANGUL SYLLABLE"):
                return _KOREAN
            if name.startswith(("HIRAGANA", "KATAKANA", "IDEOGRAPHIC")):
                return _JAPANESE
            if name.startswith("CJK"):
                return _JAPANESE if japanese else _CHINESE
        script = name.split(" ")[0].title()
        return f"[{script} text]" if script and character.isalpha() else "[symbol]"

    def _run(self, font: str, text: str) -> str:
        if font == FAMILY:
            return escape("".join(_INSTEAD.get(c, c) for c in text))
        if font.startswith("["):
            self.is_anything_missing = True
            return font
        return f'<font name="{font}">{escape(text)}</font>'


def _register() -> "Container[int]":
    with needs("pdf"):
        from reportlab.lib.fonts import addMapping
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfbase.ttfonts import TTFont

        home = files("fontpkg_fira_sans") / "files"
    for (bold, italic), (name, file) in _FACES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(home / f"{file}.ttf")))
        addMapping(FAMILY, bold, italic, name)
    for name in (_KOREAN, _JAPANESE, _CHINESE):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(name))
            for bold, italic in _FACES:
                addMapping(name, bold, italic, name)
    return cast("TTFont", pdfmetrics.getFont(FAMILY)).face.charToGlyph
