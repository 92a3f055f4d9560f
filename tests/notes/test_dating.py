"""Dates keep their precision; the timeline and the levels follow the events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.notes.dating import agreed, compatible, days_apart, in_order
from summarizer.notes.signals import level_of, merge_reports
from summarizer.notes.timeline import levels, timeline, undated
from tests.notes.test_events import FIRED, MARCH, SHOT, report

DATES = st.one_of(
    st.dates().map(lambda d: d.isoformat()),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.dates().map(lambda d: d.isoformat()[:4]),
)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2026-06-09", "2026-06-09", 0),
        ("2026-06", "2026-06-30", 0),
        ("2026", "2026-06", 0),
        ("2026-06-09", "2026-06-11", 2),
        ("2026-06", "2026-07-02", 2),
        ("2025", "2026-01-01", 1),
        ("2024-02", "2024-03-01", 1),
    ],
)
def test_days_between_dates_count_from_where_they_come_closest(one: str, other: str, days: int) -> None:
    assert days_apart(one, other) == days_apart(other, one) == days


@given(DATES, DATES)
def test_dates_that_can_be_the_same_are_no_days_apart_and_others_are(one: str, other: str) -> None:
    assert (days_apart(one, other) == 0) == compatible(one, other)


@given(st.lists(DATES, min_size=1, max_size=6))
def test_the_agreed_date_is_one_of_those_given(dates: list[str]) -> None:
    assert agreed(dates) in dates


def test_the_most_precise_of_the_compatible_dates_is_agreed() -> None:
    assert agreed(["2026-06", "2026-06-09"]) == "2026-06-09"
    assert agreed(["2026-06-08", "2026-06-09", "2026-06-09"]) == "2026-06-09"
    assert agreed([]) is None


SIGNALS = merge_reports(
    [
        [report(1, FIRED, date="2026-06-09")],
        [report(1, MARCH, "PROTEST", date="2026-06")],
        [report(1, SHOT, "AGREE", date="2026-06-16", direction="de_escalatory")],
        [report(1, MARCH, "PROTEST")],
        [report(2, FIRED, "MOBILIZE", date="2026-06-09")],
    ]
)


def test_the_timeline_is_in_the_order_of_the_dates_and_a_month_comes_before_its_days() -> None:
    assert [(e.date, e.signals) for e in timeline(SIGNALS)] == [
        ("2026-06", ["s2"]),
        ("2026-06-09", ["s1", "s5"]),
        ("2026-06-16", ["s3"]),
    ]
    assert undated(SIGNALS) == ["s4"]


def test_each_level_counts_what_was_dated_until_then() -> None:
    found = levels(SIGNALS)

    assert [level.date for level in found] == ["2026-06", "2026-06-09", "2026-06-16"]
    for level in found:
        until = [s for s in SIGNALS if s.date and in_order(s.date) <= in_order(level.date)]
        assert level.escalation == level_of(until)
    assert found[1].escalation.score > found[0].escalation.score
    assert found[2].escalation.score <= found[1].escalation.score


def test_without_a_date_there_is_neither_timeline_nor_level() -> None:
    assert timeline(SIGNALS[3:4]) == levels(SIGNALS[3:4]) == []
