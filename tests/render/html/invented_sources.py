"""Three invented papers on one invented crisis, and the briefing of each, by hand and without a model."""

from collections.abc import Sequence
from datetime import UTC, datetime

from summarizer.article import Article
from summarizer.types.actors import Actor, ActorKind
from summarizer.types.briefing import (
    ArticleRecord,
    Briefing,
    Coverage,
    PassReport,
    Provenance,
    Summary,
    Tokens,
)
from summarizer.types.evidence import Gap, Point, Span
from summarizer.types.note import Copy, Grade, Source, SourceSpan
from summarizer.types.signals import Attribution, Direction, Escalation, EventType, Modality, Signal

__all__ = ["ARTICLES", "PROVENANCE", "sources", "span", "words"]

WIRE = """\
PORT SEVRAN, Karst (Northern Wire) -- Velland's army moved two brigades to the Taran River on Thursday, a day after \
gunmen shelled the dam that supplies both countries with power. At least 14 people were killed, the Karst interior \
ministry said.

"Whoever fired on the dam fired on every house in Karst," Prime Minister Ilse Marand told parliament. She warned that \
Karst would close the river to Velland's barges unless the brigades withdraw by Sunday. Velland's Defence Minister \
Oskar Brandt said the troops were there "to guard our own bank" and denied that any of them had crossed.

The two neighbours have quarrelled over the river since 1987. Power has been cut to 60,000 homes.

Envoys of both sides will meet in Lakmar next week, the Lake Council said late on Thursday."""

TRIBUNE = """\
Velland has reinforced its side of the Taran to protect the river towns, Defence Minister Oskar Brandt told the \
Tribune. No Velland soldier took part in the shelling of the dam, he said, calling the charge "an invention". \
Nine people died at the dam, according to the Red Lantern relief agency. \
Karst has called up 3,000 reservists since Wednesday. \
"We would rather talk in Lakmar than count boats," Brandt said."""

POST = """\
Karst stopped the first Velland barge at Sevran lock on Sunday. \
The barge Linnet carried grain and was turned back without a shot. \
Prime Minister Ilse Marand said the closure would last until the last brigade has left. \
The Lake Council asked both governments to keep their envoys in Lakmar."""

ARTICLES = {
    "d1": Article.from_text(
        WIRE, id="wire", title="Velland moves troops to the Taran after dam is shelled", source="Northern Wire",
        published="2031-04-10",
    ),
    "d2": Article.from_text(
        TRIBUNE, id="tribune", title="Brandt: we guard our own bank", source="Velland Tribune", published="2031-04-11"
    ),
    "d3": Article.from_text(
        POST, id="post", title="Karst turns back the first barge", source="Harbour Post", published="2031-04-13"
    ),
}  # fmt: skip

TOKENS = Tokens(input=4_310, cached=2_954, output=612)
PROVENANCE = Provenance(
    model="local/example-model",
    provider="local",
    engine="example-engine 1.0",
    prompt_digest="ab" * 32,
    schema_digest="cd" * 32,
    codebook_version="plover-2.0/1",
    created=datetime(2031, 4, 14, 7, 30, tzinfo=UTC),
    requests=10,
    retries=1,
    tokens=TOKENS,
    cost_usd=None,
    seconds=212.4,
)


def span(source: str, sentence: int) -> SourceSpan:
    """The whole sentence, without its dateline."""
    found = ARTICLES[source].sentence(sentence)
    return SourceSpan(
        source=source, sentence=sentence, start=found.body_start, end=found.end, quote=found.body
    )


def words(source: str, quote: str) -> SourceSpan:
    """Some words of an article, wherever they stand."""
    article = ARTICLES[source]
    start = article.text.index(quote)
    number = next(s.number for s in article.sentences if s.start <= start < s.end)
    return SourceSpan(source=source, sentence=number, start=start, end=start + len(quote), quote=quote)


def _bare(found: SourceSpan) -> Span:
    return Span.model_validate(found.model_dump(exclude={"source"}))


def actor(source: str, id_: str, name: str, kind: ActorKind, *, role: str | None = None) -> Actor:
    """An entry that is named wherever its name stands in the article."""
    article = ARTICLES[source]
    found = [s for s in article.sentences if name in s.text]
    mentions = [words(source, name)] if found else []
    mentions += [span(source, s.number) for s in found[1:]]
    return Actor(
        id=id_,
        name=name,
        aliases=[],
        kind=kind,
        country=None,
        sector=None,
        role=role,
        mentions=[_bare(m) for m in mentions],
    )


def signal(
    source: str, id_: str, event: EventType, direction: Direction, modality: Modality, sentence: int
) -> Signal:
    """A signal as one briefing has it."""
    return Signal(
        id=id_,
        description=ARTICLES[source].sentence(sentence).body[:200],
        event_type=event,
        mode=None,
        direction=direction,
        axis="vertical",
        domain=None,
        modality=modality,
        intensity=None,
        actor_ids=[],
        target_ids=[],
        date=None,
        attribution=Attribution(type="official_statement", speaker="interior ministry", speaker_id=None),
        evidence=[_bare(span(source, sentence))],
        verdict="supported",
    )


def briefing(
    source: str,
    actors: Sequence[Actor],
    signals: Sequence[Signal],
    *,
    gaps: Sequence[Gap] = (),
    uncovered: Sequence[int] = (),
    outcome: str = "complete",
) -> Briefing:
    """A briefing of one of the articles."""
    article = ARTICLES[source]
    made = PassReport.model_validate(
        {"name": "signals", "outcome": outcome, "items": 4, "tokens": TOKENS, "seconds": 9.5}
    )
    return Briefing(
        headline=article.title or "An article",
        article=ArticleRecord(
            id=article.id,
            title=article.title,
            source=article.source,
            published=article.published,
            language="en",
            sha256=article.sha256,
            sentences=len(article.sentences),
        ),
        summary=Summary(
            bottom_line=Point(text="One line.", evidence=[_bare(span(source, 1))], verdict="supported"),
            key_points=[],
        ),
        actors=list(actors),
        escalation_signals=list(signals),
        escalation=Escalation(level="high", score=7.0, direction="escalatory", drivers=[]),
        gaps=list(gaps),
        coverage=Coverage(passes=[made], uncovered=list(uncovered)),
        provenance=PROVENANCE,
    )


def sources() -> list[Source]:
    """The three briefings, a reprint, and two grades."""
    wire = briefing(
        "d1",
        [
            actor("d1", "a1", "Velland", "state"),
            actor("d1", "a2", "Karst", "state"),
            actor("d1", "a3", "Ilse Marand", "person", role="Prime Minister"),
            actor("d1", "a4", "Oskar Brandt", "person", role="Defence Minister"),
            actor("d1", "a5", "Lake Council", "igo"),
        ],
        [
            signal("d1", "s1", "MOBILIZE", "escalatory", "occurred", 1),
            signal("d1", "s2", "ASSAULT", "escalatory", "occurred", 1),
            signal("d1", "s3", "THREATEN", "escalatory", "threatened", 4),
            signal("d1", "s4", "AGREE", "de_escalatory", "planned", 8),
        ],
        gaps=[Gap(kind="open", text="Who fired on the dam is not said.", evidence=[_bare(span("d1", 1))])],
        uncovered=[6, 7],
    )
    tribune = briefing(
        "d2",
        [actor("d2", "a1", "Oskar Brandt", "person"), actor("d2", "a2", "Red Lantern", "ngo")],
        [
            signal("d2", "s1", "ASSAULT", "escalatory", "denied", 2),
            signal("d2", "s2", "MOBILIZE", "ambiguous", "ongoing", 4),
        ],
        outcome="truncated",
    )
    post = briefing(
        "d3",
        [actor("d3", "a1", "Karst", "state"), actor("d3", "a2", "Ilse Marand", "person")],
        [
            signal("d3", "s1", "COERCE", "escalatory", "occurred", 1),
            signal("d3", "s2", "REQUEST", "de_escalatory", "occurred", 4),
        ],
    )
    copy = Copy(
        article=wire.article.model_copy(update={"id": "coast", "source": "Coast Gazette"}), similarity=0.94
    )
    return [
        Source(id="d1", briefing=wire, copies=[copy], grade=Grade(reliability="B", credibility="2")),
        Source(id="d2", briefing=tribune, grade=Grade(reliability="D")),
        Source(id="d3", briefing=post),
    ]
