"""The signals pass: events that the code found, stated by the model, coded by both."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from summarizer.article import Article
from summarizer.codebook import codebook
from summarizer.grounding.attribution import attribution_of
from summarizer.grounding.dates import event_date
from summarizer.grounding.parties import parties_of
from summarizer.grounding.proposals import Proposal
from summarizer.grounding.spans import evidence
from summarizer.pipeline.asking import Question
from summarizer.prompting import PromptLibrary
from summarizer.types import Actor, Attribution, EventType, Modality, Signal, Span
from summarizer.types.drafts import signals_draft

__all__ = ["ask_signals", "read_signals", "worth_asking"]

FEWEST, MOST = 4, 10
SHARE = 0.35
"""Signals a sentence, at most; found on the labelled articles."""
LEAST_SCORE = 0.5
TOKENS_A_SIGNAL = 70
TOKENS_A_JUDGED_SIGNAL = 120

Named = Mapping[str, Proposal]


def worth_asking(article: Article, proposals: Sequence[Proposal]) -> Named:
    """The proposals that are shown to the model, by name, in reading order."""
    room = min(max(FEWEST, round(SHARE * len(article.sentences))), MOST)
    likely = [p for p in proposals if p.score >= LEAST_SCORE]
    best = sorted(likely, key=lambda p: (-p.score, p.sentence))[:room]
    named: dict[str, Proposal] = {}
    for proposal in sorted(best, key=lambda p: (p.sentence, p.trigger.start)):
        name = f"s{proposal.sentence}"
        named[name if name not in named else f"{name}b"] = proposal
    return named


def ask_signals(
    article: Article, named: Named, actors: Sequence[Actor], library: PromptLibrary, *, judges: bool
) -> Question | None:
    """Ask for each proposal as one stated and typed event; None when there is nothing to ask."""
    if not named and not judges:
        return None
    book = codebook()
    choices = {name: (p.event_type, *p.alternatives) for name, p in named.items()}
    used = book.event_types if judges else {t for types in choices.values() for t in types}
    prompt = library.render(
        "signals",
        article,
        proposals={
            name: {"trigger": p.trigger.quote, "text": article.sentence(p.sentence).body} for name, p in named.items()
        },
        event_types={t: entry.definition for t, entry in book.event_types.items() if t in used},
        actors=[actor.name for actor in actors],
        judges=judges,
    )
    shape = signals_draft(choices, actors=max(1, len(actors)), sentences=len(article.sentences), judges=judges)
    each = TOKENS_A_JUDGED_SIGNAL if judges else TOKENS_A_SIGNAL
    return Question(prompt, shape, each * (len(named) + 1 + 4 * judges))


def read_signals(
    article: Article, named: Named, actors: Sequence[Actor], answer: Mapping[str, object]
) -> list[Signal]:
    """The signals, coded, dated, attributed and cited, numbered in the order of the article."""
    stated: list[tuple[Sequence[int], Span, Proposal | None, Mapping[str, Any]]] = []
    for name, proposal in named.items():
        said = cast("Mapping[str, Any] | None", answer.get(name))
        if said is not None:
            stated.append(((proposal.sentence, *proposal.also), proposal.trigger, proposal, said))
    for said in cast("Sequence[Mapping[str, Any]]", answer.get("more", ())):
        numbers = cast("Sequence[int]", said["s"])
        stated.append((numbers, evidence(article, numbers)[0], None, said))
    stated.sort(key=lambda item: item[1].start)
    return [
        _signal(f"s{n}", article, numbers, trigger, proposal, said, actors)
        for n, (numbers, trigger, proposal, said) in enumerate(stated, 1)
    ]


def _signal(
    signal_id: str,
    article: Article,
    numbers: Sequence[int],
    trigger: Span,
    proposal: Proposal | None,
    said: Mapping[str, Any],
    actors: Sequence[Actor],
) -> Signal:
    book = codebook()
    event_type = cast("EventType", said["type"])
    entry = book.event_types[event_type]
    mode = proposal.mode if proposal and proposal.mode in entry.modes else None
    same_type = proposal is not None and proposal.event_type == event_type
    modality = cast("Modality", said.get("status") or (proposal.modality if proposal else "occurred"))
    actor_ids, target_ids = _parties(article, trigger, event_type, said, actors)
    return Signal(
        id=signal_id,
        description=str(said["what"]),
        event_type=event_type,
        mode=mode,
        direction=said.get("direction") or (proposal.direction if proposal and same_type else entry.direction),
        axis=proposal.axis if proposal else "none",
        domain=proposal.domain if proposal else None,
        modality=modality,
        intensity=book.intensity(event_type, mode, modality),
        actor_ids=actor_ids,
        target_ids=target_ids,
        date=event_date(article, trigger.sentence, trigger.quote),
        attribution=_attribution(article, trigger.sentence, actors),
        evidence=evidence(article, numbers),
    )


def _parties(
    article: Article, trigger: Span, event_type: EventType, said: Mapping[str, Any], actors: Sequence[Actor]
) -> tuple[list[str], list[str]]:
    if "by" in said:
        by, to = ([actors[n - 1].id for n in dict.fromkeys(said[side]) if n <= len(actors)] for side in ("by", "to"))
        return by, [i for i in to if i not in by]
    found = parties_of(article, trigger, event_type, actors)
    return found.actors, found.targets


def _attribution(article: Article, number: int, actors: Sequence[Actor]) -> Attribution:
    kind, speaker = attribution_of(article, number)
    names = {name.casefold(): actor.id for actor in actors for name in (actor.name, *actor.aliases)}
    return Attribution(type=kind, speaker=speaker, speaker_id=names.get(speaker.casefold()) if speaker else None)
