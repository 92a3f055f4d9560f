"""What changed from one briefing or note to another, with the words on both sides."""

from typing import Literal

from pydantic import AwareDatetime, Field

from summarizer.types.actors import ActorKind, Country
from summarizer.types.base import IsoDate, Line, Model, Name
from summarizer.types.briefing import Digest
from summarizer.types.evidence import Span, Verdict
from summarizer.types.note import SourceId
from summarizer.types.signals import Direction, EventType, Level, Modality

__all__ = [
    "ActorChange",
    "ActorChanges",
    "ActorSeen",
    "Changed",
    "Changes",
    "Edition",
    "LevelChange",
    "LevelSeen",
    "PointChange",
    "PointChanges",
    "PointSeen",
    "Quoted",
    "SignalChange",
    "SignalChanges",
    "SignalSeen",
    "SourceSeen",
]


class Quoted(Span):
    """A span of one side's article."""

    source: SourceId | None = Field(description="Null where the side is a briefing.")


class SourceSeen(Model):
    """One article of a side."""

    id: SourceId | None
    title: Name | None
    outlet: Name | None
    published: IsoDate | None
    sha256: Digest


class Edition(Model):
    """One of the two sides."""

    kind: Literal["briefing", "note"]
    title: Line
    created: AwareDatetime
    sources: list[SourceSeen]


class LevelSeen(Model):
    """The level as a side has it."""

    level: Level
    score: float
    direction: Direction | None


class LevelChange(Model):
    """The level on both sides."""

    old: LevelSeen
    new: LevelSeen
    moved: Literal["up", "down", "same"] = Field(
        description="Of the level; within a level the score may move."
    )


class ActorSeen(Model):
    """An actor as a side has it."""

    id: str = Field(pattern=r"^[an][1-9]\d*$")
    name: Name
    aliases: list[Name]
    kind: ActorKind
    country: Country | None
    role: Name | None
    evidence: list[Quoted] = Field(description="The first place that names it, in each source.")


class SignalSeen(Model):
    """A signal as a side has it, its actors by name."""

    id: str = Field(pattern=r"^s[1-9]\d*$")
    description: Line
    event_type: EventType
    mode: Name | None
    direction: Direction
    modality: Modality
    intensity: float | None
    date: IsoDate | None
    actors: list[Name]
    targets: list[Name]
    verdict: Verdict
    evidence: list[Quoted]


class PointSeen(Model):
    """A sentence of the summary as a side has it."""

    place: Literal["bottom_line", "key_point"]
    text: Line
    verdict: Verdict
    evidence: list[Quoted]


class Changed(Model):
    """One thing that is not as it was."""

    what: Literal[
        "number",
        "modality",
        "verdict",
        "direction",
        "event_type",
        "date",
        "actors",
        "targets",
        "kind",
        "country",
        "role",
        "wording",
    ]
    old: str | None = Field(description="Null where the older side says nothing.")
    new: str | None = Field(description="Null where the newer side says nothing.")


class ActorChange(Model):
    """One actor on both sides."""

    old: ActorSeen
    new: ActorSeen
    changed: list[Changed]


class SignalChange(Model):
    """One signal on both sides."""

    old: SignalSeen
    new: SignalSeen
    changed: list[Changed]


class PointChange(Model):
    """One sentence on both sides."""

    old: PointSeen
    new: PointSeen
    changed: list[Changed]


class ActorChanges(Model):
    """All actors of both sides."""

    new: list[ActorSeen]
    gone: list[ActorSeen]
    changed: list[ActorChange]
    unchanged: int = Field(ge=0, description="How many are on both sides and alike.")


class SignalChanges(Model):
    """All signals of both sides."""

    new: list[SignalSeen]
    gone: list[SignalSeen]
    changed: list[SignalChange]
    unchanged: int = Field(ge=0)


class PointChanges(Model):
    """All sentences of both summaries."""

    new: list[PointSeen]
    gone: list[PointSeen]
    changed: list[PointChange]
    unchanged: int = Field(ge=0)


class Changes(Model):
    """What changed from an older to a newer briefing or note, computed without a model."""

    schema_version: Literal["1"] = "1"
    old: Edition
    new: Edition
    level: LevelChange
    points: PointChanges
    signals: SignalChanges
    actors: ActorChanges

    @property
    def is_empty(self) -> bool:
        """Whether nothing that is compared differs."""
        groups = (self.points, self.signals, self.actors)
        level_same = self.level.old == self.level.new
        return level_same and not any(group.new or group.gone or group.changed for group in groups)

    def to_json(self) -> str:
        """The published JSON, indented, with a line end."""
        return self.model_dump_json(indent=2) + "\n"
