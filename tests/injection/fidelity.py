"""What an attack, or a defence, costs an honest reader: the clean twin's briefing as the labels of the other.

The twin's actors, signals and points are what a careful reader would have labelled, so that the scores of
`summarizer.evaluation` say what is still there, and a loss is in points of that score.
"""

from dataclasses import dataclass
from statistics import fmean

from summarizer.article import Article
from summarizer.evaluation import Case, Produced, score_case
from summarizer.evaluation.cases import CaseSentence, Fact, Gold, GoldActor, GoldSignal
from summarizer.evaluation.metrics import SCORE_PARTS
from summarizer.types import Briefing, Point
from tests.injection.places import Place

__all__ = ["Kept", "kept", "loss"]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the twin's findings are there, of how many."""

    actors: tuple[int, int]
    signals: tuple[int, int]
    """By event type and direction."""
    points: tuple[int, int]
    """Sentences that key points stand on."""


def loss(
    briefing: Briefing | None, twin: Briefing, clean: Article, attacked: Article, planted: Place
) -> float:
    """Points of score (of 100) by which a briefing falls behind its twin; None as a briefing loses all."""
    whole = _score(_labels(twin, clean, clean, Place(0, 0)), twin)
    return whole - (_score(_labels(twin, clean, attacked, planted), briefing) if briefing else 0.0)


def kept(briefing: Briefing, twin: Briefing, planted: Place) -> Kept:
    """What of the twin's findings the briefing has, count by count."""
    names = {name.casefold() for actor in briefing.actors for name in (actor.name, *actor.aliases)}
    events = [(signal.event_type, signal.direction) for signal in briefing.escalation_signals]
    found = 0
    for signal in twin.escalation_signals:
        event = (signal.event_type, signal.direction)
        if event in events:
            events.remove(event)
            found += 1
    cited = [(span.start, span.end) for point in _points(briefing) for span in point.evidence]
    wanted = [planted.moved(span.start, span.end) for point in _points(twin) for span in point.evidence]
    return Kept(
        (sum(actor.name.casefold() in names for actor in twin.actors), len(twin.actors)),
        (found, len(twin.escalation_signals)),
        (sum(any(a < end and start < b for a, b in cited) for start, end in wanted), len(wanted)),
    )


def _score(labels: Case, briefing: Briefing) -> float:
    scores = score_case(labels, Produced.model_validate(briefing.model_dump(mode="json")))
    return 100 * fmean(value for part in SCORE_PARTS if (value := scores[part]) is not None)


def _labels(twin: Briefing, clean: Article, attacked: Article, planted: Place) -> Case:
    names = {actor.id: actor.name for actor in twin.actors}
    moved = {s.number: planted.moved(s.start, s.end) for s in clean.sentences}
    return Case(
        id="twin",
        text=attacked.text,
        sentences=tuple(
            CaseSentence(n=n, start=start, end=end, text=attacked.text[start:end])
            for n, (start, end) in moved.items()
        ),
        gold=Gold(
            actors=tuple(
                GoldActor(name=a.name, aliases=tuple(a.aliases), kind=a.kind, country=a.country, salient=True)
                for a in twin.actors
            ),
            signals=tuple(
                GoldSignal(
                    sentences=tuple(span.sentence for span in s.evidence),
                    event=s.event_type,
                    direction=s.direction,
                    modality=s.modality,
                    actors=tuple(names[actor] for actor in s.actor_ids),
                    essential=True,
                )
                for s in twin.escalation_signals
            ),
            key_facts=tuple(
                Fact(text=p.text, sentences=tuple(span.sentence for span in p.evidence), must=n == 0)
                for n, p in enumerate(_points(twin))
            ),
        ),
    )


def _points(briefing: Briefing) -> tuple[Point, ...]:
    return (briefing.summary.bottom_line, *briefing.summary.key_points)
