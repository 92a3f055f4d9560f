"""Who listens when a cassette has been played: a test run that writes down what it used."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Played", "tell", "watched"]


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one cassette in one block."""

    path: Path
    played: frozenset[int]
    """Positions, from 0, of the recordings that answered something."""
    recordings: int
    recorded: bool = False
    """Whether the block made the cassette."""


_watching: list[Callable[[Played], None]] = []


@contextmanager
def watched(watcher: Callable[[Played], None]) -> Generator[None]:
    """Inside this block, `watcher` is told of each cassette when it has been played or recorded."""
    _watching.append(watcher)
    try:
        yield
    finally:
        _watching.remove(watcher)


def tell(played: Played) -> None:
    """Tell whoever listens."""
    for watcher in _watching:
        watcher(played)
