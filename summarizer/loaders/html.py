"""Web pages: the article of a page, without its furniture and without what nobody sees."""

import importlib
import re
from collections.abc import Iterator
from typing import Any, cast

from summarizer.errors import EmptyArticle, UnsupportedSource
from summarizer.loaders.bare import wrap_bare_text
from summarizer.loaders.blocks import day_of, extract_of, short
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.furniture import remove_furniture
from summarizer.loaders.loaded import Document, Extract, Removal
from summarizer.loaders.markup import Element
from summarizer.loaders.visible import paragraphs, parse_tree, remove_unseen

__all__ = ["parse", "visible_text"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_BREAKS = {"p", "head", "list", "item", "row", "cell", "lb", "quote", "div", "table", "code"}
"""What starts a new line in the trees of trafilatura."""


def parse(document: Document) -> Iterator[Extract]:
    """The article of a page.

    Raises:
        UnsupportedSource: no HTML, or in an encoding that cannot be told.
        EmptyArticle: a page without running text.
        LimitExceeded: nested too deeply.
    """
    tree = parse_tree(_decode(document), document.name)
    headings = [short("".join(h.itertext())) for h in tree.iter("h1", "title")]
    metadata = _metadata(tree, document.url)
    unseen = remove_unseen(tree)
    blocks, furniture = _article(tree)
    if not blocks:
        raise EmptyArticle(f"{document.name} is an HTML page without an article in it.")
    title = short(metadata.get("title"))
    yield extract_of(
        ((f"paragraph {number}", block) for number, block in enumerate(blocks, 1)),
        removed=(*unseen, *furniture),
        title=title if _is_shown(title, headings) else next(iter(filter(None, headings)), None),
        author=metadata.get("author"),
        site=metadata.get("sitename") or metadata.get("hostname"),
        published=day_of(metadata.get("date")),
    )


def visible_text(markup: str, name: str) -> tuple[list[str], tuple[Removal, ...]]:
    """All blocks of a piece of HTML that is known to be the article, such as the body of a mail."""
    if "<" not in markup and "&" not in markup:
        return [block for block in markup.split("\n\n") if block.strip()], ()
    tree = parse_tree(markup if _WHOLE.search(markup) else f"<div>{markup}</div>", name)
    removed = remove_unseen(tree)
    return paragraphs(tree), removed


def _decode(document: Document) -> str:
    named = _CHARSET.search(document.data[:4096])
    charset = document.charset or (named[1].decode("ascii", "replace") if named else None)
    data = (
        document.data.replace(b"\0", b"\xef\xbf\xbd")
        if not document.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        else document.data
    )
    try:
        return decode_text(data, document.name, declared=charset)
    except UnsupportedSource:
        if named or document.charset is None:
            raise
        return decode_text(data, document.name)


def _metadata(tree: Element, url: str | None) -> dict[str, str | None]:
    """Title, author, site and day, where the page gives them."""
    extract_metadata: Any = importlib.import_module("trafilatura.metadata").extract_metadata
    # Only what the page says of itself: guessing a date from any number on the page invents one.
    found = extract_metadata(
        tree, default_url=url, date_config={"original_date": True, "extensive_search": False}
    )
    return {
        name: cast("str | None", getattr(found, name, None))
        for name in ("title", "author", "sitename", "hostname", "date")
    }


def _article(tree: Element) -> tuple[list[str], tuple[Removal, ...]]:
    """Its paragraphs, and what was shown on the page but is not the article."""
    furniture = remove_furniture(tree)
    wrap_bare_text(tree)
    found: Any = importlib.import_module("trafilatura").bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        deduplicate=False,
    )
    if found is None or found.body is None:
        return paragraphs(tree) if _is_plain(tree) else [], furniture
    return list(_blocks(found.body)), furniture


def _blocks(body: Element) -> Iterator[str]:
    for child in body:
        if child.tag in {"list", "table"}:
            lines = (
                " | ".join(filter(None, map(_flat, row))) if child.tag == "table" else _flat(row)
                for row in child
            )
            text = "\n".join(line for line in lines if line)
        else:
            text = _flat(child)
        if text:
            yield text


def _flat(element: Element) -> str:
    """Its text on one line, with a space wherever the page breaks the line."""
    pieces: list[str] = []
    for node in element.iter():
        pieces.append(" " if node.tag in _BREAKS else "")
        pieces.append(node.text or "" if isinstance(node.tag, str) else "")
        pieces += [(" " if n.tag in _BREAKS else "") + (n.tail or "") for n in _closed_by(node, element)]
    return " ".join("".join(pieces).split())


def _closed_by(node: Element, top: Element) -> Iterator[Element]:
    """Elements that end where `node` has no children left, innermost first."""
    if len(node):
        return
    while node is not top:
        yield node
        parent = node.getparent()
        if parent is None or node.getnext() is not None:
            return
        node = parent


def _is_plain(tree: Element) -> bool:
    """Whether a page has running text at all, however short."""
    return any(len(block.split()) >= 8 for block in paragraphs(tree))  # noqa: PLR2004 - as an article needs


def _is_shown(title: str | None, headings: list[str | None]) -> bool:
    """Whether a reader sees this title too; metadata alone could say anything."""
    return title is not None and any(title in heading or heading in title for heading in headings if heading)
