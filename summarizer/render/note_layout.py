"""A note laid out: bottom line, sources side by side, actors, signals, levels, timeline, gaps, sources, evidence."""

from collections.abc import Mapping, Sequence

from summarizer.article import Article
from summarizer.languages import same_language
from summarizer.render.article_layout import article_sections
from summarizer.render.chart import escalation_chart
from summarizer.render.layout import (
    Block,
    Figure,
    Fixed,
    Items,
    Layout,
    Paragraph,
    Quotations,
    Rule,
    Runs,
    Section,
    Table,
    Words,
)
from summarizer.render.note_sources import gaps, side_by_side, source_spans, source_warnings, sources
from summarizer.render.wording import (
    NONE,
    caveat,
    cites,
    code,
    column,
    drivers,
    intensity,
    joined,
    label,
    level,
    made,
    point,
    quotations,
    who,
    words,
)
from summarizer.types.note import Note, NoteActor, NoteSignal, SignalRef, SourceId

__all__ = ["note_layout"]


def note_layout(note: Note, articles: Mapping[SourceId, Article] | None = None) -> Layout:
    """The whole note as blocks.

    Args:
        note: What to lay out.
        articles: The articles themselves, by the id of their source, to be set as an annex with the cited
            sentences marked; None for no annex.
    """
    names = {actor.id: actor.name for actor in note.actors}
    conflicts = [c for c in note.comparisons if c.kind == "conflict"]
    agreements = [c for c in note.comparisons if c.kind == "agreement"]
    sections = (
        Section(None, (_origin(note),)),
        Section(
            None, (Paragraph((Fixed("Bottom line.", "strong"), Fixed(" "), *point(note.bottom_line)), "lead"),)
        ),
        Section("Warnings about the sources", (source_warnings(note),)),
        Section("Key points", (Items(tuple(point(p) for p in note.key_points), ordered=True),)),
        Section("Where the sources differ", tuple(side_by_side(conflicts, note))),
        Section("Where the sources agree", tuple(side_by_side(agreements, note))),
        Section("What is not known", (gaps(note),)),
        Section("Actors", (_actors(note.actors),)),
        Section("Escalation signals", (*_level(note), _signals(note, names))),
        Section("Level over time", (_levels(note),)),
        Section("Timeline", (_timeline(note),)),
        Section("Sources", tuple(sources(note))),
        Section("What was not checked", (Items(tuple(words(limit) for limit in _limits(note))),)),
        Section("Evidence", (Quotations(quotations(source_spans(note), _quoted(note))),)),
        *article_sections(note, articles),
        Section(None, (Rule(), *_provenance(note))),
    )  # fmt: skip
    return Layout(note.title, sections, note.provenance.created, note.language, note.provenance.model)


def _limits(note: Note) -> list[str]:
    """What code could not find or check in any of the sources, each once."""
    held = (limit for source in note.sources for limit in source.briefing.coverage.limits)
    return list(dict.fromkeys(held))


def _quoted(note: Note) -> dict[str, str | None]:
    """The languages of the sources that are not written in the note's."""
    own = {source.id: source.briefing.article.language for source in note.sources}
    return {name: tag for name, tag in own.items() if not same_language(tag, note.language)}


def _origin(note: Note) -> Paragraph:
    copies = sum(len(source.copies) for source in note.sources)
    days = sorted(d for source in note.sources if (d := source.briefing.article.published))
    counted = _counted(len(note.sources), "source") + (f" and {_counted(copies, 'near-copy', 'near-copies')}" if copies else "")  # fmt: skip
    between = "" if not days else days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    parts = [
        counted,
        f"published {between}" if between else "",
        f"note of {note.provenance.created:%Y-%m-%d}",
    ]
    return Paragraph(joined([(Fixed(part),) for part in parts if part], " · "), "origin")


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _actors(actors: Sequence[NoteActor]) -> Table:
    columns = (
        column("Actor", 2),
        column("Kind", 1.2),
        column("Country", 0.9),
        column("Role", 2),
        column("Also named", fold=True),
        column("Named by", 1.1),
    )
    return Table(
        columns,
        tuple(
            (
                (Words(actor.name),),
                code(actor.kind),
                (Fixed(actor.country or "–"),),
                words(actor.role),
                words(", ".join(actor.aliases)),
                (Fixed(", ".join(dict.fromkeys(member.source for member in actor.members))),),
            )
            for actor in actors
        ),
    )


def _level(note: Note) -> list[Block]:
    nothing = "The sources report no sign of escalation or de-escalation."
    chart = escalation_chart(note.escalation, note.levels)
    drawn: list[Block] = [] if chart is None else [Figure(chart, _caption(note))]
    return [Paragraph(level(note.escalation, nothing)), *drawn]


def _caption(note: Note) -> str:
    if len(note.levels) > 1:
        return "Escalation level, computed from the signals dated up to and including each day."
    return "Escalation level, computed from the signals, on a scale from 0 to 10."


def _signals(note: Note, names: Mapping[str, str]) -> Table:
    columns = (
        column("", 0.55),
        column("Signal", 4.4),
        column("Type", fold=True),
        column("Direction", 1.6),
        column("Status", 1.4),
        column("Intensity", 1.3),
        column("Who → whom", fold=True),
        column("When", 1.45),
        column("Reported by", fold=True),
    )
    return Table(columns, tuple(_signal(signal, note, names) for signal in note.escalation_signals))


def _signal(signal: NoteSignal, note: Note, names: Mapping[str, str]) -> tuple[Runs, ...]:
    mode: Runs = (Fixed(" ("), Words(signal.mode), Fixed(")")) if signal.mode else ()
    said = caveat(signal.verdict, signal.issues)
    return (
        (Fixed(signal.id),),
        (Words(signal.description), Fixed(" "), *cites(signal.evidence), *said),
        (Fixed(signal.event_type), *mode),
        code(signal.direction),
        code(signal.modality),
        intensity(signal.intensity),
        who(signal, names),
        (Fixed(signal.date or "–"),),
        joined([_report(report, signal, note) for report in signal.reports]) or NONE,
    )


def _report(report: SignalRef, signal: NoteSignal, note: Note) -> Runs:
    """The source, whom it quotes, and how it puts it where that differs from the signal."""
    briefing = next(source.briefing for source in note.sources if source.id == report.source)
    speakers = [s.attribution.speaker for s in briefing.escalation_signals if s.id == report.id]
    details = [words(speaker) for speaker in speakers if speaker]
    if report.modality != signal.modality:
        details.append(code(report.modality))
    inner = joined(details)
    return (Fixed(report.source), Fixed(" ("), *inner, Fixed(")")) if inner else (Fixed(report.source),)


def _levels(note: Note) -> Table:
    if len(note.levels) < 2:  # noqa: PLR2004 - one level is no course
        return Table((), ())
    columns = (
        column("Up to"),
        column("Level"),
        column("Score", 0.8),
        column("Direction"),
        column("Driven by", 2),
    )
    return Table(
        columns,
        tuple(
            (
                (Fixed(entry.date),),
                (Fixed(entry.escalation.level, "strong"),),
                (Fixed(f"{entry.escalation.score:.1f}"),),
                code(entry.escalation.direction),
                (Fixed(drivers(entry.escalation) or "–"),),
            )
            for entry in note.levels
        ),
    )


def _timeline(note: Note) -> Items:
    said = {signal.id: signal for signal in note.escalation_signals}
    dated = [(entry.date, name) for entry in note.timeline for name in entry.signals]
    rows = [*dated, *(("date not told", name) for name in note.undated)]
    return Items(tuple((Fixed(on, "strong"), Fixed(": "), *_event(said[name])) for on, name in rows))


def _event(signal: NoteSignal) -> Runs:
    status = "" if signal.modality == "occurred" else f", {label(signal.modality)}"
    return (Words(signal.description), Fixed(f" ({signal.id}{status})"), *caveat(signal.verdict))


def _provenance(note: Note) -> list[Paragraph]:
    read = ", ".join(f"{source.id} {source.briefing.article.sha256[:12]}" for source in note.sources)
    incomplete: list[Runs] = [
        (Fixed(f"{source.id}, pass "), Words(done.name), Fixed(f": {done.outcome}"))
        for source in note.sources
        for done in source.briefing.coverage.passes
        if done.outcome != "complete"
    ]
    parts = [*made(note.provenance, f"articles {read}"), *incomplete]
    line = Paragraph((*joined(parts, ". "), Fixed(".")), "fine")
    missed = [
        f"{source.id} {', '.join(map(str, source.briefing.coverage.uncovered))}"
        for source in note.sources
        if source.briefing.coverage.uncovered
    ]
    text = f"Sentences that name an actor or a number and that their briefing does not cite: {'; '.join(missed)}."
    return [line, Paragraph((Fixed(text),), "fine")] if missed else [line]
