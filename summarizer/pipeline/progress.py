"""How a run tells whoever is watching what it does."""

from collections.abc import Callable
from typing import Protocol

from summarizer.types import PassReport

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Told of each step as it happens; the command line draws it, Python callers may leave it out."""

    def fetching(self, done: int, total: int, note: str) -> None:
        """A model file is being fetched: `done` of `total` bytes, and what happens right now."""
        ...

    def using(self, model: str, why: str) -> None:
        """The model that was chosen, and where the choice comes from."""
        ...

    def pass_started(self, name: str) -> None:
        """A pass over the article begins."""
        ...

    def listener(self, name: str) -> Callable[[str], None] | None:
        """Who is told the reply to a pass as it is written: the JSON so far, not checked by anyone; None: nobody."""
        ...

    def pass_done(self, report: PassReport) -> None:
        """A pass has ended, with what it returned and cost."""
        ...


class Silent:
    """Nobody is watching."""

    def fetching(self, done: int, total: int, note: str) -> None:
        """Ignore it."""

    def using(self, model: str, why: str) -> None:
        """Ignore it."""

    def pass_started(self, name: str) -> None:
        """Ignore it."""

    def listener(self, name: str) -> None:
        """Nobody listens, so nothing is streamed."""

    def pass_done(self, report: PassReport) -> None:
        """Ignore it."""
