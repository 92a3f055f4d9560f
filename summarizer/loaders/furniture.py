"""What a page shows around its article: captions, boxes, and lists of other articles."""

import re
from collections.abc import Iterator

from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.loaded import Removal, RemovalKind, merged
from summarizer.loaders.markup import Element
from summarizer.loaders.visible import take_out

__all__ = ["remove_furniture"]

_CAPTION = re.compile(
    r"(?:^|[-_])(?:wp-)?(?:fig)?captions?(?:$|[-_])|(?:^|[-_])(?:photo|image)[-_]credits?(?:$|[-_])",
    re.IGNORECASE,
)
_READ_ALSO = re.compile(
    r"""\W*(?:read\s+(?:also|more|next)|also\s+read|see\s+also|more\s+on\s+this(?:\s+story|\s+topic)?|more\s+from|related(?:\s+(?:
        stories|articles|news|coverage|topics|content|reading))?|you\s+may\s+also\s+like|recommended(?:\s+for\s+you)?|most\s+read|trending
        |don['’]t\s+miss|watch\s+also|à\s+lire\s+(?:aussi|également)|lire\s+aussi|voir\s+aussi|sur\s+le\s+même\s+sujet
        |lesen\s+sie\s+(?:auch|mehr)|mehr\s+zum\s+thema|siehe\s+auch|lea\s+también|le\s+puede\s+interesar|lee\s+también|más\s+sobre
        |leia\s+(?:também|mais)|veja\s+também|leggi\s+anche|zobacz\s+(?:też|także)|czytaj\s+(?:też|także)|lees\s+ook
        |читайте\s+(?:также|також|ещё|еще)|смотрите\s+также|по\s+теме|اقرأ\s+(?:أيضا|أيضًا|المزيد)|延伸阅读|相关阅读|相关新闻|関連記事)
        (?:\W|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_LINKED = 0.5
"""Share of the letters that are links, from which a "read also" is a list of links and not a sentence."""
_LONGEST_LEAD = 400
_LONGEST_OPENING = 60
_BLOCKS = (
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "section",
    "aside",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "em",
    "blockquote",
)


def remove_furniture(tree: Element) -> tuple[Removal, ...]:
    """Take captions and lists of other articles out of `tree`, and say what they were."""
    found = [*_take(tree, "caption", _captions(tree)), *_take(tree, "link_list", _link_lists(tree))]
    return merged(tuple(found))


def _take(tree: Element, kind: RemovalKind, elements: Iterator[Element]) -> Iterator[Removal]:
    for element in list(elements):
        if next(reversed(list(element.iterancestors())), None) is not tree:  # it went with one around it
            continue
        words = excerpt_of(_text(element))
        take_out(element)
        if words:
            yield Removal(kind, 1, words)


def _captions(tree: Element) -> Iterator[Element]:
    for element in tree.iter("*"):
        names = f"{element.get('class', '')} {element.get('id', '')}".split()
        small = len(_text(element)) < _LONGEST_LEAD * 2 if names else False
        if element.tag == "figcaption" or (small and any(_CAPTION.search(name) for name in names)):
            yield element


def _link_lists(tree: Element) -> Iterator[Element]:
    """Blocks that open with "Read also" and consist of links, with the list below a heading of that kind."""
    for element in tree.iter(*_BLOCKS):
        lead = _READ_ALSO.match(_opening(element))
        if lead is None:
            continue
        rest = len(_text(element).strip()) - lead.end()
        if rest <= 2:  # noqa: PLR2004 - a colon: the heading of what follows
            after = element.getnext()
            around = element.getparent()
            if after is None and around is not None and element.tag in {"strong", "em"}:
                after = around.getnext()
            if after is not None and _linked(after) >= _LINKED * len(_text(after).strip()):
                yield element
                yield after
        elif _linked(element) >= _LINKED * rest and len(_text(element)) < _LONGEST_LEAD * 4:
            yield element


def _linked(element: Element) -> int:
    if element.tag == "a":
        return len(_text(element).strip())
    return sum(len(_text(link).strip()) for link in element.iter("a"))


def _opening(element: Element) -> str:
    """Its first words, without reading all of it."""
    opening = ""
    for piece in element.itertext():
        opening += piece if opening else piece.lstrip()
        if len(opening) > _LONGEST_OPENING:
            break
    return opening[:_LONGEST_OPENING]


def _text(element: Element) -> str:
    return "".join(element.itertext())
