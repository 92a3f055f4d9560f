"""Every sentence of the note that stands on evidence, with the anchors of the sentences it stands on.

An anchor is made of a source's id and a sentence's number (`d2-14`), so a claim and an article agree on it without
knowing each other. All ids are made here or come from types that allow letters and digits only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.languages import is_english
from summarizer.types.evidence import Gap, Issue, Verdict
from summarizer.types.issues import SourceIssue
from summarizer.types.note import Comparison, Note, NotePoint, NoteSignal, SourceId, SourceSpan

__all__ = ["Cite", "Claim", "Claims", "anchor", "cite", "claims_of", "spans_of"]


@dataclass(frozen=True, slots=True)
class Cite:
    """A sentence that a claim stands on."""

    anchor: str
    label: str
    """`14`, or `2.14` where the note has several sources."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the note says, with what it stands on."""

    id: str
    name: str
    """`Key point 2`."""
    short: str
    """`K2`."""
    text: str
    cites: tuple[Cite, ...]
    verdict: Verdict | None = None
    """None: it is no sentence of its own that could be checked."""
    issues: tuple[Issue, ...] = ()
    language: str | None = None
    """BCP 47 tag, where it is not that of the page."""

    @property
    def anchors(self) -> list[str]:
        """The evidence, most direct first."""
        return [cite.anchor for cite in self.cites]


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of a note, by the part of the page that shows them."""

    bottom_line: Claim
    key_points: tuple[Claim, ...]
    signals: tuple[Claim, ...]
    comparisons: tuple[tuple[Claim, ...], ...]
    """For each comparison, its statements."""
    gaps: tuple[Claim, ...]
    warnings: tuple[Claim, ...]
    """What is wrong with the sources."""

    def __iter__(self) -> Iterator[Claim]:
        yield self.bottom_line
        yield from self.key_points
        yield from self.signals
        for statements in self.comparisons:
            yield from statements
        yield from self.gaps
        yield from self.warnings

    @property
    def checked(self) -> list[Claim]:
        """Those that carry a verdict."""
        return [claim for claim in self if claim.verdict is not None]


def anchor(source: SourceId, sentence: int) -> str:
    """The id of a sentence on the page."""
    return f"{source}-{sentence}"


def cite(note: Note, source: SourceId, sentence: int) -> Cite:
    """A reference to a sentence, spelled for this note."""
    label = str(sentence) if len(note.sources) == 1 else f"{source[1:]}.{sentence}"
    return Cite(anchor(source, sentence), label)


def claims_of(note: Note) -> Claims:
    """Collect the claims, in the order of the page."""
    return Claims(
        bottom_line=_point(note, note.bottom_line, "bl", "Bottom line", "BL"),
        key_points=tuple(
            _point(note, point, f"k{n}", f"Key point {n}", f"K{n}")
            for n, point in enumerate(note.key_points, 1)
        ),
        signals=tuple(_signal(note, signal) for signal in note.escalation_signals),
        comparisons=tuple(_statements(note, n, found) for n, found in enumerate(note.comparisons, 1)),
        gaps=tuple(_gap(note, n, source, gap) for n, (source, gap) in enumerate(_gaps(note), 1)),
        warnings=tuple(
            _warning(note, n, source, found) for n, (source, found) in enumerate(_issues(note), 1)
        ),
    )


def spans_of(note: Note) -> list[SourceSpan]:
    """The evidence of every claim, repeats included."""
    spans = [*note.bottom_line.evidence]
    for item in (*note.key_points, *note.escalation_signals):
        spans += item.evidence
    for comparison in note.comparisons:
        for statement in comparison.statements:
            spans += statement.evidence
    for source, gap in _gaps(note):
        spans += _of(source, gap)
    for source, issue in _issues(note):
        spans += _of(source, issue)
    return spans


def _point(note: Note, point: NotePoint, id_: str, name: str, short: str) -> Claim:
    return Claim(
        id_,
        name,
        short,
        point.text,
        _cites(note, point.evidence),
        point.verdict,
        tuple(point.issues),
        _language(note),
    )


def _signal(note: Note, signal: NoteSignal) -> Claim:
    cites, issues = _cites(note, signal.evidence), tuple(signal.issues)
    name = f"Signal {signal.id[1:]}"
    short, language = signal.id.upper(), _language(note)
    return Claim(signal.id, name, short, signal.description, cites, signal.verdict, issues, language)


def _language(note: Note) -> str | None:
    """Of its sentences; the page's headings and labels are in English."""
    return None if is_english(note.language) else note.language


def _statements(note: Note, number: int, comparison: Comparison) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            id=f"c{number}-{n}",
            name=f"Comparison {number}, source {statement.source[1:]}",
            short=f"C{number}",
            text=statement.text,
            cites=_cites(note, statement.evidence),
        )
        for n, statement in enumerate(comparison.statements, 1)
    )


def _gaps(note: Note) -> list[tuple[SourceId, Gap]]:
    return [(source.id, gap) for source in note.sources for gap in source.briefing.gaps]


def _gap(note: Note, number: int, source: SourceId, gap: Gap) -> Claim:
    name = "Open question" if gap.kind == "open" else "Conflicting accounts"
    return Claim(f"g{number}", f"{name} {number}", f"G{number}", gap.text, _cites(note, _of(source, gap)))


def _issues(note: Note) -> list[tuple[SourceId, SourceIssue]]:
    return [(source.id, issue) for source in note.sources for issue in source.briefing.issues]


def _warning(note: Note, number: int, source: SourceId, issue: SourceIssue) -> Claim:
    text = f"{issue.message} It reads: “{issue.excerpt}”." if issue.excerpt else issue.message
    return Claim(f"w{number}", f"Warning {number}", f"W{number}", text, _cites(note, _of(source, issue)))


def _of(source: SourceId, gap: Gap | SourceIssue) -> list[SourceSpan]:
    return [SourceSpan(source=source, **span.model_dump()) for span in gap.evidence]


def _cites(note: Note, spans: Sequence[SourceSpan]) -> tuple[Cite, ...]:
    places: Iterable[tuple[SourceId, int]] = dict.fromkeys((span.source, span.sentence) for span in spans)
    return tuple(cite(note, source, sentence) for source, sentence in places)
