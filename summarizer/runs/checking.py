"""What is refused before a run begins: sources that are not there, an output that is somebody else's file."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import OutputTaken, RunChanged, SettingsError, SourceNotFound
from summarizer.runs.database import store_path
from summarizer.runs.ours import Ours, is_cut, shards_path
from summarizer.runs.output import failed_path, part_path
from summarizer.runs.remote import Place, Remote, place_of
from summarizer.runs.sources import LINES, Source

__all__ = ["check", "check_output"]


def check(sources: Iterable[Source], *, leave_out: Ours | None = None) -> None:
    """Fail before the work rather than in the middle of it.

    Args:
        sources: Where the articles are.
        leave_out: The files of the run, none of which may be named.

    Raises:
        OutputTaken: a source that was named is one of the run's own files.
        SourceNotFound: a source that was named is not there.
        FetchFailed: its storage does not answer.
        StorageNotInstalled: nothing that is installed speaks to its storage.
    """
    sources = list(sources)
    if leave_out is not None:
        leave_out.among_others = len(sources) > 1
    for source in sources:
        if isinstance(source, Article) or str(source) == "-":
            continue
        place = place_of(source)
        if leave_out is not None and not glob.has_magic(str(place)):
            leave_out.admits(place)
        if isinstance(place, Remote):
            _check_remote(place)
        elif place.exists():
            continue
        elif not glob.has_magic(str(source)):
            raise SourceNotFound(f"there is no file or folder {str(source)!r}.")
        elif next(glob.iglob(str(source), recursive=True), None) is None:  # noqa: PTH207 - may be absolute
            raise SourceNotFound(f"nothing matches {str(source)!r}.")


def _check_remote(remote: Remote) -> None:
    if glob.has_magic(remote.url):
        if not remote.matches():
            raise SourceNotFound(f"nothing matches {remote.url!r}.")
    elif not remote.exists():
        raise SourceNotFound(f"there is no file or folder {remote.url!r}.")


def check_output(output: str | Path, kept_at: Path, *, sharded: bool = False) -> None:
    """See that the output is this run's to write, before anything of it is made.

    Args:
        output: As it was named; with a slash at its end, a folder of shards.
        kept_at: Where the run grows on this machine, as `local_path` has it; the store of one in one piece lies beside it.
        sharded: Whether the run is cut into shards.

    Raises:
        SettingsError: it is named as nothing that we write.
        RunChanged: it was begun in shards and is to go on without, or the other way round.
        OutputTaken: there is a file already, and no run that is known here has written it.
        FetchFailed: its storage does not answer.
    """
    place, shards = place_of(output), shards_path(output)
    if not (sharded and is_cut(output)):
        _check_name(place, sharded=sharded)
    store = store_path(kept_at)
    in_shards, in_one = (shards / "plan.json").exists(), store.exists()
    if in_shards and not sharded:
        raise RunChanged(
            f"the run of {str(place)!r} was begun with --engine: its shards are in {str(shards)!r}.",
            hint="Go on with --engine, or name another --output for a new run.",
        )
    if in_one and sharded:
        raise RunChanged(
            f"the run of {str(place)!r} was begun without --engine: its store is {str(store)!r}.",
            hint="Go on without --engine, or name another --output for a new run.",
        )
    if not in_shards and not in_one:
        for file in _shards_in(shards) if is_cut(output) else _written(place):
            if file.exists() and not _is_empty(file):
                _refuse(file, shards if sharded else store)


def _is_empty(file: Place) -> bool:
    """Whether nothing is lost with it, as with a name that was reserved for us."""
    return isinstance(file, Path) and file.is_file() and not file.stat().st_size


def _check_name(place: Place, *, sharded: bool) -> None:
    """What we write is JSON lines or Parquet, and says so by its name."""
    suffix = place.suffix.lower()
    if suffix not in LINES | {".parquet"}:
        raise SettingsError(
            f"the output {str(place)!r} is no .jsonl or .parquet.",
            hint="Name it so: the rows of a batch are JSON lines, or a Parquet file.",
        )
    if sharded and suffix == ".parquet":
        raise SettingsError("shards are put together as JSON lines.", hint="Name a .jsonl as --output.")
    if place.name.lower().endswith(".failed.jsonl"):
        raise SettingsError(
            f"{str(place)!r} is the name of a list of failed articles.",
            hint="Name the output otherwise: what fails is listed beside it under such a name.",
        )


def _written(output: Place) -> Iterator[Place]:
    """Every file of a run but its store and the lock of that."""
    for file in (output, failed_path(output)):
        yield file
        if isinstance(file, Path):
            yield part_path(file)


def _shards_in(folder: Place) -> Iterator[Place]:
    yield folder / "complete.json"
    found = folder.below() if isinstance(folder, Remote) else folder.glob("*")
    yield from (file for file in found if file.stem.isdecimal() and file.suffix == ".jsonl")


def _refuse(file: Place, kept: Place) -> None:
    raise OutputTaken(
        f"{str(file)!r} is there already, and no run that is known here has written it: it would be replaced.",
        hint=f"Name another --output, or move or delete it. If a run has written it, what that run knew is gone "
        f"({str(kept)!r}), and every article would be paid for again; it goes on only where that is.",
    )
