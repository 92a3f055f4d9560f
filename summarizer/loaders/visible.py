"""What a reader sees of an HTML tree: everything hidden, described or commented is taken out of it, and named."""

from collections.abc import Iterator
from typing import Any

from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.loaded import Removal, RemovalKind, merged
from summarizer.loaders.markup import Element, parse_html, strip_comments, walk
from summarizer.loaders.styles import Rules, background, declarations, hides, read_rules, same_colour

__all__ = ["paragraphs", "parse_tree", "remove_unseen", "take_out"]

_UNSHOWN = {
    "script",
    "style",
    "template",
    "noscript",
    "head",
    "title",
    "datalist",
    "object",
    "iframe",
    "svg",
    "math",
    "canvas",
}
"""Never part of the running text, and no secret either: nobody expects to read them."""

_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "li", "dl", "dt", "dd",
    "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption", "form", "fieldset",
    "address", "hr", "body", "html", "center", "details", "summary", "caption", "thead", "tbody", "tfoot",
}  # fmt: skip
_CELLS = {"td", "th"}
_ROOTS = {"html", "body", "head"}


def parse_tree(text: str, name: str) -> Element:
    """`text` as a tree, however broken its markup.

    Raises:
        UnsupportedSource: there is no element in it.
        LimitExceeded: it is nested too deeply, or has too many elements.
    """
    return parse_html(text.replace("\0", "\ufffd").encode("utf-8", "replace"), name)


def remove_unseen(tree: Element) -> tuple[Removal, ...]:
    """Take out of `tree` what no reader sees, and say what it was.

    What only pretends to hide the whole page is left: a page that hides its own body shows it by script.
    """
    found = [*_descriptions(tree), *_comments(tree)]
    rules = _rules_of(tree)
    plain = not tree.xpath("//link[@rel='stylesheet']") and not any(
        "background" in name for body in rules.values() for name in body
    )
    grounds: dict[Any, str | None] = {}
    gone: set[Any] = set()
    for element in list(tree.iter("*")):
        parent = element.getparent()
        if parent in gone:
            gone.add(element)
            continue
        above = grounds.get(parent, "#ffffff" if plain else None)
        style = _style_of(element, rules)
        grounds[element] = _ground(element, style) or above
        if parent is None or element.tag in _ROOTS or element.tag in _UNSHOWN:
            continue
        if _is_hidden(element, style) or same_colour(style, grounds[element]):
            words = excerpt_of(_words(element))
            if words:
                found.append(Removal("hidden", 1, words))
            take_out(element)
            gone.add(element)
    return merged(tuple(found))


def paragraphs(tree: Element) -> list[str]:
    """The text that is left, one string a block, white space as a browser shows it."""
    for element in list(tree.iter(*_UNSHOWN)):
        take_out(element)
    blocks: list[str] = []
    pieces: list[str] = []
    for event, node in walk(tree, "start", "end", "comment"):
        if node.tag in _BLOCKS or (node.tag == "br" and event == "start"):
            _close(pieces, blocks)
        elif node.tag in _CELLS and event == "start" and "".join(pieces).strip():
            pieces.append(" | ")
        shown = node.text if event == "start" else node.tail
        pieces.append(shown or "")
    _close(pieces, blocks)
    return blocks


def _close(pieces: list[str], blocks: list[str]) -> None:
    line = " ".join("".join(pieces).split())
    pieces.clear()
    if line:
        blocks.append(line)


def _descriptions(tree: Element) -> Iterator[Removal]:
    """Texts for machines and for those who cannot see a picture."""
    sources: tuple[tuple[RemovalKind, str], ...] = (
        ("alt_text", "//@alt | //@title | //@aria-label | //@placeholder"),
        ("metadata", "//meta/@content"),
    )
    for kind, where in sources:
        texts = [str(text) for text in tree.xpath(where) if len(str(text).split()) > 2]  # noqa: PLR2004 - a name is no text
        if texts:
            yield Removal(kind, len(texts), excerpt_of(max(texts, key=len)))


def _comments(tree: Element) -> Iterator[Removal]:
    for _, comment in walk(tree, "comment"):
        words = excerpt_of(comment.text or "")
        if words:
            yield Removal("comment", 1, words)
    strip_comments(tree)


def _rules_of(tree: Element) -> Rules:
    rules: Rules = {}
    for sheet in tree.iter("style"):
        for selector, body in read_rules(sheet.text or "").items():
            rules.setdefault(selector, {}).update(body)
    return rules


def _style_of(element: Element, rules: Rules) -> dict[str, str]:
    style = dict(rules.get(str(element.tag), {}))
    for word in element.get("class", "").split():
        style |= rules.get(f".{word}", {})
    if "id" in element.attrib:
        style |= rules.get(f"#{element.get('id')}", {})
    for attribute, name in (("color", "color"), ("bgcolor", "background-color")):
        if attribute in element.attrib:
            style[name] = element.get(attribute, "").lower()
    return style | declarations(element.get("style", ""))


def _ground(element: Element, style: dict[str, str]) -> str | None:
    if element.get("background") or "url(" in style.get("background", "") + style.get("background-image", ""):
        return "unknown"  # a picture: any colour may be readable on it
    return background(style)


def _is_hidden(element: Element, style: dict[str, str]) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or (element.tag == "input" and element.get("type", "").lower() == "hidden")
        or (element.tag == "font" and element.get("size", "") in {"0", "-7"})
        or hides(style)
    )


def _words(element: Element) -> str:
    return " ".join(element.itertext())


def take_out(element: Element) -> None:
    """Empty the element, not the text behind it; moving that text would take longer with every one taken out."""
    element.clear(keep_tail=True)
    element.tag = "span"
