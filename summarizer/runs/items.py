"""One article of a run: what it is known by, and what became of it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from summarizer.article import Article
from summarizer.errors import SummarizerError

if TYPE_CHECKING:
    from summarizer.types import Briefing

__all__ = ["Flaw", "Item", "Result", "State", "key_of"]

State = Literal["open", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why an article has no briefing, as the output shows it."""

    type: str
    """Class of the error."""
    message: str
    hint: str

    @classmethod
    def of(cls, error: SummarizerError) -> Self:
        """The same for one of our errors."""
        return cls(type(error).__name__, str(error), error.hint)

    @classmethod
    def from_json(cls, body: bytes) -> Self:
        """The opposite of `to_json`."""
        return cls(**json.loads(body))

    def to_json(self) -> bytes:
        """As it is stored and published."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Item:
    """One article to brief."""

    number: int
    """Of its row in the store."""
    position: int
    """In the input, from 0."""
    id: str
    """Of its row in the output: the article's own, with a number behind it where that is taken."""
    article: Article


@dataclass(frozen=True)
class Result:
    """What became of one article.

    Attributes:
        position: Of the article in the input, from 0.
        id: Of its row in the output.
        body: The briefing as JSON; None when there is none.
        error: Why there is none.
        kept: Whether an earlier run of the same command had it already.
    """

    position: int
    id: str
    body: bytes | None
    error: Flaw | None = None
    kept: bool = False

    @cached_property
    def briefing(self) -> "Briefing | None":
        """The briefing, read from its JSON when it is first asked for."""
        from summarizer.types import Briefing

        return None if self.body is None else Briefing.model_validate_json(self.body)


def key_of(article: Article, options: str) -> str:
    """Digest of everything that makes two articles of a run the same.

    Args:
        article: What is briefed.
        options: Digest of the options that shape a briefing.
    """
    shaping = [
        article.sha256,
        article.id,
        article.title,
        article.source,
        article.published,
        article.language,
        options,
    ]
    return hashlib.sha256(json.dumps(shaping).encode()).hexdigest()
