"""Dates in a sentence, spelled out or relative, and whether two of them can be the same."""

from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.reading import Reading
from summarizer.grounding.claims.words import Token

__all__ = ["DateMention", "dates"]

_YEARS = range(1800, 2101)
_ISO_TOKENS = 5
_WEEK = 7
_LAST_DAY = 31
_ABBREVIATED = 3
_SOON = 120
"""Days ahead of publication up to which a day without a year is taken to lie in the future."""
_YEAR_AFTER = frozenset({"in", "since", "of", "by", "from", "until", "till", "to", "and", "between", "during", "before", "after", "early", "late", "mid", "the", "through", "for", "around"})  # fmt: skip
_RELATIVE = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date where it stands in a sentence; what it leaves open is None."""

    indices: tuple[int, ...]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    span: tuple[date, date] | None = None
    """First and last day it can mean, where that is known."""
    relative: str | None = None
    """`week-1` for last week."""


def dates(reading: Reading, published: date | None) -> tuple[DateMention, ...]:
    """Every date, in order.

    Args:
        reading: The sentence.
        published: Day against which `yesterday` is resolved.
    """
    found: list[DateMention] = []
    position = 0
    while position < len(reading.tokens):
        mention = _at(reading, position, published)
        if mention:
            found.append(mention)
            position = max(mention.indices) + 1
        else:
            position += 1
    return tuple(found)


def _at(reading: Reading, start: int, published: date | None) -> DateMention | None:
    return (
        _iso(reading, start)
        or _slashed(reading, start)
        or _calendar(reading, start, published)
        or _weekday(reading, start, published)
        or _relative(reading, start, published)
        or _year(reading, start)
    )


def _iso(reading: Reading, start: int) -> DateMention | None:
    """`2024-12-05`."""
    part = reading.tokens[start : start + _ISO_TOKENS]
    if [t.text for t in part[1::2]] != ["-", "-"] or part[-1].end - part[0].start != len("2024-12-05"):
        return None
    try:
        day = date.fromisoformat(reading.text[part[0].start : part[-1].end])
    except ValueError:
        return None
    indices = tuple(range(start, start + len(part)))
    return DateMention(indices, day.year, day.month, day.day, day.weekday(), (day, day))


def _slashed(reading: Reading, start: int) -> DateMention | None:
    """`9/11`."""
    part = reading.tokens[start : start + 3]
    if [t.text for t in part] != ["9", "/", "11"]:
        return None
    return DateMention(tuple(range(start, start + 3)), None, 9, 11)


def _month(token: Token | None) -> int | None:
    """Number of the month that a capitalised token names."""
    if token is None or not token.capital:
        return None
    for number, name in enumerate(lexicon().tables["dates"]["months"], 1):
        if token.lower == name or (
            token.lower in {name[:_ABBREVIATED], "sept" if name == "september" else ""}
            and token.lower != "may"
        ):
            return number
    return None


def _token(reading: Reading, index: int) -> Token | None:
    return reading.tokens[index] if 0 <= index < len(reading.tokens) else None


def _number(token: Token | None, allowed: range) -> int | None:
    return (
        int(token.text)
        if token and token.kind == "number" and token.text.isdigit() and int(token.text) in allowed
        else None
    )


def _calendar(reading: Reading, start: int, published: date | None) -> DateMention | None:
    """`July 8, 2016`, `8 July 2016`, `July 2016`, `in July`."""
    day = _number(_token(reading, start), range(1, _LAST_DAY + 1))
    after = start + 1
    if day and (ordinal := _token(reading, after)) and ordinal.lower in {"st", "nd", "rd", "th"}:
        after += 1
    if day and (of := _token(reading, after)) and of.lower == "of":
        after += 1
    month = _month(_token(reading, after if day else start))
    if not month:
        return None
    indices = list(range(start, (after if day else start) + 1))
    position = indices[-1] + 1
    if (dot := _token(reading, position)) and dot.text == ".":
        position += 1
    if day is None and (day := _number(_token(reading, position), range(1, _LAST_DAY + 1))):
        indices, position = [*indices, position], position + 1
    return _with_year(reading, DateMention(tuple(indices), None, month, day), position, published)


def _with_year(
    reading: Reading, mention: DateMention, position: int, published: date | None
) -> DateMention | None:
    if (comma := _token(reading, position)) and comma.text == ",":
        position += 1
    year = _number(_token(reading, position), _YEARS)
    bare_may = mention.month == 5 and mention.day is None and year is None  # noqa: PLR2004 - may is a verb too
    before = _token(reading, mention.indices[0] - 1)
    if bare_may and not (
        before and before.lower in {"in", "last", "this", "since", "until", "late", "early", "of", "by"}
    ):
        return None
    indices = (*mention.indices, position) if year else mention.indices
    span = _span(
        year or _nearest_year(published, mention.month or 1, mention.day or 1), mention.month, mention.day
    )
    return DateMention(indices, year, mention.month, mention.day, None, span)


def _nearest_year(published: date | None, month: int, day: int) -> int | None:
    """The year in which a day without one falls: the last, unless it lies just ahead."""
    if published is None:
        return None
    ahead = (month - published.month) * 30 + day - published.day
    return published.year - (ahead > _SOON)


def _span(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    if not year:
        return None
    try:
        if day and month:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), _month_end(year, month)
    except ValueError:
        return None
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _weekday(reading: Reading, start: int, published: date | None) -> DateMention | None:
    names: list[str] = lexicon().tables["dates"]["weekdays"]
    token = reading.tokens[start]
    name = token.lower if token.lower in names else token.lower.removesuffix("s")
    if name not in names or not token.capital:
        return None
    number, before = names.index(name), _token(reading, start - 1)
    ahead = before is not None and before.lower in {"next", "coming", "this"}
    span = None
    if published and not ahead:
        day = published - timedelta(days=(published.weekday() - number) % _WEEK)
        # "last Wednesday" may skip one; an announced day may be the next one.
        span = (day - timedelta(days=_WEEK), day) if before and before.lower == "last" else (day, day)
    return DateMention((start,), weekday=number, span=span)


def _relative(reading: Reading, start: int, published: date | None) -> DateMention | None:
    """`yesterday`, `last month`, `this year`."""
    token, after = reading.tokens[start], _token(reading, start + 1)
    if token.lower in _DAYS:
        day = published + timedelta(days=_DAYS[token.lower]) if published else None
        return DateMention((start,), weekday=day.weekday() if day else None, span=(day, day) if day else None)
    if token.lower not in _RELATIVE or after is None or after.lower not in {"week", "month", "year"}:
        return None
    span = _period(published, after.lower, _RELATIVE[token.lower]) if published else None
    relative = f"{after.lower}{_RELATIVE[token.lower]}"
    return DateMention((start, start + 1), span=span, relative=relative)


def _period(published: date, unit: str, offset: int) -> tuple[date, date]:
    if unit == "week":
        first = published - timedelta(days=published.weekday()) + timedelta(days=_WEEK * offset)
        # Papers count "last week" loosely.
        return (first - timedelta(days=2), first + timedelta(days=_WEEK + 1))
    if unit == "month":
        months = published.year * 12 + published.month - 1 + offset
        year, month = divmod(months, 12)
        return date(year, month + 1, 1), _month_end(year, month + 1)
    return date(published.year + offset, 1, 1), date(published.year + offset, 12, 31)


def _year(reading: Reading, start: int) -> DateMention | None:
    year = _number(_token(reading, start), _YEARS)
    before, after = _token(reading, start - 1), _token(reading, start + 1)
    if not year or (after and after.text in {"%", "-"} and after.start == reading.tokens[start].end):
        return None
    placed = before is not None and (
        before.lower in _YEAR_AFTER or before.text in {",", "(", "-", "/"} or before.possessive
    )
    plural = (
        after is not None
        and after.kind == "word"
        and (after.lower.endswith("s") or after.lower in {"people", "men", "women", "children"})
    )
    counted = plural and not placed
    return None if counted else DateMention((start,), year, None, None, None, _span(year, None, None))
