"""The passes over an article that code cannot read: the model finds what code would have proposed.

A model that judges lists and codes the events itself. One that only restates is asked for sentences in English, and
the rules for English read those: the codes are then the code's, of the model's translation. Where it writes another
language, it lists and codes them too, and is not good at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.codebook import codebook
from summarizer.grounding.candidates import candidates
from summarizer.grounding.dates import event_date
from summarizer.grounding.foreign.figures import figures_in
from summarizer.grounding.parties import parties_of
from summarizer.grounding.proposals import Proposal, propose
from summarizer.grounding.spans import evidence
from summarizer.languages import is_english
from summarizer.pipeline.actors import read_actors
from summarizer.pipeline.asking import Conversation, Question, merged
from summarizer.pipeline.distrust import without_suspicious
from summarizer.pipeline.plan import Plan
from summarizer.pipeline.signals import LEAST_SCORE, Event, read_signals, signals_of
from summarizer.pipeline.summary import ask_summary, read_summary, said_of
from summarizer.prompting import PromptLibrary
from summarizer.types import Actor, Signal, Summary
from summarizer.types.drafts import signals_draft
from summarizer.windows import Window

__all__ = ["Told", "ask_abroad", "told_abroad"]

FEWEST, MOST, SHARE = 4, 10, 0.4
"""Events that are asked for: so many of a window, by its sentences."""
TOKENS_A_CODED_EVENT = 120
TOKENS_A_SENTENCE = 70


@dataclass(frozen=True, slots=True)
class Told:
    """What the model said of the article.

    Attributes:
        headline: As it proposes it.
        summary: Its points.
        signals: Its events.
        read: Sentences in which events were looked for; empty where the model had all of them.
    """

    headline: str
    summary: Summary
    signals: list[Signal]
    read: tuple[int, ...] = ()


async def told_abroad(
    talk: Conversation, plan: Plan, actors: Sequence[Actor], library: PromptLibrary
) -> Told:
    """Summary and signals of an article whose language code does not know.

    Raises:
        ModelError: the model could not be reached, or its summary was unusable.
    """
    translates = not talk.strategy.judges and is_english(library.language)
    points: list[Mapping[str, object]] = []
    events: list[Mapping[str, object]] = []
    for window in plan.windows:
        points.append(await _summary(talk, window, plan, library))
        judges = talk.strategy.judges
        question = ask_abroad(talk.article, window, points[-1], plan, actors, library, judges=judges)
        if question is None:
            talk.skip("signals")
        else:
            events.append(await talk.try_to_ask(question) or {})
    said = without_suspicious(merged(points), plan.reading.apart)
    headline, summary = read_summary(talk.article, plan.passages, said)
    found = without_suspicious(merged(events), plan.reading.apart)
    if not translates:
        return Told(headline, summary, read_signals(talk.article, {}, actors, found))
    sentences = _translated(said_of(plan.passages, said), found)
    signals = signals_of(talk.article, actors, _events(talk.article, actors, sentences))
    return Told(headline, summary, signals, tuple(sorted(sentences)))


def ask_abroad(
    article: Article,
    window: Window,
    told: Mapping[str, object],
    plan: Plan,
    actors: Sequence[Actor],
    library: PromptLibrary,
    *,
    judges: bool,
) -> Question | None:
    """Ask for the events of a window, or for sentences in which code can find them; None when all are told already.

    Args:
        article: What is read.
        window: The part of it.
        told: What the summary has said of it.
        plan: Its passages.
        actors: Of the article.
        library: The prompts, and the language to write in.
        judges: Whether the model codes events well.
    """
    if judges or not is_english(library.language):
        return _ask_events(article, window, actors, library)
    return _ask_sentences(article, window, told, plan, actors, library)


async def _summary(
    talk: Conversation, window: Window, plan: Plan, library: PromptLibrary
) -> Mapping[str, object]:
    judges = talk.strategy.judges
    question = ask_summary(talk.article, window, plan.passages, plan.people, library, judges=judges)
    if question is None:
        talk.skip("summary")
        return {}
    return await talk.ask(question)


def _room(window: Window) -> int:
    return min(max(FEWEST, round(SHARE * len(window.owned))), MOST)


def _ask_events(
    article: Article, window: Window, actors: Sequence[Actor], library: PromptLibrary
) -> Question:
    """Ask for the events of a window, coded by the model."""
    most = _room(window)
    types = {name: entry.definition for name, entry in codebook().event_types.items()}
    prompt = library.render(
        "signals",
        article,
        sentences=window.sentences,
        proposals={},
        event_types=types,
        actors=[actor.name for actor in actors],
        judges=True,
        reads=True,
        most=most,
    )
    shape = signals_draft(
        [],
        actors=max(1, len(actors)),
        sentences=window.owned[-1],
        judges=True,
        first=window.owned[0],
        adds=most,
    )
    return Question(prompt, shape, TOKENS_A_CODED_EVENT * (most + 1))


def _ask_sentences(
    article: Article,
    window: Window,
    told: Mapping[str, object],
    plan: Plan,
    actors: Sequence[Actor],
    library: PromptLibrary,
) -> Question | None:
    """Ask for further sentences in English, beside those that the summary restates; those with figures first."""
    known = {*said_of(plan.passages, told), *plan.passages.lead, *plan.reading.apart}
    others = [article.sentence(number) for number in window.owned if number not in known]
    telling = sorted(others, key=lambda one: not any(sign.isdigit() for sign in one.body))
    chosen = sorted(telling[: _room(window)], key=lambda one: one.number)
    if not chosen:
        return None
    prompt = library.render(
        "signals",
        article,
        sentences=window.sentences,
        proposals={f"s{one.number}": {"trigger": "", "text": one.body, "type": ""} for one in chosen},
        event_types={},
        actors=[actor.name for actor in actors],
        judges=False,
        reads=False,
        most=0,
    )
    names = [f"s{one.number}" for one in chosen]
    shape = signals_draft(names, actors=max(1, len(actors)), sentences=window.owned[-1], judges=False)
    return Question(prompt, shape, TOKENS_A_SENTENCE * (len(names) + 1))


def _translated(points: Mapping[int, str], events: Mapping[str, object]) -> dict[int, str]:
    """The sentences that the model has put into English, by number."""
    return {**points, **{int(name[1:]): str(text) for name, text in events.items() if name[1:].isdigit()}}


def _events(article: Article, actors: Sequence[Actor], sentences: Mapping[int, str]) -> list[Event]:
    """What the rules for English find in the model's sentences, on the article's own."""
    found: list[Event] = []
    for number, text in sorted(sentences.items()):
        english = Article(text=text, id="translation", published=article.published)
        likely = [one for one in propose(english) if one.score >= LEAST_SCORE]
        if likely:
            found.append(_event(article, actors, number, english, max(likely, key=lambda one: one.score)))
    return found


def _event(
    article: Article, actors: Sequence[Actor], number: int, english: Article, proposal: Proposal
) -> Event:
    there = evidence(article, (number,))[0]
    named = read_actors(english, candidates(english), {})
    parties = parties_of(english, proposal.trigger, proposal.event_type, named)
    same = {one.id: known for one in named if (known := _same(one, actors)) is not None}
    by = [same[i] for i in parties.actors if i in same]
    to = [same[i] for i in parties.targets if i in same and same[i] not in by]
    numbers = {actor.id: n for n, actor in enumerate(actors, 1)}
    codes = {"by": [numbers[i] for i in by], "to": [numbers[i] for i in to]}
    dated = event_date(english, proposal.trigger.sentence, proposal.trigger.quote)
    if dated and not _is_given(dated, there.quote):
        dated = None
    moved = replace(proposal, sentence=number, trigger=there, also=())
    return Event((number,), there, moved, english.text, codes, dated)


def _is_given(iso: str, quote: str) -> bool:
    """Whether the article's own words have the last part of a date in digits: a model resolves "mardi" as it likes."""
    return any(float(iso.rsplit("-", maxsplit=1)[-1]) in figure.values for figure in figures_in(quote))


def _same(one: Actor, actors: Sequence[Actor]) -> str | None:
    """The actor of the article that a name in the translation means: the same name, or the same state."""
    for actor in actors:
        names = {name.casefold() for name in (actor.name, *actor.aliases)}
        if one.name.casefold() in names:
            return actor.id
        if one.kind == actor.kind == "state" and one.country == actor.country:
            return actor.id
    return None
