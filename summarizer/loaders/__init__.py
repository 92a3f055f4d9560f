"""Sources into articles."""

from pathlib import Path

from summarizer.article import Article
from summarizer.errors import SourceNotFound
from summarizer.loaders.text import from_file, from_stdin

__all__ = ["from_file", "from_stdin", "load"]

LONGEST_NAME = 4096
"""Longer strings, in characters, are never a file name."""


def load(source: str | Path | Article, *, title: str | None = None, published: str | None = None) -> Article:
    """An article from a path, the name of an existing file, or a text.

    Args:
        source: A `Path`, an existing file's name, or the text itself. An `Article` passes through unchanged.
        title: Headline, when known.
        published: ISO 8601 date of publication.

    Raises:
        InputError: no such file, not text, or too little text.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, Path) or _names_a_file(source):
        return from_file(Path(source), title=title, published=published)
    if _was_meant_as_a_file(source):
        raise SourceNotFound(f"there is no file {source!r}.")
    return Article.from_text(source, title=title, published=published)


def _names_a_file(text: str) -> bool:
    if not text.strip() or len(text) > LONGEST_NAME or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).exists()
    except OSError:  # a name the file system cannot hold, so a text
        return False


def _was_meant_as_a_file(text: str) -> bool:
    return len(text.split()) == 1 and (Path(text).suffix != "" or "/" in text)
