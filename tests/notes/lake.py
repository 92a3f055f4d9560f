"""The invented crisis of `seeds/lake-crisis`, briefed by code."""

import tomllib
from functools import cache

from summarizer.article import Article
from summarizer.resources import folder
from summarizer.types import Briefing
from tests.notes.briefed import by_code

HOME = folder("prompts").parent / "seeds" / "lake-crisis"
NAMES = (
    "halden-wire-clash",
    "velmar-gazette-clash",
    "morning-ledger-reprint",
    "oskaran-radio-denial",
    "halden-wire-correction",
    "kestrian-monitor-talks",
)
"""In the order in which the file lists them."""


@cache
def lake_articles() -> tuple[Article, ...]:
    """All six articles with title, outlet and date."""
    table = tomllib.loads((HOME / "articles.toml").read_text(encoding="utf-8"))
    return tuple(
        Article.from_text(
            (HOME / entry["file"]).read_text(encoding="utf-8"),
            id=name,
            title=entry["title"],
            source=entry["source"],
            published=entry["published"],
        )
        for name, entry in table.items()
    )


@cache
def lake_briefings() -> tuple[Briefing, ...]:
    """A briefing of each."""
    return tuple(by_code(article) for article in lake_articles())
