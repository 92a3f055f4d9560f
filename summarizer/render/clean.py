"""Text on its way out of the program: one cleaning for all sinks, and the escaping that each sink needs besides.

`clean()` is where harmful characters go. A sink with a markup of its own escapes after it: Markdown and CSV here,
HTML by `html.escape`, DOCX and PDF by their libraries, which take every character that `clean` lets through.
JSON keeps every character of a quotation and so writes the harmful ones as escapes.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["clean", "escape_markdown", "file_name", "one_line", "to_csv", "to_json_text", "to_markdown_text"]

# C0 but tab and line feed, DEL, C1, bidirectional controls, invisible format and tag characters, the variation
# selectors that can carry hidden bytes, and lone surrogates: none carries meaning in a note, all can mislead a
# terminal or a reader.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")

# What a spreadsheet may take for a formula, after blanks and quotation marks. A semicolon starts a cell of its own
# where the list separator is one.
_FORMULA = re.compile(r"""(^|;)([\s"']*)(?=[=+\-@＝＋－＠﹢﹣﹦﹫−])""")
_NAME_LENGTH = 60
"""Characters of a slug: with the hash and any suffix far below the 255 bytes a file name may have."""


def clean(text: str) -> str:
    """`text` without control, bidirectional and invisible characters; tabs and line feeds stay."""
    return _HARMFUL.sub("", text)


def one_line(text: str) -> str:
    """Cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def to_markdown_text(text: str) -> str:
    """One line that Markdown shows as it is: no emphasis, link, image, HTML, table cell or heading."""
    return escape_markdown(one_line(text))


def escape_markdown(text: str) -> str:
    """The same for text that was cleaned before; its white space stays."""
    escaped = _MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;"))
    return _MARKDOWN_LINE_START.sub(r"\1\\\2", escaped)


def to_json_text(text: str) -> str:
    """JSON that means the same and that a terminal can show: harmful characters inside strings become escapes.

    Args:
        text: Any JSON document; outside of strings it holds none of these characters.
    """
    return _HARMFUL.sub(lambda found: _json_escape(found.group()), text)


def to_csv(head: Sequence[str], rows: Iterable[Sequence[str | float | None]], *, bom: bool = False) -> str:
    """A table for spreadsheets (RFC 4180), in which no text is taken for a formula.

    Args:
        head: Names of the columns.
        rows: Text, or numbers, which stay numbers; None is an empty cell.
        bom: Start with a byte order mark, by which Excel knows UTF-8.
    """
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(head)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return ("\ufeff" if bom else "") + sheet.getvalue()


def file_name(text: str, suffix: str = "") -> str:
    """A name for a file, of lower-case letters, digits and hyphens, that differs where `text` differs.

    Args:
        text: Any name or title, however long; a path in it is no path any more.
        suffix: The ending, such as `.md`.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LENGTH].strip("-") or "note"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{digest}{suffix}"


def _cell(value: str | float | None) -> str | float | None:
    return _FORMULA.sub(r"\1'\2", one_line(value)) if isinstance(value, str) else value


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
