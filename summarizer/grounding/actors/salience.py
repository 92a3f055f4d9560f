"""How central an actor is to its article.

The weights were set by hand on news text: naming counts by its logarithm, so that the tenth time adds little; the
lead, the headline and being the subject of a verb count as much as being named twice more.
"""

import math
import re
from collections.abc import Sequence

from summarizer.article import Article
from summarizer.grounding.actors.entities import Entity, form_key
from summarizer.grounding.actors.words import actor_words
from summarizer.types import ActorKind, Span

__all__ = ["acts", "salience"]

_NEXT_WORD = re.compile(r"[\"\u201d]?\s+([A-Za-z]+)")
_REACH = 40
"""Characters after a mention in which its verb may start."""
_BY_KIND: dict[ActorKind, float] = {
    "state": 1.0,
    "person": 0.5,
    "armed_force": 0.5,
    "armed_group": 0.5,
    "government_body": -1.0,
    "igo": -1.0,
    "ngo": -1.0,
    "company": -0.5,
    "population": -1.0,
    "media": -2.0,
    "other": -1.0,
}
_UNKNOWN_KIND = -1.0
_BARE = -1.5
"""For groups only called what they are: "troops", "insurgents"."""
_NO_MORE_THAN_A_PLACE = 0.2
"""What naming a state counts where the state is only where something happens."""
_AS_AN_ACTOR = 0.5
"""Evidence from which a state is more than a place."""


def salience(article: Article, entity: Entity, names: Sequence[str], mentions: Sequence[Span]) -> float:
    """Weigh how often, how early and how actively an article names an actor.

    Args:
        article: The article.
        entity: The actor, with the evidence of its spottings.
        names: Its name and aliases.
        mentions: Where they stand; at least one.

    Returns:
        A number without unit; larger is more central. Only its order within one article means anything.
    """
    active = sum(acts(article, span) for span in mentions)
    early = 1.0 - (mentions[0].sentence - 1) / len(article.sentences)
    headline = bool(article.title) and _is_in(article.title or "", names)
    kind = _BY_KIND.get(entity.kind, _UNKNOWN_KIND) if entity.kind else _UNKNOWN_KIND
    often = 2.0 * math.log2(1 + _times_named(entity, mentions)) + 1.5 * math.log2(1 + active)
    return round(often + 2.0 * early + 2.0 * headline + kind + _BARE * _is_bare(entity), 3)


def acts(article: Article, span: Span) -> bool:
    """Whether a verb follows the mention: it says or does something."""
    match = _NEXT_WORD.match(article.text, span.end, span.end + _REACH)
    return bool(match) and actor_words().has(match[1], "verbs.speech", "verbs.act", "verbs.auxiliary")


def _times_named(entity: Entity, mentions: Sequence[Span]) -> float:
    """How often it is named; where a state is only a place, that counts little, and less than nothing if always."""
    if entity.kind != "state":
        return len(mentions)
    acting = sum(spotting.evidence >= _AS_AN_ACTOR for spotting in entity.spottings)
    passive = len(entity.spottings) - acting
    share = (acting + _NO_MORE_THAN_A_PLACE * passive) / len(entity.spottings)
    return len(mentions) * share - (acting == 0)


def _is_bare(entity: Entity) -> bool:
    grouped = bool(entity.key) and entity.kind in ("armed_force", "armed_group", "other")
    return grouped and all(form == form.casefold() for form in entity.forms)


def _is_in(title: str, names: Sequence[str]) -> bool:
    folded = form_key(title)
    return any(re.search(rf"\b{re.escape(form_key(name))}\b", folded) for name in names)
