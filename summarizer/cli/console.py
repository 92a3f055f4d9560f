"""What the terminal shows besides results: progress and errors, both on standard error."""

import os
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarizer.errors import OutputError, PromptError, SettingsError, SummarizerError, TemplateError
from summarizer.files import write_whole
from summarizer.render.clean import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from summarizer.cli.drafting import PassView
    from summarizer.types import PassReport

__all__ = [
    "FAILED",
    "INTERRUPTED",
    "OF_USAGE",
    "USAGE",
    "ConsoleProgress",
    "check_apart",
    "check_writable",
    "exit_on_error",
    "say",
    "write_result",
]

FAILED, USAGE, INTERRUPTED = 1, 2, 130
OF_USAGE = (SettingsError, PromptError, TemplateError)
"""What the command line itself has wrong: a value, a name, or a file that an option names."""


def say(message: str) -> None:
    """One cleaned line on standard error."""
    sys.stderr.write(clean(message) + "\n")
    sys.stderr.flush()


@contextmanager
def exit_on_error() -> Generator[None]:
    """Turn our errors into one message, its hint and an exit code; leave bugs their traceback."""
    try:
        yield
    except SummarizerError as error:
        say(f"Error: {error}")
        say(f"Hint:  {error.hint}")
        raise typer.Exit(USAGE if isinstance(error, OF_USAGE) else FAILED) from error
    except KeyboardInterrupt as error:
        say("Stopped.")
        raise typer.Exit(INTERRUPTED) from error
    except BrokenPipeError:
        # The reader has gone (`| head`); nobody is left to tell.
        sys.stderr.close()
        raise typer.Exit(FAILED) from None


def check_writable(output: Path | None) -> None:
    """Fail before the work rather than after it.

    Raises:
        OutputError: the folder of `output` is not there or not writable, or it is a folder itself.
    """
    if output is None:
        return
    if not output.parent.is_dir() or not os.access(output.parent, os.W_OK):
        raise OutputError(f"{str(output)!r} cannot be written: no such folder, or no right to write in it.")
    if output.is_dir():
        raise OutputError(f"{str(output)!r} cannot be written: it is a folder.", hint="Name a file in it.")


def check_apart(output: Path | None, *inputs: Iterable[Path | None]) -> None:
    """Refuse to write over what is read, whatever name it is called by.

    Args:
        output: The file that is to be written.
        inputs: Files that are read.

    Raises:
        SettingsError: `output` is one of them.
    """
    if output is None or not output.exists():
        return
    for path in chain.from_iterable(inputs):
        if path is not None and _is_same_file(path, output):
            raise SettingsError(
                f"{str(output)!r} is one of the files that are read, and would be overwritten.",
                hint="Name another file with -o.",
            )


def _is_same_file(path: Path, other: Path) -> bool:
    try:
        return path.is_file() and path.samefile(other)
    except (OSError, ValueError):  # a name the file system cannot hold, or a file that is gone
        return False


def write_result(result: str | bytes, output: Path | None) -> None:
    """The result, on standard output or, whole or not at all, in a file.

    Raises:
        OutputError: it cannot be written; an older file is left as it was.
    """
    if output is not None:
        write_whole(output, result)
        say(f"Wrote {output}")
        return
    try:
        if isinstance(result, bytes):
            sys.stdout.buffer.write(result)
        else:
            sys.stdout.write(result)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _give_up_stdout()
        raise OutputError(
            f"standard output cannot be written: {error.strerror or error}.",
            hint="Make room there, or send the result elsewhere.",
        ) from error


def _give_up_stdout() -> None:
    """Let what is left of the result go nowhere, or it fails once more, with a traceback, when the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # a stand-in of a test has no number
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class ConsoleProgress:
    """A bar while a model is fetched, a spinner while a pass runs, one plain line for what is done.

    Args:
        drafts: Whether a terminal shows what the model is writing, where its service streams.
    """

    def __init__(self, *, drafts: bool = False) -> None:
        self._drafts = drafts
        self._console: Console | None = None
        self._bars: Progress | None = None
        self._pass: PassView | None = None
        self._task: TaskID | None = None
        self._note = ""

    def using(self, model: str, why: str) -> None:
        """Say which model answers."""
        say(f"Model: {model} ({why})")

    def fetching(self, done: int, total: int, note: str) -> None:
        """Draw the bar on a terminal; elsewhere print each new note once."""
        if not sys.stderr.isatty():
            if note != self._note:
                say(f"Fetching: {note} ({done / 1e6:,.0f} of {total / 1e6:,.0f} MB)")
            self._note = note
            return
        if self._bars is None and self._pass is not None:
            # One thing at a time can be live on a terminal; the pass goes on when its model is there.
            self._pass.stop()
        bars = self._bars or self._start_bars()
        if self._task is None:
            self._task = bars.add_task(note, total=total)
        bars.update(self._task, completed=done, description=clean(note))
        if done >= total:
            self._stop_bars()
            if self._pass is not None:
                self._pass.start()

    def pass_started(self, name: str) -> None:
        """Show that the model is at work."""
        self.close()
        if sys.stderr.isatty():
            from summarizer.cli.drafting import PassView

            self._pass = PassView(name, self._stderr())
            self._pass.start()

    def listener(self, name: str) -> "Callable[[str], None] | None":  # noqa: ARG002 - other watchers may want it
        """Whoever watches the pass that has just begun."""
        return self._pass.hear if self._drafts and self._pass is not None else None

    def pass_done(self, report: "PassReport") -> None:
        """Say what the pass returned and cost."""
        self.close()
        tokens = report.tokens
        say(
            f"  {report.name:<10} {report.items:>3} items  {report.seconds:6.1f} s  "
            f"{tokens.input:,} tokens in ({tokens.cached:,} cached), {tokens.output:,} out"
            + ("  [answered from the cache]" if report.recalled else "")
            + ("" if report.outcome == "complete" else f"  [{report.outcome}]")
        )

    def close(self) -> None:
        """Take bar or spinner off the screen."""
        self._stop_bars()
        if self._pass is not None:
            self._pass.stop()
        self._pass = None

    def _stop_bars(self) -> None:
        if self._bars is not None:
            self._bars.stop()
        self._bars = self._task = None

    def _stderr(self) -> "Console":
        from rich.console import Console

        self._console = self._console or Console(stderr=True)
        return self._console

    def _start_bars(self) -> "Progress":
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=self._stderr(),
        )
        self._bars.start()
        return self._bars
