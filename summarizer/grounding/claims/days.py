"""Does the claim give the dates of its evidence?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.dates import DateMention, clash, match
from summarizer.types import Issue

__all__ = ["date_issues"]


def date_issues(case: Comparison) -> Iterator[Issue]:
    """Every date of the claim that the evidence, or failing it the article, gives otherwise."""
    for day in case.claim.dates:
        given = [(n, d) for n, f in case.sources.items() for d in f.dates]
        rival = clash(day, tuple(d for _, d in given))
        number = next((n for n, d in given if d is rival), None)
        if rival is not None and not (_is_published(case, day) and number is None):
            yield case.issue(
                "date",
                day.indices,
                number,
                rival.indices,
                "The claim dates it {claim}, its evidence {source}.",
            )
        elif rival is None and not any(match(day, d) for _, d in given) and not _elsewhere(case, day):
            yield case.issue("date", day.indices, None, (), "The article does not give the date {claim}.")


def _is_published(case: Comparison, day: DateMention) -> bool:
    published = case.article.published
    return bool(published and day.span and day.span[0] <= published <= day.span[1])


def _elsewhere(case: Comparison, day: DateMention) -> bool:
    """Whether the article gives the date in another sentence, or came out on it."""
    if day.year is None and day.month is None and day.weekday is None:
        return True
    return _is_published(case, day) or any(
        match(day, d) for f in case.article.facts.values() for d in f.dates
    )
