"""Budgets: whatever happens in whatever order, no more is spent than allowed."""

import math
import threading
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from summarizer.errors import BudgetReached, ModelError, SettingsError
from summarizer.llm.budget import Budget, Reservation


def test_a_request_that_may_cost_more_than_is_left_is_not_let_through() -> None:
    budget = Budget(usd=1.0)
    budget.reserve(0.5).settle(0.25)
    budget.reserve(0.5)
    with pytest.raises(BudgetReached) as told:
        budget.reserve(0.3)
    assert str(told.value) == (
        "the budget of $1.00 is reached: $0.25 spent, $0.50 set aside for requests under way, "
        "and this one may cost $0.30"
    )
    assert "--budget" in told.value.hint
    assert isinstance(told.value, ModelError)
    assert not told.value.retryable
    assert (budget.spent_usd, budget.reserved_usd, budget.requests) == (0.25, 0.5, 2)


def test_what_was_set_aside_and_not_needed_can_be_spent() -> None:
    budget = Budget(usd=1.0)
    for _ in range(100):
        budget.reserve(0.9).settle(0.001)
    assert budget.spent_usd == pytest.approx(0.1)


def test_a_limit_can_be_used_up_to_the_last_cent() -> None:
    """Sums of decimal amounts come out as on paper, not as in floating point."""
    budget = Budget(usd=7.0)
    for _ in range(100):
        budget.reserve(0.07).settle(0.07)
    assert budget.spent_usd == 7.0
    with pytest.raises(BudgetReached):
        budget.reserve(1e-9)


@pytest.mark.parametrize("unknown", [None, math.nan, math.inf, -0.5])
def test_a_request_whose_cost_nobody_knows_counts_at_its_worst_case(unknown: float | None) -> None:
    budget = Budget(usd=1.0)
    budget.reserve(0.5).settle(unknown)
    assert (budget.spent_usd, budget.reserved_usd) == (0.5, 0.0)


def test_a_request_that_is_never_settled_keeps_its_worst_case_set_aside() -> None:
    budget = Budget(usd=1.0)
    budget.reserve(0.6)
    with pytest.raises(BudgetReached):
        budget.reserve(0.6)


def test_only_the_first_settlement_counts() -> None:
    """So that a caller may settle in its last resort whatever it settled before."""
    budget = Budget(usd=1.0)
    reservation = budget.reserve(0.5)
    reservation.settle(0.25)
    reservation.settle(None)
    assert (budget.spent_usd, budget.reserved_usd) == (0.25, 0.0)


def test_a_request_that_never_left_gives_its_money_and_its_count_back() -> None:
    budget = Budget(usd=1.0, requests=1)
    reservation = budget.reserve(1.0)
    reservation.take_back()
    reservation.settle(1.0)
    assert (budget.spent_usd, budget.reserved_usd, budget.requests) == (0.0, 0.0, 0)
    budget.reserve(1.0)


@pytest.mark.parametrize("unknown", [None, math.nan, math.inf])
def test_an_unknown_price_cannot_be_budgeted_in_dollars(unknown: float | None) -> None:
    budget = Budget(usd=1.0)
    with pytest.raises(BudgetReached, match="price of this request is not known") as told:
        budget.reserve(unknown)
    assert "number of requests" in told.value.hint
    assert budget.requests == 0


def test_without_a_limit_in_dollars_an_unknown_price_is_let_through_and_told() -> None:
    budget = Budget(requests=2)
    budget.reserve(0.5).settle(0.5)
    assert budget.spent_usd == 0.5
    budget.reserve(None).settle(None)
    assert budget.spent_usd is None


def test_requests_are_counted_whatever_becomes_of_them() -> None:
    budget = Budget(requests=2)
    budget.reserve(None)
    budget.reserve(0.1).settle(0.0)
    with pytest.raises(BudgetReached, match="limit of 2 requests"):
        budget.reserve(0.0)


def test_a_budget_of_nothing_lets_only_free_requests_through() -> None:
    budget = Budget(usd=0)
    budget.reserve(0.0).settle(0.0)
    with pytest.raises(BudgetReached):
        budget.reserve(1e-12)


def test_a_budget_without_limits_only_counts() -> None:
    budget = Budget()
    budget.reserve(10.0**6).settle(10.0**6)
    assert (budget.spent_usd, budget.requests) == (10.0**6, 1)


@pytest.mark.parametrize("limits", [{"usd": -1}, {"usd": math.nan}, {"usd": math.inf}, {"requests": -1}])
def test_a_limit_that_is_no_amount_is_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Budget(**limits)


_amounts = st.floats(0, 2, allow_nan=False) | st.sampled_from([0.0, 0.1, 0.3, 1e-9])


class Interleaving(RuleBasedStateMachine):
    """Requests are let through and settled in any order, each at no more than its worst case."""

    reservations = Bundle[tuple[Reservation, float]]("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.limit = 5.0
        self.budget = Budget(usd=self.limit, requests=40)
        self.paid = Fraction(0)

    @rule(target=reservations, worst=_amounts)
    def reserve(self, worst: float) -> Any:
        """Try to send one."""
        try:
            return self.budget.reserve(worst), worst
        except BudgetReached:
            return None, worst

    @rule(reservation=consumes(reservations), part=st.none() | st.floats(0, 1))
    def settle(self, reservation: tuple[Reservation | None, float], part: float | None) -> None:
        """A part of the worst case was paid, or nobody knows how much."""
        sent, worst = reservation
        if sent is not None:
            actual = None if part is None else min(worst, worst * part)
            sent.settle(actual)
            self.paid += Fraction(worst if actual is None else actual)

    @rule(reservation=consumes(reservations))
    def take_back(self, reservation: tuple[Reservation | None, float]) -> None:
        """It never left after all."""
        sent, _ = reservation
        if sent is not None:
            sent.take_back()

    @precondition(lambda self: self.budget.requests >= 40)
    @rule()
    def no_more_requests(self) -> None:
        """The count is a limit of its own."""
        with pytest.raises(BudgetReached):
            self.budget.reserve(0.0)

    @invariant()
    def within_limits(self) -> None:
        """What was paid, what the budget says was paid, and the limit, in this order."""
        spent = self.budget.spent_usd
        assert spent is not None
        assert float(self.paid) <= spent + 1e-9
        assert spent + self.budget.reserved_usd <= self.limit + 1e-9
        assert self.budget.requests <= 40


TestInterleaving = Interleaving.TestCase
TestInterleaving.settings = settings()


@given(st.lists(st.floats(0, 0.4), min_size=8, max_size=40), st.integers(2, 6))
def test_threads_that_share_a_budget_stay_within_it_together(worsts: list[float], threads: int) -> None:
    budget = Budget(usd=1.0, requests=25)
    paid: list[float] = []
    start = threading.Barrier(threads)

    def spend(mine: list[float]) -> None:
        start.wait(60)
        for worst in mine:
            try:
                reservation = budget.reserve(worst)
            except BudgetReached:
                continue
            paid.append(worst)
            reservation.settle(worst)

    workers = [threading.Thread(target=spend, args=(worsts[number::threads],)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert math.fsum(paid) <= 1.0
    assert len(paid) == budget.requests <= 25
    assert budget.spent_usd == pytest.approx(math.fsum(paid), abs=1e-9)
    assert budget.reserved_usd == 0


def test_what_was_spent_and_sent_before_counts() -> None:
    with pytest.raises(BudgetReached, match=r"the budget of \$1.00 is reached: \$0.75 spent"):
        Budget(usd=1.0, spent_usd=0.75).reserve(0.3)
    with pytest.raises(BudgetReached, match="the limit of 2 requests"):
        Budget(requests=2, sent=2).reserve(0.0)
    assert Budget(usd=1.0, spent_usd=None).spent_usd is None
