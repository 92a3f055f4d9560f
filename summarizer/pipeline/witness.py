"""Who listens when an article is briefed: a recorder that wants to know what the requests are made of.

Global like the interception of requests, which also serves every thread of the process.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from summarizer.article import Article
from summarizer.llm import ModelRef

__all__ = ["Briefed", "tell", "witnessed"]


@dataclass(frozen=True, slots=True)
class Briefed:
    """One article put to one model."""

    article: Article
    model: ModelRef
    prompts: Path | None
    """The user's own templates, when there are any."""


_listening: list[list[Briefed]] = []


@contextmanager
def witnessed() -> Generator[list[Briefed]]:
    """Inside this block every article that is briefed is entered in the list."""
    heard: list[Briefed] = []
    _listening.append(heard)
    try:
        yield heard
    finally:
        # By identity: two lists that heard the same are equal.
        _listening[:] = [other for other in _listening if other is not heard]


def tell(article: Article, model: ModelRef, prompts: Path | None) -> None:
    """Tell whoever listens that an article is about to be briefed."""
    for heard in _listening:
        heard.append(Briefed(article, model, prompts))
