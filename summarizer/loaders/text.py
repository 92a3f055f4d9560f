"""Plain text: the words as given, less what has no shape."""

from summarizer.errors import LimitExceeded
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.invisible import strip_invisible
from summarizer.loaders.limits import LONGEST_TEXT
from summarizer.loaders.loaded import Extract

__all__ = ["extract_text"]


def extract_text(data: bytes, name: str, *, charset: str | None = None) -> Extract:
    """The text in `data`, line ends and spaces as they are.

    Raises:
        UnsupportedSource: not text, or in an encoding that cannot be told.
        LimitExceeded: too long.
    """
    text, removed = strip_invisible(decode_text(data, name, declared=charset))
    if len(text) > LONGEST_TEXT:
        raise LimitExceeded(f"{name} holds more than {LONGEST_TEXT:,} characters of text.")
    return Extract(text=text, removed=removed)
