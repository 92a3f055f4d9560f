"""How hard one provider is pressed by all callers together: pauses, outages, the quota of repetitions."""

import asyncio
import gc
import math
import random
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ProviderFailed, RateLimited, TimedOut
from summarizer.llm import Client
from summarizer.llm.pace import Pace, Turn, pace_of
from summarizer.llm.retry import STANDARD, Fault, persist
from tests.llm.asking import MODEL, Answer, Asked, CountingClock, asking
from tests.llm.fake_server import FakeServer, answer, failure
from tests.llm.virtual_time import Time, TimeAsClock

pytestmark = pytest.mark.summarizer_loopback


def failing(pace: Pace, times: int) -> None:
    """So many requests leave at the same time, and fail."""

    async def work() -> None:
        for turn in [await pace.enter() for _ in range(times)]:
            pace.failed(turn)

    asyncio.run(work())


def enter(pace: Pace) -> Turn:
    """Wait until one request may leave."""
    return asyncio.run(pace.enter())


def test_a_pause_asked_of_one_caller_holds_all_and_lets_them_back_apart() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    pace.park(30)
    enter(pace)
    assert 30 <= clock.time < 30.5
    assert len(clock.waits) == 1


def test_the_longer_of_two_pauses_counts() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    pace.park(30)
    pace.park(5)
    enter(pace)
    assert clock.time >= 30


def test_a_pause_too_long_to_wait_for_is_told_with_what_is_left_of_it() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    pace.park(500)
    clock.time = 100
    with pytest.raises(RateLimited, match="another 400 seconds"):
        enter(pace)
    clock.time = 501
    enter(pace)
    assert clock.waits == []


def test_nine_failures_are_no_outage() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    failing(pace, 9)
    pace.succeeded(enter(pace), repeated=False)
    failing(pace, 9)
    enter(pace)
    assert clock.waits == []


def test_after_ten_failures_in_a_row_the_provider_rests_longer_and_longer_up_to_a_limit() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    failing(pace, 10)
    rests: list[float] = []
    for _ in range(29):
        started = clock.time
        turn = enter(pace)
        rests.append(clock.time - started)
        pace.failed(turn)
    for number, rest in enumerate(rests):
        least = min(100, 1.2**number)
        assert least <= rest < least + 0.26


def test_requests_that_were_under_way_when_the_rest_began_do_not_lengthen_it() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    failing(pace, 100)
    enter(pace)
    assert 1 <= clock.time < 1.5


def test_one_caller_probes_while_the_others_wait_for_what_it_finds() -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    under_way = enter(pace)
    failing(pace, 10)
    left: list[Turn] = []

    async def caller() -> None:
        left.append(await pace.enter())

    async def work() -> None:
        callers = [asyncio.create_task(caller()) for _ in range(5)]
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(left) == 1
        pace.failed(under_way)
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(left) == 1, "a request from before the rest is not the probe"
        pace.succeeded(left[0], repeated=True)
        await asyncio.gather(*callers)

    asyncio.run(work())
    assert len(left) == 5


@pytest.mark.parametrize("end", ["abandoned", "cancelled"])
def test_a_probe_that_was_cut_off_makes_way_for_another(end: str) -> None:
    clock = CountingClock()
    pace = Pace(clock=clock)
    failing(pace, 10)
    if end == "abandoned":
        pace.abandoned(enter(pace))
    else:

        async def cancelled() -> None:
            task = asyncio.create_task(pace.enter())
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        asyncio.run(cancelled())
    enter(pace)


def test_the_quota_allows_thirty_five_repetitions_and_success_refills_it() -> None:
    pace = Pace(clock=CountingClock())
    assert [pace.grant(throttled=False) for _ in range(36)] == [True] * 35 + [False]
    pace.succeeded(enter(pace), repeated=True)
    assert pace.grant(throttled=False)
    assert not pace.grant(throttled=False)


def test_a_repetition_after_a_throttle_costs_less() -> None:
    pace = Pace(clock=CountingClock())
    assert sum(pace.grant(throttled=True) for _ in range(200)) == 100


def test_while_the_provider_rests_waiting_again_costs_nothing() -> None:
    """The request only leaves once the provider is back, or as the probe that finds out."""
    pace = Pace(clock=CountingClock())
    failing(pace, 10)
    assert all(pace.grant(throttled=False) for _ in range(1000))


@given(st.lists(st.sampled_from(["failed", "succeeded", "abandoned", "park"]), max_size=60))
def test_whatever_happens_a_caller_gets_through_in_the_end(events: list[str]) -> None:
    """No order of events leaves a pace that lets nobody through."""
    clock = CountingClock()
    pace = Pace(clock=clock)

    async def work() -> None:
        for event in events:
            if event == "park":
                pace.park(3)
                continue
            turn = await pace.enter()
            match event:
                case "failed":
                    pace.failed(turn)
                case "succeeded":
                    pace.succeeded(turn, repeated=False)
                case _:
                    pace.abandoned(turn)
        await pace.enter()

    asyncio.run(work())
    assert clock.time <= 9 * (len(events) + 1)


class Simulation:
    """Calls to a provider that is out for a while, with as many at a time as there are places."""

    def __init__(self, *, calls: int, places: int, out_from_s: float, out_for_s: float) -> None:
        random.seed(places)  # how long is waited before a repeat is drawn at random
        self.time = Time()
        self.requests = self.answered = 0
        self.back_after_s = math.inf
        self._out = (out_from_s, out_from_s + out_for_s)
        self._pace = Pace(clock=TimeAsClock(self.time))
        self._numbers = iter(range(calls))
        self.time.run(self._everybody(places))

    async def _everybody(self, places: int) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(places):
                group.create_task(self._worker())

    async def _worker(self) -> None:
        for _ in self._numbers:
            until = self.time.now + STANDARD.deadline_s
            outcome = await persist(
                partial(self._send, until),
                STANDARD,
                failures=0,
                left=lambda until=until: until - self.time.now,
                pace=self._pace,
                sleep=self.time.sleep,
            )
            self.answered += outcome is True

    async def _send(self, until: float) -> Fault | bool:
        turn = await self._pace.enter()
        if self.time.now > until:
            # The deadline of the call has ended it while it waited.
            self._pace.abandoned(turn)
            return Fault(error=TimedOut("too late"), retry=False)
        self.requests += 1
        await self.time.sleep(0.1)
        begins, ends = self._out
        if begins <= self.time.now < ends:
            self._pace.failed(turn)
            return Fault(error=ProviderFailed("down"), retry=True)
        if self.time.now >= ends:
            self.back_after_s = min(self.back_after_s, self.time.now - ends)
        self._pace.succeeded(turn, repeated=False)
        return True


@pytest.mark.thorough
def test_an_outage_for_good_costs_less_than_a_fifth_more_requests_than_there_are_calls() -> None:
    seen = Simulation(calls=300, places=64, out_from_s=0, out_for_s=math.inf)
    assert seen.answered == 0
    assert seen.requests <= 1.2 * 300


@pytest.mark.parametrize("out_for_s", [5, 60, 240])
def test_an_outage_in_the_middle_loses_no_call_and_is_over_soon_after_its_end(out_for_s: float) -> None:
    seen = Simulation(calls=1500, places=64, out_from_s=1, out_for_s=out_for_s)
    assert seen.answered == 1500
    assert seen.requests <= 1.2 * 1500
    assert seen.back_after_s <= 0.5 + out_for_s / 6


def test_clients_of_one_account_share_a_pace_as_long_as_there_is_one_of_them() -> None:
    clock = CountingClock()
    first = pace_of("account", clock)
    assert pace_of("account", clock) is first
    assert pace_of("another account", clock) is not first
    assert pace_of("account", CountingClock()) is not first
    first.park(99)
    del first
    gc.collect()
    enter(pace_of("account", clock))
    assert clock.waits == []


def test_a_pause_asked_of_one_client_holds_the_others_of_the_same_account_only() -> None:
    clock = CountingClock()

    async def work(server: FakeServer) -> tuple[Asked, Asked]:
        async with Client(MODEL, base_url=server.base_url, api_key="sk-secret-key", clock=clock):
            await asking(server, clock=clock)
            same = await asking(server, clock=clock)
            return same, await asking(server, clock=clock, api_key="another")

    with FakeServer(failure(429, headers={"retry-after": "200"}), answer()) as server:
        same, other = asyncio.run(work(server))
    assert isinstance(same.error, RateLimited)
    assert same.journal == ()
    assert other.value == Answer(city="Lisbon", year=1755)
