"""The actors pass: candidates from the code, what they are from the model where the code cannot tell."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate, find_mentions
from summarizer.grounding.passages import stretches
from summarizer.pipeline.asking import Question
from summarizer.prompting import PromptLibrary
from summarizer.types import Actor
from summarizer.types.drafts import actors_draft
from summarizer.windows import Window

__all__ = ["ask_actors", "most_actors", "read_actors"]

MOST_ACTORS = 16
"""Candidates of a stretch, most central first; the labelled articles hardly gain beyond it."""
TOKENS = 200
TOKENS_AN_ACTOR = 30


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
) -> Question | None:
    """Ask which candidates are no actors and what the unsure ones are; None when there is nothing to ask.

    A candidate is asked about in the window that names it first. A model that only restates is asked about the
    unsure ones alone: it drops actors that belong.
    """
    here = {n: one for n, one in enumerate(candidates, 1) if one.mentions[0].sentence in window.owned}
    unsure = [n for n, candidate in here.items() if candidate.kind is None]
    if not unsure and not judges:
        return None
    prompt = library.render(
        "actors", article, sentences=window.sentences, candidates=here, unsure=unsure, judges=judges
    )
    shape = actors_draft(
        len(candidates),
        unsure=unsure,
        sentences=window.owned[-1],
        judges=judges,
        first=window.sentences[0].number,
    )
    return Question(prompt, shape, TOKENS + TOKENS_AN_ACTOR * (len(unsure) + len(here) * judges))


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
        mentions = find_mentions(article, [str(added["name"])])
        if (
            mentions and str(added["name"]).casefold() not in known
        ):  # a name the article lacks is no actor of it
            kept.append({**added, "aliases": (), "sector": None, "role": None, "mentions": mentions})
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
