"""Journals and the sums drawn from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.llm import Journal, Sent, Usage
from summarizer.llm.usage import Call
from summarizer.types import Tokens

_tokens = st.builds(Tokens, input=st.integers(0, 9), cached=st.integers(0, 9), output=st.integers(0, 9))
_usages = st.builds(
    Usage,
    requests=st.integers(0, 9),
    retries=st.integers(0, 9),
    tokens=_tokens,
    cost_usd=st.none() | st.integers(0, 9).map(float),
    seconds=st.integers(0, 9).map(float),
)


@given(_usages, _usages, _usages)
def test_usage_adds_up_in_any_order(one: Usage, two: Usage, three: Usage) -> None:
    assert (one + two) + three == three + (two + one)
    assert one + Usage() == one


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    assert (Usage(cost_usd=0.5) + Usage(cost_usd=None)).cost_usd is None


def test_a_journal_keeps_the_order_of_sending_while_replies_arrive_in_another() -> None:
    journal = Journal()
    first, second = Call("first", [journal], max_tokens=9), Call("second", [journal], max_tokens=9)
    first.enter(first.draft(free=True))
    second.enter(second.draft(free=True))
    second.settle(outcome="complete", tokens=Tokens(input=5, cached=1, output=2))
    first.settle(outcome="failed")
    first.enter(first.draft(free=True))
    assert [(row.name, row.attempt, row.outcome) for row in journal.rows] == [
        ("first", 1, "failed"),
        ("second", 1, "complete"),
        ("first", 2, "unknown"),
    ]
    assert journal.usage == Usage(requests=3, retries=1, tokens=Tokens(input=5, cached=1, output=2))
    assert first.failures == 1


def test_rows_cannot_be_changed() -> None:
    row = Sent(call=1, name="pass", attempt=1)
    with pytest.raises(AttributeError):
        row.outcome = "complete"  # type: ignore[misc]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=30), st.integers(1, 5))
def test_a_bounded_journal_lets_old_rows_go_and_nothing_of_their_sum(
    sent: list[tuple[bool, int]], most: int
) -> None:
    whole, bounded = Journal(), Journal(most=most)
    for again, tokens in sent:
        call = Call("pass", [whole, bounded], max_tokens=9)
        for _ in range(1 + again):
            call.enter(call.draft(free=True))
            call.settle(outcome="failed", tokens=Tokens(input=tokens, cached=0, output=0))
    assert bounded.usage == whole.usage
    assert bounded.rows == whole.rows[-most:]


def test_what_is_under_way_stays_in_a_bounded_journal_and_counts_once() -> None:
    journal = Journal(most=2)
    slow, *quick = (Call("pass", [journal], max_tokens=9) for _ in range(6))
    slow.enter(slow.draft(free=True))
    for call in quick:
        call.enter(call.draft(free=True))
        call.settle(outcome="complete")
    slow.settle(outcome="complete")
    assert journal.usage.requests == 6
    assert len(journal.rows) == 2
