"""Find, render strictly, and fingerprint the prompt templates.

A prompt is a pair of Jinja templates, `NAME.system.md.jinja` and `NAME.user.md.jinja`. A user's folder
comes before ours, file by file. The article reaches a template as a value, so nothing in it is ever
taken for template code.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article import UNSEEN, Article
from summarizer.errors import PromptError
from summarizer.languages import is_english, language_name
from summarizer.resources import folder

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Prompt", "PromptLibrary", "fence"]

SUFFIX = ".md.jinja"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Exactly what is sent for one pass."""

    name: str
    system: str
    user: str


class PromptLibrary:
    """Our templates, overlaid by a user's own of the same names.

    Args:
        overlay: A folder of templates that come before ours; None for ours alone.
        language: In which the model is to write (BCP 47).

    Raises:
        PromptError: `overlay` is not a folder, or holds a template of a name we do not know.
    """

    def __init__(self, overlay: Path | None = None, *, language: str = "en") -> None:
        ours = folder("prompts")
        self.overlay = overlay
        self.language = language
        self._folders = [ours] if overlay is None else [overlay, ours]
        if overlay is not None:
            _check_overlay(overlay, ours)

    @property
    def names(self) -> list[str]:
        """The passes that have a prompt."""
        return sorted({p.name.split(".")[0] for p in self._folders[-1].glob(f"*.user{SUFFIX}")})

    @property
    def digest(self) -> str:
        """SHA-256 over every template in use, names included."""
        found = hashlib.sha256()
        for path in self._templates():
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return found.hexdigest()

    def render(self, name: str, article: Article, **values: object) -> Prompt:
        """The prompt of one pass over `article`.

        Args:
            name: One of `names`.
            article: Shown as numbered sentences inside its fence.
            values: What else the templates of this pass ask for.

        Raises:
            PromptError: no such prompt, a broken template, or a variable that nobody gives.
        """
        from jinja2 import TemplateError

        if name not in self.names:
            raise PromptError(f"there is no prompt {name!r}; there are {', '.join(self.names)}.")
        given = {
            "article": article,
            "sentences": article.sentences,
            "fence": fence(article),
            "language": _named(self.language),
            "article_language": _named(article.language),
            **values,
        }
        try:
            parts = [
                self._environment.get_template(f"{name}.{part}{SUFFIX}").render(given)
                for part in ("system", "user")
            ]
        except TemplateError as error:
            where = f"{getattr(error, 'name', None) or name}, line {getattr(error, 'lineno', '?')}"
            raise PromptError(f"the prompt {name!r} cannot be rendered ({where}): {error}") from error
        # An article that did not come through a loader may still smuggle words in characters that only software reads.
        system, user = (UNSEEN.sub("", part).strip() for part in parts)
        return Prompt(name, system, user)

    def _templates(self) -> list[Path]:
        used = {path.name: path for home in reversed(self._folders) for path in home.glob(f"*{SUFFIX}")}
        return [used[name] for name in sorted(used)]

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(self._folders),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - the result is plain text for a model, not HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )


def fence(article: Article) -> str:
    """A boundary that the article cannot contain, since it is made from the article's own digest."""
    return f"article-{article.sha256[:12]}"


def _named(tag: str | None) -> str:
    """As a prompt says it; English of any country is English."""
    return "English" if is_english(tag) else language_name(tag)


def _check_overlay(overlay: Path, ours: Path) -> None:
    if not overlay.is_dir():
        raise PromptError(f"the prompts folder {str(overlay)!r} does not exist.")
    known = _names(ours)
    unknown = sorted(_names(overlay) - known)
    if unknown:
        raise PromptError(
            f"{overlay} holds {', '.join(unknown)}, which no pass uses.",
            hint=f"Templates that can be replaced: {', '.join(sorted(known))}.",
        )


def _names(home: Path) -> set[str]:
    return {path.name for path in home.glob(f"*{SUFFIX}")}
