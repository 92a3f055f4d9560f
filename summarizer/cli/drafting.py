"""What a terminal shows while a pass is at work: how long it takes, and what the model writes, if its service streams.

What is shown is a draft: it disappears when the pass ends, and no result is made of it.
"""

import time
from collections.abc import Iterator
from typing import cast

from pydantic_core import from_json
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from summarizer.render.clean import clean

__all__ = ["PassView", "sentences_in"]

_LINES = 6
_REREAD_S = 0.1
"""Seconds between two readings of a reply that grows by every token."""


class PassView:
    """One pass on the screen.

    Args:
        name: Of the pass.
        console: Where it is drawn.
    """

    def __init__(self, name: str, console: Console) -> None:
        self._clock = Progress(
            SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
        )
        self._clock.add_task(f"{name} ...", total=None)
        self._draft: list[str] = []
        self._read = 0.0
        self._live = Live(get_renderable=self._drawn, console=console, transient=True, refresh_per_second=8)

    def start(self) -> None:
        """Put it on the screen."""
        self._live.start()

    def stop(self) -> None:
        """Take it off again, with all that was drafted."""
        self._live.stop()

    def hear(self, text: str) -> None:
        """The reply so far."""
        if time.monotonic() - self._read >= _REREAD_S:
            self._read = time.monotonic()
            self._draft = sentences_in(text)

    def _drawn(self) -> RenderableType:
        if not self._draft:
            return self._clock.get_renderable()
        lines = [Text("  draft, not checked yet:", style="dim")]
        lines += [
            Text(f"    {line}", style="dim", no_wrap=True, overflow="ellipsis")
            for line in self._draft[-_LINES:]
        ]
        return Group(self._clock.get_renderable(), *lines)


def sentences_in(text: str) -> list[str]:
    """What a reply that is still being written says in words, each piece on one cleaned line.

    Args:
        text: The beginning of a JSON document; anything else says nothing.
    """
    try:
        begun = cast("object", from_json(text, allow_partial="trailing-strings"))
    except ValueError:
        return []
    return [" ".join(clean(said).split()) for said in _strings(begun) if " " in said.strip()]


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in cast("dict[str, object]", value).values():
                yield from _strings(one)
        case list():
            for one in cast("list[object]", value):
                yield from _strings(one)
        case _:
            pass
