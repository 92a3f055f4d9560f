"""Whether recordings still fit the code, told without a model, a network, or running the tests."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.errors import CassetteError, SummarizerError
from summarizer.testing.leaks import check_secrets
from summarizer.testing.ledger import Ledger, digest, name_of, read_ledger
from summarizer.testing.made import Made, changes, version
from summarizer.testing.storage import Tape, read_tape

__all__ = ["Finding", "Prove", "check", "find_cassettes"]

FOLDER = "cassettes"
SKIPPED = frozenset({"node_modules", "venv", "site-packages", "__pycache__"})

Prove = Callable[[Path, Made], SummarizerError | None]
"""Replays a cassette the way it was made; returns what that failed with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be known about one cassette."""

    path: Path
    kind: Literal["broken", "leak", "stale", "unplayed", "unused", "unknown", "note"]
    """`unknown` and `note` are no faults."""
    message: str

    @property
    def is_fault(self) -> bool:
        """Whether something has to be done about it."""
        return self.kind not in {"unknown", "note"}


def find_cassettes(start: Path) -> list[Path]:
    """All cassettes of a folder; of a project, those of its folders named `cassettes`.

    Raises:
        CassetteError: no such folder, or no recording in it.
    """
    if not start.is_dir():
        raise CassetteError(f"there is no folder {str(start)!r}", hint="Name the folder of the recordings.")
    whole = start.resolve().name == FOLDER or any(start.glob("*.yaml"))
    found = sorted(
        {path for folder in ([start] if whole else _folders(start)) for path in folder.rglob("*.y*ml")}
    )
    if not found:
        raise CassetteError(
            f"there is no recording below {str(start)!r}",
            hint="Tests record with `pytest --summarizer-record=once`, the command line with --cassette FILE --record.",
        )
    return found


def check(paths: Sequence[Path], *, prove: Prove | None = None) -> list[Finding]:
    """Everything that is to be known about these cassettes.

    Args:
        paths: The cassettes.
        prove: Settles whether a cassette still answers, where it knows the articles it was made of. A change that
            leaves every request as it was is then no fault, and one that no digest sees is found.
    """
    return [finding for path in paths for finding in _findings(path, prove)]


def _findings(path: Path, prove: Prove | None) -> Iterator[Finding]:
    try:
        tape = read_tape(path)
    except CassetteError as error:
        if isinstance(error.__cause__, ModuleNotFoundError):
            raise
        yield Finding(path, "broken", str(error))
        return
    for problem in check_secrets(path):
        yield Finding(path, "leak", f"{problem.where}: {problem.kind} {problem.found!r}")
    yield from _age(path, tape.made, prove)
    yield from _use(path, tape)


def _age(path: Path, made: Made | None, prove: Prove | None) -> Iterator[Finding]:
    if made is None:
        yield Finding(path, "unknown", "unknown age: it does not say what it was made of")
        return
    changed = ", ".join(changes(path, made))
    error = prove(path, made) if prove and made.can_be_replayed else None
    proven = bool(prove) and made.can_be_replayed and error is None
    if proven and changed:
        yield Finding(
            path, "note", f"changed since {made.recorded}: {changed}; it still answers every request"
        )
    elif error and not changed:
        yield Finding(path, "stale", f"the same call no longer fits: {_first_line(error, path)}")
    elif changed:
        yield Finding(path, "stale", f"changed since {made.recorded}: {changed}")
    elif not proven and made.version != version():
        yield Finding(
            path, "note", f"made by summarizer {made.version}; this is {version()}, so its test has to tell"
        )
    elif not made.runs:
        yield Finding(
            path, "unknown", "it was not made by summarize(), so its test has to tell whether it still fits"
        )


def _use(path: Path, tape: Tape) -> Iterator[Finding]:
    found = read_ledger(path.parent)
    if found is None:
        return
    root, ledger = found
    name = name_of(root, path)
    entry = ledger.cassettes.get(name)
    if entry is not None and entry.sha256 == digest(path):
        left = [str(n + 1) for n in range(entry.recordings) if n not in entry.played]
        if left and not _was_cut_short(tape.made, ledger):
            yield Finding(path, "unplayed", f"the last tests never asked for recording {', '.join(left)}")
    elif entry is None and _should_have_been_played(name, tape.made, ledger):
        yield Finding(path, "unused", "no test of the last whole run asked for it")


def _was_cut_short(made: Made | None, ledger: Ledger) -> bool:
    return made is not None and made.test in ledger.unfinished


def _should_have_been_played(name: str, made: Made | None, ledger: Ledger) -> bool:
    """Not when it was made for a demonstration, or its test was not run or did not come to its end."""
    if made is None:
        return ledger.covers(name)
    if made.test is None or _was_cut_short(made, ledger):
        return False
    return ledger.covers(made.test.partition("::")[0])


def _folders(start: Path) -> Iterator[Path]:
    """The folders named `cassettes` of a project, without those of its environment."""
    for home, folders, _ in os.walk(start):
        if Path(home).name == FOLDER:
            yield Path(home)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)


def _first_line(error: SummarizerError, path: Path) -> str:
    return str(error).splitlines()[0].removeprefix(f"{path}: ")
