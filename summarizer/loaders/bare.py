"""Running text that stands in no paragraph of its own, beside others that do: put into one.

The extraction looks at paragraphs; words that stand bare between two of them would be lost without a trace.
"""

from summarizer.loaders.markup import Element

__all__ = ["wrap_bare_text"]

_BOXES = ("article", "main", "section", "div", "td", "center", "body")
_BLOCKS = {
    *(
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "dl",
        "table",
        "form",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "address",
        "hr",
        "script",
        "style",
        "center",
    ),
}
LEAST = 40
"""Letters outside links that make running text; less is a label or a menu."""


def wrap_bare_text(tree: Element) -> None:
    """Give every run of bare words between blocks a paragraph."""
    for box in list(tree.iter(*_BOXES)):
        if any(child.tag in _BLOCKS for child in box):
            _wrap(box)


def _wrap(box: Element) -> None:
    lead, run = box.text or "", list[Element]()
    first: Element | None = None
    for child in [*box, None]:
        if child is not None and child.tag not in _BLOCKS:
            run.append(child)
            continue
        if _letters(lead, run) >= LEAST:
            _move(box, first, lead, run)
        if child is not None:
            lead, run, first = child.tail or "", [], child


def _letters(lead: str, run: list[Element]) -> int:
    tails = sum(len((node.tail or "").strip()) for node in run)
    inner = sum(len("".join(node.itertext()).strip()) for node in run if node.tag not in {"a", "button"})
    return len(lead.strip()) + tails + inner


def _move(box: Element, before: Element | None, lead: str, run: list[Element]) -> None:
    """Put `lead` and `run`, which stand behind `before`, into a paragraph in their place."""
    paragraph = box.makeelement("p")
    paragraph.text = lead
    if before is None:
        box.text = None
        box.insert(0, paragraph)
    else:
        before.tail = None
        box.insert(box.index(before) + 1, paragraph)
    for node in run:
        paragraph.append(node)
