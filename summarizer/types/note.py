"""One document made of one or more briefings: what the sources agree on, where they differ, and when what happened.

Every briefing stays whole inside the note, so each merged item points to the items it was made of, and a span of
a source is a span of that source's article.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from summarizer.types.actors import ActorKind, Country, Sector
from summarizer.types.base import IsoDate, Line, Model, Name
from summarizer.types.briefing import ArticleRecord, Briefing, Provenance
from summarizer.types.evidence import Issue, Span, Verdict
from summarizer.types.signals import (
    Axis,
    Direction,
    Domain,
    Escalation,
    EventType,
    Modality,
    SignalId,
)

__all__ = [
    "Comparison",
    "Copy",
    "Grade",
    "LevelOnDate",
    "Note",
    "NoteActor",
    "NoteActorId",
    "NotePoint",
    "NoteSignal",
    "Source",
    "SourceId",
    "SourceSpan",
    "Statement",
    "TimelineEntry",
]

SourceId = Annotated[str, StringConstraints(pattern=r"^d[1-9]\d*$")]
NoteActorId = Annotated[str, StringConstraints(pattern=r"^n[1-9]\d*$")]


class SourceSpan(Span):
    """A span of one source's article."""

    source: SourceId


class Grade(Model):
    """Admiralty grading, only as the configuration supplies it: nothing here is guessed."""

    reliability: Literal["A", "B", "C", "D", "E", "F"] = Field(
        description="Of the outlet; F: cannot be judged."
    )
    credibility: Literal["1", "2", "3", "4", "5", "6"] | None = Field(
        default=None, description="Of this report; 6: cannot be judged."
    )


class Copy(Model):
    """An article that repeats a source nearly word for word, and so was not counted again."""

    article: ArticleRecord
    similarity: float = Field(ge=0, le=1, description="Jaccard similarity of the word shingles.")


class Source(Model):
    """One independent article of the note, with its whole briefing."""

    id: SourceId
    briefing: Briefing
    copies: list[Copy] = Field(default_factory=list[Copy])
    grade: Grade | None = None


class NotePoint(Model):
    """One sentence of the note, in the model's words, with evidence from any of the sources."""

    text: Line
    evidence: list[SourceSpan]
    verdict: Verdict = "unchecked"
    issues: list[Issue] = Field(default_factory=list[Issue])


class ActorRef(Model):
    """An actor of one source's briefing."""

    source: SourceId
    id: str = Field(pattern=r"^a[1-9]\d*$")


class SignalRef(Model):
    """A signal of one source's briefing, and how that source puts it."""

    source: SourceId
    id: SignalId
    modality: Modality


class NoteActor(Model):
    """One actor, under whatever names the sources use."""

    id: NoteActorId
    name: Name
    aliases: list[Name]
    kind: ActorKind
    country: Country | None
    sector: Sector | None
    role: Name | None
    members: list[ActorRef] = Field(description="The entries it was merged from.")


class NoteSignal(Model):
    """One event or statement, however many sources report it."""

    id: SignalId
    description: Line
    event_type: EventType
    mode: Name | None
    direction: Direction
    axis: Axis
    domain: Domain | None
    modality: Modality
    intensity: float | None = Field(ge=-10, le=10)
    actor_ids: list[NoteActorId]
    target_ids: list[NoteActorId]
    date: IsoDate | None
    reports: list[SignalRef] = Field(
        description="One for each source that reports it; copies are not counted."
    )
    evidence: list[SourceSpan]
    verdict: Verdict
    issues: list[Issue] = Field(default_factory=list[Issue])


class Statement(Model):
    """How one source puts something."""

    source: SourceId
    text: Line
    evidence: list[SourceSpan]


class Comparison(Model):
    """What two or more sources say about the same thing, side by side."""

    kind: Literal["agreement", "conflict"]
    about: Literal["event", "number", "date", "modality", "attribution", "account"] = Field(
        description="What they agree on or differ in."
    )
    text: Line = Field(description="The agreement or the difference as one sentence, made by code.")
    statements: list[Statement]


class TimelineEntry(Model):
    """What happened at one time, as precise as the sources are."""

    date: IsoDate
    signals: list[SignalId]


class LevelOnDate(Model):
    """The escalation level computed from the signals dated up to and including a day."""

    date: IsoDate
    escalation: Escalation


class Note(Model):
    """One document on one subject: typed, and checkable against every article it is made of."""

    schema_version: Literal["1"] = "1"
    title: Line
    language: str = Field(
        default="en",
        max_length=20,
        description="BCP 47 tag of what we wrote; quotes stay in the articles' own.",
    )
    bottom_line: NotePoint
    key_points: list[NotePoint]
    sources: list[Source]
    actors: list[NoteActor]
    escalation_signals: list[NoteSignal]
    escalation: Escalation
    levels: list[LevelOnDate] = Field(description="In the order of their dates.")
    timeline: list[TimelineEntry] = Field(description="In the order of their dates.")
    undated: list[SignalId] = Field(description="Signals whose date no source tells.")
    comparisons: list[Comparison]
    provenance: Provenance = Field(
        description="Of the note as a whole: the sum of its briefings' and its own requests."
    )

    def to_json(self) -> str:
        """The published JSON, indented, with a line end."""
        return self.model_dump_json(indent=2) + "\n"

    def to_markdown(self) -> str:
        """A note to hand on, with the quoted sources."""
        # Rendering stands above the types; a method here is what callers look for first.
        from summarizer.render.markdown import note_to_markdown

        return note_to_markdown(self)
