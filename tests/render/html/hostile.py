"""Strings that try to break out of a page, and a note whose every text is one of them."""

import re
from typing import Any, cast

from summarizer.types.note import Note

__all__ = ["HOSTILE", "note_full_of"]

HOSTILE = {
    "script": "<script>document.title='owned'</script>",
    "closing tags": "</script></style></title></a></svg><script>document.title='owned'</script>",
    "event handler": "<img src=x onerror=\"document.title='owned'\">",
    "out of an attribute": "\" onclick=\"document.title='owned'\" x='",
    "out of a single-quoted one": "' autofocus onfocus='document.title=1",
    "link": "[click](javascript:alert(1)) javascript:alert(1) data:text/html,<b>x</b>",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} {# gone #} ${7*7} <%= 7*7 %>",
    "entities": "&lt;b&gt; &amp;lt; &#x3c;i&#x3e; &quot;",
    "comment": "<!-- --> --!> <![CDATA[ ]]> <?php ?>",
    "style": "</style><style>body{display:none}</style>",
    "svg": "<svg><foreignObject><iframe src='https://example.org'></iframe></svg>",
    "bidi": "\u202egnirts desrever\u202c \u2066isolate\u2069 \u200emark",
    "invisible": "zero\u200bwidth \ufeffbom tag\U000e0041s soft\u2060joined",
    "terminal": "\x1b]52;c;ZXZpbA==\x07 \x1b[2J \x9b31m \x00nul \x7fdel",
    "right to left": "قال الوزير إن القوات عبرت النهر",
    "emoji": "👩🏽‍🚒🚀 flag 🇺🇳 family 👨‍👩‍👧‍👦",
    "line ends": "one\r\ntwo\u2028three\x0bfour\ttab",
}

_FREE = {
    "title", "text", "description", "message", "claim", "name", "role", "speaker", "headline", "model", "provider",
    "engine", "codebook_version", "mode", "aliases", "source", "id", "quote",
}  # fmt: skip
_MADE_BY_CODE = re.compile(r"[a-z]\d+")


def note_full_of(text: str, note: Note) -> Note:
    """The note with every free text replaced, as far as the types allow; each quote keeps its place."""
    return Note.model_validate(_replaced(note.model_dump(), text))


def _replaced(value: object, text: str) -> object:
    if isinstance(value, list):
        return [_replaced(item, text) for item in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = {}
    for key, old in cast("dict[str, object]", value).items():
        fields[key] = _put(key, old, text)
    if "quote" in fields:
        fields["end"] = fields["start"] + len(fields["quote"])
    return fields


def _put(key: str, old: object, text: str) -> object:
    if key in _FREE and isinstance(old, str):
        # Ids are patterns of the types: no text can get into them.
        return old if key in ("id", "source") and _MADE_BY_CODE.fullmatch(old) else text
    if key == "aliases":
        return [text, text]
    return _replaced(old, text)
