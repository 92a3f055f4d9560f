"""Admiralty grades, only as a file supplies them.

[outlets]                       # letter: the source's reliability
"Halden Wire" = "B"

[articles]                      # by file name or id; letter and digit: this report's credibility too
"oskaran-radio-denial" = "D3"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from summarizer.errors import SettingsError
from summarizer.types import ArticleRecord
from summarizer.types.note import Grade

__all__ = ["Grades", "read_grades"]

_HINT = (
    'Give each outlet a letter from A to F: [outlets] and below it "Name" = "B"; an article may have "B2".'
)
_CODE = re.compile(r"([A-Fa-f])([1-6])?")


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades by name of the outlet and by article; names in any case."""

    outlets: Mapping[str, Grade] = field(default_factory=dict[str, Grade])
    articles: Mapping[str, Grade] = field(default_factory=dict[str, Grade])

    def of(self, record: ArticleRecord) -> Grade | None:
        """The article's own grade, else its outlet's; None when the file has neither."""
        by_outlet = self.outlets.get(record.source.casefold()) if record.source else None
        return self.articles.get(record.id.casefold(), by_outlet)


def read_grades(path: Path) -> Grades:
    """Read a file of grades.

    Raises:
        SettingsError: no such file, no TOML, or a grade that is none; the message names it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"the grades {str(path)!r} cannot be read: {error.strerror}.", hint=_HINT
        ) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingsError(f"the grades {str(path)!r} are not valid TOML: {error}.", hint=_HINT) from error
    unknown = sorted(set(table) - {"outlets", "articles"})
    if unknown:
        raise SettingsError(f"{path} has a table {unknown[0]!r}; there are outlets and articles.", hint=_HINT)
    return Grades(_grades(table.get("outlets", {}), path), _grades(table.get("articles", {}), path))


def _grades(table: object, path: Path) -> dict[str, Grade]:
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: outlets and articles are tables.", hint=_HINT)
    return {
        name.casefold(): _grade(name, code, path) for name, code in cast("dict[str, object]", table).items()
    }


def _grade(name: str, code: object, path: Path) -> Grade:
    match = _CODE.fullmatch(code) if isinstance(code, str) else None
    if match is None:
        raise SettingsError(f"{path} grades {name!r} {code!r}, which is no Admiralty grade.", hint=_HINT)
    try:
        return Grade.model_validate({"reliability": match[1].upper(), "credibility": match[2]})
    except ValidationError as error:  # the pattern and the type have drifted apart
        raise SettingsError(f"{path} grades {name!r} {code!r}: {error}.", hint=_HINT) from error
