"""The note made of the three invented papers, by hand and without a model."""

from summarizer.types.actors import ActorKind
from summarizer.types.evidence import Issue
from summarizer.types.note import (
    ActorRef,
    Comparison,
    LevelOnDate,
    Note,
    NoteActor,
    NotePoint,
    NoteSignal,
    SignalRef,
    SourceSpan,
    Statement,
    TimelineEntry,
)
from summarizer.types.signals import Direction, Escalation, EventType, Modality
from tests.render.html.invented_sources import ARTICLES, PROVENANCE, sources, span, words

__all__ = ["ARTICLES", "note", "span"]


def _actors() -> list[NoteActor]:
    def made(id_: str, name: str, kind: ActorKind, role: str | None, *members: tuple[str, str]) -> NoteActor:
        refs = [ActorRef(source=source, id=member) for source, member in members]
        return NoteActor(
            id=id_, name=name, aliases=[], kind=kind, country=None, sector=None, role=role, members=refs
        )

    marand = made("n3", "Ilse Marand", "person", "Prime Minister of Karst", ("d1", "a3"), ("d3", "a2"))
    return [
        made("n1", "Velland", "state", None, ("d1", "a1")),
        made("n2", "Karst", "state", None, ("d1", "a2"), ("d3", "a1")),
        marand.model_copy(update={"aliases": ["Marand", "the prime minister"], "sector": "GOV"}),
        made("n4", "Oskar Brandt", "person", "Defence Minister of Velland", ("d1", "a4"), ("d2", "a1")),
        made("n5", "Lake Council", "igo", None, ("d1", "a5")),
        made("n6", "Red Lantern", "ngo", None, ("d2", "a2")),
    ]


def _signals() -> list[NoteSignal]:
    def made(
        id_: str,
        text: str,
        code: tuple[EventType, str | None, float | None],
        how: tuple[Direction, Modality],
        who: tuple[list[str], list[str]],
        when: tuple[str | None, list[tuple[str, str]]],
        evidence: list[SourceSpan],
    ) -> NoteSignal:
        (event_type, mode, intensity), (direction, modality) = code, how
        date, reports = when
        return NoteSignal(
            id=id_,
            description=text,
            event_type=event_type,
            mode=mode,
            direction=direction,
            axis="vertical",
            domain="conventional_land",
            modality=modality,
            intensity=intensity,
            actor_ids=who[0],
            target_ids=who[1],
            date=date,
            reports=[SignalRef(source=source, id=own, modality=modality) for source, own in reports],
            evidence=evidence,
            verdict="supported",
        )

    return [
        made("s1", "Gunmen shelled the Taran dam, which supplies both countries with power.",
             ("ASSAULT", "heavy-weapons", -10.0), ("escalatory", "occurred"), ([], ["n2"]), ("2031-04-09",
             [("d1", "s2"), ("d2", "s1")]), [span("d1", 1), span("d2", 2)]),
        made("s2", "Velland moved two brigades to the Taran River.", ("MOBILIZE", "troops", -7.6),
             ("escalatory", "occurred"), (["n1"], ["n2"]), ("2031-04-10", [("d1", "s1")]),
             [words("d1", "Velland's army moved two brigades to the Taran River"), span("d2", 1)]),
        made("s3", "Marand threatened to close the river to Velland's barges.", ("THREATEN", "restrict", -4.4),
             ("escalatory", "threatened"), (["n3"], ["n1"]), ("2031-04-10", [("d1", "s3")]), [span("d1", 4)]),
        made("s4", "Karst called up reservists.", ("MOBILIZE", "militia", -7.0), ("ambiguous", "ongoing"),
             (["n2"], []), (None, [("d2", "s2")]), [span("d2", 4)]),
        made("s5", "Karst stopped a Velland barge at Sevran lock.", ("COERCE", "restrict", -7.2),
             ("escalatory", "occurred"), (["n2"], ["n1"]), ("2031-04-13", [("d3", "s1")]),
             [span("d3", 1), span("d3", 2)]),
        made("s6", "Envoys of both sides are to meet in Lakmar.", ("AGREE", "meet", 2.5),
             ("de_escalatory", "planned"), (["n1", "n2"], []), ("2031-04", [("d1", "s4")]), [span("d1", 8)]),
        made("s7", "The Lake Council asked both governments to keep their envoys in Lakmar.", ("REQUEST", None, -1.0),
             ("de_escalatory", "occurred"), (["n5"], ["n1", "n2"]), ("2031-04-13", [("d3", "s2")]), [span("d3", 4)]),
    ]  # fmt: skip


def _point(text: str, *evidence: SourceSpan) -> NotePoint:
    return NotePoint(text=text, evidence=list(evidence), verdict="supported")


def _key_points() -> list[NotePoint]:
    repaired = Issue(
        kind="citation", claim="2", source="1", message="The citation was repaired: sentence 4 carries it."
    )
    altered = Issue(
        kind="number", claim="40", source="14", message="The note says 40 people, the article at least 14."
    )
    missing = Issue(kind="content", claim="tanks", source="", message="No sentence cited speaks of tanks.")
    warned = _point(
        "Karst warned it would close the river unless the brigades withdraw by Sunday.", span("d1", 4)
    )
    killed = _point("The shelling killed at least 40 people.", span("d1", 2))
    tanks = _point("Velland's tanks crossed the river.", span("d1", 5))
    return [
        _point(
            "Velland moved two brigades to the Taran a day after the dam was shelled.",
            span("d1", 1),
            span("d2", 1),
        ),
        warned.model_copy(update={"issues": [repaired]}),
        killed.model_copy(update={"verdict": "altered", "issues": [altered]}),
        tanks.model_copy(update={"verdict": "unsupported", "issues": [missing]}),
        _point("Envoys are to meet in Lakmar.", span("d1", 8), span("d3", 4)),
    ]


def _comparisons() -> list[Comparison]:
    def said(source: str, text: str, *evidence: SourceSpan) -> Statement:
        return Statement(source=source, text=text, evidence=list(evidence))

    return [
        Comparison(
            kind="agreement",
            about="event",
            text="Both papers report troops on Velland's bank.",
            statements=[
                said("d1", "Velland's army moved two brigades to the Taran River.", span("d1", 1)),
                said("d2", "Velland has reinforced its side of the Taran.", span("d2", 1)),
            ],
        ),
        Comparison(
            kind="conflict",
            about="number",
            text="The number of people killed differs: at least 14 or nine.",
            statements=[
                said("d1", "At least 14 people were killed.", span("d1", 2)),
                said("d2", "Nine people died at the dam.", span("d2", 3)),
            ],
        ),
    ]


def _level(date: str, level: str, score: float) -> LevelOnDate:
    made = {"level": level, "score": score, "direction": "escalatory", "drivers": ["s1"]}
    return LevelOnDate(date=date, escalation=Escalation.model_validate(made))


def note() -> Note:
    """The whole note."""
    return Note(
        title="Velland and Karst edge toward a fight over the Taran dam",
        bottom_line=_point(
            "Velland massed troops on the Taran after the shelling of a shared dam, and Karst has begun to close the "
            "river, while both still send envoys to Lakmar.",
            span("d1", 1),
            span("d3", 1),
            span("d1", 8),
        ),
        key_points=_key_points(),
        sources=sources(),
        actors=_actors(),
        escalation_signals=_signals(),
        escalation=Escalation(level="high", score=7.8, direction="escalatory", drivers=["s1", "s2"]),
        levels=[
            _level("2031-04-09", "high", 7.2),
            _level("2031-04-10", "high", 7.6),
            _level("2031-04-13", "high", 7.8),
        ],
        timeline=[
            TimelineEntry(date="2031-04", signals=["s6"]),
            TimelineEntry(date="2031-04-09", signals=["s1"]),
            TimelineEntry(date="2031-04-10", signals=["s2", "s3"]),
            TimelineEntry(date="2031-04-13", signals=["s5", "s7"]),
        ],
        undated=["s4"],
        comparisons=_comparisons(),
        provenance=PROVENANCE,
    )
