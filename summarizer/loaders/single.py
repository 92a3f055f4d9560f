"""One source into one article."""

import io
import sys
from dataclasses import replace
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import (
    EmptyArticle,
    InputError,
    LimitExceeded,
    SettingsError,
    SourceNotFound,
    UnsupportedSource,
)
from summarizer.loaders.blocks import short
from summarizer.loaders.formats import FORMATS, detect
from summarizer.loaders.invisible import strip_invisible
from summarizer.loaders.jsonl import read_lines
from summarizer.loaders.language import language_of
from summarizer.loaders.limits import LONGEST_TEXT
from summarizer.loaders.loaded import Extract, Loaded
from summarizer.loaders.opening import bounded, read_file
from summarizer.loaders.text import extract_text
from summarizer.loaders.worker import parse_apart

__all__ = [
    "address_unasked",
    "check_kind",
    "extracts_of",
    "from_file",
    "from_stdin",
    "from_url",
    "is_address",
    "load",
    "loaded_of",
    "read",
]

LONGEST_PATH = 4096
"""Longer strings, in characters, are never a file name."""


def load(source: str | Path | Article, *, title: str | None = None, published: str | None = None) -> Article:
    """An article from a path, the name of an existing file, or a text.

    Args:
        source: A `Path`, an existing file's name, or the text itself. An `Article` passes through unchanged.
        title: Headline, when known; it comes before the one in the file.
        published: ISO 8601 date of publication; it comes before the one in the file.

    Raises:
        InputError: no such file, not a format we read, an address, another type, or too little text.
    """
    return source if isinstance(source, Article) else read(source, title=title, published=published).article


def read(source: str | Path, *, title: str | None = None, published: str | None = None) -> Loaded:
    """What `load` does, with what was left out of the original; arguments and errors as there."""
    check_kind(source)
    if isinstance(source, str) and is_address(source):
        raise address_unasked(source)
    if isinstance(source, Path) or _names_a_file(source):
        path = Path(source)
        return _only(
            extracts_of(read_file(path), path.suffix, repr(str(path))), path.name, path.stem, title, published
        )
    if _was_meant_as_a_file(source):
        raise SourceNotFound(f"there is no file {source!r}.")
    if len(source) > LONGEST_TEXT:
        raise LimitExceeded(f"the text is longer than {LONGEST_TEXT:,} characters.")
    text, removed = strip_invisible(source)
    return loaded_of(Extract(text=text, removed=removed), None, None, title=title, published=published)


def from_file(path: Path, *, title: str | None = None, published: str | None = None) -> Article:
    """The article in a file of any format we read, named after it.

    Raises:
        SourceNotFound: there is no such file.
        UnsupportedSource: a folder, a file that cannot be read, or not what its name promises.
        LoaderNotInstalled: a package is missing.
        LimitExceeded: too large, too deep or too slow.
        EmptyArticle: too little text.
    """
    return read(path, title=title, published=published).article


def from_stdin(*, title: str | None = None, published: str | None = None) -> Article:
    """The article on standard input, in whatever format its first bytes show; raises as `from_file` does."""
    name = "standard input"
    extracts = extracts_of(bounded(sys.stdin.buffer, name), "", name)
    return _only(extracts, name, None, title, published).article


def from_url(
    url: str,
    *,
    title: str | None = None,
    published: str | None = None,
    ports: tuple[int, ...] = (80, 443),
) -> Loaded:
    """Fetch a page or document from the public web and make an article of it.

    Args:
        url: An http or https address.
        title: Headline, when known; it comes before the one in the page.
        published: ISO 8601 date of publication; it comes before the one in the page.
        ports: Those that may be connected to.

    Raises:
        AddressRefused: another scheme or port, or an address that is not public, on the way or at its end.
        FetchFailed: no answer in time, an error of the server, or a type we do not read.
        InputError: as `from_file`.
    """
    from summarizer.loaders.fetch import fetch

    got = fetch(url, ports=ports)
    extracts = extracts_of(got.data, got.suffix, got.url, charset=got.charset, url=got.url)
    source = got.url if len(got.url) <= 300 else got.host  # noqa: PLR2004 - what the published shape allows
    return _only(extracts, source, None, title, published, site_is_source=False)


def extracts_of(
    data: bytes, suffix: str, name: str, *, charset: str | None = None, url: str | None = None
) -> list[Extract]:
    """What a document holds, whatever its format.

    Raises:
        InputError: as `from_file`.
    """
    found = detect(data, suffix, name)
    if len(data) > found.largest:
        raise LimitExceeded(f"{name} is larger than {found.largest // 2**20} MB, the most for {found.label}.")
    if found is FORMATS["text"]:
        return [extract_text(data, name, charset=charset)]
    if found is not FORMATS["jsonl"]:
        return parse_apart(found, data, name, charset=charset, url=url)
    extracts: list[Extract] = []
    for _, extract in read_lines(io.BytesIO(data), name):
        if isinstance(extract, InputError):
            raise extract
        extracts.append(extract)
    return extracts


def loaded_of(
    extract: Extract,
    source: str | None,
    id: str | None,  # noqa: A002 - the word of the published schema
    *,
    title: str | None = None,
    published: str | None = None,
    site_is_source: bool = True,
) -> Loaded:
    """The article an extract makes; what the caller knows comes before what the document says.

    Raises:
        EmptyArticle: too little text.
        UnsupportedSource: the document's own date is none.
        SettingsError: the caller's date is none.
    """
    try:
        article = Article.from_text(
            extract.text, id=id, title=title or extract.title, source=source, published=published
        )
        if published is None and extract.published:
            article = Article.from_text(
                extract.text, id=article.id, title=article.title, source=source, published=extract.published
            )
    except EmptyArticle as error:
        if extract.id is None:
            raise
        raise EmptyArticle(f"the record {extract.id!r} of {error}", hint=error.hint) from error
    except SettingsError as error:
        if published is not None:
            raise
        record = "" if extract.id is None else f"the record {extract.id!r} of "
        raise UnsupportedSource(f"{record}{source}: {error}", hint=error.hint) from error
    article = replace(
        article,
        source=(extract.site if site_is_source else None) or source,
        language=language_of(extract.text),
        places=extract.places,
        removed=extract.removed,
    )
    return Loaded(article, extract.removed, extract.author, extract.site)


def _only(
    extracts: list[Extract],
    source: str,
    id: str | None,  # noqa: A002 - as above
    title: str | None,
    published: str | None,
    *,
    site_is_source: bool = True,
) -> Loaded:
    if len(extracts) > 1:
        raise UnsupportedSource(
            f"{source} holds {len(extracts):,} articles, not one.",
            hint="Load them with load_all(), or give them to `summarizer batch`.",
        )
    if not extracts:
        raise EmptyArticle(f"{source} holds no article.")
    name = short(id) or short(extracts[0].id)
    return loaded_of(
        extracts[0], short(source), name, title=title, published=published, site_is_source=site_is_source
    )


def check_kind(source: object) -> None:
    """Refuse what is neither a path nor a text, whatever its annotations say.

    Raises:
        UnsupportedSource: it is of another type.
    """
    if not isinstance(source, str | Path | Article):
        raise UnsupportedSource(
            f"a source of the type {type(source).__name__} is no article.",
            hint="Give a path, the text itself (str), or an Article.",
        )


def is_address(text: str) -> bool:
    """Whether a string is the address of a page, and nothing else."""
    return text.strip().lower().startswith(("http://", "https://")) and len(text.split()) == 1


def address_unasked(text: str) -> UnsupportedSource:
    """The error for an address where a file or text belongs."""
    return UnsupportedSource(
        f"{text!r} is an address: nothing is fetched unless asked for.",
        hint=f"Give it with --url, or in Python as summarizer.from_url({text!r}).article",
    )


def _names_a_file(text: str) -> bool:
    if not text.strip() or len(text) > LONGEST_PATH or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).exists()
    except OSError:  # a name the file system cannot hold, so a text
        return False


def _was_meant_as_a_file(text: str) -> bool:
    return len(text.split()) == 1 and (Path(text).suffix != "" or "/" in text)
