"""Dates: what is spelled out, what is resolved against the day of publication, and what contradicts what."""

from datetime import date

import pytest

from summarizer.article import Article
from summarizer.grounding.claims import check_claim
from summarizer.grounding.claims.dates import DateMention, dates
from summarizer.grounding.claims.reading import read
from summarizer.grounding.claims.same_day import clash, match

PUBLISHED = date(2024, 12, 5)
"""A Thursday."""


def only(text: str) -> DateMention:
    found = dates(read(text), PUBLISHED)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 2024-11-21", date(2024, 11, 21), date(2024, 11, 21)),
        ("on Nov. 21, 2024", date(2024, 11, 21), date(2024, 11, 21)),
        ("on 21 November", date(2024, 11, 21), date(2024, 11, 21)),
        ("on Tuesday", date(2024, 12, 3), date(2024, 12, 3)),
        ("on Thursday", PUBLISHED, PUBLISHED),
        ("yesterday", date(2024, 12, 4), date(2024, 12, 4)),
        ("last month", date(2024, 11, 1), date(2024, 11, 30)),
        ("in October 2022", date(2022, 10, 1), date(2022, 10, 31)),
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_can_mean(text: str, first: date, last: date):
    assert only(text).span == (first, last)


@pytest.mark.parametrize("text", ["he may go", "2000 men fled", "1,985 tons", "Theresa May left"])
def test_what_only_looks_like_a_date_is_none(text: str):
    assert dates(read(text), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("claim", "source", "same"),
    [
        ("on Nov. 27", "last Wednesday", True),
        ("on Monday", "on Tuesday", False),
        ("in 2024", "last month", True),
        ("on July 8", "on June 8", False),
        ("on December 3", "on Tuesday", True),
        ("on November 26", "on Tuesday", False),
    ],
)
def test_two_dates_agree_when_they_can_be_one_day(claim: str, source: str, same: bool):
    assert match(only(claim), only(source)) is same


def test_a_week_does_not_make_a_wrong_weekday_right():
    sources = (only("on Monday"), only("this week"))
    assert clash(only("on Wednesday"), sources) == sources[0]
    assert clash(only("on Monday"), sources) is None


def test_last_month_is_not_last_week():
    assert match(only("last month"), only("last week")) is False
    assert match(only("last week"), only("last week"))


def test_a_month_beside_its_event_is_not_made_right_by_another_date():
    article = Article.from_text(
        "They agreed on Thursday to a truce, the first since a drone hit the ship in March.",
        published="2026-05-15",
    )
    found = check_claim("A drone hit the ship in May", article, sentences=[1])
    assert [(issue.kind, issue.claim, issue.source) for issue in found.issues] == [("date", "May", "March")]


def test_seasons_differ():
    article = Article.from_text("The talks in the capital will resume in spring.", published="2026-05-15")
    assert check_claim("The talks will resume in autumn", article, sentences=[1]).issues[0].kind == "date"
