"""The signals pass: events that the code found, stated by the model, coded by both."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from summarizer.article import Article
from summarizer.codebook import codebook
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.candidates import Candidate
from summarizer.grounding.dates import event_date
from summarizer.grounding.parties import Parties, told_of
from summarizer.grounding.passages import Passages
from summarizer.grounding.proposals import Proposal
from summarizer.grounding.reach import can_read
from summarizer.grounding.spans import evidence
from summarizer.grounding.standalone import standalone
from summarizer.grounding.stretches import stretches
from summarizer.pipeline.asking import Question
from summarizer.pipeline.wording import tidy
from summarizer.prompting import PromptLibrary
from summarizer.types import Actor, Attribution, EventType, Modality, Signal, Span
from summarizer.types.drafts import signals_draft
from summarizer.windows import Window

__all__ = [
    "LEAST_SCORE",
    "Event",
    "already_stated",
    "ask_signals",
    "read_signals",
    "signals_of",
    "worth_asking",
]

FEWEST, MOST = 4, 10
"""Signals of a stretch."""
SHARE = 0.35
"""Signals a sentence, at most; found on the labelled articles."""
LEAST_SCORE = 0.5
TOKENS_A_SIGNAL = 70
TOKENS_A_JUDGED_SIGNAL = 120

Named = Mapping[str, Proposal]


def worth_asking(article: Article, proposals: Sequence[Proposal]) -> tuple[Named, bool]:
    """The proposals that are shown to the model, by name, in reading order; and whether likely ones were left out."""
    likely = sorted((p for p in proposals if p.score >= LEAST_SCORE), key=lambda p: (-p.score, p.sentence))
    chosen: list[Proposal] = []
    for stretch in stretches(article):
        room = min(max(FEWEST, round(SHARE * len(stretch))), MOST)
        chosen += [p for p in likely if p.sentence in stretch][:room]
    named: dict[str, Proposal] = {}
    for proposal in sorted(chosen, key=lambda p: (p.sentence, p.trigger.start)):
        name = f"s{proposal.sentence}"
        named[name if name not in named else f"{name}b"] = proposal
    return named, len(likely) > len(chosen)


def ask_signals(
    article: Article,
    window: Window,
    named: Named,
    people: Sequence[Candidate],
    actors: Sequence[Actor],
    library: PromptLibrary,
    *,
    judges: bool,
) -> Question | None:
    """Ask for each proposal of the window as one stated event; None when there is nothing to ask."""
    named = {name: proposal for name, proposal in named.items() if proposal.sentence in window.owned}
    if not named and not judges:
        return None
    book = codebook()
    prompt = library.render(
        "signals",
        article,
        sentences=window.sentences,
        proposals={
            name: {
                "trigger": p.trigger.quote,
                "text": standalone(article, p.sentence, people),
                "type": p.event_type,
            }
            for name, p in named.items()
        },
        event_types={name: entry.definition for name, entry in book.event_types.items()},
        actors=[actor.name for actor in actors],
        judges=judges,
        reads=False,
        most=0,
    )
    shape = signals_draft(
        list(named),
        actors=max(1, len(actors)),
        sentences=window.owned[-1],
        judges=judges,
        first=window.sentences[0].number,
    )
    each = TOKENS_A_JUDGED_SIGNAL if judges else TOKENS_A_SIGNAL
    return Question(prompt, shape, each * (len(named) + 1 + 4 * judges))


@dataclass(frozen=True, slots=True)
class Event:
    """One event as a model stated it: where, on which proposal if any, and in what words and codes."""

    sentences: Sequence[int]
    trigger: Span
    proposal: Proposal | None
    what: str
    codes: Mapping[str, Any]
    date: str | None = None
    """Where it was read elsewhere than in the article's own words."""


def already_stated(named: Named, passages: Passages, answer: Mapping[str, object]) -> dict[str, object]:
    """Answers that the summary has given: a point that restates the one event of a sentence states that event."""
    asked = {number: f"s{number}" for number in passages.points}
    if len(passages.lead) == 1:
        asked[passages.lead[0]] = "bottom"
    events = Counter(proposal.sentence for proposal in named.values())
    return {
        name: answer[asked[proposal.sentence]]
        for name, proposal in named.items()
        if events[proposal.sentence] == 1 and asked.get(proposal.sentence) in answer
    }


def read_signals(
    article: Article, named: Named, actors: Sequence[Actor], answer: Mapping[str, object]
) -> list[Signal]:
    """The signals, coded, dated, attributed and cited, numbered in the order of the article."""
    return signals_of(article, actors, _stated(article, named, answer))


def signals_of(article: Article, actors: Sequence[Actor], events: Iterable[Event]) -> list[Signal]:
    """Stated events as signals, numbered in the order of the article."""
    stated = sorted(events, key=lambda event: event.trigger.start)
    return [_signal(f"s{n}", article, one, actors) for n, one in enumerate(stated, 1)]


def _stated(article: Article, named: Named, answer: Mapping[str, object]) -> Iterator[Event]:
    for name, proposal in named.items():
        said = answer.get(name)
        numbers = (proposal.sentence, *proposal.also)
        if isinstance(said, str):  # a model that only restates: the codes are the code's own
            yield Event(numbers, proposal.trigger, proposal, said, {})
        elif said is not None:
            codes = cast("Mapping[str, Any]", said)
            yield Event(numbers, proposal.trigger, proposal, str(codes["what"]), codes)
    for codes in cast("Sequence[Mapping[str, Any]]", answer.get("more", ())):
        numbers = cast("Sequence[int]", codes["s"])
        yield Event(numbers, evidence(article, numbers)[0], None, str(codes["what"]), codes)


def _signal(signal_id: str, article: Article, stated: Event, actors: Sequence[Actor]) -> Signal:
    book, proposal, codes = codebook(), stated.proposal, stated.codes
    proposed = proposal.event_type if proposal else None
    event_type = cast("EventType", codes.get("type", proposed))
    modality = cast("Modality", codes.get("status", proposal.modality if proposal else "occurred"))
    mode = proposal.mode if proposal and event_type == proposed else None
    parties = _parties(article, stated, event_type, actors)
    return Signal(
        id=signal_id,
        description=tidy(stated.what, article),
        event_type=event_type,
        mode=mode,
        direction=codes.get(
            "direction", proposal.direction if proposal else book.event_types[event_type].direction
        ),
        axis=proposal.axis if proposal else "none",
        domain=proposal.domain if proposal else None,
        modality=modality,
        intensity=book.intensity(event_type, mode, modality),
        actor_ids=parties.actors,
        target_ids=parties.targets,
        date=stated.date or _date(article, stated.trigger),
        attribution=_attribution(article, stated.trigger.sentence, actors),
        evidence=evidence(article, stated.sentences),
    )


def _parties(article: Article, stated: Event, event_type: EventType, actors: Sequence[Actor]) -> Parties:
    if "by" not in stated.codes:
        echoes = stated.proposal.echoes if stated.proposal else ()
        return told_of(article, (stated.trigger, *echoes), event_type, actors)
    by, to = (_ids(stated.codes[side], actors) for side in ("by", "to"))
    return Parties(by, [i for i in to if i not in by])


def _date(article: Article, trigger: Span) -> str | None:
    """Of the event, as far as its words can be read."""
    return event_date(article, trigger.sentence, trigger.quote) if can_read(article) else None


def _ids(numbers: Sequence[int], actors: Sequence[Actor]) -> list[str]:
    return [actors[n - 1].id for n in dict.fromkeys(numbers) if n <= len(actors)]


def _attribution(article: Article, number: int, actors: Sequence[Actor]) -> Attribution:
    if not can_read(article):
        return Attribution(type="unspecified", speaker=None, speaker_id=None)
    kind, speaker = attribution_of(article, number)
    names = {name.casefold(): actor.id for actor in actors for name in (actor.name, *actor.aliases)}
    return Attribution(
        type=kind, speaker=speaker, speaker_id=names.get(speaker.casefold()) if speaker else None
    )
