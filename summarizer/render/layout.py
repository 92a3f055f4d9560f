"""A result laid out for reading, before any format: sections of blocks, blocks of runs of text.

A writer (Markdown, HTML, DOCX, PDF) knows these few shapes and nothing of briefings; what is laid out knows of no
format. Text of an article or a model is `Words`, which every writer cleans and escapes; `Fixed` is our own wording.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summarizer.render.chart import Chart

__all__ = [
    "Block",
    "Cite",
    "Column",
    "Figure",
    "Fixed",
    "Items",
    "Layout",
    "Paragraph",
    "Quotation",
    "Quotations",
    "Rule",
    "Run",
    "Runs",
    "Section",
    "Subheading",
    "Table",
    "Tone",
    "Words",
    "anchor",
    "plain",
]

Tone = Literal["plain", "strong", "alert", "quiet", "marked"]
"""`alert` is for what is not supported, `marked` for the words of an article that are cited."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text that an article or a model supplied."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Fixed:
    """Our own wording, codes and numbers, free of anything that means something in Markdown."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Cite:
    """Points to the quotation of the same label."""

    label: str
    """`4`, or in a note `d1:4`."""
    quote: str


Run = Words | Fixed | Cite
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; without runs it is left out."""

    runs: Runs
    style: Literal["body", "lead", "origin", "fine"] = "body"


@dataclass(frozen=True, slots=True)
class Subheading:
    """Opens a part of a section."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    head: Runs
    weight: float = 1
    """Share of the width."""
    fold: bool = False
    """Whether a page, too narrow for all columns, sets it as a line below the widest cell of its row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; without rows it is left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words that a `Cite` of the same label points to."""

    label: str
    quote: str
    place: str | None = None
    """Where the original has it, such as `page 3`."""
    language: str | None = None
    """BCP 47 tag, where it is another than the document's."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """Quoted evidence, in order."""

    entries: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing; formats without drawings leave it out, so the text says the same."""

    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Paragraph | Subheading | Items | Table | Quotations | Figure | Rule


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; without content it is left out."""

    title: str | None
    blocks: tuple[Block, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(_has_content(block) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Layout:
    """One document."""

    title: str
    sections: tuple[Section, ...]
    created: datetime
    language: str
    """BCP 47 tag of its text."""
    made_by: str


def anchor(label: str) -> str:
    """Name of the place that a citation's label leads to: letters, digits and underscores."""
    return "evidence_" + label.replace(":", "_")


def plain(runs: Runs) -> str:
    """The text alone."""
    return "".join(f"[{run.label}]" if isinstance(run, Cite) else run.text for run in runs)


def _has_content(block: Block) -> bool:
    match block:
        case Paragraph(runs):
            return bool(runs)
        case Items(items):
            return bool(items)
        case Table(_, rows):
            return bool(rows)
        case Quotations(entries):
            return bool(entries)
        case _:
            return True
