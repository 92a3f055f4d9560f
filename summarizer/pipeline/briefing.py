"""Article to briefing: the passes in order, then everything that code adds and checks."""

import re
import time
from collections.abc import Mapping, Sequence

from summarizer.article import Article
from summarizer.errors import PromptError
from summarizer.grounding.coverage import uncovered
from summarizer.grounding.escalation import escalation
from summarizer.grounding.reach import gaps_in, limits_of
from summarizer.grounding.source_issues import has_sound_title, source_issues
from summarizer.languages import same_language
from summarizer.llm import Client, parse_model
from summarizer.pipeline.accounting import provenance
from summarizer.pipeline.actors import ask_actors, read_actors
from summarizer.pipeline.asking import Conversation, Question, merged
from summarizer.pipeline.claims import (
    Claim,
    Verified,
    ask_revision,
    claims_of,
    is_faulty,
    own_words,
    read_revision,
    strayed,
    strays,
    verify,
    with_verdicts,
)
from summarizer.pipeline.clearing import cleared, is_drawn
from summarizer.pipeline.distrust import without_suspicious
from summarizer.pipeline.foreign import Told, ask_abroad, told_abroad
from summarizer.pipeline.plan import Plan
from summarizer.pipeline.progress import Progress, Silent
from summarizer.pipeline.signals import already_stated, ask_signals, read_signals
from summarizer.pipeline.strategy import strategy_for
from summarizer.pipeline.summary import ask_summary, read_summary
from summarizer.pipeline.witness import tell
from summarizer.prompting import Prompt, PromptLibrary
from summarizer.types import Actor, ArticleRecord, Briefing, Coverage, Signal, Summary

__all__ = ["brief_article", "preview", "record_of"]

_SECOND_CLAUSE = re.compile(r",? (?:and|but) [a-z]+ed\b|, (?:according to|citing|while|after|as)\b")
_FEWEST_WORDS = 6

NOTHING: Mapping[str, object] = {}
"""The answer of a pass that had nothing to ask: every proposal stands as it is."""


async def brief_article(
    article: Article,
    client: Client,
    library: PromptLibrary,
    *,
    engine: str | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Brief one article with one model.

    Args:
        article: What to read.
        client: The model; its strategy follows from its name.
        library: The prompts.
        engine: Name and version of the embedded engine, when it is used.
        progress: Told of each pass.

    Raises:
        ModelError: a pass could not be completed.
        PromptError: a template cannot be rendered.
    """
    started = time.monotonic()
    tell(article, client.ref, library.overlay)
    plan = Plan.of(article, context_window=client.context_window, language=library.language)
    talk = Conversation(article, client, strategy_for(client.ref), progress or Silent(), plan.names)
    actors = await _actors(talk, plan, library)
    told = await (told_abroad if plan.reads else _told)(talk, plan, actors, library)
    headline, language = told.headline, library.language
    summary, signals = await _proven(talk, plan, library, told.summary, told.signals)
    if not has_sound_title(article) or not same_language(article.language, language):
        proposed = "" if is_drawn(headline, plan) else headline
        headline = _headline(plan.trusted, proposed, summary, judges=talk.strategy.judges, language=language)
    return Briefing(
        headline=headline,
        language=language,
        article=record_of(article),
        summary=summary,
        actors=actors,
        escalation_signals=signals,
        escalation=escalation(signals),
        gaps=gaps_in(plan.trusted),
        coverage=_coverage(
            article, talk, summary, actors, signals, limits_of(article, language, read=told.read)
        ),
        provenance=provenance(
            client,
            library,
            talk.journal.usage,
            result=Briefing,
            engine=engine,
            seconds=time.monotonic() - started,
        ),
        issues=source_issues(article, plan.reading.suspicions),
    )


def preview(name: str, article: Article, library: PromptLibrary, *, model: str) -> Prompt:
    """The prompt of one pass as it would be sent, taking every proposal as accepted by earlier passes.

    An article that needs several windows is shown as if it fitted into one.

    Raises:
        PromptError: there is no such pass, or it has nothing to ask of this article and model.
    """
    judges = strategy_for(parse_model(model)).judges
    plan = Plan.of(article, context_window=None, language=library.language)
    (window,) = plan.windows
    asked: Question | None
    match name:
        case "summary":
            asked = ask_summary(article, window, plan.passages, plan.people, library, judges=judges)
        case "actors":
            asked = ask_actors(article, window, plan.people, library, judges=judges, reads=plan.reads)
        case "signals":
            actors = read_actors(plan.trusted, plan.people, NOTHING)
            asked = (
                ask_abroad(article, window, NOTHING, plan, actors, library, judges=judges)
                if plan.reads
                else ask_signals(article, window, plan.named, plan.people, actors, library, judges=judges)
            )
        case "revision":
            failed = Verified(
                "(a sentence of the model that failed the check)", plan.passages.lead, "altered", ()
            )
            asked = ask_revision(article, window, {"c1": failed}, library)
        case "note":
            raise PromptError(
                "the note prompt is about several articles: it has nothing to ask of one.",
                hint="`summarizer show prompt summary ARTICLE` shows what is asked of one.",
            )
        case _:
            raise PromptError(f"there is no prompt {name!r}; there are {', '.join(library.names)}.")
    if asked is None:
        raise PromptError(
            f"the {name} pass has nothing to ask {model} about this article: the code is sure of it all.",
            hint="A model that judges is always asked: try --model openai/gpt-5-mini.",
        )
    return asked.prompt


async def _actors(talk: Conversation, plan: Plan, library: PromptLibrary) -> list[Actor]:
    """The candidates as the model sees them; as the code sees them where it has nothing usable to say."""
    answers: list[Mapping[str, object]] = []
    for window in plan.windows:
        judges = talk.strategy.judges
        question = ask_actors(talk.article, window, plan.people, library, judges=judges, reads=plan.reads)
        answers.append(await _correction(talk, "actors", question, plan))
    return read_actors(plan.trusted, plan.people, merged(answers))


async def _told(talk: Conversation, plan: Plan, actors: Sequence[Actor], library: PromptLibrary) -> Told:
    """Headline, summary and signals; window by window, since a server reads each window only once."""
    article, judges = talk.article, talk.strategy.judges
    points: list[Mapping[str, object]] = []
    events: list[Mapping[str, object]] = []
    for window in plan.windows:
        question = ask_summary(article, window, plan.passages, plan.people, library, judges=judges)
        said = await _answer(talk, "summary", question, plan)
        points.append(said)
        stated = {} if judges else already_stated(plan.named, plan.passages, said)
        unstated = {name: proposal for name, proposal in plan.named.items() if name not in stated}
        asked = ask_signals(article, window, unstated, plan.people, actors, library, judges=judges)
        events += [stated, await _answer(talk, "signals", asked, plan)]
    headline, summary = read_summary(article, plan.passages, without_suspicious(merged(points), plan.apart))
    found = without_suspicious(merged(events), plan.apart)
    return Told(headline, summary, read_signals(article, plan.named, actors, found))


async def _proven(
    talk: Conversation, plan: Plan, library: PromptLibrary, summary: Summary, signals: list[Signal]
) -> tuple[Summary, list[Signal]]:
    """Check every claim, ask once more for those that fail, and keep the verdicts."""
    article = plan.trusted  # what was written for us proves nothing
    claims = {f"c{n}": claim for n, claim in enumerate(claims_of(summary, signals), 1)}
    language = library.language
    checked = {name: verify(article, claim, language=language) for name, claim in claims.items()}
    coded = () if talk.strategy.judges else signals  # whoever judges has coded what it states
    astray = strays(coded, claims, checked)
    checked |= {name: strayed(claims[name], checked[name]) for name in astray}
    faulty = {name: claim for name, claim in checked.items() if is_faulty(claim)}
    answers: list[Mapping[str, object]] = []
    for window in plan.windows:
        question = ask_revision(article, window, faulty, library)
        answers.append(await _correction(talk, "revision", question, plan))
    checked |= read_revision(article, faulty, merged(answers), language=language)
    lost = {name for name in astray if checked[name].text == claims[name].text}
    checked |= {name: own_words(article, claims[name]) for name in lost.union(strays(coded, claims, checked))}
    checked = {name: cleared(claim, plan, language=language) for name, claim in checked.items()}
    return with_verdicts(
        talk.article, summary, signals, {claim: checked[name] for name, claim in claims.items()}
    )


def _headline(
    article: Article, proposed: str, summary: Summary, *, judges: bool, language: str = "en"
) -> str:
    """A headline that passes the check: the model's where it judges, else the bottom line's first clause or all of it.

    A small model's headlines swap who called whom, which the check does not always see. It is asked for one all the
    same: without that first line its other sentences lose days and sources (prompts/README.md).
    """
    lead = tuple(span.sentence for span in summary.bottom_line.evidence)
    whole = summary.bottom_line.text.rstrip(".")
    for text in (proposed if judges else _first_clause(whole), whole):
        if text and not is_faulty(verify(article, Claim(text, lead), language=language)):
            return text
    return whole  # it carries its verdict below


def _first_clause(text: str) -> str:
    """The sentence up to its second predicate or its attribution, where enough is left of it."""
    found = _SECOND_CLAUSE.search(text)
    first = text[: found.start()] if found else text
    return first if len(first.split()) >= _FEWEST_WORDS else text


async def _answer(
    talk: Conversation, name: str, question: Question | None, plan: Plan
) -> Mapping[str, object]:
    limited = name in plan.left_out
    if question is None:
        talk.skip(name, limited=limited)
        return NOTHING
    return await talk.ask(question, limited=limited)


async def _correction(
    talk: Conversation, name: str, question: Question | None, plan: Plan
) -> Mapping[str, object]:
    """The answer of a pass that the briefing can do without, when it is unusable."""
    limited = name in plan.left_out
    if question is None:
        talk.skip(name, limited=limited)
        return NOTHING
    return await talk.try_to_ask(question, limited=limited) or NOTHING


def record_of(article: Article) -> ArticleRecord:
    """Which article it is, as it is published."""
    return ArticleRecord(
        id=article.id,
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        sha256=article.sha256,
        sentences=len(article.sentences),
    )


def _coverage(
    article: Article,
    talk: Conversation,
    summary: Summary,
    actors: list[Actor],
    signals: list[Signal],
    limits: list[str],
) -> Coverage:
    items = [summary.bottom_line, *summary.key_points, *signals]
    cited = [span for item in items for span in item.evidence]
    return Coverage(passes=talk.reports, uncovered=uncovered(article, actors, cited), limits=limits)
