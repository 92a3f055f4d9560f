"""The one place that calls lxml, which has no types: trees of HTML and XML, parsed with every danger switched off."""

import importlib
from collections.abc import Iterator, Mapping, MutableSequence, Sequence
from typing import Any, Protocol, cast

from summarizer.errors import LimitExceeded, UnsupportedSource
from summarizer.loaders.limits import DEEPEST_MARKUP, MOST_ELEMENTS

__all__ = ["Element", "parse_html", "parse_xml", "strip_comments", "walk"]


class Element(Protocol):
    """What we use of an lxml element."""

    tag: Any
    text: str | None
    tail: str | None
    attrib: Mapping[str, str]

    def __len__(self) -> int: ...
    def __iter__(self) -> "Iterator[Element]": ...
    def get(self, key: str, default: str = "") -> str:
        """The value of an attribute."""
        ...

    def find(self, path: str) -> "Element | None":
        """The first element at a path."""
        ...

    def findtext(self, path: str) -> str | None:
        """The text of the first element at a path."""
        ...

    def iter(self, *tags: str) -> "Iterator[Element]":
        """Elements in document order, itself first."""
        ...

    def iterancestors(self, *tags: str) -> "Iterator[Element]":
        """Those around it, innermost first."""
        ...

    def itertext(self) -> Iterator[str]:
        """All text in it."""
        ...

    def getparent(self) -> "Element | None":
        """The one around it."""
        ...

    def getprevious(self) -> "Element | None":
        """The one before it."""
        ...

    def getnext(self) -> "Element | None":
        """The one after it."""
        ...

    def clear(self, *, keep_tail: bool = False) -> None:
        """Empty it."""
        ...

    def makeelement(self, tag: str) -> "Element":
        """A new element for the same tree."""
        ...

    def insert(self, index: int, element: "Element") -> None:
        """Put a child at a place."""
        ...

    def append(self, element: "Element") -> None:
        """Put a child behind the others, with the text behind it."""
        ...

    def index(self, element: "Element") -> int:
        """The place of a child."""
        ...

    def xpath(self, path: str) -> MutableSequence[Any]:
        """What a path selects."""
        ...


def walk(tree: Element, *events: str) -> Iterator[tuple[str, Element]]:
    """Every element as it starts and ends, without recursion."""
    return cast("Iterator[tuple[str, Element]]", _etree().iterwalk(tree, events=events or ("start", "end")))


def strip_comments(tree: Element) -> None:
    """Take every comment out, not the text behind it."""
    _etree().strip_tags(tree, _etree().Comment)


def parse_html(data: bytes, name: str) -> Element:
    """A tree, however broken the markup; `data` is in UTF-8.

    Raises:
        UnsupportedSource: there is no element in it.
        LimitExceeded: it is nested too deeply, or has too many elements.
    """
    html: Any = importlib.import_module("lxml.html")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        tree = cast("Element", html.document_fromstring(data, parser=parser))
    except _etree().ParserError as error:
        raise UnsupportedSource(f"{name} holds no HTML element.") from error
    # The parser stops at its own depth and calls what it has a whole document.
    _check(tree, name, [str(problem.message) for problem in parser.error_log])
    return tree


def parse_xml(data: bytes, name: str) -> Element:
    """The root of a document; no entities, no document type, no network.

    Raises:
        UnsupportedSource: it is not well-formed.
        LimitExceeded: it is nested too deeply, or has too many elements.
    """
    etree = _etree()
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = cast("Element", etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        reason = " ".join(str(error.msg).split())
        _check(None, name, [reason])
        raise UnsupportedSource(f"{name} holds broken XML: {reason}.") from error
    _check(root, name, [])
    return root


def _check(tree: Element | None, name: str, problems: Sequence[str]) -> None:
    if any("depth" in problem for problem in problems):
        raise LimitExceeded(f"{name} is nested too deeply.")
    if any("XML_PARSE_HUGE" in problem or "huge text node" in problem for problem in problems):
        raise LimitExceeded(f"{name} holds one text or attribute of more than 10 MB.")
    depth = 0
    for number, (event, _) in enumerate(walk(tree) if tree is not None else ()):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_MARKUP:
            raise LimitExceeded(f"{name} is nested too deeply.")
        if number > 2 * MOST_ELEMENTS:
            raise LimitExceeded(f"{name} has more than {MOST_ELEMENTS:,} elements.")


def _etree() -> Any:
    return importlib.import_module("lxml.etree")
