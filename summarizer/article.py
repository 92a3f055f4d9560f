"""An article as numbered sentences with exact offsets into its text.

Nothing is normalised: the text stays as given, and every non-space character belongs to exactly one
sentence. Boundaries come from sentencex; this module only hides from it what misleads it (quotation
marks, line ends) and rejoins what it cuts too eagerly.
"""

import bisect
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self, cast

from summarizer.errors import EmptyArticle, SettingsError

__all__ = ["Article", "Sentence"]

MIN_WORDS = 8
"""Fewer words than this are no article."""

_QUOTES = '"“”„«»‟'
# sentencex keeps a quotation together, however long; one unbalanced mark swallows the whole article.
_MASK = str.maketrans(dict.fromkeys(_QUOTES, "\u2009"))
_SURROGATE = re.compile("[\ud800-\udfff]")

_ISO_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


_DATELINE = re.compile(
    r"""\s*[A-Z][A-Z.'’ -]{2,40}                  # KYIV, UNITED NATIONS
        (?:,\s+[A-Z][\w.'’ -]{1,30}){0,2}          # , Ukraine / , Dec 5
        (?:\s*\([A-Z][^()\n]{1,40}\))?             # (Reuters)
        \s*(?:--|[—–-])[\s\xa0]*-?[\s\xa0]*        # the dash
    """,
    re.VERBOSE,
)
_ELISION = re.compile(r"(?:^|[\s\"“])(?:\.\.\.|…)$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_CLOCK_GOES_ON = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|[A-Z][a-z]+ time\b)"
)
_TERMINAL = re.compile(r"[.!?…:;\"”’)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end] == text`."""

    number: int
    """From 1, in reading order."""
    start: int
    end: int
    text: str
    body_start: int
    """Where its meaning starts: after the dateline, if it opens with one."""

    @property
    def body(self) -> str:
        """Its words without the dateline."""
        return self.text[self.body_start - self.start :]


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
    """

    text: str
    id: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = "en"
    places: tuple[tuple[int, str], ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - the word of the published schema
        title: str | None = None,
        source: str | None = None,
        published: str | None = None,
    ) -> Self:
        """Check that `text` can be briefed, and name it.

        Raises:
            EmptyArticle: fewer than 8 words.
            SettingsError: `published` is no date.
        """
        if published is not None:
            _check_date(published)
        words = len(text.split())
        if words < MIN_WORDS:
            found = f"only {words} word{'s' * (words != 1)}" if words else "no text"
            raise EmptyArticle(
                f"{source or 'the article'} holds {found}; at least {MIN_WORDS} words are needed."
            )
        name = id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return cls(text=text, id=name, title=title, source=source, published=published)

    @cached_property
    def sha256(self) -> str:
        """Digest of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(_sentences(self.text))

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


def _sentences(text: str) -> Iterator[Sentence]:
    start, number = 0, 0
    for end in [*_boundaries(text), len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            number += 1
            begin = start + len(piece) - len(piece.lstrip())
            dateline = _DATELINE.match(stripped) if number == 1 else None
            body = begin + dateline.end() if dateline and dateline.end() < len(stripped) else begin
            yield Sentence(number, begin, begin + len(stripped), stripped, body)
        start = end


def _boundaries(text: str) -> list[int]:
    """Offsets at which a new sentence may start, in ascending order."""
    masked = _SURROGATE.sub("\ufffd", text.translate(_MASK))
    wrapped = _is_hard_wrapped(text)
    found: set[int] = set()
    for line in re.finditer(r"[\s\S]+" if wrapped else r"[^\n]*\n?", masked):
        if line.group().strip():
            found.add(line.start())
            found.update(line.start() + end for end in _ends(line.group()))
    return [end for end in sorted({_after_quote(text, end) for end in found}) if not _is_false(text, end)]


def _ends(line: str) -> list[int]:
    # sentencex ships no type information; this is the one place that calls it.
    import sentencex  # pyright: ignore[reportMissingTypeStubs]

    found = cast("list[dict[str, Any]]", sentencex.get_sentence_boundaries("en", line))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    return [int(boundary["end_index"]) for boundary in found]


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines are broken to a width, so that a line end means nothing; one such line may be a heading."""
    lines = text.splitlines()
    running = [line for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    unfinished = sum(not _TERMINAL.search(line) for line in running)
    return unfinished > max(1, len(running) / 2)


def _after_quote(text: str, end: int) -> int:
    """Move a boundary so that a closing mark stays with its sentence and an opening one with the next."""
    last = len(text[:end].rstrip().rstrip(_QUOTES).rstrip())
    if last == 0:
        return 0
    while last < len(text) and text[last] in _QUOTES:
        last += 1
    return last


def _is_false(text: str, end: int) -> bool:
    """Whether the sentence goes on across this boundary."""
    before, after = text[max(0, end - 20) : end], text[end : end + 20]
    if "\n" in after[: len(after) - len(after.lstrip())]:
        return False
    word = after.lstrip(" \t\xa0\u2009" + _QUOTES)[:1]
    if before.endswith(".") and after[:1].isalnum():
        return True  # Russia-U.|S.
    if before[-1:] in _QUOTES and word.islower():
        return True  # "Is it so?" he asked.
    if _ELISION.search(before):
        return True  # "... Ukraine," Dorsey said.
    return bool(_CLOCK.search(before) and _CLOCK_GOES_ON.match(after))
