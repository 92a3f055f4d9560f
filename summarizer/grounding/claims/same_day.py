"""Whether two dates can be the same."""

from collections.abc import Iterator
from datetime import timedelta

from summarizer.grounding.claims.dates import DateMention

__all__ = ["clash", "exactly", "match"]

_WEEK = 7


def _parts(mention: DateMention) -> Iterator[tuple[str, int]]:
    for name in ("year", "month", "day", "weekday"):
        value = getattr(mention, name)
        if value is not None:
            yield name, value


def match(one: DateMention, other: DateMention) -> bool | None:
    """Whether two mentions can mean the same date; None when nothing tells."""
    exact = exactly(one, other)
    if exact is None and one.span and other.span:
        return one.span[0] <= other.span[1] and other.span[0] <= one.span[1]
    return exact


def exactly(one: DateMention, other: DateMention) -> bool | None:
    """The same by what both spell out."""
    if one.relative and other.relative:
        whole = "year" in one.relative + other.relative
        return True if one.relative == other.relative else None if whole else False
    mine, theirs = dict(_parts(one)), dict(_parts(other))
    shared = mine.keys() & theirs.keys()
    if shared == {"weekday"} and (one.day is None) != (other.day is None):
        calendar, spoken = (one, other) if one.day is not None else (other, one)
        return mine["weekday"] == theirs["weekday"] and _falls_on(calendar, spoken)
    return all(mine[name] == theirs[name] for name in shared) if shared else None


def _falls_on(calendar: DateMention, spoken: DateMention) -> bool:
    """Whether `Monday` may be that day: the last one before publication or, if announced, the next."""
    if calendar.span is None or spoken.span is None:
        return True
    ahead = spoken.span[1] + timedelta(days=_WEEK)
    return spoken.span[0] <= calendar.span[0] <= spoken.span[1] or calendar.span[0] == ahead


def clash(claim: DateMention, sources: tuple[DateMention, ...]) -> DateMention | None:
    """The source's date that the claim's contradicts, if none of them agrees with it.

    A date that both spell out weighs more than a week or month into which the claim's day happens to fall.
    """
    exact = [(exactly(claim, source), source) for source in sources]
    if any(verdict for verdict, _ in exact):
        return None
    if odd := next((source for verdict, source in exact if verdict is False), None):
        return odd if not any(_days(source) == 1 and match(claim, source) for source in sources) else None
    verdicts = [(match(claim, source), source) for source in sources]
    if any(verdict for verdict, _ in verdicts):
        return None
    return next((source for verdict, source in verdicts if verdict is False), None)


def _days(mention: DateMention) -> int:
    return (mention.span[1] - mention.span[0]).days + 1 if mention.span else 0
