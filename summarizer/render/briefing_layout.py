"""A briefing laid out: bottom line, key points, actors, signals, gaps, quoted sources, how it was made."""

from collections.abc import Mapping, Sequence

from summarizer.languages import same_language
from summarizer.render.layout import (
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
from summarizer.render.warnings import warnings
from summarizer.render.wording import (
    caveat,
    cites,
    code,
    column,
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
from summarizer.types.actors import Actor
from summarizer.types.briefing import Briefing
from summarizer.types.signals import Signal

__all__ = ["briefing_layout"]


def briefing_layout(briefing: Briefing) -> Layout:
    """The whole briefing as blocks."""
    names = {actor.id: actor.name for actor in briefing.actors}
    summary, signals = briefing.summary, briefing.escalation_signals
    nothing = "The article reports no sign of escalation or de-escalation."
    cited = [summary.bottom_line, *summary.key_points, *signals, *briefing.gaps, *briefing.issues]
    gaps = Items(tuple((Words(gap.text), Fixed(" "), *cites(gap.evidence)) for gap in briefing.gaps))
    sections = (
        Section(None, (_origin(briefing),)),
        Section(
            None,
            (Paragraph((Fixed("Bottom line.", "strong"), Fixed(" "), *point(summary.bottom_line)), "lead"),),
        ),
        Section("Warnings about the source", (warnings(briefing.issues),)),
        Section("Key points", (Items(tuple(point(p) for p in summary.key_points), ordered=True),)),
        Section("Actors", (_actors(briefing.actors),)),
        Section(
            "Escalation signals",
            (Paragraph(level(briefing.escalation, nothing)), _signals(signals, names)),
        ),
        Section("What is not known", (gaps,)),
        Section("What was not checked", (Items(tuple(words(limit) for limit in briefing.coverage.limits)),)),
        Section(
            "Sources",
            (Quotations(quotations((span for item in cited for span in item.evidence), _quoted(briefing))),),
        ),
        Section(None, (Rule(), *_provenance(briefing))),
    )
    made_by = briefing.provenance
    return Layout(briefing.headline, sections, made_by.created, briefing.language, made_by.model)


def _quoted(briefing: Briefing) -> Mapping[str, str | None]:
    """The language of the quotes, where it is another than the briefing's."""
    own = briefing.article.language
    return {} if same_language(own, briefing.language) else {"": own}


def _origin(briefing: Briefing) -> Paragraph:
    article = briefing.article
    parts = [article.title if article.title != briefing.headline else None, article.source, article.published]
    return Paragraph(joined([(Words(part),) for part in parts if part], " · "), "origin")


def _actors(actors: Sequence[Actor]) -> Table:
    columns = (
        column("Actor", 2),
        column("Kind"),
        column("Country", 0.8),
        column("Role", 2),
        column("Also named", 1.5, fold=True),
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
            )
            for actor in actors
        ),
    )


def _signals(signals: Sequence[Signal], names: Mapping[str, str]) -> Table:
    columns = (
        column("", 0.55),
        column("Signal", 4.4),
        column("Type", fold=True),
        column("Direction", 1.6),
        column("Status", 1.4),
        column("Intensity", 1.3),
        column("Who → whom", fold=True),
        column("When", 1.45),
        column("According to", fold=True),
    )
    return Table(columns, tuple(_signal(signal, names) for signal in signals))


def _signal(signal: Signal, names: Mapping[str, str]) -> tuple[Runs, ...]:
    said = signal.attribution
    mode: Runs = (Fixed(" ("), Words(signal.mode), Fixed(")")) if signal.mode else ()
    return (
        (Fixed(signal.id),),
        (
            Words(signal.description),
            Fixed(" "),
            *cites(signal.evidence),
            *caveat(signal.verdict, signal.issues, between="; "),
        ),
        (Fixed(signal.event_type), *mode),
        code(signal.direction),
        code(signal.modality),
        intensity(signal.intensity),
        who(signal, names),
        (Fixed(signal.date or "–"),),
        (Words(said.speaker or label(said.type)),),
    )


def _provenance(briefing: Briefing) -> tuple[Paragraph, ...]:
    read = briefing.coverage
    parts = [
        *made(briefing.provenance, f"article {briefing.article.sha256[:12]}"),
        *[(Fixed("pass "), Words(p.name), Fixed(f": {p.outcome}")) for p in read.passes if p.outcome != "complete"],
    ]  # fmt: skip
    line = Paragraph((*joined(parts, ". "), Fixed(".")), "fine")
    if not read.uncovered:
        return (line,)
    missed = ", ".join(map(str, read.uncovered))
    text = f"Sentences that name an actor or a number and that nothing above cites: {missed}."
    return (line, Paragraph((Fixed(text),), "fine"))
