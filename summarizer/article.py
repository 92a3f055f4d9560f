"""An article as numbered sentences with exact offsets into its text.

Nothing is normalised: the text stays as given, and every non-space character belongs to exactly one sentence
(`summarizer.segmentation`).
"""

import bisect
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, Self

from summarizer.errors import EmptyArticle, SettingsError
from summarizer.languages import base_of
from summarizer.segmentation import Sentence, cut

__all__ = ["UNSEEN", "Article", "Removal", "RemovalKind", "Sentence"]

MIN_WORDS = 8
"""Fewer words than this are no article."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")
"""About a word each in scripts that put no space between words."""

UNSEEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
"""Characters that no reader sees and that no script needs; loaders take out these and more."""

_ISO_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


RemovalKind = Literal[
    "hidden",
    "comment",
    "alt_text",
    "metadata",
    "caption",
    "link_list",
    "attachment",
    "page_furniture",
    "deleted",
    "zero_width",
    "bidi",
    "tag",
    "selector",
    "control",
]
"""Why text of the original is not in the article:

`hidden`: styled so that no reader sees it. `comment`, `alt_text`, `metadata`: markup that is not shown.
`caption`, `link_list`, `attachment`, `page_furniture`: shown, but not the article. `deleted`: struck out in a
tracked change. `zero_width`, `bidi`, `tag`, `selector`, `control`: single characters without a shape of their own.
"""


@dataclass(frozen=True, slots=True)
class Removal:
    """Text of the original that no reader sees, or that is not the article, and is therefore not in it."""

    kind: RemovalKind
    count: int
    """How many pieces, or characters for the last five kinds."""
    excerpt: str
    """The start of the first piece, cleaned; for single characters, the words around or behind them."""


@dataclass(frozen=True)
class Article:
    """One news article. Build it with `Article.from_text`.

    Attributes:
        text: The text as given, unchanged.
        id: Name of the article among others; derived from the text when not given.
        title: Headline, when known.
        source: Outlet or path it came from.
        published: ISO 8601 date (`2024-12-05`), against which relative dates are resolved.
        language: BCP 47 tag.
        places: Where the original has pages or paragraphs: (offset of the first character, `page 3`), ascending.
        removed: What was left out of the original when the text was taken from it.
    """

    text: str
    id: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = "en"
    places: tuple[tuple[int, str], ...] = ()
    removed: tuple[Removal, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - the word of the published schema
        title: str | None = None,
        source: str | None = None,
        published: str | None = None,
        language: str | None = "en",
    ) -> Self:
        """Check that `text` can be briefed, and name it.

        `language` (BCP 47) is taken as given; `summarizer.loaders` finds out.

        Raises:
            EmptyArticle: fewer than 8 words.
            SettingsError: `published` is no date.
        """
        if published is not None:
            _check_date(published)
        words = len(text.split())
        if words < MIN_WORDS and len(_UNSPACED.findall(text)) < MIN_WORDS:
            found = f"only {words} word{'s' * (words != 1)}" if words else "no text"
            raise EmptyArticle(
                f"{source or 'the article'} holds {found}; at least {MIN_WORDS} words are needed."
            )
        name = id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return cls(text=text, id=name, title=title, source=source, published=published, language=language)

    def __hash__(self) -> int:
        """Of name and text alone: what is kept by article is looked up for every sentence and claim."""
        return hash((self.id, self.text))

    @cached_property
    def sha256(self) -> str:
        """Digest of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(cut(self.text, base_of(self.language)))

    def sentence(self, number: int) -> Sentence:
        """The sentence of that number, from 1.

        Raises:
            IndexError: there is no such sentence.
        """
        if number < 1:
            message = f"sentences are numbered from 1, not {number}"
            raise IndexError(message)
        return self.sentences[number - 1]

    def place_at(self, offset: int) -> str | None:
        """Where in the original the character at `offset` stands, such as `page 3`; None when it has no such places."""
        at = bisect.bisect_right(self.places, offset, key=lambda place: place[0])
        return self.places[at - 1][1] if at else None


def _check_date(published: str) -> None:
    whole = f"{published}-01-01"[:10]
    if _ISO_DATE.fullmatch(published):
        try:
            date.fromisoformat(whole)
        except ValueError:  # the 31st of February
            pass
        else:
            return
    raise SettingsError(
        f"{published!r} is not a date.", hint="Give the date of publication as 2024-12-05, 2024-12 or 2024."
    )
