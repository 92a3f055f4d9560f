"""What a cassette knows of how it was made: when, by which test, of which prompts, schemas, tables, model, settings.

Paths are relative to the folder of the cassette, so that a checkout may lie anywhere.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import Field

from summarizer.article import Article
from summarizer.errors import InputError, SettingsError
from summarizer.llm import PROVIDERS, ModelRef, parse_model
from summarizer.testing.digests import NOTE, NOTE_DRAFTS, Digests, changed, digests_of
from summarizer.testing.recording import ORIGIN, Recording, reply_type
from summarizer.types.base import Model

if TYPE_CHECKING:
    from summarizer.pipeline.witness import Briefed

__all__ = ["Asked", "Made", "Run", "Source", "changes", "describe", "passes_of", "project_of", "version"]

PROJECT_MARKS = ("pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", ".git")
OF_ONE_ARTICLE = frozenset({"actors", "revision", "signals", "summary"})
"""The passes of `summarize`."""
OF_A_NOTE = OF_ONE_ARTICLE | {NOTE}
"""The passes of `brief`."""
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
    """An article of a run, as far as it can be found again."""

    file: str | None = None
    """None for a text that came from no file of the project."""
    sha256: str
    title: str | None = None
    published: str | None = None
    id: str | None = None
    """Where it is not the name of the file."""
    outlet: str | None = None
    """Where more than the name of the file was known."""

    def load(self, home: Path) -> Article:
        """The article as it was put to the model; raises InputError when its file cannot be read.

        Args:
            home: The folder of the cassette.
        """
        from summarizer.loaders import load

        found = load(home / (self.file or ""), title=self.title, published=self.published)
        return replace(found, id=self.id or found.id, source=self.outlet or found.source)


class Several(Model):
    """The articles of one note, in the order in which they were given."""

    articles: list[Source]
    title: str | None = None
    """That was given to the note."""


class Run(Model):
    """One article, or the articles of one note, put to one model while the cassette was recorded."""

    model: str
    """As `provider/name`."""
    article: Source | None = None
    note: Several | None = None
    address: str | None = None
    """Stands for its server where that was not the provider's own; what is sent depends on it, but not on where."""
    prompts: str | None = None
    """The folder of the user's own templates."""
    digests: Digests

    @property
    def articles(self) -> list[Source]:
        """All that were put to the model."""
        return [self.article] if self.article else self.note.articles if self.note else []

    @property
    def can_be_replayed(self) -> bool:
        """Whether every article came from a file of the project."""
        return bool(self.articles) and all(one.file for one in self.articles)


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
        known = OF_A_NOTE if any(run.note for run in self.runs) else OF_ONE_ARTICLE
        return bool(self.runs) and asked <= known and all(run.can_be_replayed for run in self.runs)


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
        heard: The articles and notes that were briefed meanwhile.
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
    names = {name.lower() for tree in asked if (name := reply_type(tree))}
    return sorted({NOTE if name in NOTE_DRAFTS else name for name in names})


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
    sources = [_source(folder, article) for article in heard.articles]
    alone = len(sources) == 1
    return Run(
        model=str(heard.model),
        address=_address(heard.model, asked),
        article=sources[0] if alone else None,
        note=None if alone else Several(articles=sources, title=heard.title),
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


def _source(folder: Path, article: Article) -> Source:
    found = _find(project_of(folder), article)
    return Source(
        file=_within(folder, found),
        sha256=article.sha256,
        title=article.title,
        published=article.published,
        id=article.id if found and article.id != found.stem else None,
        outlet=article.source if found and article.source != found.name else None,
    )


def _find(root: Path, article: Article) -> Path | None:
    """An article knows the name of its file, but not the folder: that would be nobody's business in a briefing."""
    looked_at = 0
    for home, folders, files in os.walk(root):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f not in {"node_modules", "venv", "__pycache__"}
        )
        looked_at += len(files) + len(folders)
        if looked_at > MOST_LOOKED_AT:
            return None
        # Its source is the name of the file until somebody says which outlet it is; then its id has the name.
        named = sorted(name for name in files if name == article.source or Path(name).stem == article.id)
        found = (file for name in named if _digest_of_article(file := Path(home) / name) == article.sha256)
        if (file := next(found, None)) is not None:
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
        found += [
            f"article {one.file}"
            for one in run.articles
            if one.file and _digest_of_article(path.parent / one.file) != one.sha256
        ]
    return list(dict.fromkeys(found))
