"""What a batch shows to machines: one JSON object a line, and nothing else."""

import json
import sys
import time
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from summarizer.runs import Figures, Report, Result
from summarizer.runs.remote import Place

if TYPE_CHECKING:
    from summarizer.types import PassReport

__all__ = ["JsonLog", "log_event"]

_BY_THE_CLOCK: Final = ("articles_a_minute", "eta_s")


def log_event(event: str, **facts: Any) -> None:
    """Write one line."""
    line = json.dumps({"event": event, "time": round(time.time(), 3), **facts})
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


class JsonLog:
    """One JSON object a line."""

    def __init__(self) -> None:
        self._shown: dict[str, Any] = {}

    def started(self, unknown: int, unknown_usd: float | None) -> None:
        """It begins."""
        log_event("started", unknown=unknown, unknown_usd=unknown_usd)

    def ended(self, result: Result) -> None:
        """An article has its result; those of earlier starts are only counted."""
        if not result.kept:
            error = asdict(result.error) if result.error else None
            log_event("article", id=result.id, position=result.position, error=error)

    def figures(self, figures: Figures) -> None:
        """So far, where anything has happened since: the clock alone is no progress."""
        numbers = _numbers(figures)
        counts = {name: value for name, value in numbers.items() if name not in _BY_THE_CLOCK}
        if counts != self._shown:
            self._shown = counts
            log_event("progress", **numbers)

    def left_out(self, paths: Collection[Path]) -> None:
        """Files that other runs have written."""
        if paths:
            log_event("left_out", files=len(paths))

    def finished(self, report: Report, output: Place) -> None:
        """It has ended."""
        stopped = report.stopped
        error = (
            {"type": type(stopped).__name__, "message": str(stopped), "hint": stopped.hint}
            if stopped
            else None
        )
        log_event(
            "finished",
            complete=report.complete,
            output=str(output),
            error=error,
            gone=report.gone,
            **_numbers(report.figures),
        )

    def fetching(self, done: int, total: int, note: str) -> None:
        """A model file is being fetched."""
        log_event("fetching", done=done, total=total, note=note)

    def using(self, model: str, why: str) -> None:
        """The model that was chosen."""
        log_event("model", model=model, why=why)

    def pass_started(self, name: str) -> None:
        """Nothing."""

    def listener(self, name: str) -> None:
        """Nobody listens."""

    def pass_done(self, report: "PassReport") -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing to put away."""


def _numbers(figures: Figures) -> dict[str, Any]:
    usage, posted = figures.usage, figures.posted
    return {
        **({"post": asdict(posted)} if posted is not None else {}),
        "done": figures.done,
        "failed": figures.failed,
        "kept": figures.kept,
        "left": figures.left,
        "articles_a_minute": round(figures.a_minute, 2),
        "requests": usage.requests,
        "tokens_in": usage.tokens.input,
        "tokens_out": usage.tokens.output,
        "usd": usage.cost_usd,
        "usd_projected": figures.projected_usd,
        "eta_s": figures.eta_s,
    }
