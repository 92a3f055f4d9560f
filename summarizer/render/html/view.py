"""A note as its page shows it: claims joined with the tables around them, names looked up, words chosen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from summarizer.article import Article
from summarizer.render.html.articles import ShownArticle, shown_articles
from summarizer.render.html.claims import Cite, Claim, Claims, cite, claims_of
from summarizer.render.html.figures import gauge, over_time
from summarizer.render.html.words import country, label, level_means, sector, signed
from summarizer.types.briefing import PassReport
from summarizer.types.note import Comparison, Note, NoteActor, NoteSignal, Source, SourceId
from summarizer.types.signals import Direction

__all__ = ["Page", "page_of"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Report:
    """How one source puts a signal."""

    source: Source
    modality: str
    speaker: str
    """As the article names who says so, or what kind of source it is."""


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """A signal with its names looked up."""

    claim: Claim
    signal: NoteSignal
    event: str
    """`Assault, heavy weapons`."""
    intensity: str | None
    actors: tuple[NoteActor, ...]
    targets: tuple[NoteActor, ...]
    reports: tuple[Report, ...]
    is_driver: bool


@dataclass(frozen=True, slots=True)
class ShownActor:
    """An actor; the claim leads to where the articles name it."""

    actor: NoteActor
    claim: Claim
    kind: str
    country: str | None
    signals: tuple[str, ...]
    """Ids of those it acts in or is the target of."""


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """Statements side by side, each with its source."""

    comparison: Comparison
    statements: tuple[tuple[Source, Claim], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one source's briefing does not speak of, and which passes did not finish."""

    source: Source
    uncovered: tuple[tuple[Cite, bool], ...]
    """Each sentence, and whether the page shows it."""
    passes: tuple[PassReport, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template reads."""

    note: Note
    claims: Claims
    verdicts: Mapping[str, int]
    """How many of the checked claims have each verdict."""
    level_means: str | None
    gauge: Markup
    figures: tuple[Markup, ...]
    """The figure over time, for a wide and for a narrow screen."""
    signals: tuple[ShownSignal, ...]
    directions: Mapping[Direction, int]
    filter_actors: tuple[NoteActor, ...]
    """Those that take part in a signal, by name."""
    comparisons: tuple[ShownComparison, ...]
    actors: tuple[ShownActor, ...]
    coverage: tuple[Coverage, ...]
    articles: tuple[ShownArticle, ...]

    @property
    def has_uncovered(self) -> bool:
        """Whether a sentence is shown that should have been cited and is not."""
        return any(is_shown for ledger in self.coverage for _, is_shown in ledger.uncovered)


def page_of(note: Note, articles: Mapping[SourceId, Article]) -> Page:
    """Look everything up.

    Raises:
        SettingsError: an article is not the one that its source was made from, or is of no source.
    """
    claims = claims_of(note)
    shown = shown_articles(note, claims, articles)
    anchors = {place for article in shown for place in article.anchors}
    version = note.provenance.codebook_version
    figures = [
        over_time(note, width=width, id_=id_) for width, id_ in ((700, "chart"), (350, "chart-narrow"))
    ]
    return Page(
        note=note,
        claims=claims,
        verdicts=_tally([str(claim.verdict) for claim in claims.checked]),
        level_means=level_means(note.escalation.level, version),
        gauge=gauge(note.escalation, version),
        figures=tuple(figure for figure in figures if figure is not None),
        signals=_signals(note, claims),
        directions=_tally([signal.direction for signal in note.escalation_signals]),
        filter_actors=_filter_actors(note),
        comparisons=_comparisons(note, claims),
        actors=_actors(note, anchors),
        coverage=tuple(_coverage(note, source, anchors) for source in note.sources),
        articles=tuple(shown),
    )


def _tally(values: Sequence[_T]) -> dict[_T, int]:
    return {value: values.count(value) for value in dict.fromkeys(values)}


def _signals(note: Note, claims: Claims) -> tuple[ShownSignal, ...]:
    actors = {actor.id: actor for actor in note.actors}
    sources = {source.id: source for source in note.sources}
    return tuple(
        ShownSignal(
            claim=claim,
            signal=signal,
            event=label(signal.event_type).capitalize() + (f", {label(signal.mode)}" if signal.mode else ""),
            intensity=None if signal.intensity is None else signed(signal.intensity),
            actors=tuple(actors[id_] for id_ in signal.actor_ids if id_ in actors),
            targets=tuple(actors[id_] for id_ in signal.target_ids if id_ in actors),
            reports=_reports(signal, sources),
            is_driver=signal.id in note.escalation.drivers,
        )
        for signal, claim in zip(note.escalation_signals, claims.signals, strict=True)
    )


def _reports(signal: NoteSignal, sources: Mapping[str, Source]) -> tuple[Report, ...]:
    reports: list[Report] = []
    for report in signal.reports:
        source = sources[report.source]
        told = {own.id: own.attribution for own in source.briefing.escalation_signals}.get(report.id)
        speaker = "" if told is None else told.speaker or label(told.type)
        reports.append(Report(source, label(report.modality), speaker))
    return tuple(reports)


def _filter_actors(note: Note) -> tuple[NoteActor, ...]:
    active = {id_ for signal in note.escalation_signals for id_ in (*signal.actor_ids, *signal.target_ids)}
    return tuple(sorted((actor for actor in note.actors if actor.id in active), key=lambda actor: actor.name))


def _comparisons(note: Note, claims: Claims) -> tuple[ShownComparison, ...]:
    """Conflicts first: they are what a reader must not miss."""
    sources = {source.id: source for source in note.sources}
    shown = [
        ShownComparison(
            comparison,
            tuple(
                (sources[said.source], claim) for said, claim in zip(comparison.statements, made, strict=True)
            ),
        )
        for comparison, made in zip(note.comparisons, claims.comparisons, strict=True)
    ]
    return tuple(sorted(shown, key=lambda found: found.comparison.kind == "agreement"))


def _actors(note: Note, anchors: set[str]) -> tuple[ShownActor, ...]:
    named: dict[tuple[str, str], list[Cite]] = {
        (source.id, entry.id): [cite(note, source.id, span.sentence) for span in entry.mentions]
        for source in note.sources
        for entry in source.briefing.actors
    }
    signals: dict[str, list[str]] = defaultdict(list)
    for signal in note.escalation_signals:
        for id_ in dict.fromkeys((*signal.actor_ids, *signal.target_ids)):
            signals[id_].append(signal.id)
    shown: list[ShownActor] = []
    for actor in note.actors:
        places = dict.fromkeys(
            place for member in actor.members for place in named.get((member.source, member.id), ())
        )
        cites = tuple(place for place in places if place.anchor in anchors)
        claim = Claim(actor.id, actor.name, "", actor.name, cites)
        # What a state or an army belongs to is clear; of a person it is worth telling.
        belongs = f", {sector(actor.sector)}" if actor.sector and actor.kind == "person" else ""
        kind = label(actor.kind) + belongs
        where = actor.country and country(actor.country)
        shown.append(ShownActor(actor, claim, kind, where, tuple(signals[actor.id])))
    return tuple(shown)


def _coverage(note: Note, source: Source, anchors: set[str]) -> Coverage:
    ledger = source.briefing.coverage
    cites = [cite(note, source.id, number) for number in ledger.uncovered]
    return Coverage(
        source=source,
        uncovered=tuple((found, found.anchor in anchors) for found in cites),
        passes=tuple(done for done in ledger.passes if done.outcome != "complete"),
    )
