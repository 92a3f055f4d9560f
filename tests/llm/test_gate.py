"""The gate: limits kept to, reservations settled, complaints heeded; all in a time of the test's own."""

import asyncio
import random

import pytest

from summarizer.llm.gate import Gate
from tests.llm.virtual_time import Time


def gate_in(time: Time, rpm: float | None = None, tpm: float | None = None) -> Gate:
    return Gate(rpm, tpm, clock=time.clock, sleep=time.sleep)


def departures(time: Time, gate: Gate, count: int, *, tokens: int = 0) -> list[float]:
    times: list[float] = []

    async def one() -> None:
        async with gate.admit(tokens=tokens):
            times.append(time.now)

    async def everyone() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(one())

    time.run(everyone())
    return times


def test_without_limits_nothing_waits() -> None:
    time = Time()
    assert departures(time, gate_in(time), 500) == [0.0] * 500


def test_requests_a_minute_are_kept_with_a_burst_of_at_most_one_second() -> None:
    time = Time()
    times = departures(time, gate_in(time, rpm=600), 100)
    in_any_second = max(sum(at <= other < at + 1 for other in times) for at in times)
    assert times.count(0.0) == 10
    assert in_any_second <= 20
    assert times[-1] == pytest.approx(9.0)


def test_tokens_a_minute_delay_what_is_too_large_for_now() -> None:
    time = Time()
    times = departures(time, gate_in(time, tpm=6000), 4, tokens=100)
    assert times == pytest.approx([0.0, 1.0, 2.0, 3.0])


def test_a_request_larger_than_a_second_of_tokens_leaves_and_those_behind_it_pay() -> None:
    time = Time()
    times = departures(time, gate_in(time, tpm=6000), 2, tokens=500)
    assert times == pytest.approx([0.0, 5.0])


def test_tokens_reserved_but_not_used_come_back() -> None:
    time = Time()
    gate = gate_in(time, tpm=6000)

    async def work() -> None:
        for _ in range(3):
            async with gate.admit(tokens=100) as ticket:
                ticket.settle(10)

    time.run(work())
    assert time.now == pytest.approx(0.2)


def test_tokens_used_beyond_the_reservation_delay_the_next() -> None:
    time = Time()
    gate = gate_in(time, tpm=6000)

    async def work() -> None:
        async with gate.admit(tokens=100) as ticket:
            ticket.settle(400)
        async with gate.admit(tokens=100):
            pass

    time.run(work())
    assert time.now == pytest.approx(4.0)


def test_settling_twice_counts_once() -> None:
    time = Time()
    gate = gate_in(time, tpm=6000)

    async def work() -> None:
        async with gate.admit(tokens=100) as ticket:
            ticket.settle(50)
            ticket.settle(50)
        async with gate.admit(tokens=100):
            pass

    time.run(work())
    assert time.now == pytest.approx(0.5)


def test_a_wait_that_the_provider_asks_for_holds_everyone() -> None:
    time = Time()
    gate = gate_in(time)
    gate.throttled(30.0)
    assert min(departures(time, gate, 3)) >= 30.0


def test_a_longer_wait_asked_for_meanwhile_is_kept_too() -> None:
    time = Time()
    gate = gate_in(time)
    gate.throttled(5.0)

    async def complain() -> None:
        await time.sleep(1.0)
        gate.throttled(10.0)

    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(complain())
            async with gate.admit():
                pass

    time.run(work())
    assert time.now >= 11.0


def test_many_complaints_in_one_second_cut_the_rate_once() -> None:
    time = Time()
    gate = gate_in(time, rpm=6000)
    departures(time, gate, 100)
    time.now += 1
    for _ in range(50):
        gate.throttled()
    # Cut once, at the eleventh complaint, when 89 of 100 seemed to have got through.
    assert gate.requests_a_second == pytest.approx(0.8 * 89)


def test_complaints_that_come_at_random_cut_nothing() -> None:
    time = Time()
    gate = gate_in(time, rpm=6000)
    for _ in range(20):
        departures(time, gate, 100)
        for _ in range(5):
            gate.throttled()
        time.now += 1
    assert gate.requests_a_second == 100


def test_many_complaints_that_come_at_random_cut_nothing_either() -> None:
    """Five in a hundred on average; a second or two of every minute have half as many again."""
    time = Time()
    gate = gate_in(time, rpm=24_000)
    draw = random.Random(5)  # noqa: S311 -- not a secret
    for _ in range(120):
        departures(time, gate, 400)
        for _ in range(sum(draw.random() < 0.05 for _ in range(400))):
            gate.throttled()
        time.now += 1
    assert gate.requests_a_second == 400


def test_quiet_lets_the_rate_grow_back_but_never_beyond_the_limit_known() -> None:
    time = Time()
    gate = gate_in(time, rpm=6000)
    departures(time, gate, 100)
    time.now += 1
    for _ in range(20):
        gate.throttled()
    cut = gate.requests_a_second
    time.now += 5
    grown = gate.requests_a_second
    time.now += 500
    assert cut is not None
    assert grown is not None
    assert cut < grown < 100
    assert gate.requests_a_second == 100


def test_a_limit_learned_from_the_provider_is_kept() -> None:
    time = Time()
    gate = gate_in(time)
    gate.learn(rpm=60)
    assert departures(time, gate, 3) == pytest.approx([1.0, 2.0, 3.0])


def test_a_limit_of_our_own_is_kept_whatever_the_provider_tells() -> None:
    gate = Gate(60)
    gate.learn(rpm=6000)
    assert gate.requests_a_second == 1


def test_one_who_gives_up_waiting_lets_the_next_through() -> None:
    time = Time()
    gate = gate_in(time, rpm=60)

    async def pass_through() -> None:
        async with gate.admit():
            pass

    async def work() -> None:
        await pass_through()
        leaving = asyncio.create_task(pass_through())
        staying = asyncio.create_task(pass_through())
        await asyncio.sleep(0)
        leaving.cancel()
        await staying

    time.run(work())
    assert time.now == pytest.approx(1.0)


def test_a_limit_that_lets_nothing_through_is_refused() -> None:
    with pytest.raises(ValueError, match="lets nothing through"):
        Gate(rpm=0)


class Provider:
    """Accepts so many requests a second, and complains about the others."""

    def __init__(self, time: Time, limit: int) -> None:
        self._time = time
        self._limit = limit
        self._counts: dict[int, int] = {}
        self.accepted = self.refused = 0

    async def answer(self) -> bool:
        """Whether the request was accepted."""
        await self._time.sleep(0.2)
        second = int(self._time.now)
        self._counts[second] = self._counts.get(second, 0) + 1
        good = self._counts[second] <= self._limit
        self.accepted += good
        self.refused += not good
        return good


@pytest.mark.parametrize("guess", [None, 3000, 12_000])
def test_an_unknown_limit_is_found_and_used_well(guess: float | None) -> None:
    """A limit of 50 a second, unknown, or guessed at the half or four times as much; 60 workers; no wait asked for."""
    time = Time()
    gate = gate_in(time, rpm=guess)
    provider = Provider(time, limit=50)
    left = 1500

    async def worker() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            async with gate.admit():
                good = await provider.answer()
            if not good:
                gate.throttled()
                left += 1

    async def everyone() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(60):
                group.create_task(worker())

    time.run(everyone())
    best = min(50, guess / 60 if guess else 50)
    assert provider.accepted == 1500
    assert provider.accepted / time.now >= 0.85 * best
    assert provider.refused <= 0.35 * provider.accepted
