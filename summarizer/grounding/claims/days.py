"""Does the claim give the dates of its evidence?"""

from collections.abc import Iterator

from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.dates import DateMention
from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.same_day import clash, exactly, match
from summarizer.types import Issue

__all__ = ["date_issues"]


def date_issues(case: Comparison) -> Iterator[Issue]:
    """Every date of the claim that the evidence, or failing it the article, gives otherwise."""
    yield from _season_issue(case)
    for day in case.claim.dates:
        given = [(n, d) for n, f in case.sources.items() for d in f.dates]
        rival = clash(day, tuple(d for _, d in given)) or _beside(case, day)
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


def _season_issue(case: Comparison) -> Iterator[Issue]:
    """`in autumn` where the evidence has `in spring`."""
    seasons = frozenset(lexicon().tables["dates"]["seasons"])
    theirs = [(n, t.index) for n, f in case.sources.items() for t in f.reading.tokens if t.lower in seasons]
    given = {case.article.readings[n].tokens[j].lower for n, j in theirs}
    for token in case.reading.tokens:
        if token.lower in seasons and theirs and token.lower not in given:
            number, other = theirs[0]
            why = "The claim dates it {claim}, its evidence {source}."
            yield case.issue("date", (token.index,), number, (other,), why)


def _beside(case: Comparison, day: DateMention) -> DateMention | None:
    """The date that the evidence gives right beside the counterpart of the claim's word, if it is another."""
    if day.relative or any(
        clash(day, f.dates) is None and _same(day, f.dates) for f in case.sources.values()
    ):
        return None
    for before in sorted((i for i in case.alignment.best if i < day.indices[0]), reverse=True)[:_WORDS]:
        link = case.alignment.best[before]
        near = [d for d in case.sources[link.sentence].dates if 0 < d.indices[0] - link.source <= _NEAR]
        if near:
            return clash(day, tuple(near[:1]))
    return None


def _same(day: DateMention, others: tuple[DateMention, ...]) -> bool:
    """Whether one of them spells out the same."""
    return any(exactly(day, other) for other in others)


_WORDS, _NEAR = 2, 4


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
