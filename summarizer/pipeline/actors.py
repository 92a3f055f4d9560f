"""The actors pass: candidates from the code, what they are from the model where the code cannot tell."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate, find_mentions
from summarizer.grounding.country_table import is_country
from summarizer.grounding.foreign.names import named_in
from summarizer.grounding.places import country_of
from summarizer.grounding.reach import can_read
from summarizer.grounding.stretches import stretches
from summarizer.pipeline.asking import Question
from summarizer.prompting import PromptLibrary
from summarizer.types import Actor, Span
from summarizer.types.drafts import actors_draft
from summarizer.windows import Window

__all__ = ["ask_actors", "most_actors", "read_actors"]

MOST_ACTORS = 16
"""Candidates of a stretch, most central first; the labelled articles hardly gain beyond it."""
TOKENS = 200
TOKENS_AN_ACTOR = 30
MOST_FOUND = 10
"""Actors that a model is asked for where code knows only states."""
TOKENS_A_FOUND_ACTOR = 60


def most_actors(article: Article) -> int:
    """How many candidates are shown of an article of this length."""
    return MOST_ACTORS * len(stretches(article))


def ask_actors(
    article: Article,
    window: Window,
    candidates: Sequence[Candidate],
    library: PromptLibrary,
    *,
    judges: bool,
    reads: bool = False,
) -> Question | None:
    """Ask which candidates are no actors and what the unsure ones are; None when there is nothing to ask.

    A candidate is asked about in the window that names it first. A model that only restates is asked about the
    unsure ones alone: it drops actors that belong. One that `reads` lists them, as code does not know the language.
    """
    here = {n: one for n, one in enumerate(candidates, 1) if one.mentions[0].sentence in window.owned}
    unsure = [n for n, candidate in here.items() if candidate.kind is None]
    if not unsure and not judges and not reads:
        return None
    prompt = library.render(
        "actors",
        article,
        sentences=window.sentences,
        candidates=dict(enumerate(candidates, 1)) if reads else here,
        unsure=unsure,
        judges=judges,
        reads=reads,
        most=MOST_FOUND,
    )
    shape = actors_draft(
        len(candidates),
        unsure=unsure,
        sentences=window.owned[-1],
        judges=judges and not reads,
        first=window.sentences[0].number,
        adds=MOST_FOUND if reads else 0,
    )
    known = TOKENS_AN_ACTOR * (len(unsure) + len(here) * judges)
    return Question(prompt, shape, TOKENS + (MOST_FOUND * TOKENS_A_FOUND_ACTOR if reads else known))


def read_actors(
    article: Article, candidates: Sequence[Candidate], answer: Mapping[str, object]
) -> list[Actor]:
    """The actors that remain, corrected and completed, numbered in the order of their importance."""
    dropped = set(cast("Sequence[int]", answer.get("drop", ())))
    fixes = {int(fix["n"]): fix for fix in cast("Sequence[Mapping[str, Any]]", answer.get("fix", ()))}
    fixes |= {int(key[1:]): {"kind": kind} for key, kind in answer.items() if key[1:].isdigit()}
    kept = [
        _actor(candidate, fixes.get(n, {})) for n, candidate in enumerate(candidates, 1) if n not in dropped
    ]
    known = {name.casefold() for actor in kept for name in (actor["name"], *actor["aliases"])}
    for added in cast("Sequence[Mapping[str, Any]]", answer.get("add", ())):
        mentions = _places(article, str(added["name"]), kept)
        if (
            mentions and str(added["name"]).casefold() not in known
        ):  # a name the article lacks is no actor of it
            forms = (str(added["name"]),) if can_read(article) else _forms(str(added["name"]), mentions)
            known_of = {"name": forms[0], "aliases": forms[1:], "mentions": mentions}
            told = added["country"] if is_country(str(added["country"])) else None
            country = country_of(str(added["name"])) or told
            kept.append({**added, **known_of, "country": country, "sector": None, "role": None})
    return [
        Actor(
            id=f"a{n}",
            name=actor["name"],
            aliases=list(actor["aliases"]),
            kind=actor["kind"],
            country=actor["country"],
            sector=actor["sector"],
            role=actor["role"],
            mentions=list(actor["mentions"]),
        )
        for n, actor in enumerate(kept, 1)
    ]


def _places(article: Article, name: str, kept: Sequence[Mapping[str, Any]]) -> list[Span]:
    """Where the article names an actor; nowhere if all these places name one that is known."""
    if can_read(article):
        return find_mentions(article, [name])
    mentions = named_in(article, name)
    taken = [span for actor in kept for span in cast("Sequence[Span]", actor["mentions"])]
    if all(any(t.start <= m.start and m.end <= t.end for t in taken) for m in mentions):
        return []
    return mentions


def _forms(name: str, mentions: Sequence[Span]) -> tuple[str, ...]:
    """The name as the article has it, then its other forms."""
    spelled = {span.quote.casefold(): span.quote for span in mentions}
    first = name if name.casefold() in spelled else mentions[0].quote
    others = dict.fromkeys(span.quote for span in mentions if span.quote.casefold() != first.casefold())
    return (first, *others)


def _actor(candidate: Candidate, fix: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "aliases": candidate.aliases,
        "kind": fix.get("kind") or candidate.kind or "other",
        "country": fix.get("country", candidate.country),
        "sector": candidate.sector,
        "role": candidate.role,
        "mentions": candidate.mentions,
    }
