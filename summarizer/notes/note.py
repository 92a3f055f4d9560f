"""Briefings to note: copies out, actors and events merged, compared and dated by code, the head by the model."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.llm import Client
from summarizer.notes.accounting import summed
from summarizer.notes.actors import MergedActors, merge_actors
from summarizer.notes.claims import claims_of
from summarizer.notes.comparisons import compare
from summarizer.notes.events import same_events
from summarizer.notes.grades import Grades
from summarizer.notes.reports import reports_of
from summarizer.notes.same_actor import entries_of
from summarizer.notes.signals import level_of, merge_reports
from summarizer.notes.sources import Gathered, gather, span_of
from summarizer.notes.timeline import levels, timeline, undated
from summarizer.notes.writing import Lead, claims_text, write_lead
from summarizer.pipeline.asking import Conversation
from summarizer.pipeline.progress import Progress, Silent
from summarizer.pipeline.strategy import strategy_for
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing, Escalation, Point, Provenance
from summarizer.types.note import Comparison, Note, NotePoint, NoteSignal, Source, SourceId

__all__ = ["make_note", "note_of"]


@dataclass(frozen=True, slots=True)
class _Body:
    """Everything of a note that code alone finds."""

    gathered: Gathered
    actors: MergedActors
    signals: list[NoteSignal]
    escalation: Escalation
    comparisons: list[Comparison]


def note_of(briefing: Briefing, *, grades: Grades | None = None) -> Note:
    """The note of one briefing, without a model: it takes over the summary.

    Args:
        briefing: Of the one article.
        grades: Of the outlets.
    """
    grade = grades.of(briefing.article) if grades else None
    body = _body(Gathered([Source(id="d1", briefing=briefing, grade=grade)], {}))
    return _note(body, _taken_over(body.gathered.sources[0], None), briefing.provenance)


async def make_note(
    briefings: Sequence[Briefing],
    articles: Sequence[Article],
    client: Client,
    library: PromptLibrary,
    *,
    title: str | None = None,
    grades: Grades | None = None,
    progress: Progress | None = None,
) -> Note:
    """One note from several briefings; the order in which they are given does not matter.

    Args:
        briefings: At least one. Those of copies may be left out: their articles are enough.
        articles: Of all briefings; further ones count only where they copy one of these.
        client: Asked for the bottom line and the key points alone, and only if two sources are independent.
        library: The prompts.
        title: Of the note; by default the model proposes one.
        grades: Of the outlets.
        progress: Told of each pass.

    Raises:
        SettingsError: no briefing, or one without its article.
        ModelError: the model could not be reached.
        PromptError: a template cannot be rendered.
    """
    started = time.monotonic()
    gathered = gather(briefings, articles, grades=grades)
    body = await asyncio.to_thread(_body, gathered)
    claims = claims_of(gathered.sources, body.signals, body.escalation, body.comparisons)
    stand_in = Article(text=claims_text(claims), id="claims")
    talk = Conversation(stand_in, client, strategy_for(client.ref), progress or Silent())
    if len(gathered.sources) == 1 or not claims:
        lead = _taken_over(gathered.sources[0], title)
    else:
        lead = await write_lead(talk, library, gathered.sources, gathered.articles, claims, title=title)
    paid = {(briefing.article.id, briefing.article.sha256): briefing for briefing in briefings}
    made = summed(list(paid.values()), client, library, talk.journal.usage, time.monotonic() - started)
    return _note(body, lead, made)


def _body(gathered: Gathered) -> _Body:
    sources = gathered.sources
    actors = merge_actors(entries_of(sources, gathered.articles))
    events = same_events(reports_of(sources, actors))
    signals = merge_reports(events)
    return _Body(gathered, actors, signals, level_of(signals), compare(sources, events))


def _note(body: _Body, lead: Lead, provenance: Provenance) -> Note:
    return Note(
        title=lead.title,
        language=body.gathered.sources[0].briefing.language,
        bottom_line=lead.bottom_line,
        key_points=lead.key_points,
        sources=list(body.gathered.sources),
        actors=list(body.actors.actors),
        escalation_signals=body.signals,
        escalation=body.escalation,
        levels=levels(body.signals),
        timeline=timeline(body.signals),
        undated=undated(body.signals),
        comparisons=body.comparisons,
        provenance=provenance,
    )


def _taken_over(source: Source, title: str | None) -> Lead:
    summary = source.briefing.summary
    return Lead(
        title or source.briefing.headline,
        _point(source.id, summary.bottom_line),
        [_point(source.id, point) for point in summary.key_points],
    )


def _point(source: SourceId, point: Point) -> NotePoint:
    return NotePoint(
        text=point.text,
        evidence=[span_of(source, span) for span in point.evidence],
        verdict=point.verdict,
        issues=list(point.issues),
    )
