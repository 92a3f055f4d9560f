"""Plain text from a file or from standard input."""

import codecs
import sys
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import SourceNotFound, UnsupportedSource

__all__ = ["from_file", "from_stdin"]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def from_file(path: Path, *, title: str | None = None, published: str | None = None) -> Article:
    """The article in a text file, named after it.

    Raises:
        SourceNotFound: there is no such file.
        UnsupportedSource: a folder, a file that cannot be read, or not text in UTF-8 or UTF-16.
        EmptyArticle: too little text.
    """
    if path.is_dir():
        raise UnsupportedSource(
            f"{str(path)!r} is a folder, not an article.", hint="Name one text file in it."
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {str(path)!r}.") from error
    except OSError as error:
        raise UnsupportedSource(f"{str(path)!r} cannot be read: {error.strerror}.") from error
    text = _decode(data, repr(str(path)))
    return Article.from_text(text, id=path.stem, title=title, source=path.name, published=published)


def from_stdin(*, title: str | None = None, published: str | None = None) -> Article:
    """The article on standard input; raises as `from_file` does."""
    text = _decode(sys.stdin.buffer.read(), "standard input")
    return Article.from_text(text, title=title, source="standard input", published=published)


def _decode(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnsupportedSource(
            f"{name} is not text in UTF-8 (byte {error.start:,} of {len(data):,} does not fit)."
        ) from error
    if "\0" in text:
        raise UnsupportedSource(f"{name} is a binary file, not text.")
    return text
