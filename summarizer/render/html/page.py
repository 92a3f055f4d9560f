"""One file from one note: template, style and script joined, and a policy that lets nothing else in.

The page may load nothing and run nothing but the style and the script inside it: its Content Security Policy names
the two by their hashes. All text passes `clean`, then the template's escaping; there is no way around either.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from summarizer.article import Article
from summarizer.render.clean import clean
from summarizer.render.html import words
from summarizer.render.html.view import page_of
from summarizer.types.note import Note, SourceId

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["note_to_html"]

_HERE = Path(__file__).parent
_STYLES = ("theme.css", "note.css", "articles.css", "print.css")
_SCRIPTS = ("note.js",)


def note_to_html(note: Note, articles: Mapping[SourceId, Article] | None = None) -> str:
    """The note as one self-contained page, with the articles beside it.

    Args:
        note: What to show.
        articles: By source, the articles whose text is at hand. They are shown whole, with the cited sentences
            marked; of the others only the quoted sentences are shown.

    Returns:
        An HTML document that needs no network and works without its script.

    Raises:
        SettingsError: an article is not the one that its source was made from, or is of no source.
    """
    style, script = (_joined(names) for names in (_STYLES, _SCRIPTS))
    template = _environment().get_template("note.html.jinja")
    return template.render(
        page=page_of(note, articles or {}),
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
    )


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def _policy(style: str, script: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        ]
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {name: getattr(words, name) for name in words.__all__}
    return environment


def _cleaned(value: object) -> object:
    """What is printed, cleaned; markup was made of cleaned text."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
