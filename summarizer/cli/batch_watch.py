"""What a batch shows while it goes on: a bar on a terminal, a line now and then elsewhere, or JSON for machines."""

import json
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Protocol

from summarizer.cli.batch_post import left_in_words, posted_in_words
from summarizer.cli.console import ConsoleProgress, say
from summarizer.pipeline import Progress
from summarizer.render.clean import clean
from summarizer.runs import Figures, Report, Result, Watcher
from summarizer.runs.output import failed_path
from summarizer.runs.remote import Place

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from summarizer.runs.status import Status
    from summarizer.types import PassReport

__all__ = ["BatchWatcher", "described", "watcher_for"]

_PLAIN_EVERY_S: Final = 10.0


class BatchWatcher(Watcher, Progress, Protocol):
    """Shows how a batch goes, and which model it uses."""

    def finished(self, report: Report, output: Place) -> None:
        """It has ended."""
        ...

    def close(self) -> None:
        """Take whatever is drawn off the screen."""
        ...


@contextmanager
def watcher_for(*, json_log: bool) -> Generator[BatchWatcher]:
    """What shows a batch where it is started."""
    watcher: BatchWatcher = JsonLog() if json_log else Lines() if not sys.stderr.isatty() else Bar()
    try:
        yield watcher
    finally:
        watcher.close()


class Lines(ConsoleProgress):
    """A plain line every ten seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = time.monotonic()

    def started(self, unknown: int, unknown_usd: float | None) -> None:
        """Tell what an earlier start has left in the dark."""
        if unknown:
            say(
                f"{unknown:,} requests of an earlier start may have been paid for without an answer, "
                f"at most {_usd(unknown_usd)}."
            )

    def ended(self, result: Result) -> None:
        """Nothing: the figures tell."""

    def figures(self, figures: Figures) -> None:
        """Say now and then how far it is."""
        if time.monotonic() - self._shown >= _PLAIN_EVERY_S:
            self._shown = time.monotonic()
            say(in_words(figures))

    def finished(self, report: Report, output: Place) -> None:
        """Say how it ended, and what to do next."""
        self.close()
        figures = report.figures
        say(in_words(figures))
        if report.complete:
            beside = f"; {failed_path(output)} lists those that failed" if figures.failed else ""
            say(f"Wrote {output}{beside}")
            return
        if report.stopped is not None:
            say(f"Error: {report.stopped}")
            say(f"Hint:  {report.stopped.hint}")
        say("Not finished. Run the same command again to go on where it was.")
        if figures.posted is not None and figures.posted.batches:
            say(left_in_words(figures.posted, str(output)))

    def pass_started(self, name: str) -> None:
        """Nothing: many are under way at a time."""

    def pass_done(self, report: "PassReport") -> None:
        """Nothing."""


class Bar(Lines):
    """A bar that is drawn anew as things go on."""

    def __init__(self) -> None:
        super().__init__()
        self._articles: Bars | None = None
        self._row: TaskID | None = None

    def figures(self, figures: Figures) -> None:
        """Draw it."""
        if self._articles is None:
            self._articles = self._drawn()
        if self._row is None:
            self._row = self._articles.add_task("", total=figures.total)
        self._articles.update(
            self._row,
            completed=figures.done + figures.failed,
            total=figures.total,
            description=in_words(figures, lines=2),
        )

    def close(self) -> None:
        """Take it off the screen."""
        super().close()
        if self._articles is not None:
            self._articles.stop()
        self._articles = self._row = None

    def _drawn(self) -> "Bars":
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        bars = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=16),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._stderr(),
            transient=True,
            refresh_per_second=4,
        )
        bars.start()
        return bars


class JsonLog:
    """One JSON object a line."""

    def started(self, unknown: int, unknown_usd: float | None) -> None:
        """It begins."""
        _log("started", unknown=unknown, unknown_usd=unknown_usd)

    def ended(self, result: Result) -> None:
        """An article has its result; those of earlier starts are only counted."""
        if not result.kept:
            error = asdict(result.error) if result.error else None
            _log("article", id=result.id, position=result.position, error=error)

    def figures(self, figures: Figures) -> None:
        """So far."""
        _log("progress", **_numbers(figures))

    def finished(self, report: Report, output: Place) -> None:
        """It has ended."""
        stopped = report.stopped
        error = (
            {"type": type(stopped).__name__, "message": str(stopped), "hint": stopped.hint}
            if stopped
            else None
        )
        _log(
            "finished", complete=report.complete, output=str(output), error=error, **_numbers(report.figures)
        )

    def fetching(self, done: int, total: int, note: str) -> None:
        """A model file is being fetched."""
        _log("fetching", done=done, total=total, note=note)

    def using(self, model: str, why: str) -> None:
        """The model that was chosen."""
        _log("model", model=model, why=why)

    def pass_started(self, name: str) -> None:
        """Nothing."""

    def listener(self, name: str) -> None:
        """Nobody listens."""

    def pass_done(self, report: "PassReport") -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing to put away."""


def in_words(figures: Figures, *, lines: int = 1) -> str:
    """How far it is, on one line or on two."""
    ended = figures.done + figures.failed
    total = f" of {figures.total:,}" if figures.total is not None else ""
    tokens = figures.usage.tokens
    far = [
        f"{ended:,}{total} articles",
        f"{figures.failed:,} failed",
        f"{figures.left:,} left" if figures.left is not None else "",
    ]
    fast = [
        _rate(figures.a_minute) if figures.made else "",
        f"{_short(tokens.input + tokens.output)} tokens",
        _money(figures),
    ]
    if figures.posted is not None:
        fast += posted_in_words(figures.posted)
    elif figures.eta_s is not None and figures.left:
        fast.append(f"{_time(figures.eta_s)} to go")
    said = [far + fast] if lines == 1 else [far, fast]
    return "\n".join(" · ".join(part for part in parts if part) for parts in said)


def described(status: "Status", *, as_json: bool) -> str:
    """How a run stands, for people or for machines."""
    if as_json:
        return json.dumps({**asdict(status), "tokens": status.tokens.model_dump()}) + "\n"
    tokens = status.tokens
    lines = [
        *(f"{name}: {value}" for name, value in status.options.items() if name in {"model", "base URL"}),
        f"articles: {status.done:,} done, {status.failed:,} failed, {status.open:,} begun",
        f"requests: {status.requests:,}; {tokens.input:,} tokens in ({tokens.cached:,} cached), {tokens.output:,} out",
        f"spent: {_usd(status.usd)}",
        f"lately: {status.a_minute:,.1f} articles a minute",
        f"at work: {status.at_work or 'nobody'}",
        *(f"  {count:,} x {name}" for name, count in status.errors.items()),
    ]
    if status.batches:
        lines.append(f"at the provider: {status.batches:,} batches, {status.batched:,} requests")
    if status.uncertain_count:
        lines.append(
            f"outcome unknown: {status.uncertain_count:,} requests, at most {_usd(status.uncertain_usd)}"
        )
        lines += [f"  {one.id}, {one.name}: at most {_usd(one.worst_usd)}" for one in status.uncertain]
    return "".join(f"{clean(line)}\n" for line in lines)


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


def _log(event: str, **facts: Any) -> None:
    line = json.dumps({"event": event, "time": round(time.time(), 3), **facts})
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _money(figures: Figures) -> str:
    spent = figures.usage.cost_usd
    if not spent:
        return "price unknown" if spent is None else ""
    whole = figures.projected_usd
    return _usd(spent) + (f" of about {_usd(whole)}" if whole and figures.left else "")


def _rate(a_minute: float) -> str:
    if a_minute < 1:
        return f"{60 * a_minute:,.0f}/h"
    return f"{a_minute:.1f}/min" if a_minute < 10 else f"{a_minute:,.0f}/min"  # noqa: PLR2004 -- two digits tell enough


def _usd(usd: float | None) -> str:
    return "unknown" if usd is None else f"${usd:,.2f}" if usd >= 1 or not usd else f"${usd:.4f}"


def _short(number: int) -> str:
    for size, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.1f}{name}"
    return str(number)


def _time(seconds: float) -> str:
    minutes, hours = round(seconds / 60), round(seconds / 3600, 1)
    return f"{hours:g} h" if seconds >= 5400 else f"{minutes} min" if seconds >= 90 else f"{round(seconds)} s"  # noqa: PLR2004 -- where the next unit reads better
