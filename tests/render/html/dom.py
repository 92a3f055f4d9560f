"""Reading a page as a browser would: a strict HTML5 parser, so that a mistake in the markup fails the test."""

from collections.abc import Iterator

from justhtml import Element, JustHTML, Text

__all__ = ["attributes", "every", "one", "parsed", "shown"]


def parsed(html: str) -> JustHTML:
    """The document; any parse error is an exception."""
    return JustHTML(html, sanitize=False, strict=True)


def every(document: JustHTML | Element, selector: str) -> list[Element]:
    """All elements of that selector, in order."""
    return [found for found in document.query(selector) if isinstance(found, Element)]


def one(document: JustHTML | Element, selector: str) -> Element:
    """The only element of that selector."""
    found = every(document, selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def shown(element: Element) -> str:
    """Its text as a reader sees it: white space as single spaces, nothing added between its parts."""
    return " ".join("".join(_texts(element)).split())


def attributes(element: Element) -> dict[str, str]:
    """Its attributes; one without a value has an empty one."""
    return {name: value or "" for name, value in element.attrs.items()}


def _texts(element: Element) -> Iterator[str]:
    for child in element.children or []:
        if isinstance(child, Text):
            yield str(child.data)
        elif isinstance(child, Element):
            yield from _texts(child)
