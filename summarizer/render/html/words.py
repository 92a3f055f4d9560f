"""The words and signs in which the page shows codes: verdicts, directions, grades, dates, numbers, names of kinds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.codebook import codebook
from summarizer.types.actors import Sector
from summarizer.types.evidence import Verdict
from summarizer.types.note import Grade
from summarizer.types.signals import Direction

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "DIRECTIONS",
    "TALLY",
    "VERDICTS",
    "Sign",
    "count",
    "country",
    "day",
    "grade",
    "label",
    "level_means",
    "sector",
    "signed",
]


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark that is never alone: its words always stand beside it or are spoken in its place."""

    glyph: str
    words: str


VERDICTS: dict[Verdict, Sign] = {
    "supported": Sign("✓", "Says what its source says"),
    "altered": Sign("≠", "Differs from its source"),
    "unsupported": Sign("✕", "Not found in its source"),
    "unchecked": Sign("?", "Not checked against its source"),
}
TALLY: dict[Verdict, str] = {
    "supported": "supported",
    "altered": "different from the source",
    "unsupported": "not found in the source",
    "unchecked": "not checked",
}
"""Verdicts as they are counted."""
DIRECTIONS: dict[Direction, Sign] = {
    "escalatory": Sign("▲", "escalatory"),
    "de_escalatory": Sign("▼", "de-escalatory"),
    "ambiguous": Sign("◆", "ambiguous"),
}

_LABELS = {"de_escalatory": "de-escalatory", "igo": "international organisation", "ngo": "NGO"}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - one line, in order
)
# The Admiralty code; F and 6 say that there is no basis, not that the source is the worst.
_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
_CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def label(word: str) -> str:
    """A code in reading form: `de_escalatory` as `de-escalatory`, `heavy-weapons` as `heavy weapons`."""
    return _LABELS.get(word, word.replace("_", " ").replace("-", " "))


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 source`, `2 sources`, `1,200 tokens`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def signed(number: float) -> str:
    """One decimal with its sign; a true minus, which no screen reader takes for a hyphen."""
    return f"{number:+.1f}".replace("-", "−")


def day(date: str) -> str:
    """`2024-11-05` as `5 November 2024`; a month or a year stays what it is. An impossible month stays as given."""
    year, *rest = date.split("-")
    if not rest or not 1 <= int(rest[0]) <= len(_MONTHS):
        return date
    return " ".join([*(str(int(part)) for part in rest[1:]), _MONTHS[int(rest[0]) - 1], year])


def grade(given: Grade) -> Sign:
    """The Admiralty grade, such as B2, and what it stands for."""
    digit = given.credibility or ""
    means = [_RELIABILITY[given.reliability], *([_CREDIBILITY[digit]] if digit else [])]
    return Sign(given.reliability + digit, ", ".join(means))


def level_means(level: str, version: str) -> str | None:
    """What a level stands for; None when the note was coded with another codebook than this installation's."""
    book = codebook()
    meanings = {str(name): entry.means for name, entry in book.levels.items()}
    return meanings.get(level) if book.version == version else None


def sector(code: Sector) -> str:
    """The first words of the codebook on a sector, or the code itself where the codebook has no such sector."""
    return codebook().sectors.get(code, code).partition(":")[0].partition(",")[0]


def country(code: str) -> str:
    """The country's usual name in English, or the code where there is none."""
    import pycountry

    known: Any = pycountry.countries.get(alpha_3=code)
    if known is None:
        return "Kosovo" if code == "KOS" else code
    return str(getattr(known, "common_name", known.name))
