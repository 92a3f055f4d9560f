"""Wide tables on a narrow page: some columns become a line below the widest cell of their row."""

from dataclasses import replace

from summarizer.render.layout import Cite, Fixed, Run, Runs, Table, plain
from summarizer.render.wording import NONE, joined

__all__ = ["LINE_BREAK", "folded"]

LINE_BREAK = Fixed("\n")
"""Within a cell; every page writer knows it."""


def folded(table: Table) -> Table:
    """The table without its `fold` columns; their cells follow in the row's widest cell, each under its head."""
    if not any(column.fold for column in table.columns):
        return table
    kept = [i for i, column in enumerate(table.columns) if not column.fold]
    main = max(kept, key=lambda i: table.columns[i].weight)
    rows = tuple(
        tuple((*row[i], *_below(table, row)) if i == main else row[i] for i in kept) for row in table.rows
    )
    return Table(tuple(table.columns[i] for i in kept), rows)


def _below(table: Table, row: tuple[Runs, ...]) -> Runs:
    parts = [
        (Fixed(f"{plain(column.head)}: ", "quiet"), *[_quiet(run) for run in cell])
        for column, cell in zip(table.columns, row, strict=True)
        if column.fold and cell != NONE
    ]
    line = joined(parts, " · ")
    return (LINE_BREAK, *[_quiet(run) for run in line]) if line else ()


def _quiet(run: Run) -> Run:
    return run if isinstance(run, Cite) or run.tone != "plain" else replace(run, tone="quiet")
