"""Whatever people name as sources, as articles with all that is known of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from summarizer.article import Article
from summarizer.errors import SummarizerError, UnsupportedSource

__all__ = ["Onlooker", "Source", "load_sources"]

Source = str | Path | Article

_ANY_TEXT = "Long enough a text to be taken for an article."


class Onlooker(Protocol):
    """Told of each article; what it is told of as failed is left out of the note."""

    def article_started(self, article: Article, number: int, of: int) -> None:
        """An article's turn has come."""
        ...

    def article_failed(self, name: str, error: SummarizerError) -> None:
        """An article could not be loaded or briefed; the rest goes on."""
        ...


def load_sources(
    sources: Sequence[Source], *, published: str | None = None, onlooker: Onlooker | None = None
) -> list[Article]:
    """The articles of all sources, with what an `articles.toml` beside them says.

    Args:
        sources: As for `brief`.
        published: For articles without a date.
        onlooker: Told of what cannot be loaded; None raises it.

    Raises:
        InputError: a source cannot be read as an article, and nobody is told.
        SettingsError: a date or an `articles.toml` that is none.
    """
    from summarizer.loaders import Failed, load, load_all
    from summarizer.notes import details_beside

    _check_list(sources)
    if published is not None:
        Article.from_text(_ANY_TEXT, published=published)  # refuses what is no date, before anything is read
    found: list[Article | Failed] = []
    paths: list[str | Path] = []
    for source in sources:
        if isinstance(source, Path) or (isinstance(source, str) and _is_path(source)):
            paths.append(source)
        else:
            found.append(load(source, published=published))
    details = details_beside(paths)
    loaded: list[Article] = []
    for item in [*load_all(paths), *found]:
        if isinstance(item, Article):
            loaded.append(details.added(item, published=published))
        elif onlooker is None:
            raise item.error
        else:
            onlooker.article_failed(item.source, item.error)
    return loaded


def _check_list(sources: object) -> None:
    """Refuse what is no list of sources; one string would be taken for a list of its letters.

    Raises:
        UnsupportedSource: a single source, or something else.
    """
    from collections.abc import Iterable

    if isinstance(sources, str | bytes | Path | Article) or not isinstance(sources, Iterable):
        kind = type(sources).__name__
        raise UnsupportedSource(
            f"`sources` is of the type {kind}, not a list.",
            hint="Put one source in a list, [source], or brief it alone with summarize().",
        )


def _is_path(text: str) -> bool:
    """Whether a string names a file or folder, or was meant to; anything longer is a text."""
    from summarizer.loaders.single import LONGEST_PATH

    if not text.strip() or "\n" in text or len(text) > LONGEST_PATH:
        return False
    one_word = len(text.split()) == 1 and (Path(text).suffix != "" or "/" in text)
    try:
        return one_word or Path(text).exists()
    except (OSError, ValueError):  # a name the file system cannot hold
        return False
