"""What loading yields: an article with what was kept from it, or the reason why there is none."""

from dataclasses import asdict, dataclass
from typing import Any, Self, cast

from summarizer.article import Article, Removal, RemovalKind
from summarizer.errors import InputError

__all__ = ["Document", "Extract", "Failed", "Loaded", "Removal", "RemovalKind", "merged"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One article, and what loading it has left out."""

    article: Article
    removed: tuple[Removal, ...] = ()
    author: str | None = None
    site: str | None = None
    """Name of the outlet, as the document itself gives it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One input that gave no article; the others go on."""

    id: str
    """What the article would have been called."""
    source: str
    """Where it was looked for: a path, a line of a file, an entry of a feed."""
    error: InputError


@dataclass(frozen=True, slots=True)
class Document:
    """What a parser is given."""

    data: bytes
    name: str
    """What to call it in an error."""
    charset: str | None = None
    """The encoding that its sender names."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a parser finds in one document, before it is an article."""

    text: str
    places: tuple[tuple[int, str], ...] = ()
    removed: tuple[Removal, ...] = ()
    id: str | None = None
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None

    def to_record(self) -> dict[str, Any]:
        """Only what JSON knows."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """The opposite of `to_record`."""
        places = tuple((int(start), str(label)) for start, label in cast("list[list[Any]]", record["places"]))
        removed = tuple(Removal(**piece) for piece in cast("list[dict[str, Any]]", record["removed"]))
        given: dict[str, Any] = {**record, "places": places, "removed": removed}
        return cls(**given)


def merged(*groups: tuple[Removal, ...]) -> tuple[Removal, ...]:
    """One removal a kind: counts added, the first excerpt that says something."""
    found: dict[RemovalKind, Removal] = {}
    for removal in (piece for group in groups for piece in group):
        held = found.get(removal.kind)
        count = removal.count + (held.count if held else 0)
        excerpt = (held.excerpt if held else "") or removal.excerpt
        found[removal.kind] = Removal(removal.kind, count, excerpt)
    return tuple(found.values())
