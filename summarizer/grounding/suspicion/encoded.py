"""Words hidden in a code: found by decoding them, not by how they look, so that digests and keys are none."""

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from typing import Final

__all__ = ["decoded"]

_SHORTEST: Final = 12
"""Characters of a decoded message."""
_BASE64 = re.compile(r"(?<![\w/+.=-])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w/+=])")
_BASE32 = re.compile(r"(?<![\w=])[A-Z2-7]{24,}={0,6}(?![\w=])")
_HEX = re.compile(r"(?<![\w-])(?:0x)?(?:[0-9a-fA-F]{2}[ :]?){12,}(?![\w-])")
_ESCAPED = re.compile(
    r"(?:(?:\\x|%)[0-9a-fA-F]{2}){6,}|(?:\\u[0-9a-fA-F]{4}){6,}|(?:&#(?:\d{2,5}|x[0-9a-fA-F]{2,4});){6,}"
)
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}\s?){6,}(?!\d)")
_DECIMAL = re.compile(
    r"(?<![\d.])(?:(?:1[01]\d|12[0-6]|3[2-9]|[4-9]\d)[ ,]{1,2}){10,}(?:1[01]\d|12[0-6]|3[2-9]|[4-9]\d)(?![\d.])"
)
_MORSE = re.compile(r"(?<!\S)(?:[.\-·−–]{1,5}(?:\s+|\s*/\s*)){10,}[.\-·−–]{1,5}(?!\S)")
_WORD = re.compile(r"[a-z]+")
_PLAIN = re.compile(r"\b(?:the|and|was|that|said|with|for)\b")
_COMMON_WORDS = "the and that you your this all ignore previous instructions summary with for not are must from write say instead article report only have has will system as of to in is it be on do a an he she they we by at or but which their who been were was had his her its tell reader article after new people"
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_LETTERS: Final = 0.8
"""Share of letters and punctuation in what a person wrote."""
_ENOUGH, _SHARE = 3, 0.3
"""How many words, and what part of them, have to be common ones before a shift or a reversal counts as read."""


def decoded(text: str) -> str | None:
    """The first message that `text` holds in base64, base32, hexadecimal, escapes, binary, Morse, a Caesar shift or backwards.

    Returns:
        The message, or what stands for one where it cannot be read (Morse); None when there is none.
    """
    return next((message for message in _messages(text) if len(message) >= _SHORTEST), None)


def _messages(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        blob = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        yield _printable(
            lambda blob=blob: base64.b64decode(
                blob[: len(blob) // 4 * 4 if len(blob) % 4 == 1 else None] + "=" * (-len(blob) % 4)
            )
        )
    for match in _BASE32.finditer(text):
        blob = match.group().rstrip("=")
        yield _printable(lambda blob=blob: base64.b32decode(blob + "=" * (-len(blob) % 8)))
    for match in _HEX.finditer(text):
        yield _printable(lambda match=match: bytes.fromhex(re.sub(r"0x|[ :]", "", match.group())))
    for match in _ESCAPED.finditer(text):
        yield "".join(
            chr(int(code, 10 if code.isdigit() and "&#" in match.group() else 16))
            for code in _codes(match.group())
        )
    for match in _BINARY.finditer(text):
        yield _printable(
            lambda match=match: bytes(int(octet, 2) for octet in re.findall(r"[01]{8}", match.group()))
        )
    for match in _DECIMAL.finditer(text):
        yield _printable(
            lambda match=match: bytes(int(number) for number in re.findall(r"\d+", match.group()))
        )
    yield from (match.group() for match in _MORSE.finditer(text))
    # A clue in plain words often stands before the code: they would make the whole look like English.
    yield from map(_shifted, dict.fromkeys([text.lower(), text.lower().rpartition(": ")[2]]))


def _codes(escaped: str) -> list[str]:
    return [code.lstrip("x") for code in re.findall(r"(?:\\x|%|\\u|&#)(x?[0-9a-fA-F]+)", escaped)]


def _printable(decode: Callable[[], bytes]) -> str:
    """What the bytes say, when they are text; words, not a random run of letters."""
    try:
        said = decode().decode("utf-8")
    except (ValueError, binascii.Error):
        return ""
    letters = sum(sign.isalpha() or sign in " \n.,:;!?'\"-" for sign in said)
    readable = said.isprintable() or "\n" in said
    return said if readable and letters > _LETTERS * len(said) else ""


def _shifted(text: str) -> str:
    """Each Caesar shift, and backwards: the one in which English can be read, where it cannot as it stands."""
    if len(_WORD.findall(text)) < _ENOUGH or _PLAIN.search(text) or _reads(text):
        return ""
    for candidate in (codecs.encode(text, "rot13"), text[::-1], *(_caesar(text, by) for by in range(1, 26))):
        if _reads(candidate):
            return candidate
    return ""


def _caesar(text: str, by: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return text.translate(str.maketrans(letters, letters[by:] + letters[:by]))


def _reads(text: str) -> bool:
    words = _WORD.findall(text)
    common = {word for word in words if word in _COMMON}
    known = sum(word in _COMMON for word in words)
    return (
        len(common) >= _ENOUGH
        and known >= _SHARE * len(words)
        and any(len(word) >= _ENOUGH for word in common)
    )
