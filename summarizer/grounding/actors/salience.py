"""How central an actor is to its article."""

import math
import re
from collections.abc import Sequence

from summarizer.article import Article
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.words import actor_words
from summarizer.types import Span

__all__ = ["acts", "salience"]

_NEXT_WORD = re.compile(r"[\"”]?\s+([A-Za-z]+)(?:\s+([A-Za-z]+))?")
_KINDS = {"person": 0.5, "state": 1.0, "armed_force": 0.5, "armed_group": 0.5, "media": -2.0, "population": -1.0, "other": -1.0, "company": -0.5}


def salience(article: Article, entity: Entity, names: Sequence[str], mentions: Sequence[Span]) -> float:
    """Weigh how often, how early and how actively an article names an actor.

    Args:
        article: The article.
        entity: The actor, with the evidence of its spottings.
        names: Its name and aliases.
        mentions: Where they stand.

    Returns:
        A number without unit; larger is more central. Only its order within one article means anything.
    """
    active = sum(acts(article, span) for span in mentions)
    last = len(article.sentences)
    early = 1.0 - (mentions[0].sentence - 1) / last if mentions else 0.0
    headline = 2.0 if article.title and _in_title(article.title, names) else 0.0
    named = _named(entity, mentions)
    return round(
        2.0 * math.log2(1 + named) + 2.0 * early + 1.5 * math.log2(1 + active) + headline - 1.5 * _is_bare(entity) + _KINDS.get(entity.kind or "", -1.0), 3
    )


def _is_bare(entity: Entity) -> bool:
    """Whether it is only called what it is: "troops", "insurgents"."""
    return bool(entity.key) and all(form == form.casefold() for form in entity.forms) and entity.kind in ("armed_force", "armed_group", "other")


def _named(entity: Entity, mentions: Sequence[Span]) -> float:
    """How often it is named; where a state is only a place, that counts little."""
    if entity.kind != "state" or not entity.spottings:
        return len(mentions)
    whole = sum(spotting.evidence >= 0.5 for spotting in entity.spottings)  # noqa: PLR2004 - below it the name is only a place
    return len(mentions) * (whole + 0.2 * (len(entity.spottings) - whole)) / len(entity.spottings) - (whole == 0)


def acts(article: Article, span: Span) -> bool:
    """Whether a verb of speech or action follows."""
    match = _NEXT_WORD.match(article.text, span.end, span.end + 40)
    if match is None:
        return False
    lists = actor_words()
    if lists.has(match[1], "verbs.speech", "verbs.act"):
        return True
    return lists.has(match[1], "verbs.auxiliary")


def _in_title(title: str, names: Sequence[str]) -> bool:
    folded = form_key(title)
    return any(re.search(rf"\b{re.escape(form_key(name))}\b", folded) for name in names)
