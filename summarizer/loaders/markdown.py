"""Markdown as its reader sees it: no marks, no addresses of links, no raw HTML that is hidden or a comment."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from summarizer.loaders.blocks import day_of, extract_of
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.loaded import Document, Extract, Removal, RemovalKind, merged
from summarizer.loaders.styles import declarations, hides, same_colour

if TYPE_CHECKING:
    from markdown_it.token import Token


__all__ = ["parse"]

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|date|author|source|site)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE
)
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
_DEEPEST = 60


def parse(document: Document) -> Iterator[Extract]:
    """The text of a Markdown file, with the title and the date of its front matter.

    Raises:
        UnsupportedSource: the bytes are no text.
    """
    from markdown_it import MarkdownIt

    source = decode_text(document.data, document.name, declared=document.charset)
    front = _FRONT_MATTER.match(source)
    fields = {name.lower(): value for name, value in _FIELD.findall(front[1])} if front else {}
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    page = _Page()
    page.read(reader.parse(source[front.end() :] if front else source))
    yield extract_of(
        ((f"paragraph {number}", block) for number, block in enumerate(page.blocks, 1)),
        removed=page.removed(),
        title=fields.get("title") or page.heading,
        author=fields.get("author"),
        site=fields.get("site") or fields.get("source"),
        published=day_of(fields.get("date")),
    )


class _Page(HTMLParser):
    """Blocks of text from tokens; raw HTML between them switches showing off and on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.heading: str | None = None
        self._pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._dropped: dict[RemovalKind, list[str]] = {}

    def removed(self) -> tuple[Removal, ...]:
        """What was not shown."""
        return merged(
            tuple(
                Removal(kind, 1, excerpt_of(text)) for kind, texts in self._dropped.items() for text in texts
            )
        )

    def read(self, tokens: "list[Token]") -> None:
        """Take in a whole document."""
        tag = ""
        for token in tokens:
            if token.type == "inline":
                self._inline(token.children or [])
                if tag == "h1" and self.heading is None:
                    self.heading = " ".join("".join(self._pieces).split()) or None
            elif token.type in {"fence", "code_block"}:
                self._say(token.content)
            elif token.type == "html_block":
                self.feed(token.content)
            if token.nesting == 1:
                tag = token.tag
            if token.type in {"th_close", "td_close"}:
                self._say(" | ")
            elif token.block and token.type not in {"inline", "th_open", "td_open"}:
                self._end_block()
        self.close()
        self._end_block()

    def _inline(self, tokens: "list[Token]") -> None:
        for token in tokens:
            if token.type in {"text", "code_inline"}:
                self._say(token.content)
            elif token.type in {"softbreak", "hardbreak"}:
                self._say("\n")
            elif token.type == "html_inline":
                self.feed(token.content)
            elif token.type == "image" and len(token.content.split()) > 2:  # noqa: PLR2004 - a name is no text
                self._drop("alt_text", token.content)

    def _say(self, text: str) -> None:
        if any(hidden for _, hidden in self._open):
            self._drop("hidden", text)
        else:
            self._pieces.append(text)

    def _drop(self, kind: RemovalKind, text: str) -> None:
        if text.strip():
            self._dropped.setdefault(kind, []).append(text)

    def _end_block(self) -> None:
        block = "".join(self._pieces).strip(" |\n")
        self._pieces.clear()
        if block:
            self.blocks.append(block)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag of raw HTML opens."""
        given = {name: value or "" for name, value in attrs}
        for name in ("alt", "title"):
            if len(given.get(name, "").split()) > 2:  # noqa: PLR2004 - a name is no text
                self._drop("alt_text", given[name])
        if tag not in _VOID:
            style = declarations(given.get("style", ""))
            hidden = hides(style) or same_colour(style, "#ffffff")
            hidden = (
                hidden
                or "hidden" in given
                or given.get("aria-hidden") == "true"
                or tag in {"script", "style", "template"}
            )
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        """A tag closes, with all that were left open inside it."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self._say(data)

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self._drop("comment", data)
