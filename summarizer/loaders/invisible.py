"""Characters without a shape: found, counted and taken out of a text.

They hide words from a reader, reorder what is seen, or carry a message that only software reads. What comes out is
the text we publish, so offsets are counted in it. Joiners stay where a script or an emoji needs them.
"""

import re
from collections import Counter
from typing import cast

from summarizer.loaders.loaded import Removal, RemovalKind

__all__ = ["excerpt_of", "strip_invisible"]

EXCERPT = 80
"""Characters of an excerpt."""

_SHAPED = r"\u0600-\u1fff\ua800-\uabff\u2600-\u27bf\u2190-\u21ff\ufe0f\U0001f000-\U0001faff"
"""Scripts in which a joiner changes the shape of letters, and emoji."""

_SELECTABLE = (
    r"#*0-9©®\u2000-\u2bff\u3000-\u30ff\u3200-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
"""Emoji, symbols and ideographs: what one variation selector may follow."""

_INVISIBLE = re.compile(
    rf"""(?P<tag>[\U000e0000-\U000e007f])
    |(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])
    |(?P<selector>(?<![{_SELECTABLE}])[\ufe00-\ufe0f\U000e0100-\U000e01ef])
    |(?P<zero_width>[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff]
        |[\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]
        |(?<![{_SHAPED}])[\u200c\u200d]|[\u200c\u200d](?![{_SHAPED}]))
    |(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff])
    """,
    re.VERBOSE,
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_AROUND = 24


def strip_invisible(text: str) -> tuple[str, tuple[Removal, ...]]:
    """`text` without them, and what was taken out, one removal a kind."""
    counts: Counter[RemovalKind] = Counter()
    first: dict[RemovalKind, int] = {}

    def drop(match: re.Match[str]) -> str:
        kind = cast("RemovalKind", match.lastgroup)
        counts[kind] += 1
        first.setdefault(kind, match.start())
        return ""

    stripped = _INVISIBLE.sub(drop, text)
    removed = tuple(Removal(kind, count, _excerpt(text, kind, first[kind])) for kind, count in counts.items())
    return stripped, removed


def excerpt_of(text: str) -> str:
    """The start of `text`, on one line, without what cannot be seen."""
    words = " ".join(_INVISIBLE.sub("", text[: EXCERPT * 20]).split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…"


def _excerpt(text: str, kind: RemovalKind, at: int) -> str:
    if kind == "tag" and (message := _TAGS.search(text, at)):
        return excerpt_of("".join(chr(ord(sign) - 0xE0000) for sign in message.group()[:EXCERPT]))
    if kind == "selector" and (message := _SELECTORS.search(text, at)):
        smuggled = bytes(_byte(sign) for sign in message.group()[: EXCERPT * 4])
        return excerpt_of(smuggled.decode("utf-8", "replace"))
    return excerpt_of(text[max(0, at - _AROUND) : at + _AROUND])


def _byte(selector: str) -> int:
    """Which of the 256 variation selectors it is: how bytes are smuggled in them."""
    code = ord(selector)
    return code - 0xFE00 if selector <= "\ufe0f" else code - 0xE0100 + 16
