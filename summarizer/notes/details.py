"""What a newsroom knows of its articles and a text file cannot say: `articles.toml` beside them.

[any-name]
file = "clash.txt"
title = "Two boats collide"
source = "The Outlet"
published = "2026-06-10"
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from summarizer.article import Article
from summarizer.errors import SettingsError

__all__ = ["FILE", "Details", "details_beside"]

FILE = "articles.toml"
_KNOWN = ("title", "source", "published")
_HINT = 'Each table of it has file = "NAME" and any of title, source and published = "2026-06-10".'


@dataclass(frozen=True, slots=True)
class Details:
    """Title, source and published by file name."""

    by_file: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    def added(self, article: Article, *, published: str | None = None) -> Article:
        """The article with what is known of its file.

        Args:
            article: As loaded, with its file's name as its source.
            published: For an article without a date of its own.

        Raises:
            SettingsError: a date that is none.
        """
        known = self.by_file.get(article.source or "", {})
        date = known.get("published") or article.published or published
        if date is not None:
            Article.from_text(article.text, published=date)  # refuses what is no date
        return replace(
            article,
            title=known.get("title") or article.title,
            source=known.get("source") or article.source,
            published=date,
        )


def details_beside(sources: Iterable[str | Path]) -> Details:
    """What the files called `articles.toml` say that lie in the given folders or beside the given files.

    Raises:
        SettingsError: one of them is no TOML, or has a table that names no file.
    """
    paths = (Path(source) for source in sources if "\n" not in str(source))
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    found: dict[str, Mapping[str, str]] = {}
    for path in (folder / FILE for folder in folders):
        if path.is_file():
            found |= _read(path)
    return Details(found)


def _read(path: Path) -> dict[str, Mapping[str, str]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}.", hint=_HINT) from error
    found: dict[str, Mapping[str, str]] = {}
    for name, table in tables.items():
        values = cast("dict[str, object]", table) if isinstance(table, dict) else {}
        file = values.get("file")
        known = {key: values[key] for key in _KNOWN if key in values}
        if not isinstance(file, str) or not all(isinstance(value, str) for value in known.values()):
            raise SettingsError(f"{path}: the table {name!r} is not one of an article.", hint=_HINT)
        found[file] = cast("dict[str, str]", known)
    return found
