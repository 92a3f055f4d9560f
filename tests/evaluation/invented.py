"""One invented article with labels, and briefings of it made by hand."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer import Article
from summarizer.evaluation import Case, Produced
from summarizer.types import (
    Actor,
    ActorKind,
    ArticleRecord,
    Attribution,
    Briefing,
    Coverage,
    Direction,
    Escalation,
    EventType,
    Modality,
    Point,
    Provenance,
    Signal,
    Span,
    Summary,
    Tokens,
)

SENTENCES = (
    "Veldania's navy shelled the port of Quarn on Tuesday, killing nine dock workers.",
    "President Mira Toll said Veldania would close the strait unless Ostland withdrew its patrol boats.",
    "Ostland and Veldania agreed on Wednesday to hold talks in Lisbon next month.",
    "The mayor of Quarn, Jon Pell, asked for tents and clean water.",
    "Fishing has been the main trade of the town for two centuries.",
)
TEXT = " ".join(SENTENCES)


def gold_case(name: str = "quarn", **changes: Any) -> dict[str, Any]:
    """A case as its file holds it; `changes` replace whole keys."""
    return {
        "id": name,
        "source": "Invented Press",
        "title": "Port shelled",
        "published": "2031-05-08",
        "text": TEXT,
        "sentences": [
            {"n": n, "start": (start := TEXT.index(text)), "end": start + len(text), "text": text}
            for n, text in enumerate(SENTENCES, 1)
        ],
        "gold": gold_labels(),
    } | changes


def gold_labels() -> dict[str, Any]:
    """What a reader found in the invented article."""
    return {
        "actors": [
            _gold_actor("Veldania", "state", "VEL", salient=True),
            _gold_actor("Mira Toll", "person", "VEL", salient=True),
            _gold_actor("Ostland", "state", "OST", salient=True),
            _gold_actor("Jon Pell", "person", None, salient=False),
        ],
        "signals": [
            _gold_signal(1, "ASSAULT", [], "escalatory", "occurred", ["Veldania"], essential=True),
            _gold_signal(
                2, "THREATEN", ["COERCE"], "escalatory", "threatened", ["Mira Toll"], essential=True
            ),
            _gold_signal(
                3, "AGREE", [], "de_escalatory", "planned", ["Ostland", "Veldania"], essential=False
            ),
        ],
        "key_facts": [
            {"text": "Shelling of Quarn killed nine dock workers.", "sentences": [1], "must": True},
            {"text": "Toll threatens to close the strait.", "sentences": [2], "must": True},
            {"text": "Talks are to be held in Lisbon.", "sentences": [3], "must": False},
        ],
        "dates": [],
    }


def _gold_actor(name: str, kind: str, country: str | None, *, salient: bool) -> dict[str, Any]:
    return {"name": name, "aliases": [], "kind": kind, "country": country, "salient": salient}


def _gold_signal(
    sentence: int,
    event: str,
    alt: list[str],
    direction: str,
    modality: str,
    actors: list[str],
    *,
    essential: bool,
) -> dict[str, Any]:
    codes = {"event": event, "event_alt": alt, "direction": direction, "modality": modality}
    return {"sentences": [sentence], **codes, "actors": actors, "targets": [], "essential": essential}


def case(name: str = "quarn", **changes: Any) -> Case:
    """The same, read."""
    return Case.model_validate(gold_case(name, **changes))


def write_case(folder: Path, name: str = "quarn", **changes: Any) -> Path:
    """A case in a file of its name."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(gold_case(name, **changes)), encoding="utf-8")
    return path


def span(sentence: int, quote: str | None = None) -> Span:
    """A whole sentence, or other words of the same length in its place."""
    text = SENTENCES[sentence - 1]
    start = TEXT.index(text)
    return Span(sentence=sentence, start=start, end=start + len(text), quote=quote or text)


def actor(number: int, name: str, kind: ActorKind, country: str | None) -> Actor:
    """One actor, without mentions."""
    return Actor(
        id=f"a{number}",
        name=name,
        aliases=[],
        kind=kind,
        country=country,
        sector=None,
        role=None,
        mentions=[],
    )


def signal(
    number: int,
    event: EventType,
    direction: Direction,
    modality: Modality,
    evidence: Sequence[Span],
    *,
    actors: Sequence[str] = (),
) -> Signal:
    """One signal of which only what is measured matters."""
    return Signal(
        id=f"s{number}",
        description="Something happened.",
        event_type=event,
        mode=None,
        direction=direction,
        axis="none",
        domain=None,
        modality=modality,
        intensity=None,
        actor_ids=list(actors),
        target_ids=[],
        date=None,
        attribution=Attribution(type="reporter_voice", speaker=None, speaker_id=None),
        evidence=list(evidence),
    )


def point(text: str, *evidence: Span) -> Point:
    """One sentence of a summary."""
    return Point(text=text, evidence=list(evidence))


def briefing(
    points: Sequence[Point],
    actors: Sequence[Actor],
    signals: Sequence[Signal],
    *,
    article: Article | None = None,
    **how: Any,
) -> Briefing:
    """A whole briefing; `how` replaces fields of its provenance."""
    of = article or Article.from_text(TEXT, id="quarn", published="2031-05-08")
    none = Tokens(input=0, cached=0, output=0)
    made: dict[str, Any] = {
        "model": "local/none",
        "provider": "local",
        "engine": None,
        "prompt_digest": "0" * 64,
        "schema_digest": "0" * 64,
        "codebook_version": "none/1",
        "created": datetime(2031, 5, 9, tzinfo=UTC),
        "requests": 0,
        "retries": 0,
        "tokens": none,
        "cost_usd": None,
        "seconds": 0.0,
    }
    return Briefing(
        headline="Port shelled",
        article=ArticleRecord(
            id=of.id,
            title=of.title,
            source=of.source,
            published=of.published,
            language="en",
            sha256=of.sha256,
            sentences=len(of.sentences),
        ),
        summary=Summary(bottom_line=points[0], key_points=list(points[1:])),
        actors=list(actors),
        escalation_signals=list(signals),
        escalation=Escalation(level="none", score=0, direction=None, drivers=[]),
        gaps=[],
        coverage=Coverage(passes=[], uncovered=[]),
        provenance=Provenance(**(made | how)),
    )


def perfect(*, article: Article | None = None, **how: Any) -> Briefing:
    """A briefing that says all that the labels say."""
    return briefing(
        [
            point("Veldania's shelling of Quarn killed nine dock workers.", span(1)),
            point("Toll threatens to close the strait.", span(2)),
            point("Talks are to be held in Lisbon.", span(3)),
        ],
        [
            actor(1, "Veldania", "state", "VEL"),
            actor(2, "Mira Toll", "person", "VEL"),
            actor(3, "Ostland", "state", "OST"),
        ],
        [
            signal(1, "ASSAULT", "escalatory", "occurred", [span(1)], actors=["a1"]),
            signal(2, "THREATEN", "escalatory", "threatened", [span(2)], actors=["a2"]),
            signal(3, "AGREE", "de_escalatory", "planned", [span(3)], actors=["a3"]),
        ],
        article=article,
        **how,
    )


def flawed() -> Briefing:
    """A briefing with a known number of faults of every sort; `test_metrics` counts them."""
    return briefing(
        [
            point("Nine dock workers died when Veldania shelled Quarn.", span(1)),
            point("Toll threatens to close the strait.", span(4)),
            point("Fishing has been the main trade of the town for two centuries."),
        ],
        [
            actor(1, "Veldania", "state", "VEL"),
            actor(2, "President Toll", "other", None),
            actor(3, "Lisbon", "other", None),
        ],
        [
            signal(1, "ASSAULT", "escalatory", "occurred", [span(1)], actors=["a1"]),
            signal(2, "COERCE", "ambiguous", "occurred", [span(2)], actors=["a1"]),
            signal(3, "PROTEST", "ambiguous", "occurred", [span(5, "x" * len(SENTENCES[4]))]),
        ],
    )


def produced(made: Briefing) -> Produced:
    """A briefing as the evaluation reads it."""
    return Produced.model_validate_json(made.to_json())
