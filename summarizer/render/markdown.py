"""Markdown: a layout written out, and briefings and notes by way of their layouts."""

from collections.abc import Sequence

from summarizer.render.briefing_layout import briefing_layout
from summarizer.render.clean import to_markdown_text as md
from summarizer.render.layout import (
    Block,
    Cite,
    Figure,
    Fixed,
    Items,
    Layout,
    Paragraph,
    Quotations,
    Rule,
    Run,
    Section,
    Subheading,
    Table,
)
from summarizer.render.note_layout import note_layout
from summarizer.types.briefing import Briefing
from summarizer.types.note import Note

__all__ = ["briefing_to_markdown", "note_to_markdown", "to_markdown"]

_AROUND = {"strong": "**", "alert": "**", "marked": "**"}


def briefing_to_markdown(briefing: Briefing) -> str:
    """The whole briefing: bottom line, key points, actors, signals, gaps, quoted sources, provenance."""
    return to_markdown(briefing_layout(briefing))


def note_to_markdown(note: Note) -> str:
    """The whole note: what a briefing has, and the sources side by side, the timeline, levels and grades."""
    return to_markdown(note_layout(note))


def to_markdown(layout: Layout) -> str:
    """CommonMark with tables, in which nothing but our own marks means anything."""
    parts = [f"# {md(layout.title)}", *[_section(section) for section in layout.sections]]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> str:
    if section.is_empty:
        return ""
    lines: list[str] = []
    blocks = [block for block in section.blocks if not isinstance(block, Figure)]
    for i, block in enumerate(blocks):
        lines += ["", *_lines(block)] if i else _lines(block)
    body = "\n".join(lines)
    return f"## {section.title}\n\n{body}" if section.title else body


def _lines(block: Block) -> list[str]:
    lines: list[str] = []
    match block:
        case Paragraph(runs, style):
            around = "*" if style in {"origin", "fine"} else ""
            lines = [f"{around}{_text(runs)}{around}"] if runs else []
        case Subheading(runs):
            lines = [f"### {_text(runs)}"]
        case Items(items, ordered):
            lines = [f"{f'{i}.' if ordered else '-'} {_text(item)}" for i, item in enumerate(items, 1)]
        case Table():
            lines = _table(block)
        case Quotations(entries):
            lines = [
                f"- [{entry.label}] “{md(entry.quote)}”" + (f" ({md(entry.place)})" if entry.place else "")
                for entry in entries
            ]
        case Rule():
            lines = ["---"]
        case Figure():
            pass
    return lines


def _table(table: Table) -> list[str]:
    if not table.rows:
        return []
    rows = [f"| {' | '.join(_text(cell) for cell in row)} |" for row in table.rows]
    head = " | ".join(_text(column.head) for column in table.columns)
    return [f"| {head} |", f"|{'---|' * len(table.columns)}", *rows]


def _text(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if isinstance(run, Cite):
        return f"[{run.label}]"
    text = run.text if isinstance(run, Fixed) else md(run.text)
    around = _AROUND.get(run.tone, "")
    return f"{around}{text}{around}"
