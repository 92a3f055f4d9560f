"""When a request is sent again, and how long it waits before that."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ProviderFailed, RateLimited, TimedOut
from summarizer.llm import RetryPolicy
from summarizer.llm.retry import Fault, asked_wait, backoff
from tests.llm.asking import Answer, ask
from tests.llm.fake_server import FakeServer, Say, answer, failure

pytestmark = pytest.mark.summarizer_loopback

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BROKEN = Fault(error=ProviderFailed("down"), retry=True)
THROTTLED = Fault(error=RateLimited("slower"), retry=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90.0),
        ({"retry-after": format_datetime(NOW - timedelta(hours=1), usegmt=True)}, 0.0),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30 -0000"}, 30.0),
        (
            {
                "retry-after": format_datetime(NOW + timedelta(days=400, seconds=5), usegmt=True),
                "date": format_datetime(NOW + timedelta(days=400), usegmt=True),
            },
            5.0,
        ),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=5)), "date": "yesterday"}, 5.0),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "tomorrow"}, None),
    ],
)
def test_the_wait_is_read_from_the_headers(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, now=NOW) == seconds


@given(st.text())
def test_no_header_can_break_the_reading_of_it(text: str) -> None:
    seconds = asked_wait({"retry-after": text, "retry-after-ms": text}, now=NOW)
    assert seconds is None or 0 <= seconds < float("inf")


@given(st.integers(min_value=1, max_value=5000), st.sampled_from([BROKEN, THROTTLED]))
def test_a_wait_of_our_own_lies_between_nothing_and_the_cap(number: int, fault: Fault) -> None:
    assert 0 <= backoff(RetryPolicy(), fault, number) <= RetryPolicy().cap_s


def test_the_bound_of_the_wait_doubles_and_is_higher_after_a_throttle() -> None:
    def bounds(fault: Fault) -> list[float]:
        return [backoff(RetryPolicy(), fault, number, draw=lambda _, high: high) for number in (1, 2, 3, 9)]

    assert bounds(BROKEN) == [0.05, 0.1, 0.2, 12.8]
    assert bounds(THROTTLED) == [1.0, 2.0, 4.0, 20.0]


@given(st.floats(min_value=0, max_value=1e6))
def test_no_wait_is_shorter_than_the_provider_asked_for(seconds: float) -> None:
    wait = backoff(RetryPolicy(), Fault(error=RateLimited("slower"), retry=True, asked_s=seconds), 1)
    assert seconds <= wait <= seconds + 0.5


@pytest.mark.parametrize("headers", [{"retry-after": "30"}, {"retry-after-ms": "30000"}])
def test_a_client_waits_as_it_was_asked_to(headers: dict[str, str]) -> None:
    with FakeServer(failure(429, headers=headers), answer()) as server:
        asked = ask(server)
    assert asked.value == Answer(city="Lisbon", year=1755)
    assert len(asked.waits) == 1
    assert 30 <= asked.waits[0] <= 30.5
    assert asked.journal[0].retry_after_s == 30


def test_a_wait_beyond_the_deadline_is_not_begun_and_its_length_is_told() -> None:
    with FakeServer(failure(429, headers={"retry-after": "900"})) as server:
        asked = ask(server, policy=RetryPolicy(deadline_s=600))
    assert isinstance(asked.error, RateLimited)
    assert "for 900 seconds" in str(asked.error)
    assert asked.waits == []


def test_a_call_survives_one_fault_fewer_than_it_has_attempts() -> None:
    with FakeServer(failure(500), Say(then="reset"), answer()) as server:
        assert ask(server).value == Answer(city="Lisbon", year=1755)


def test_faults_are_counted_over_the_whole_call_and_corrections_apart() -> None:
    """At most attempts + reasks requests leave, whatever the order in which things go wrong."""
    with FakeServer(failure(500), failure(500), answer("{}"), failure(408)) as server:
        asked = ask(server, policy=RetryPolicy(attempts=3, reasks=1))
    assert isinstance(asked.error, TimedOut)
    assert asked.outcomes == ["failed", "failed", "malformed", "failed"]


def test_one_attempt_means_one_request() -> None:
    with FakeServer(failure(500)) as server:
        assert isinstance(ask(server, policy=RetryPolicy(attempts=1)).error, ProviderFailed)
        assert len(server.requests) == 1


def test_being_told_to_slow_down_uses_up_no_attempt() -> None:
    faults = [failure(429), failure(500)] * 5
    with FakeServer(*faults, answer()) as server:
        asked = ask(server)
    assert asked.value == Answer(city="Lisbon", year=1755)
    assert len(asked.journal) == 11


def test_being_told_to_slow_down_all_the_time_ends_the_call_as_that() -> None:
    with FakeServer(failure(429)) as server:
        asked = ask(server)
    assert isinstance(asked.error, RateLimited)
    assert len(asked.journal) == RetryPolicy().attempts
