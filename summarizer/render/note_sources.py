"""What a note says of its sources: what they differ in, what they leave open, who they are, what they are quoted with."""

from collections.abc import Iterator, Sequence
from itertools import chain

from summarizer.render.layout import (
    Block,
    Column,
    Fixed,
    Items,
    Paragraph,
    Runs,
    Table,
    Words,
)
from summarizer.render.warnings import warning
from summarizer.render.wording import ADMIRALTY, NONE, cites, column, joined, words
from summarizer.types.evidence import Span
from summarizer.types.note import Comparison, Note, Source, SourceId, SourceSpan

__all__ = ["gaps", "side_by_side", "source_spans", "source_warnings", "sources"]

_ABREAST = 3
"""Statements that fit beside each other; more are set one below the other."""
_SUBJECTS = {
    "event": "The event",
    "number": "The number",
    "date": "The date",
    "modality": "Whether it happened",
    "attribution": "Who did it",
    "account": "The account",
}


def side_by_side(comparisons: Sequence[Comparison], note: Note) -> Iterator[Block]:
    """Each comparison as a sentence and a table with the sources' own statements."""
    for comparison in comparisons:
        yield Paragraph(
            (Fixed(f"{_SUBJECTS[comparison.about]}.", "strong"), Fixed(" "), Words(comparison.text))
        )
        heads = {source.id: _name(source) for source in note.sources}
        said = [
            (heads[s.source], (Words(s.text), Fixed(" "), *cites(s.evidence))) for s in comparison.statements
        ]
        if len(said) <= _ABREAST:
            yield Table(
                tuple(Column(head) for head, _ in said), (tuple(text for _, text in said),) if said else ()
            )
        else:
            yield Table((column("Source", 1), column("Says", 3)), tuple(said))


def gaps(note: Note) -> Items:
    """What each source leaves open, in the order of the sources."""
    return Items(
        tuple(
            (Words(gap.text), Fixed(" "), *cites(_of(source.id, gap.evidence)))
            for source in note.sources
            for gap in source.briefing.gaps
        )
    )


def source_warnings(note: Note) -> Items:
    """What is wrong with each source, in the order of the sources."""
    return Items(
        tuple(
            (Fixed(f"{source.id}: "), *warning(issue, _of(source.id, issue.evidence)))
            for source in note.sources
            for issue in source.briefing.issues
        )
    )


def sources(note: Note) -> Iterator[Block]:
    """Who the sources are, with the grades that the configuration gave them, and what repeats them."""
    graded = any(source.grade for source in note.sources)
    columns = [column("", 0.4), column("Article", 3), column("Outlet", 2), column("Published", 1.3)]
    rows = [
        [(Fixed(source.id),), words(source.briefing.article.title or source.briefing.headline), words(source.briefing.article.source), (Fixed(source.briefing.article.published or "–"),)]
        for source in note.sources
    ]  # fmt: skip
    if graded:
        columns.append(column("Grade", 2))
        rows = [[*row, _grade(source)] for row, source in zip(rows, note.sources, strict=True)]
    yield Table(tuple(columns), tuple(tuple(row) for row in rows))
    yield Items(tuple(chain.from_iterable(_copies(source) for source in note.sources)))


def source_spans(note: Note) -> list[SourceSpan]:
    """Every span that the note cites anywhere."""
    said = [statement for comparison in note.comparisons for statement in comparison.statements]
    items = [note.bottom_line, *note.key_points, *note.escalation_signals, *said]
    left_open = [
        span
        for source in note.sources
        for item in (*source.briefing.gaps, *source.briefing.issues)
        for span in _of(source.id, item.evidence)
    ]
    return [*(span for item in items for span in item.evidence), *left_open]


def _of(source: SourceId, spans: Sequence[Span]) -> list[SourceSpan]:
    return [SourceSpan(source=source, **span.model_dump()) for span in spans]


def _name(source: Source) -> Runs:
    article = source.briefing.article
    outlet = article.source or article.title
    return (Fixed(source.id), Fixed(" · "), Words(outlet)) if outlet else (Fixed(source.id),)


def _grade(source: Source) -> Runs:
    if source.grade is None:
        return NONE
    letter, digit = source.grade.reliability, source.grade.credibility
    said = ADMIRALTY[letter] + (f"; {ADMIRALTY[digit]}" if digit else "")
    return (Fixed(f"{letter}{digit or ''}", "strong"), Fixed(f" ({said})"))


def _copies(source: Source) -> Iterator[Runs]:
    for copy in source.copies:
        known = [copy.article.source, copy.article.title, copy.article.published]
        named = joined([(Words(part),) for part in known if part], ", ") or (Words(copy.article.id),)
        yield (
            *named,
            Fixed(f": repeats {source.id} ({copy.similarity:.0%} alike) and was not counted again"),
        )
