"""Briefings made by code alone: every proposal stands as it is, and each sentence is its own summary."""

from datetime import UTC, datetime

from summarizer.article import Article
from summarizer.grounding.candidates import candidates
from summarizer.grounding.conflicts import conflicts
from summarizer.grounding.escalation import escalation
from summarizer.grounding.passages import choose
from summarizer.grounding.proposals import propose
from summarizer.grounding.spans import evidence
from summarizer.pipeline.actors import MOST_ACTORS, read_actors
from summarizer.pipeline.signals import read_signals, worth_asking
from summarizer.types import (
    ArticleRecord,
    Briefing,
    Coverage,
    Point,
    Provenance,
    Signal,
    Summary,
    Tokens,
    Verdict,
)

MADE = datetime(2026, 6, 20, 12, 0, tzinfo=UTC)


def by_code(article: Article) -> Briefing:
    """A briefing whose sentences are the article's own, so that each is supported by the one it cites."""
    proposals = propose(article)
    named, _ = worth_asking(article, proposals)
    passages = choose(article, proposals)
    actors = read_actors(article, candidates(article)[:MOST_ACTORS], {})
    said = {name: article.sentence(proposal.sentence).body for name, proposal in named.items()}
    signals = [supported(signal) for signal in read_signals(article, named, actors, said)]
    points = [point(article, (number,)) for number in passages.points]
    return Briefing(
        headline=article.title or article.sentences[0].body.rstrip("."),
        article=record(article),
        summary=Summary(bottom_line=point(article, passages.lead), key_points=points),
        actors=actors,
        escalation_signals=signals,
        escalation=escalation(signals),
        gaps=conflicts(article),
        coverage=Coverage(passes=[], uncovered=[]),
        provenance=provenance(),
    )


def point(article: Article, numbers: tuple[int, ...], verdict: Verdict = "supported") -> Point:
    """Sentences of the article as a point that cites them."""
    spans = evidence(article, numbers)
    return Point(text=" ".join(span.quote for span in spans), evidence=spans, verdict=verdict)


def supported(signal: Signal) -> Signal:
    """The signal as if the check had passed."""
    return signal.model_copy(update={"verdict": "supported"})


def record(article: Article) -> ArticleRecord:
    """What a briefing keeps of its article."""
    return ArticleRecord(
        id=article.id,
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        sha256=article.sha256,
        sentences=len(article.sentences),
    )


def provenance() -> Provenance:
    """Three requests of an invented model."""
    return Provenance(
        model="local/invented",
        provider="local",
        engine="invented 1",
        prompt_digest="0" * 64,
        schema_digest="1" * 64,
        codebook_version="plover-2.0/1",
        created=MADE,
        requests=3,
        retries=1,
        tokens=Tokens(input=100, cached=40, output=20),
        cost_usd=0.0,
        seconds=2.0,
    )
