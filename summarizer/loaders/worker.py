"""The other end of the parsing process: start it, hand it documents, and outlive it."""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from typing import Any, cast

from summarizer import errors
from summarizer.errors import InputError, LimitExceeded, UnsupportedSource
from summarizer.loaders.formats import Format
from summarizer.loaders.limits import DEADLINE_S
from summarizer.loaders.loaded import Extract

__all__ = ["parse_apart", "process", "stop"]

REUSED = 200
"""Documents after which a process makes room for a fresh one: libraries keep caches."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")
"""Of the environment: what starting Python may need; no key is among it."""

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from summarizer.loaders.child import main; main()"


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        paths = [path for path in sys.path if path]
        # -P and the cleaned paths: no module from the working folder, whoever wrote it there.
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-P", "-c", _START, json.dumps(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )
        self.owner = os.getpid()
        self.left = REUSED

    def ask(self, header: dict[str, Any], data: bytes, deadline_s: float) -> bytes:
        """The line it answers; empty when it died.

        Raises:
            NoAnswer: the deadline has passed.
        """
        self.left -= 1
        answer: Future[bytes] = Future()
        threading.Thread(target=self._exchange, args=(header, data, answer), daemon=True).start()
        return answer.result(deadline_s)

    def _exchange(self, header: dict[str, Any], data: bytes, answer: "Future[bytes]") -> None:
        into, out = self.process.stdin, self.process.stdout
        try:
            if into is None or out is None:
                answer.set_result(b"")
                return
            into.write(json.dumps(header).encode() + b"\n" + data)
            into.flush()
            answer.set_result(out.readline())
        except (OSError, ValueError):  # it died, or we closed its pipes
            answer.set_result(b"")

    def stop(self) -> int:
        """End it and say how it ended."""
        if self.owner != os.getpid():  # a fork of ours: the process is not this one's child
            return 0
        self.process.kill()
        for pipe in (self.process.stdout, self.process.stdin):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue
        return self.process.wait()


_lock = threading.Lock()
_held: list[_Worker] = []


def parse_apart(
    found: Format,
    data: bytes,
    name: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    deadline_s: float = DEADLINE_S,
) -> list[Extract]:
    """What a document holds, parsed in a process of its own under limits of memory and time.

    Raises:
        InputError: what the parser says of it; LimitExceeded when it used up what one document may take.
    """
    header = {"format": found.name, "size": len(data), "name": name, "charset": charset, "url": url}
    with _lock:
        worker = _running()
        try:
            line = worker.ask(header, data, deadline_s)
        except NoAnswer:
            _drop(worker)
            raise LimitExceeded(f"{name} takes longer than {deadline_s:g} seconds to read.") from None
        except KeyboardInterrupt:
            _drop(worker)
            raise
        if not line:
            raise _death(_drop(worker), name)
        answer = cast("dict[str, Any]", json.loads(line))
        if answer.get("error") == LimitExceeded.__name__:
            _drop(worker)  # its memory may be full of what it could not read
    return _extracts(answer)


def _running() -> _Worker:
    worker = _held[0] if _held else None
    if worker and (worker.left <= 0 or worker.owner != os.getpid() or worker.process.poll() is not None):
        _drop(worker)
        worker = None
    if worker is None:
        worker = _Worker()
        _held.append(worker)
    return worker


def _drop(worker: _Worker) -> int:
    _held.clear()
    return worker.stop()


def process() -> "subprocess.Popen[bytes] | None":
    """The process that waits for the next document, if there is one."""
    return _held[0].process if _held else None


@atexit.register
def stop() -> None:
    """End it now rather than with the program; the next document starts another."""
    for worker in _held:
        worker.stop()
    _held.clear()


def _death(code: int, name: str) -> InputError:
    if code == -getattr(signal, "SIGXCPU", 0):
        return LimitExceeded(f"{name} takes more computing than one document may.")
    if code < 0:
        return LimitExceeded(f"{name} ended the process that read it (signal {-code}).")
    return UnsupportedSource(f"{name} cannot be read: the process that parsed it stopped (code {code}).")


def _extracts(answer: dict[str, Any]) -> list[Extract]:
    if "error" in answer:
        kind = cast("type[InputError]", getattr(errors, answer["error"]))
        raise kind(answer["message"], hint=answer["hint"])
    return [Extract.from_record(record) for record in answer["extracts"]]
