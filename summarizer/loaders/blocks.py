"""Paragraphs into the text we publish, with the place of each in the original."""

from collections.abc import Iterable
from datetime import date

from summarizer.loaders.invisible import strip_invisible
from summarizer.loaders.limits import LONGEST_NAME
from summarizer.loaders.loaded import Extract, Removal, merged

__all__ = ["day_of", "extract_of", "short"]


def extract_of(
    blocks: Iterable[tuple[str, str]],
    *,
    removed: Iterable[Removal] = (),
    id: str | None = None,  # noqa: A002 - the word of the published schema
    title: str | None = None,
    author: str | None = None,
    site: str | None = None,
    published: str | None = None,
) -> Extract:
    """Join `blocks` of (label, text) by an empty line; equal labels that follow one another are one place.

    Invisible characters go before the joining, so that the starts of the places are offsets into the result.
    """
    parts: list[str] = []
    places: list[tuple[int, str]] = []
    taken: list[tuple[Removal, ...]] = [tuple(removed)]
    offset = 0
    for label, raw in blocks:
        text, dropped = strip_invisible(raw)
        taken.append(dropped)
        text = text.strip()
        if not text:
            continue
        if label and (not places or places[-1][1] != label):
            places.append((offset, label))
        parts.append(text)
        offset += len(text) + 2
    return Extract(
        text="\n\n".join(parts),
        places=tuple(places),
        removed=merged(*taken),
        id=id,
        title=short(title),
        author=short(author),
        site=short(site),
        published=published,
    )


def day_of(text: str | None) -> str | None:
    """The day a document gives for itself, when it opens with one that exists: `2024-03-12`."""
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def short(name: str | None) -> str | None:
    """A title or name on one line and of a length the published shapes allow; None when nothing is left."""
    if name is None:
        return None
    line = " ".join(strip_invisible(name)[0].split())
    if len(line) > LONGEST_NAME:
        line = line[: LONGEST_NAME - 1].rstrip() + "…"
    return line or None
