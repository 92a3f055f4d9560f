"""Text on its way out of the program: one cleaning for all sinks, and Markdown's own escaping."""

import re

__all__ = ["clean", "one_line", "to_markdown_text"]

# C0 but tab and line feed, DEL, C1, bidirectional controls, invisible format and tag characters, and lone
# surrogates: none carries meaning in a note, all can mislead a terminal or a reader.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def clean(text: str) -> str:
    """`text` without control, bidirectional and invisible characters; tabs and line feeds stay."""
    return _HARMFUL.sub("", text)


def one_line(text: str) -> str:
    """Cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def to_markdown_text(text: str) -> str:
    """One line that Markdown shows as it is: no emphasis, link, image, HTML, table cell or heading."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text).replace("&", "&amp;"))
    return _MARKDOWN_LINE_START.sub(r"\1\\\2", escaped)
