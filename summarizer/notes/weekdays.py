"""`On Tuesday` as `on June 9`: reports of several weeks can only be told together with absolute days."""

import re
from datetime import date

from summarizer.grounding.dates import dates_in

__all__ = ["absolute"]

_RELATIVE = re.compile(
    r"(?:(?:last|next|this)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:on|by|until|since|from|before|after|of|for|late|early)\s+$", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\s+(morning|afternoon|evening|night)\b")
_ON = re.compile(r"\bon\s+$", re.IGNORECASE)
_DAY = len("2026-06-09")


def absolute(text: str, published: str | None, *, year: int | None = None) -> str:
    """The sentence with its relative days written out; what cannot be resolved stays.

    Args:
        text: A sentence about one article.
        published: ISO 8601 date of that article; relative days resolve only against a full one.
        year: The year that need not be said.
    """
    said = text
    for mention in reversed(dates_in(text, published)):
        words = text[mention.start : mention.end]
        if (
            len(mention.iso) == _DAY
            and _RELATIVE.fullmatch(words)
            and text[mention.end :][:1] not in ("'", "’")
        ):
            said = _replaced(said, mention.start, mention.end, date.fromisoformat(mention.iso), year)
    return said


def _replaced(text: str, start: int, end: int, day: date, year: int | None) -> str:
    before, after = text[:start], text[end:]
    said = f"{day:%B} {day.day}" + ("" if day.year == year else f", {day.year}")
    part = _PART_OF_DAY.match(after)
    if part:
        before, after = _ON.sub("", before), after[part.end() :]
        said = f"on the {part[1]} of {said}" if before.strip() else f"On the {part[1]} of {said}"
    elif not _PREPOSITION.search(before) and text[start].islower():  # "yesterday" stands without "on"
        said = f"on {said}"
    return f"{before}{said}{after}"
