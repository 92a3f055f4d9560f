"""What a cassette knows of how it was made: when, by which test, of which prompts, schemas, tables, model, settings.

Paths are relative to the folder of the cassette, so that a checkout may lie anywhere.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import Field

from summarizer.errors import InputError, SettingsError
from summarizer.llm import PROVIDERS, ModelRef, parse_model
from summarizer.testing.digests import Digests, changed, digests_of
from summarizer.testing.recording import ORIGIN, Recording, reply_type
from summarizer.types.base import Model

if TYPE_CHECKING:
    from summarizer.pipeline.witness import Briefed

__all__ = ["Asked", "Made", "Run", "Source", "changes", "describe", "passes_of", "project_of", "version"]

PROJECT_MARKS = ("pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", ".git")
OF_ONE_ARTICLE = frozenset({"actors", "revision", "signals", "summary"})
"""The passes of `summarize`; a note of several articles asks more."""
ENDINGS = ("/chat/completions", "/v1/messages")
"""What the wire protocols add to a base URL."""
MOST_LOOKED_AT = 20_000
"""Files and folders that are looked at to find an article again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A model and where it was asked: for the recorder, and never kept."""

    model: str
    host: str
    path: str


class Source(Model):
    """The article of a run, as far as it can be found again."""

    file: str | None = None
    """None for a text that came from no file of the project."""
    sha256: str
    title: str | None = None
    published: str | None = None


class Run(Model):
    """One article put to one model while the cassette was recorded."""

    model: str
    """As `provider/name`."""
    article: Source
    address: str | None = None
    """Stands for its server where that was not the provider's own; what is sent depends on it, but not on where."""
    prompts: str | None = None
    """The folder of the user's own templates."""
    digests: Digests


class Made(Model):
    """How a cassette was made."""

    recorded: str
    """Day, ISO 8601; stays when recording again changes nothing."""
    version: str
    """Of summarizer."""
    test: str | None = None
    """The test that recorded it, as pytest names it from the root of the project."""
    runs: list[Run] = Field(default_factory=list[Run])

    @property
    def models(self) -> dict[str, str | None]:
        """The models that were asked, with what stands for their servers."""
        return {run.model: run.address for run in self.runs}

    @property
    def can_be_made_again(self) -> bool:
        """Whether a command can make it anew: a test made it, or every article came from a file of the project."""
        return self.test is not None or self.can_be_replayed

    @property
    def can_be_replayed(self) -> bool:
        """Whether every article it was made of came from a file of the project, and nothing was asked beyond them."""
        asked = {name for run in self.runs for name in run.digests.prompts}
        return bool(self.runs) and asked <= OF_ONE_ARTICLE and all(run.article.file for run in self.runs)


def describe(
    path: Path,
    recordings: Sequence[Recording],
    heard: "Iterable[Briefed]",
    *,
    asked: Collection[Asked] = (),
    test: str | None,
) -> Made:
    """What is to be known of a cassette that was just recorded.

    Args:
        path: The cassette.
        recordings: What it holds.
        heard: The articles that were briefed meanwhile.
        asked: Which models were asked where.
        test: The test that recorded it.
    """
    folder = path.resolve().parent
    runs = [_run(folder, one, passes_of(recordings, one.model.name), asked) for one in heard]
    distinct = [run for position, run in enumerate(runs) if run not in runs[:position]]
    return Made(recorded=datetime.now(UTC).date().isoformat(), version=version(), test=test, runs=distinct)


def passes_of(recordings: Iterable[Recording], model: str) -> list[str]:
    """Names of the passes that a model was asked for, sorted; told by the type that each request wants filled in."""
    trees = [one.request.body.tree for one in recordings if one.request.body]
    asked = [tree for tree in trees if isinstance(tree, dict) and tree.get("model") == model]
    return sorted({name.lower() for tree in asked if (name := reply_type(tree))})


def project_of(folder: Path) -> Path:
    """The nearest folder above that looks like the root of a project; without one, the folder itself."""
    homes = (folder, *folder.parents)
    return next((home for home in homes if any((home / mark).exists() for mark in PROJECT_MARKS)), folder)


def _digest_of_article(file: Path) -> str | None:
    """Digest of the article in a file, as `Article.sha256` has it; None when there is none."""
    from summarizer.loaders import load

    try:
        return load(file).sha256
    except InputError:
        return None


def _run(folder: Path, heard: "Briefed", passes: Sequence[str], asked: Collection[Asked]) -> Run:
    return Run(
        model=str(heard.model),
        address=_address(heard.model, asked),
        article=_source(folder, heard),
        prompts=_within(folder, heard.prompts),
        digests=digests_of(heard.model, heard.prompts, passes),
    )


def _address(model: ModelRef, asked: Collection[Asked]) -> str | None:
    """What stands for the address of a model's server, unless it was the provider's own."""
    row = PROVIDERS.get(model.provider)
    if row is None or row.embedded:
        return None
    own = urlsplit(row.base_url or "").hostname
    others = sorted(one.path for one in asked if one.model == model.name and one.host != own)
    if not others:
        return None
    ending = next((ending for ending in ENDINGS if others[0].endswith(ending)), "")
    return ORIGIN + others[0].removesuffix(ending)


def _source(folder: Path, heard: "Briefed") -> Source:
    article = heard.article
    found = _find(project_of(folder), article.source, article.sha256) if article.source else None
    return Source(
        file=_within(folder, found), sha256=article.sha256, title=article.title, published=article.published
    )


def _find(root: Path, name: str, sha256: str) -> Path | None:
    """An article knows the name of its file, but not the folder: that would be nobody's business in a briefing."""
    looked_at = 0
    for home, folders, files in os.walk(root):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f not in {"node_modules", "venv", "__pycache__"}
        )
        looked_at += len(files) + len(folders)
        if looked_at > MOST_LOOKED_AT:
            return None
        file = Path(home) / name
        if name in files and _digest_of_article(file) == sha256:
            return file
    return None


def _within(folder: Path, path: Path | None) -> str | None:
    """The path as seen from the cassette, when both belong to one project."""
    if path is None or not path.resolve().is_relative_to(project_of(folder)):
        return None
    return Path(os.path.relpath(path.resolve(), folder)).as_posix()


def version() -> str:
    """Of this summarizer; `unknown` in a checkout that is not installed."""
    try:
        return installed("summarizer")
    except PackageNotFoundError:
        return "unknown"


def now(path: Path, run: Run) -> Digests:
    """The digests of a run as they would be today; raises SettingsError where its model is no longer known.

    Args:
        path: The cassette.
        run: One of its runs.
    """
    overlay = path.parent / run.prompts if run.prompts else None
    return digests_of(parse_model(run.model), overlay, run.digests.prompts)


def changes(path: Path, made: Made) -> list[str]:
    """What has changed since the cassette was made, in words such as `prompt summary` or `article seeds/a.txt`."""
    found: list[str] = []
    for run in made.runs:
        try:
            found += changed(run.digests, now(path, run))
        except SettingsError:
            found.append(f"model {run.model} is not known any more")
        if run.article.file and _digest_of_article(path.parent / run.article.file) != run.article.sha256:
            found.append(f"article {run.article.file}")
    return list(dict.fromkeys(found))
