"""What a batch shows while it goes on: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Collection, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from summarizer.cli.batch_json import JsonLog
from summarizer.cli.batch_words import counted, in_words, left_in_words, unanswered_in_words
from summarizer.cli.console import ConsoleProgress, say
from summarizer.pipeline import Progress
from summarizer.runs import Figures, Report, Result, Watcher
from summarizer.runs.output import failed_path
from summarizer.runs.remote import Place

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from summarizer.types import PassReport

__all__ = ["BatchWatcher", "watcher_for"]

_PLAIN_EVERY_S: Final = 10.0


class BatchWatcher(Watcher, Progress, Protocol):
    """Shows how a batch goes, and which model it uses."""

    def left_out(self, paths: Collection[Path]) -> None:
        """These are no articles, though folders or patterns have them: other runs have written them."""
        ...

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
            say(unanswered_in_words(unknown, unknown_usd))

    def ended(self, result: Result) -> None:
        """Nothing: the figures tell."""

    def figures(self, figures: Figures) -> None:
        """Say now and then how far it is."""
        if time.monotonic() - self._shown >= _PLAIN_EVERY_S:
            self._shown = time.monotonic()
            say(in_words(figures))

    def left_out(self, paths: Collection[Path]) -> None:
        """Say how many, and name one."""
        if paths:
            what = counted(len(paths), "file")
            verb = "was" if len(paths) == 1 else "were"
            say(f"{what} that other runs have written {verb} left out, such as {min(paths)}.")

    def finished(self, report: Report, output: Place) -> None:
        """Say how it ended, and what to do next."""
        self.close()
        figures = report.figures
        say(in_words(figures))
        if report.gone:
            say(
                f"{counted(report.gone, 'article')} of earlier starts {'is' if report.gone == 1 else 'are'} no "
                "longer among the sources as then (gone, changed or renamed), and not in the output; what was made "
                "of them stays in the store."
            )
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
