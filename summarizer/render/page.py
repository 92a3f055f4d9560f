"""A layout as one plain page of HTML: it loads nothing, runs nothing, and prints well."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from typing import Final

from summarizer.render.clean import one_line
from summarizer.render.layout import (
    Block,
    Cite,
    Figure,
    Fixed,
    Items,
    Layout,
    Paragraph,
    Quotation,
    Quotations,
    Rule,
    Run,
    Section,
    Subheading,
    Table,
    anchor,
)

__all__ = ["to_page"]

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #55606b; --paper: #fff; --line: #c9d2da; --ground: #eef3f8;
  --accent: #16365c; --alert: #9b1c1c; --mark: #fff1b8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --quiet: #a9b4be; --paper: #15191d; --line: #3b454e;
  --ground: #1f2830; --accent: #9cc4f0; --alert: #ff9c94; --mark: #5b4a00; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: break-word; }
h1, h2, h3 { color: var(--accent); line-height: 1.25; }
h2 { margin-top: 2rem; }
h3 { margin-bottom: .4rem; font-size: 1rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--ground); }
tr:last-child td { border-bottom-width: 2px; }
li { margin: .3rem 0; }
.origin, .fine, .quiet { color: var(--quiet); font-size: .875rem; }
.lead { padding: .6rem 1rem; border-left: .3rem solid var(--accent); background: var(--ground); font-size: 1.1rem; }
.alert { color: var(--alert); font-weight: bold; }
mark { background: var(--mark); color: inherit; }
@media (max-width: 40rem) { table { table-layout: auto; font-size: .875rem; } th, td { padding: .3rem; } }
@media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
_TONES = {
    "plain": "{}",
    "strong": "<strong>{}</strong>",
    "alert": '<span class="alert">{}</span>',
    "quiet": '<span class="quiet">{}</span>',
    "marked": "<mark>{}</mark>",
}


def to_page(layout: Layout) -> str:
    """HTML whose text is all escaped; a content policy forbids scripts, and every load, once more."""
    title = _escaped(layout.title)
    body = "\n".join(_section(section) for section in layout.sections if not section.is_empty)
    return (
        f'<!doctype html>\n<html lang="{_escaped(layout.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    body = "\n".join(_block(block) for block in section.blocks)
    return f"<section>\n<h2>{_escaped(section.title)}</h2>\n{body}\n</section>" if section.title else body


def _block(block: Block) -> str:
    found = ""
    match block:
        case Paragraph(runs, style):
            found = f'<p class="{style}">{_text(runs)}</p>' if runs else ""
        case Subheading(runs):
            found = f"<h3>{_text(runs)}</h3>"
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            found = f"<{tag}>{''.join(f'<li>{_text(item)}</li>' for item in items)}</{tag}>"
        case Table():
            found = _table(block)
        case Quotations(entries):
            found = "".join(_quotation(entry) for entry in entries)
        case Rule():
            found = "<hr>"
        case Figure(_, caption):
            found = f'<p class="fine">{_escaped(caption)}</p>'
    return found


def _quotation(entry: Quotation) -> str:
    place = f" ({_escaped(entry.place)})" if entry.place else ""
    quote = f"“{_escaped(entry.quote)}”"
    if entry.language:
        quote = f'<span lang="{_escaped(entry.language)}" dir="auto">{quote}</span>'
    return f'<p id="{anchor(entry.label)}">[{entry.label}] {quote}{place}</p>'


def _table(table: Table) -> str:
    if not table.rows:
        return ""
    head = "".join(f'<th scope="col">{_text(column.head)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    whole = sum(column.weight for column in table.columns)
    # A width as an attribute: the policy forbids styles that stand in tags.
    widths = "".join(f'<col width="{100 * column.weight / whole:.0f}%">' for column in table.columns)
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _text(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if isinstance(run, Cite):
        return f'<a href="#{anchor(run.label)}">[{run.label}]</a>'
    return _TONES[run.tone].format(escape(run.text) if isinstance(run, Fixed) else _escaped(run.text))


def _escaped(text: str) -> str:
    return escape(one_line(text))
