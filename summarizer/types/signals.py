"""Signs that a conflict grows or eases, coded after PLOVER 2.0."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from summarizer.types.actors import ActorId
from summarizer.types.base import IsoDate, Line, Model, Name
from summarizer.types.evidence import Issue, Span, Verdict

__all__ = [
    "Attribution",
    "AttributionType",
    "Axis",
    "Direction",
    "Domain",
    "Escalation",
    "EventType",
    "Level",
    "Modality",
    "Signal",
    "SignalId",
]

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
"""The 16 event types of PLOVER 2.0."""

Direction = Literal["escalatory", "de_escalatory", "ambiguous"]
"""Toward the conflict at hand, not between the pair of actors."""

Modality = Literal["occurred", "ongoing", "planned", "threatened", "alleged", "denied", "hypothetical"]

Axis = Literal["vertical", "horizontal", "political", "none"]
"""More intense means, wider scope, harder aims, or none of these (RAND MG-614)."""

Domain = Literal[
    "nuclear",
    "missile",
    "conventional_land",
    "conventional_air",
    "maritime",
    "space",
    "cyber",
    "information",
    "economic",
    "diplomatic",
    "irregular_terrorism",
    "internal_security",
    "humanitarian",
]

AttributionType = Literal[
    "named_official",
    "named_nonofficial",
    "anonymous_official",
    "anonymous_other",
    "official_statement",
    "document",
    "other_media",
    "reporter_voice",
    "unspecified",
]

SignalId = Annotated[str, StringConstraints(pattern=r"^s[1-9]\d*$")]

Level = Literal["none", "minimal", "low", "moderate", "high", "severe"]


class Attribution(Model):
    """Who says so."""

    type: AttributionType
    speaker: Name | None = Field(
        description="As the article names the source; null in the reporter's own voice."
    )
    speaker_id: ActorId | None


class Signal(Model):
    """One event or statement that raises or lowers the risk of a wider or fiercer conflict."""

    id: SignalId
    description: Line = Field(description="What happened, in the model's words.")
    event_type: EventType
    mode: Name | None = Field(description="PLOVER mode of the event type, such as heavy-weapons.")
    direction: Direction
    axis: Axis
    domain: Domain | None
    modality: Modality
    intensity: float | None = Field(
        ge=-10, le=10, description="PLOVER score of type and mode; null when denied or hypothetical."
    )
    actor_ids: list[ActorId]
    target_ids: list[ActorId]
    date: IsoDate | None
    attribution: Attribution
    evidence: list[Span]
    verdict: Verdict = "unchecked"
    issues: list[Issue] = Field(default_factory=list[Issue])


class Escalation(Model):
    """The overall level, computed from the signals by `summarizer.grounding.escalation`."""

    level: Level
    score: float = Field(ge=0, le=10)
    direction: Direction | None = Field(description="Null when there is no signal.")
    drivers: list[SignalId] = Field(description="The signals that decide the level, strongest first.")
