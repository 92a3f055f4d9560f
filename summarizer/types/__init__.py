"""The published shapes, and the drafts a model fills in. They describe; they do nothing."""

from summarizer.types.actors import Actor, ActorKind
from summarizer.types.base import Model
from summarizer.types.briefing import (
    ArticleRecord,
    Briefing,
    Coverage,
    PassReport,
    Provenance,
    Summary,
    Tokens,
)
from summarizer.types.evidence import Gap, Issue, Point, Span, Verdict
from summarizer.types.issues import SourceIssue
from summarizer.types.signals import (
    Attribution,
    AttributionType,
    Axis,
    Direction,
    Domain,
    Escalation,
    EventType,
    Level,
    Modality,
    Signal,
)

__all__ = [
    "Actor",
    "ActorKind",
    "ArticleRecord",
    "Attribution",
    "AttributionType",
    "Axis",
    "Briefing",
    "Coverage",
    "Direction",
    "Domain",
    "Escalation",
    "EventType",
    "Gap",
    "Issue",
    "Level",
    "Modality",
    "Model",
    "PassReport",
    "Point",
    "Provenance",
    "Signal",
    "SourceIssue",
    "Span",
    "Summary",
    "Tokens",
    "Verdict",
]
