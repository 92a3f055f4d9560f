"""The note of one invented crisis, made by hand: every field of a note is in use."""

from collections.abc import Sequence
from typing import Any

from summarizer.types import Issue
from summarizer.types.note import (
    ActorRef,
    Comparison,
    Copy,
    Grade,
    LevelOnDate,
    Note,
    NoteActor,
    NotePoint,
    NoteSignal,
    SignalRef,
    Source,
    Statement,
    TimelineEntry,
)
from tests.render.invented_briefings import (
    PROVENANCE,
    SIGNALS,
    TEXTS,
    actors,
    article,
    briefing,
    level,
    record,
    signal,
    spans,
)

__all__ = ["actors", "article", "briefing", "level", "note", "signal"]


def note(**changes: Any) -> Note:
    """The whole note; `changes` replace fields."""
    made = Note(
        title="Varnia shells Port Sule, then agrees to talks",
        bottom_line=NotePoint(
            text="Varnia shelled Port Sule on 5 May; both sides agreed on 8 May to talks in Lisbon.",
            evidence=spans(("d1", 1), ("d3", 1)),
            verdict="supported",
        ),
        key_points=[
            NotePoint(
                text="Varnia first denied the shelling, then its defence minister confirmed it.",
                evidence=spans(("d2", 2), ("d3", 2)),
                verdict="supported",
            ),
            NotePoint(
                text="Ostrel put three brigades on alert.",
                evidence=spans(("d2", 3)),
                verdict="altered",
                issues=[
                    Issue(
                        kind="number",
                        claim="three",
                        source="two",
                        message="The claim says three where its evidence says two.",
                    )
                ],
            ),
        ],
        sources=sources(),
        actors=note_actors(),
        escalation_signals=note_signals(),
        escalation=level(7.7, "high", "s1"),
        levels=[
            LevelOnDate(date="2031-05-05", escalation=level(7.6, "high", "s1")),
            LevelOnDate(date="2031-05-06", escalation=level(8.1, "severe", "s1", "s3")),
            LevelOnDate(date="2031-05-08", escalation=level(7.7, "high", "s1")),
        ],
        timeline=[
            TimelineEntry(date="2031-05-05", signals=["s1"]),
            TimelineEntry(date="2031-05-06", signals=["s3"]),
            TimelineEntry(date="2031-05-08", signals=["s4"]),
        ],
        undated=["s2"],
        comparisons=comparisons(),
        provenance=PROVENANCE,
    )
    return made.model_copy(update=changes)


def sources() -> list[Source]:
    """Three sources; the first has a copy, and two have grades."""
    copied = record("d1").model_copy(
        update={"id": "copy", "source": "Morning Post", "title": "Harbour shelled"}
    )
    grades = {"d1": Grade(reliability="B", credibility="2"), "d2": Grade(reliability="C")}
    return [
        Source(
            id=name,
            briefing=briefing(name),
            copies=[Copy(article=copied, similarity=0.93)] if name == "d1" else [],
            grade=grades.get(name),
        )
        for name in TEXTS
    ]


def note_actors() -> list[NoteActor]:
    """Two states and a person."""

    def refs(sources: Sequence[str], actor: str) -> list[ActorRef]:
        return [ActorRef(source=source, id=actor) for source in sources]

    state = {"kind": "state", "sector": "GOV", "role": None}
    return [
        NoteActor.model_validate({"id": "n1", "name": "Varnia", "aliases": ["the Varnian navy"], "country": "VAR", "members": refs(("d1", "d2", "d3"), "a1"), **state}),
        NoteActor.model_validate({"id": "n2", "name": "Ostrel", "aliases": [], "country": "OST", "members": refs(("d1", "d2", "d3"), "a2"), **state}),
        NoteActor(id="n3", name="Ivo Tarn", aliases=["Tarn"], kind="person", country="VAR", sector="GOV", role="Defence Minister of Varnia", members=refs(("d1", "d3"), "a1")),
    ]  # fmt: skip


def note_signals() -> list[NoteSignal]:
    """Four events; the first is reported by two sources, of which one only alleges it."""
    made = [
        ("s1", SIGNALS["d1"][0], [("d1", "s1", "occurred"), ("d2", "s1", "alleged")], spans(("d1", 1), ("d2", 1))),
        ("s2", SIGNALS["d1"][1], [("d1", "s2", "threatened")], spans(("d1", 2))),
        ("s3", SIGNALS["d2"][1], [("d2", "s2", "occurred")], spans(("d2", 3))),
        ("s4", SIGNALS["d3"][0], [("d3", "s1", "planned")], spans(("d3", 1))),
    ]  # fmt: skip
    return [
        NoteSignal.model_validate(
            one.model_dump(exclude={"id", "attribution", "evidence", "actor_ids", "target_ids"})
            | {
                "id": name,
                "actor_ids": [i.replace("a", "n") for i in one.actor_ids],
                "target_ids": [i.replace("a", "n") for i in one.target_ids],
                "reports": [SignalRef.model_validate({"source": d, "id": i, "modality": m}) for d, i, m in reports],
                "evidence": evidence,
            }
        )
        for name, one, reports, evidence in made
    ]  # fmt: skip


def comparisons() -> list[Comparison]:
    """A number that differs, a denial, and an agreement."""
    return [
        Comparison(
            kind="conflict",
            about="number",
            text="The sources differ in how many died: nine or 11.",
            statements=[
                Statement(source="d1", text="Nine dock workers were killed.", evidence=spans(("d1", 1))),
                Statement(source="d2", text="11 people had died.", evidence=spans(("d2", 1))),
            ],
        ),
        Comparison(
            kind="conflict",
            about="modality",
            text="Varnia's fire on the port is denied by one source and confirmed by another.",
            statements=[
                Statement(source="d2", text="Varnia denied that its ships fired.", evidence=spans(("d2", 2))),
                Statement(source="d3", text="Ivo Tarn confirmed that they fired.", evidence=spans(("d3", 2))),
            ],
        ),
        Comparison(
            kind="agreement",
            about="event",
            text="Two sources report the shelling of Port Sule.",
            statements=[
                Statement(source="d1", text="Port Sule was shelled on Monday.", evidence=spans(("d1", 1))),
                Statement(source="d2", text="Port Sule was shelled.", evidence=spans(("d2", 1))),
            ],
        ),
    ]
