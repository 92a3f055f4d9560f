"""A sentence as a reader would read it, whatever characters it is written in: for matching only, never for quoting."""

import re
import unicodedata

__all__ = ["fold", "is_disguised", "unaccented", "variants"]

_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁɡһ" + "αεικνορτυχ" + "АВЕКМНОРСТУХІЈЅ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijsdgh" + "aeikvoptux" + "abekmhopctyxijs" + "abezhikmnoptyx",
)
"""Cyrillic and Greek letters that look like Latin ones; Unicode's table of confusables (UTS 39) has them all."""
_LEET = str.maketrans("013457@$", "oieastas")
_LATIN = re.compile(r"[a-z]")
_OTHER_LETTERS = re.compile(r"[\u0370-\u052f]")
_WORD = re.compile(r"[^\s]+")
_LEET_WORD = re.compile(
    r"(?=\S*[a-z])(?=\S*[a-z013457@$]{4})[a-z013457@$]*[013457@$][a-z013457@$]*", re.ASCII
)
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s.*_·•-]{1,2}){11,}[^\W\d_](?![^\W_])")
_SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_·•-]){3,}[^\W\d_](?![^\W_])")


_BROKEN = re.compile(r"(?<=[^\W\d_])[-_.*/|~·+](?=[^\W\d_])")
_MANY = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_ODD_LETTERS = re.compile(
    "[\u0250-\u02af\u1d00-\u1d7f\u2800-\u28ff\U0001f110-\U0001f189\U0001f1e6-\U0001f1ff]"
)
"""Phonetic signs, Braille, letters in boxes."""
_DRESSED = 15
_MIXED = 3


def fold(text: str) -> str:
    """Lower case, compatibility forms and look-alikes resolved, marks without a shape left out."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(
        sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in {"Cf", "Co", "Cs"}
    )
    plain = re.sub(r"[ \t\xa0]+", " ", plain.lower())
    plain = _SPELT.sub(lambda match: re.sub(r"[ .*_·•-]", "", match.group()), plain)
    return _WORD.sub(_unmasked, plain) if not plain.isascii() or _LEET_WORD.search(plain) else plain


def unaccented(folded: str) -> str:
    """Without marks on the letters, for wordings of English."""
    if folded.isascii():
        return folded
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", folded) if unicodedata.category(sign) != "Mn"
    )


def variants(folded: str) -> tuple[str, ...]:
    """The text, and where it is broken up by signs between letters, also without them and with spaces for them."""
    if len(_BROKEN.findall(folded)) < _MANY:
        return (folded,)
    return folded, _BROKEN.sub("", folded), _BROKEN.sub(" ", folded)


def is_disguised(text: str) -> bool:
    """Whether its letters stand apart, come from sets made for formulas, or mix scripts within words: no newspaper does."""
    if _SPACED.search(text):
        return True
    if text.isascii():
        return False
    dressed = sum(
        sign > "\x7f" and unicodedata.normalize("NFKC", sign).isascii() and sign.isalpha() for sign in text
    )
    odd = len(_ODD_LETTERS.findall(text))
    mixed = sum(bool(_OTHER_LETTERS.search(w) and re.search("[A-Za-z]", w)) for w in _LETTERS.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    return mixed >= _MIXED or max(dressed, odd) > max(_DRESSED, letters / 2)


def _unmasked(match: re.Match[str]) -> str:
    word = match.group()
    if _OTHER_LETTERS.search(word) and _LATIN.search(word):
        word = word.translate(_LOOKALIKES)
    core = word.strip(".,;:!?\"'()")
    if _LEET_WORD.fullmatch(core) and sum(sign.isdigit() for sign in core) < len(core) / 2:
        word = word.translate(_LEET)
    return word
