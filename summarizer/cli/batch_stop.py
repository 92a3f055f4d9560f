"""How a batch is stopped from outside: Ctrl-C or a polite kill once, and once more for those in a hurry."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import typer

from summarizer.cli.batch_json import log_event
from summarizer.cli.console import FAILED, INTERRUPTED, OF_USAGE, USAGE, say
from summarizer.errors import SummarizerError

if TYPE_CHECKING:
    from summarizer.runs import Stop

__all__ = ["draining", "errors_as_events"]

_AGAIN: Final = "Run the same command again to go on where it was."


@contextmanager
def draining(stop: "Stop", *, json_log: bool = False) -> Generator[None]:
    """The first Ctrl-C lets what is under way end, the second ends at once; a polite kill counts as the first.

    Args:
        stop: Asked by the first.
        json_log: Whether what is said of it is for machines.
    """
    asked = False

    def ask(number: int, _: Any) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        stop.ask()
        _say_stopping(signal.Signals(number), json_log=json_log)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt as error:
        if json_log:
            log_event("stopped", hint=_AGAIN)
        else:
            say(f"Stopped at once. {_AGAIN}")
        raise typer.Exit(INTERRUPTED) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def errors_as_events(*, wanted: bool) -> Generator[None]:
    """Our errors as JSON, where that is wanted, with the exit codes that they have everywhere."""
    try:
        yield
    except SummarizerError as error:
        if not wanted:
            raise
        log_event("error", type=type(error).__name__, message=str(error), hint=error.hint)
        raise typer.Exit(USAGE if isinstance(error, OF_USAGE) else FAILED) from error


def _say_stopping(number: signal.Signals, *, json_log: bool) -> None:
    if json_log:
        log_event("stopping", signal=number.name)
        return
    again = "press Ctrl-C again" if number == signal.SIGINT else "send the signal again"
    sys.stderr.write(f"\nStopping: requests under way may end; {again} to stop at once.\n")
