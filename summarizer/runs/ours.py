"""Which files belong to a run: those it writes, and those that other runs have written among its sources."""

import json
import os
from pathlib import Path

from summarizer.errors import OutputTaken
from summarizer.runs.database import store_path
from summarizer.runs.output import failed_path, part_path
from summarizer.runs.remote import Place, Remote, place_of

__all__ = ["Ours", "is_cut", "shards_path"]

_ROWS = (".jsonl", ".ndjson", ".parquet")
_FAILED = ".failed.jsonl"
_TAILS = ("", ".part", ".run.sqlite", ".run.sqlite-wal", ".run.sqlite-shm", ".run.lock")


class Ours:
    """Files that are no articles: those of one run, and on this machine those of any other run. A container of places.

    Args:
        output: Of the run, as it was named.

    Attributes:
        others: What was asked for and is of a run.
        among_others: Whether several sources were named.
    """

    def __init__(self, output: str | Path) -> None:
        self._cut = is_cut(output)
        self._files = frozenset[Place]() if self._cut else _family(place_of(output))
        shards = shards_path(output)
        self._shards = _located(shards) if isinstance(shards, Path) else shards.absolute()
        self._folders: dict[Path, bool] = {}
        self.others: set[Path] = set()
        self.among_others = False

    def __contains__(self, place: Place) -> bool:
        """Whether it is to be left out where it is found."""
        if self._has(place):
            return True
        if isinstance(place, Remote) or not self._is_of_a_run(place):
            return False
        self.others.add(place)
        return True

    def admits(self, place: Place) -> bool:
        """Whether a source that was named is to be read: no file of this run.

        One that a shell has put among others, when it filled in the pattern of a run that goes on, is left out.

        Raises:
            OutputTaken: it is one, and nothing else was named, or no run has written it.
        """
        if not self._has(place):
            return True
        if self.among_others and isinstance(place, Path) and self._is_of_a_run(place):
            self.others.add(place)
            return False
        raise OutputTaken(
            f"the output is one of the sources: {str(place)!r} would be replaced.",
            hint="Name another file as --output.",
        )

    def _has(self, place: Place) -> bool:
        if isinstance(place, Remote):
            found = place.absolute()
            return found in self._files or found.url.startswith(f"{str(self._shards).rstrip('/')}/")
        names = {_located(place), Path(os.path.realpath(place))} if place.is_symlink() else {_located(place)}
        return any(name in self._files or self._shards in name.parents for name in names)

    def _is_of_a_run(self, path: Path) -> bool:
        return self._holds_shards(path.parent) or any(map(_has_run, _outputs_of(path)))

    def _holds_shards(self, folder: Path) -> bool:
        if folder not in self._folders:
            marks = (folder / "plan.json").exists() and (folder / "plan.lock").exists()
            self._folders[folder] = marks and _is_plan(folder / "plan.json")
        return self._folders[folder]


def shards_path(output: str | Path) -> Place:
    """Where the shards of a run lie: beside its output; in it, where that ends with a slash and is a folder of them."""
    place = place_of(output)
    return place if is_cut(output) else place.with_name(f"{place.name}.shards")


def is_cut(output: str | Path) -> bool:
    """Whether the output is to stay in shards: it ends with a slash."""
    return str(output).endswith("/")


def _family(output: Place) -> frozenset[Place]:
    """Every file that a run writes, shards aside."""
    if isinstance(output, Remote):
        return frozenset({output.absolute(), failed_path(output).absolute()})
    files = [output, failed_path(output)]
    store = store_path(output)
    more = [part_path(file) for file in files]
    more += [store.with_name(store.name + tail) for tail in ("-wal", "-shm")]
    return frozenset(_located(path) for path in [*files, *more, store, store.with_suffix(".lock")])


def _located(path: Path) -> Path:
    """The one way in which this machine spells the name; where it leads, if it is a link, is another question."""
    return Path(os.path.realpath(path.parent), path.name)


def _outputs_of(path: Path) -> list[Path]:
    """The outputs whose run may have written a file, by its name."""
    for tail in _TAILS:
        base = path.name.removesuffix(tail)
        if path.name.endswith(tail) and base.lower().endswith(_ROWS):
            stem = base.removesuffix(_FAILED)
            names = [base] if stem == base else [base, stem, f"{stem}.jsonl"]
            return [path.with_name(name) for name in names]
    return []


def _has_run(output: Path) -> bool:
    return store_path(output).exists() or (output.with_name(f"{output.name}.shards") / "plan.json").exists()


def _is_plan(path: Path) -> bool:
    """Whether a run has cut its input there: files of that name may be anybody's."""
    try:
        return "shards" in json.loads(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return False
