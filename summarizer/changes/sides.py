"""A briefing and a note seen alike, so that any two of them can be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.types.actors import Actor
from summarizer.types.briefing import ArticleRecord, Briefing
from summarizer.types.changes import (
    ActorSeen,
    Edition,
    LevelSeen,
    PointSeen,
    Quoted,
    SignalSeen,
    SourceSeen,
)
from summarizer.types.evidence import Point, Span
from summarizer.types.note import Note, NoteActor, NotePoint, NoteSignal, SourceId, SourceSpan
from summarizer.types.signals import Escalation, Signal

__all__ = ["Side", "side_of"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two documents to be compared."""

    edition: Edition
    level: LevelSeen
    points: tuple[PointSeen, ...]
    signals: tuple[SignalSeen, ...]
    actors: tuple[ActorSeen, ...]


def side_of(document: Briefing | Note) -> Side:
    """The document as a side."""
    return _of_briefing(document) if isinstance(document, Briefing) else _of_note(document)


def _of_briefing(briefing: Briefing) -> Side:
    names = {actor.id: actor.name for actor in briefing.actors}
    return Side(
        Edition(
            kind="briefing",
            title=briefing.headline,
            created=briefing.provenance.created,
            sources=[_source(None, briefing.article)],
        ),
        _level(briefing.escalation),
        tuple(_points(briefing.summary.bottom_line, briefing.summary.key_points)),
        tuple(_signal(signal, names) for signal in briefing.escalation_signals),
        tuple(_actor(actor, actor.mentions[:1]) for actor in briefing.actors),
    )


def _of_note(note: Note) -> Side:
    names = {actor.id: actor.name for actor in note.actors}
    mentions = {
        (source.id, actor.id): SourceSpan(source=source.id, **actor.mentions[0].model_dump())
        for source in note.sources
        for actor in source.briefing.actors
        if actor.mentions
    }
    return Side(
        Edition(
            kind="note",
            title=note.title,
            created=note.provenance.created,
            sources=[_source(source.id, source.briefing.article) for source in note.sources],
        ),
        _level(note.escalation),
        tuple(_points(note.bottom_line, note.key_points)),
        tuple(_signal(signal, names) for signal in note.escalation_signals),
        tuple(
            _actor(actor, [mentions[key] for m in actor.members if (key := (m.source, m.id)) in mentions])
            for actor in note.actors
        ),
    )


def _source(name: SourceId | None, article: ArticleRecord) -> SourceSeen:
    return SourceSeen(
        id=name,
        title=article.title,
        outlet=article.source,
        published=article.published,
        sha256=article.sha256,
    )


def _level(escalation: Escalation) -> LevelSeen:
    return LevelSeen(level=escalation.level, score=escalation.score, direction=escalation.direction)


def _points(bottom_line: Point | NotePoint, key_points: Iterable[Point | NotePoint]) -> Iterable[PointSeen]:
    for place, point in (("bottom_line", bottom_line), *(("key_point", point) for point in key_points)):
        yield PointSeen.model_validate(
            {
                "place": place,
                "text": point.text,
                "verdict": point.verdict,
                "evidence": _quoted(point.evidence),
            }
        )


def _signal(signal: Signal | NoteSignal, names: Mapping[str, str]) -> SignalSeen:
    return SignalSeen(
        id=signal.id,
        description=signal.description,
        event_type=signal.event_type,
        mode=signal.mode,
        direction=signal.direction,
        modality=signal.modality,
        intensity=signal.intensity,
        date=signal.date,
        actors=[names.get(i, i) for i in signal.actor_ids],
        targets=[names.get(i, i) for i in signal.target_ids],
        verdict=signal.verdict,
        evidence=_quoted(signal.evidence),
    )


def _actor(actor: Actor | NoteActor, mentions: Iterable[Span]) -> ActorSeen:
    return ActorSeen(
        id=actor.id,
        name=actor.name,
        aliases=actor.aliases,
        kind=actor.kind,
        country=actor.country,
        role=actor.role,
        evidence=_quoted(mentions),
    )


def _quoted(spans: Iterable[Span]) -> list[Quoted]:
    return [
        Quoted(
            sentence=span.sentence,
            start=span.start,
            end=span.end,
            quote=span.quote,
            source=span.source if isinstance(span, SourceSpan) else None,
        )
        for span in spans
    ]
