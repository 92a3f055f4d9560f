"""RSS and Atom: one article an entry, from its full content where the feed carries it."""

import importlib
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from summarizer.errors import EmptyArticle, UnsupportedSource
from summarizer.loaders.blocks import extract_of
from summarizer.loaders.entities import refuse_entities
from summarizer.loaders.html import visible_text
from summarizer.loaders.loaded import Document, Extract

__all__ = ["parse"]

_MAIL = re.compile(r"[^\s()<>,]+@[^\s()<>,]+")


def parse(document: Document) -> Iterator[Extract]:
    """Every entry of a feed, in its order; entries with too little text are left to whoever makes articles of them.

    Raises:
        UnsupportedSource: no feed, or one that defines entities.
        EmptyArticle: a feed without entries.
    """
    refuse_entities(document.data, document.name)
    # A stream, never the bytes: what looks like an address or a path would be opened.
    feed: Any = importlib.import_module("feedparser").parse(
        io.BytesIO(document.data), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.version:
        reason = feed.get("bozo_exception")
        raise UnsupportedSource(
            f"{document.name} is no feed that can be read{f' ({reason})' if reason else ''}."
        )
    if not feed.entries:
        raise EmptyArticle(f"{document.name} is a feed without entries.")
    site = feed.feed.get("title")
    for entry in feed.entries:
        yield _article(entry, site, document.name)


def _article(entry: Any, site: str | None, name: str) -> Extract:
    blocks, unseen = visible_text(_fullest(entry), name)
    title, _ = visible_text(entry.get("title") or "", name)
    return extract_of(
        ((f"paragraph {number}", block) for number, block in enumerate(blocks, 1)),
        removed=unseen,
        id=entry.get("id") or entry.get("link"),
        title=" ".join(title) or None,
        author=_name(entry.get("author")),
        site=site,
        published=_day(entry),
    )


def _name(author: Any) -> str | None:
    """A name without the address that feeds put before, behind or around it."""
    return _MAIL.sub("", str(author or "")).strip(" ()<>,") or None


def _fullest(entry: Any) -> str:
    texts = [str(content.get("value") or "") for content in entry.get("content", ())]
    return max([*texts, str(entry.get("summary") or "")], key=len)


def _day(entry: Any) -> str | None:
    moment = cast("tuple[int, ...] | None", entry.get("published_parsed") or entry.get("updated_parsed"))
    if moment is None:
        return None
    try:
        return date(*moment[:3]).isoformat()
    except (TypeError, ValueError):
        return None
