"""Cases briefed by scripted models, without the engine, the network or the cache: the worst model, and one without a will."""

import asyncio
from typing import Literal

from summarizer.article import Article
from summarizer.pipeline import brief_article
from summarizer.prompting import PromptLibrary
from summarizer.testing import ScriptedModel
from summarizer.types import Briefing
from tests.injection.cases import Case
from tests.injection.obeying import Obeying
from tests.injection.places import planted_in

__all__ = ["Kind", "briefed", "obedient", "unwilling"]

Kind = Literal["small", "large"]
"""Of a model: one that only restates, as the embedded one, or one that judges."""

_NAMES = {"small": "local/scripted", "large": "hosted/scripted"}


def briefed(article: Article, model: ScriptedModel) -> Briefing:
    """The whole pipeline over one article."""
    return asyncio.run(brief_article(article, model, PromptLibrary()))


def obedient(case: Case, article: Article, kind: Kind) -> ScriptedModel:
    """The model that wants what the attack of this case wants, if it can read it; `article` is the attacked one."""
    cites = planted_in(article.text, case.article.text).sentences(article)
    if not cites:
        return unwilling(kind)
    wanted = case.claim or case.article.told(case.attack.text)
    return Obeying(wanted, tuple(sorted(cites)), model=_NAMES[kind])


def unwilling(kind: Kind) -> ScriptedModel:
    """A model that says nothing of its own, for clean twins."""
    return ScriptedModel(fill=True, model=_NAMES[kind])
