"""Words that name a date, each kind with what it means: ISO 8601 with the precision the words have."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

__all__ = ["Context", "Reader", "readings"]

_MONTH_NAMES = (
    "jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, "
    "sep sept september, oct october, nov november, dec december"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        re.split(r",\s", _MONTH_NAMES),
        start=1,
    )
    for name in names.split()
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1}
_M = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_Y = r"(?P<year>1[89]\d\d|20\d\d)"
_D = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_N = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_COUNTED = (
    r"(?!\s*(?:hours|GMT|UTC|local|km|kilomet|miles|meters|metres|tons|tonnes|percent|%|people|troops|soldiers|men|women|civilians|fighters"
    r"|police|members|homes|euros|dollars|pounds|meters|feet)|[,.]?\d|-(?:year|strong|mile|km))"
)
_NOT_A_YEAR = (
    r"(?<![\d$€£#.,/])(?<!about\s)(?<!some\s)(?<!than\s)(?<!nearly\s)(?<!least\s)(?<!around\s)(?<!No\.\s)"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What relative words count from."""

    published: date | None
    future: bool
    anchor: date | None
    """The last full date named before."""


Reader = Callable[[re.Match[str], Context], str | None]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].rstrip(".").lower()]


def _full(match: re.Match[str], _: Context) -> str | None:
    found = _day(int(match["year"]), _month_of(match), int(match["day"]))
    return found.isoformat() if found else None


def _iso(match: re.Match[str], _: Context) -> str | None:
    found = _day(int(match["year"]), int(match["number"]), int(match["day"]))
    return found.isoformat() if found else None


def _month_year(match: re.Match[str], _: Context) -> str | None:
    return f"{match['year']}-{_month_of(match):02}"


def _year(match: re.Match[str], _: Context) -> str | None:
    return match["year"]


def _month_day(match: re.Match[str], context: Context) -> str | None:
    """The year that brings it nearest to publication; the past is nearer, unless the words look ahead."""
    today = context.published
    if today is None:
        return None
    near = [_day(today.year + shift, _month_of(match), int(match["day"])) for shift in (-1, 0, 1)]
    ahead = 1 if context.future else 4
    known = [d for d in near if d is not None]
    best = min(known, key=lambda d: abs((d - today).days) * (ahead if d > today else 1), default=None)
    return best.isoformat() if best else None


def _month(match: re.Match[str], context: Context) -> str | None:
    today = context.published
    if today is None:
        return None
    number, which = _month_of(match), (match["which"] or "").lower()
    year = today.year
    if which == "last":
        year -= number >= today.month
    elif which == "next" or context.future:
        year += number < today.month
    else:
        year -= number > today.month
    return f"{year:04}-{number:02}" if MINYEAR <= year <= MAXYEAR else None


def _weekday(match: re.Match[str], context: Context) -> str | None:
    today = context.published
    if today is None:
        return None
    which = (match["which"] or "").lower()
    back = (today.weekday() - _DAYS.index(match["weekday"].lower())) % 7
    if which == "next" or (which == "this" and context.future):
        return _shifted(today, "day", 7 - back)
    if which == "last" and back <= (today.weekday() + 1) % 7:  # this week's has its plain name: "Wednesday"
        back += 7
    if context.future and not which and back:
        back -= 7
    return _shifted(today, "day", -back)


def _shifted(today: date, unit: str, by: int) -> str | None:
    try:
        if unit == "day":
            return (today + timedelta(days=by)).isoformat()
        if unit == "week":
            return (today + timedelta(weeks=by)).isoformat()[:7]
        if unit == "month":
            years, month = divmod(today.year * 12 + today.month - 1 + by, 12)
            return f"{date(years, month + 1, 1).isoformat()[:7]}"
        return f"{date(today.year + by * (10 if unit == 'decade' else 1), 1, 1).year:04}"
    except (ValueError, OverflowError):
        return None


def _this_last_next(match: re.Match[str], context: Context) -> str | None:
    by = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    return _shifted(context.published, match["unit"].lower(), by) if context.published else None


def _near_day(match: re.Match[str], context: Context) -> str | None:
    word = match.group().lower()
    by = -1 if word.startswith(("yesterday", "last night")) else 1 if word.startswith("tomorrow") else 0
    return _shifted(context.published, "day", by) if context.published else None


def _ago(match: re.Match[str], context: Context) -> str | None:
    count = match["number"].lower()
    by = -(int(count) if count.isdigit() else _NUMBERS[count])
    return _shifted(context.published, match["unit"].lower(), by) if context.published else None


def _from_anchor(match: re.Match[str], context: Context) -> str | None:
    """Six days after: the event after these words lies six days before the date named last."""
    count = match["number"].lower()
    by = int(count) if count.isdigit() else _NUMBERS[count]
    sign = {"after": -1, "before": 1, "earlier": -1, "later": 1}[match["side"].lower()]
    return _shifted(context.anchor, match["unit"].lower(), sign * by) if context.anchor else None


_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if loose else 0), reader)
    for pattern, reader, loose in (
        (rf"(?:{_WEEKDAY},?\s+)?{_M}\s+{_D},?\s+{_Y}\b", _full, False),
        (rf"(?:{_WEEKDAY},?\s+)?\b{_D}(?:\s+of)?\s+{_M},?\s+{_Y}\b", _full, False),
        (r"\b(?P<year>1[89]\d\d|20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b", _iso, False),
        (rf"\b{_M},?\s+(?:of\s+)?{_Y}\b", _month_year, False),
        (rf"(?:{_WEEKDAY},?\s+)?\b{_M}\s+{_D}\b(?!\s*(?:percent|%)|[:,]\d)", _month_day, False),
        (rf"(?:{_WEEKDAY},?\s+)?\b{_D}(?:\s+of)?\s+{_M}(?!\w)", _month_day, False),
        (rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)?\s*(?:past\s+)?\b{_WEEKDAY}\b", _weekday, False),
        (
            rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)|[Ii]n|[Ss]ince|[Dd]uring|[Ll]ate|[Ee]arly|[Mm]id-?|[Uu]ntil|[Bb]y)\s*{_M}(?!\w)(?!\s+\d)",
            _month,
            False,
        ),
        (rf"(?P<which>\b)(?!March|May){_M}(?!\w)(?!\s+\d)", _month, False),
        (rf"\b{_N}\s+{_UNIT}\s+ago\b", _ago, True),
        (rf"\b{_N}\s+{_UNIT}\s+(?P<side>after|before|earlier|later)\b", _from_anchor, True),
        (rf"\b(?P<which>this|last|next|previous|coming|past)\s+{_UNIT}\b", _this_last_next, True),
        (
            r"\b(?:today|yesterday|tomorrow|tonight|last\s+night|this\s+(?:morning|afternoon|evening)|(?:earlier|later)\s+in\s+the\s+day)\b",
            _near_day,
            True,
        ),
        (rf"\b{_NOT_A_YEAR}{_Y}\b{_COUNTED}", _year, False),
    )
)


def readings(body: str) -> Iterator[tuple[re.Match[str], Reader]]:
    """Every place where a date is named, with how to read it; of overlapping ones the most explicit. In reading order."""
    taken: list[tuple[re.Match[str], Reader]] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(body):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in taken):
                taken.append((match, reader))
    yield from sorted(taken, key=lambda pair: pair[0].start())
