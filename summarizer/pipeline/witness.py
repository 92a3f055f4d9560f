"""Who listens when articles are briefed: a recorder that wants to know what the requests are made of.

Global like the interception of requests, which also serves every thread of the process.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from summarizer.article import Article
from summarizer.llm import ModelRef

__all__ = ["Briefed", "tell", "told_as_note", "witnessed"]


@dataclass(frozen=True, slots=True)
class Briefed:
    """One article put to one model, or the several of one note."""

    articles: tuple[Article, ...]
    model: ModelRef
    prompts: Path | None
    """The user's own templates, when there are any."""
    title: str | None = None
    """That was given to a note."""


_listening: list[list[Briefed]] = []
_inside_note: ContextVar[bool] = ContextVar("summarizer_inside_note", default=False)
"""The tasks in which a note briefs its articles inherit it; another call at the same time does not."""


@contextmanager
def witnessed() -> Generator[list[Briefed]]:
    """Inside this block every article or note that is briefed is entered in the list."""
    heard: list[Briefed] = []
    _listening.append(heard)
    try:
        yield heard
    finally:
        # By identity: two lists that heard the same are equal.
        _listening[:] = [other for other in _listening if other is not heard]


def tell(article: Article, model: ModelRef, prompts: Path | None) -> None:
    """Tell whoever listens that an article is about to be briefed, unless it is for a note they have heard of."""
    if not _inside_note.get():
        _enter(Briefed((article,), model, prompts))


@contextmanager
def told_as_note(
    articles: Sequence[Article], model: ModelRef, prompts: Path | None, *, title: str | None
) -> Generator[None]:
    """Tell whoever listens that these articles are about to make one note; a single one is briefed as ever."""
    if len(articles) < 2:  # noqa: PLR2004 - one is no several
        yield
        return
    _enter(Briefed(tuple(articles), model, prompts, title))
    outside = _inside_note.set(True)
    try:
        yield
    finally:
        _inside_note.reset(outside)


def _enter(briefed: Briefed) -> None:
    for heard in _listening:
        heard.append(briefed)
