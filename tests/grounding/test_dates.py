"""Dates: what a sentence says, resolved against the day the article appeared, with the precision of the words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.dates import dates_in, event_date

THURSDAY = "2024-12-05"


def dated(sentence: str, trigger: str, published: str | None = THURSDAY) -> str | None:
    text = sentence + "\nThe rest of the day was quiet in the whole of the valley."
    return event_date(Article.from_text(text, published=published), 1, trigger)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("on November 21, 2024", "2024-11-21"),
        ("on Nov. 21, 2023", "2023-11-21"),
        ("on 21 November 2024", "2024-11-21"),
        ("on 2024-11-21", "2024-11-21"),
        ("in March 2022", "2022-03"),
        ("in 2014", "2014"),
        ("on Nov. 21", "2024-11-21"),
        ("on Aug. 20", "2024-08-20"),
        ("on June 28", "2024-06-28"),
        ("in late October", "2024-10"),
        ("on Tuesday", "2024-12-03"),
        ("Thursday", "2024-12-05"),
        ("on Friday", "2024-11-29"),
        ("last Wednesday", "2024-11-27"),
        ("last Friday", "2024-11-29"),
        ("yesterday", "2024-12-04"),
        ("today", "2024-12-05"),
        ("last week", "2024-11"),
        ("last month", "2024-11"),
        ("earlier this month", "2024-12"),
        ("last year", "2023"),
        ("three days ago", "2024-12-02"),
        ("two years ago", "2022"),
        ("a decade ago", "2014"),
    ],
)
def test_words_resolve_to_a_date_as_precise_as_they_are(words: str, iso: str) -> None:
    assert dated(f"Rebels shelled the harbour {words}.", "shelled") == iso


@pytest.mark.parametrize(
    ("sentence", "iso"),
    [
        ("The ministers will meet on Tuesday.", "2024-12-10"),
        ("The ministers will meet next Tuesday.", "2024-12-10"),
        ("The ministers will meet on Jan. 14.", "2025-01-14"),
        ("The ministers will meet tomorrow.", "2024-12-06"),
        ("The ministers will meet next month.", "2025-01"),
    ],
)
def test_what_is_to_come_resolves_forward(sentence: str, iso: str) -> None:
    assert dated(sentence, "meet") == iso


def test_each_of_two_events_takes_the_date_beside_it() -> None:
    sentence = "Rebels shelled the harbour on Monday, and the army shot down a drone on Wednesday."
    assert dated(sentence, "shelled the harbour") == "2024-12-02"
    assert dated(sentence, "shot down a drone") == "2024-12-04"


def test_days_after_an_event_count_back_from_the_date_before_them() -> None:
    """The call was on Wednesday, six days after the launch: the launch was six days before Wednesday."""
    sentence = "The call took place last Wednesday, six days after Velnia launched a missile."
    assert dated(sentence, "call") == "2024-11-27"
    assert dated(sentence, "launched a missile") == "2024-11-21"


def test_days_later_count_on_from_the_sentence_before() -> None:
    article = Article.from_text(
        "Rebels seized the glider on Dec. 1.\nThey returned it two days later.", published=THURSDAY
    )
    assert event_date(article, 2, "returned") == "2024-12-03"


def test_the_day_of_saying_is_not_the_day_of_the_event_when_both_are_given() -> None:
    assert (
        dated("The army said Wednesday that rebels shelled the harbour on Monday.", "shelled") == "2024-12-02"
    )


def test_without_a_publication_date_only_absolute_dates_count() -> None:
    assert dated("Rebels shelled the harbour on Tuesday.", "shelled", None) is None
    assert dated("Rebels shelled the harbour on Nov. 21, 2024.", "shelled", None) == "2024-11-21"
    assert dated("Rebels shelled the harbour last month.", "shelled", "2024") is None


def test_numbers_that_are_no_years_are_not_read_as_years() -> None:
    assert dated("The army sent about 2000 troops and 1999 tons of grain.", "sent") is None


def test_a_sentence_without_a_date_has_none() -> None:
    assert dated("Rebels shelled the harbour.", "shelled") is None


def test_an_impossible_day_is_no_date() -> None:
    assert dated("Rebels shelled the harbour on February 30, 2024.", "shelled") in (None, "2024")


@given(st.text(max_size=200), st.sampled_from([None, "2024", "2024-02-29", "0001-01-01", "9999-12-31"]))
def test_any_text_gives_well_formed_dates_at_their_place(text: str, published: str | None) -> None:
    for mention in dates_in(text, published):
        assert 0 <= mention.start < mention.end <= len(text)
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", mention.iso)


@given(
    st.lists(
        st.sampled_from(
            [
                "last",
                "next",
                "May",
                "31",
                "2024",
                "Tuesday",
                "12",
                "days",
                "after",
                "ago",
                "years",
                "Feb.",
                ",",
            ]
        )
    ),
    st.sampled_from(["2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_words_of_time_in_any_order_are_read(words: list[str], published: str) -> None:
    for mention in dates_in(" ".join(words), published):
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", mention.iso)
