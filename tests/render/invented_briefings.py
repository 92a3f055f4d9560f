"""One invented crisis in three articles, with their briefings made by hand."""

from datetime import UTC, datetime
from typing import Any

from summarizer.article import Article
from summarizer.types import (
    Actor,
    ArticleRecord,
    Attribution,
    Briefing,
    Coverage,
    Escalation,
    Gap,
    PassReport,
    Point,
    Provenance,
    Signal,
    Span,
    Summary,
    Tokens,
)
from summarizer.types.note import SourceSpan

TEXTS = {
    "d1": (
        "Varnia's navy shelled the harbour of Port Sule on Monday, killing nine dock workers.",
        "Defence Minister Ivo Tarn said Varnia would mine the Sule Strait unless Ostrel pulled back its patrol boats.",
        "It was not clear who had given the order to fire.",
    ),
    "d2": (
        "The government of Ostrel said on Tuesday that 11 people had died in the shelling of Port Sule.",
        "Varnia denied that its ships had opened fire.",
        "Ostrel put two brigades on alert along the northern border.",
    ),
    "d3": (
        "Varnia and Ostrel agreed on Thursday to hold talks in Lisbon next week.",
        "Ivo Tarn, the Varnian defence minister, confirmed that his ships had fired on the port.",
    ),
}
"""Sentences of each source, from 1."""
OUTLETS = {
    "d1": ("Coast Herald", "Shells hit Port Sule", "2031-05-06"),
    "d2": ("Radio Ostrel", "Eleven dead, government says", "2031-05-07"),
    "d3": ("Harbour Wire", "Talks agreed in strait dispute", "2031-05-09"),
}
DIGEST = "ab" * 32
PROVENANCE = Provenance(
    model="test/model-1",
    provider="test",
    engine=None,
    prompt_digest=DIGEST,
    schema_digest=DIGEST,
    codebook_version="plover-2.0/1",
    created=datetime(2031, 5, 10, 8, 30, tzinfo=UTC),
    requests=12,
    retries=1,
    tokens=Tokens(input=9000, cached=6000, output=1500),
    cost_usd=None,
    seconds=61.5,
)


def article(source: str) -> Article:
    """One source's article."""
    outlet, title, published = OUTLETS[source]
    text = " ".join(TEXTS[source])
    return Article.from_text(text, id=source, title=title, source=outlet, published=published)


def span(source: str, sentence: int) -> Span:
    """A whole sentence of a source's article."""
    quote = TEXTS[source][sentence - 1]
    start = " ".join(TEXTS[source]).index(quote)
    return Span(sentence=sentence, start=start, end=start + len(quote), quote=quote)


def spans(*places: tuple[str, int]) -> list[SourceSpan]:
    """The same as evidence of a note."""
    return [SourceSpan(source=source, **span(source, n).model_dump()) for source, n in places]


def record(source: str) -> ArticleRecord:
    """A source's article as a briefing names it."""
    read = article(source)
    return ArticleRecord(
        id=read.id,
        title=read.title,
        source=read.source,
        published=read.published,
        language="en",
        sha256=read.sha256,
        sentences=len(TEXTS[source]),
    )


def level(score: float, name: str, *drivers: str) -> Escalation:
    """An escalation level, rising."""
    return Escalation.model_validate(
        {"level": name, "score": score, "direction": "escalatory", "drivers": drivers}
    )


def signal(number: int, source: str, sentence: int, text: str, event: str, **changes: Any) -> Signal:
    """A signal of one source."""
    fields: dict[str, Any] = {
        "id": f"s{number}",
        "description": text,
        "event_type": event,
        "mode": None,
        "direction": "escalatory",
        "axis": "vertical",
        "domain": "maritime",
        "modality": "occurred",
        "intensity": -8.0,
        "actor_ids": ["a1"],
        "target_ids": ["a2"],
        "date": None,
        "attribution": Attribution(type="reporter_voice", speaker=None, speaker_id=None),
        "evidence": [span(source, sentence)],
        "verdict": "supported",
    }
    return Signal.model_validate(fields | changes)


def actors() -> list[Actor]:
    """The two states, as every source names them."""
    common: dict[str, Any] = {"aliases": [], "kind": "state", "sector": "GOV", "role": None, "mentions": []}
    return [
        Actor.model_validate({"id": "a1", "name": "Varnia", "country": "VAR", **common}),
        Actor.model_validate({"id": "a2", "name": "Ostrel", "country": "OST", **common}),
    ]


SIGNALS = {
    "d1": [
        signal(1, "d1", 1, "Varnia's navy shelled Port Sule, killing nine dock workers.", "ASSAULT", mode="heavy-weapons", date="2031-05-05"),
        signal(
            2, "d1", 2, "Varnia threatened to mine the Sule Strait.", "THREATEN", modality="threatened", intensity=-4.4,
            attribution=Attribution(type="named_official", speaker="Ivo Tarn", speaker_id=None),
        ),
    ],
    "d2": [
        signal(1, "d2", 1, "The shelling of Port Sule killed 11 people.", "ASSAULT", modality="alleged", date="2031-05-05"),
        signal(2, "d2", 3, "Ostrel put two brigades on alert.", "MOBILIZE", actor_ids=["a2"], target_ids=[], domain="conventional_land", date="2031-05-06"),
    ],
    "d3": [
        signal(
            1, "d3", 1, "Varnia and Ostrel agreed to hold talks in Lisbon.", "AGREE", direction="de_escalatory",
            modality="planned", intensity=2.5, date="2031-05-08", domain=None,
        ),
    ],
}  # fmt: skip


def briefing(source: str) -> Briefing:
    """One source's briefing."""
    first = span(source, 1)
    return Briefing(
        headline=OUTLETS[source][1],
        article=record(source),
        summary=Summary(
            bottom_line=Point(text=first.quote, evidence=[first], verdict="supported"),
            key_points=[Point(text=TEXTS[source][1], evidence=[span(source, 2)], verdict="supported")],
        ),
        actors=actors(),
        escalation_signals=SIGNALS[source],
        escalation=level(7.6, "high", "s1"),
        gaps=[Gap(kind="open", text="Who gave the order to fire is open.", evidence=[span("d1", 3)])]
        if source == "d1"
        else [],
        coverage=Coverage(passes=[_report(source)], uncovered=[2] if source == "d3" else []),
        provenance=PROVENANCE,
    )


def _report(source: str) -> PassReport:
    outcome = "limited" if source == "d2" else "complete"
    tokens = Tokens(input=10, cached=0, output=5)
    return PassReport(name="signals", outcome=outcome, items=2, tokens=tokens, seconds=1)
