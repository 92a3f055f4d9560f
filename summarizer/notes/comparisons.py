"""What the sources say about the same thing, side by side: where they agree, and where they do not."""

from collections.abc import Iterator, Mapping, Sequence

from summarizer.notes.dating import compatible
from summarizer.notes.disputes import Told, answers_to, how_told, is_disputed
from summarizer.notes.figures import Figure, agreeing, figures_of, same_things
from summarizer.notes.reports import Report
from summarizer.notes.signals import ASSERTED, representative
from summarizer.notes.sources import label, outlet, span_of
from summarizer.notes.weekdays import absolute
from summarizer.types.note import Comparison, Source, SourceId, Statement

__all__ = ["compare"]

_MOST_NAMED = 8
_LONGEST, _LONGEST_EVENT = 1900, 300
"""Characters of a line, and of what it is about."""
_WORTH = 10
"""From this number on that sources agree in it is worth a line; deaths and injuries always are."""


def compare(sources: Sequence[Source], events: Sequence[Sequence[Report]]) -> list[Comparison]:
    """Differences first: whether, how many, when, by whom, and what one article tells in two ways; then agreements.

    Args:
        sources: In the order of the note.
        events: The reports of each event.
    """
    known = {source.id: source for source in sources}
    answers = answers_to(events)
    told = {n: how_told(reports, answers.get(n, ())) for n, reports in enumerate(events)}
    disputed = {n: sides for n, sides in told.items() if is_disputed(sides)}
    numbers = list(same_things(figures_of(sources)))
    return [
        *(_modality(sides, known) for sides in disputed.values()),
        *(found for group in numbers for found in _different(group, known)),
        *(found for reports in events for found in _dates(reports, known)),
        *(found for reports in events for found in _doers(reports, known)),
        *(found for source in sources for found in _accounts(source)),
        *(
            found
            for n, reports in enumerate(events)
            if n not in disputed
            for found in _agreed(reports, known)
        ),
        *(found for group in numbers for found in _same_number(group, known)),
    ]


# Whether it happened


def _modality(told: Sequence[Told], known: Mapping[SourceId, Source]) -> Comparison:
    sides = [f"{label(known[one.report.source])} {one.words}" for one in told]
    about = _event([one.report for one in told], known)
    return Comparison(
        kind="conflict",
        about="modality",
        text=_line(f"The sources differ on whether this happened: {about} {_listed(sides)}."),
        statements=[_statement(one.report) for one in told],
    )


# How many


def _by_source(group: Sequence[Figure]) -> dict[SourceId, list[Figure]]:
    held: dict[SourceId, list[Figure]] = {}
    for figure in group:
        held.setdefault(figure.source, []).append(figure)
    return held


def _agree(held: Sequence[Sequence[Figure]]) -> bool:
    return all(agreeing(one, other) for n, one in enumerate(held) for other in held[n + 1 :])


def _different(group: Sequence[Figure], known: Mapping[SourceId, Source]) -> Iterator[Comparison]:
    held = _by_source(group)
    if not _agree(list(held.values())):
        yield _numbers("conflict", "The sources give different numbers", held, known)


def _same_number(group: Sequence[Figure], known: Mapping[SourceId, Source]) -> Iterator[Comparison]:
    held = _by_source(group)
    counts = any(figure.measure or figure.quantity.high >= _WORTH for figure in group)
    if counts and _agree(list(held.values())) and _independent(held, known):
        yield _numbers("agreement", "The sources give the same number", held, known)


def _numbers(
    kind: str, opening: str, held: Mapping[SourceId, Sequence[Figure]], known: Mapping[SourceId, Source]
) -> Comparison:
    measure = next(
        (figure.measure for figures in held.values() for figure in figures if figure.measure), None
    )
    sides = [
        f"{label(known[source])}: " + " and ".join(f'"{w}"' for w in dict.fromkeys(f.words for f in figures))
        for source, figures in held.items()
    ]
    statements = [
        Statement(source=source, text=_line(span.quote), evidence=[span])
        for source, figures in held.items()
        for span in {figure.span.start: figure.span for figure in figures}.values()
    ]
    text = _line(f"{opening}{f' ({measure})' if measure else ''}: {_listed(sides)}.")
    return Comparison.model_validate(
        {"kind": kind, "about": "number", "text": text, "statements": statements}
    )


# When, and by whom


def _dates(reports: Sequence[Report], known: Mapping[SourceId, Source]) -> Iterator[Comparison]:
    dated = [(report, report.signal.date) for report in reports if report.signal.date]
    if any(not compatible(one, other) for _, one in dated for _, other in dated):
        sides = [f"{label(known[report.source])}: {date}" for report, date in dated]
        yield Comparison(
            kind="conflict",
            about="date",
            text=_line(f"The sources date this differently. {_listed(sides)}."),
            statements=[_statement(report) for report, _ in dated],
        )


def _doers(reports: Sequence[Report], known: Mapping[SourceId, Source]) -> Iterator[Comparison]:
    sided = [report for report in reports if report.sides]
    if any(not one.sides & other.sides for one in sided for other in sided):
        sides = [f"{label(known[report.source])}: {', '.join(sorted(report.sides))}" for report in sided]
        yield Comparison(
            kind="conflict",
            about="attribution",
            text=_line(f"The sources name different sides as the one that did it. {_listed(sides)}."),
            statements=[_statement(report) for report in sided],
        )


# What one article tells in two ways, and what several tell alike


def _accounts(source: Source) -> Iterator[Comparison]:
    for gap in source.briefing.gaps:
        if gap.kind == "conflict":
            statements = [
                Statement(source=source.id, text=_line(span.quote), evidence=[span_of(source.id, span)])
                for span in gap.evidence
            ]
            yield Comparison(kind="conflict", about="account", text=gap.text, statements=statements)


def _agreed(reports: Sequence[Report], known: Mapping[SourceId, Source]) -> Iterator[Comparison]:
    facts = [r for r in reports if r.signal.modality in ASSERTED and r.signal.verdict == "supported"]
    if not _independent({report.source: report for report in facts}, known):
        return
    sides: list[str] = []
    for report in facts:
        speaker = report.signal.attribution.speaker
        sides.append(label(known[report.source]) + (f", on the word of {speaker}" if speaker else ""))
    outlets = len({outlet(known[report.source]) for report in facts})
    yield Comparison(
        kind="agreement",
        about="event",
        text=_line(f"{outlets} outlets report this: {_event(facts, known)} {_listed(sides)}."),
        statements=[_statement(report) for report in facts],
    )


def _event(reports: Sequence[Report], known: Mapping[SourceId, Source]) -> str:
    """What it is about, in the words that stand for all, with absolute days."""
    best = representative(reports)
    published = known[best.source].briefing.article.published
    return _clipped(absolute(best.signal.description, published), _LONGEST_EVENT)


def _independent(sources: Mapping[SourceId, object], known: Mapping[SourceId, Source]) -> bool:
    """Whether more than one outlet is among them."""
    return len({outlet(known[source]) for source in sources}) > 1


def _statement(report: Report) -> Statement:
    spans = report.evidence[:1]
    held = report.signal.verdict == "supported"
    return Statement(
        source=report.source,
        text=report.signal.description if held else _line(spans[0].quote),
        evidence=spans,
    )


def _listed(sides: Sequence[str]) -> str:
    more = len(sides) - _MOST_NAMED
    return "; ".join(sides[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 4].rsplit(' ', 1)[0]} ..."


def _line(text: str) -> str:
    return _clipped(" ".join(text.split()), _LONGEST)
