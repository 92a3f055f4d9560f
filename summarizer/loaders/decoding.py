"""Bytes into text: byte order marks, UTF-8, and older encodings where the bytes leave no doubt."""

import codecs
import re

from summarizer.errors import UnsupportedSource

__all__ = ["decode_text"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
SAMPLE = 100_000
"""Bytes from which an older encoding is told."""

INSTALL = "pip install 'summarizer[sources]' to read older encodings, or convert it to UTF-8 text first."


def decode_text(data: bytes, name: str, *, declared: str | None = None) -> str:
    """The text in `data`, unchanged.

    UTF-8 comes first. What is mostly UTF-8 with a broken place is refused, not guessed at.

    Args:
        data: The bytes.
        name: What to call them in an error.
        declared: The encoding the source itself names; used when the bytes are no UTF-8.

    Raises:
        UnsupportedSource: no encoding fits, or the bytes are no text.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _decode_older(data, error, name, declared)
    if "\0" in text:
        raise UnsupportedSource(f"{name} is a binary file, not text.")
    return text


def _decode_older(data: bytes, error: UnicodeDecodeError, name: str, declared: str | None) -> str:
    broken = UnsupportedSource(
        f"{name} is not text in UTF-8 (byte {error.start:,} of {len(data):,} does not fit)."
    )
    if error.encoding != "utf-8" or b"\0" in data[:SAMPLE] or _is_damaged_utf8(data):
        raise broken from error
    encoding = declared if declared and _is_known(declared) else _guess(data, broken)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise broken from error


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII do belong to characters of UTF-8."""
    fitting = sum(len(found.group()) for found in _MULTIBYTE.finditer(data))
    return fitting * 2 > sum(1 for _ in _HIGH.finditer(data))


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name not in {"utf-8", "utf-7", "utf-16", "utf-32", "idna", "punycode"}
    except LookupError:
        return False


def _guess(data: bytes, broken: UnsupportedSource) -> str:
    try:
        from charset_normalizer import from_bytes
    except ModuleNotFoundError:
        broken.hint = INSTALL
        raise broken from None
    best = from_bytes(data[:SAMPLE], preemptive_behaviour=False).best()
    if best is None or not best.language or best.language == "Unknown":
        raise broken from None
    return best.encoding
