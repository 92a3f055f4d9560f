"""A run behind a gate: the rate is kept, tokens are settled, complaints are heeded."""

import asyncio
from dataclasses import replace
from pathlib import Path

from summarizer.llm.gate import Gate
from summarizer.llm.usage import Sent
from summarizer.runs.gated import GatedKeeper
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.store import RunStore
from summarizer.types import Tokens


class Clock:
    """Jumps wherever somebody waits for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds since the test began."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Be there."""
        self.now += seconds


def sent(call: int, tokens: int, status: int, rpm: float | None) -> Sent:
    counted = Tokens(input=tokens, cached=0, output=0)
    return Sent(
        call=call, name="summary", attempt=1, status=status, rpm=rpm, tokens=counted, outcome="complete"
    )


def times(
    tmp_path: Path,
    gate: Gate,
    clock: Clock,
    count: int,
    *,
    tokens: int = 2000,
    status: int = 200,
    rpm: float | None = None,
) -> list[float]:
    async def work() -> list[float]:
        found: list[float] = []
        with RunStore(tmp_path / "out.jsonl", options={}) as store:
            keeper = GatedKeeper(StoreKeeper(store), gate)
            for call in range(count):
                row = sent(call, tokens, status, rpm)
                await keeper.sending("k", replace(row, tokens=None), None)
                found.append(clock.now)
                await keeper.judged("k", row)
        return found

    return asyncio.run(work())


def test_requests_leave_no_faster_than_the_limit(tmp_path: Path) -> None:
    clock = Clock()
    gate = Gate(60, clock=clock, sleep=clock.sleep)
    assert times(tmp_path, gate, clock, 4) == [0, 1, 2, 3]


def test_tokens_are_reserved_as_the_last_requests_took_them(tmp_path: Path) -> None:
    """2,000 tokens are reserved for the first, which takes 200: the next need not wait for more than that."""
    clock = Clock()
    gate = Gate(tpm=60 * 2000, clock=clock, sleep=clock.sleep)
    first, second, *_ = times(tmp_path, gate, clock, 3, tokens=200)
    assert first == 0
    assert second < 0.1


def test_the_limit_that_the_provider_tells_with_a_reply_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    gate = Gate(clock=clock, sleep=clock.sleep)
    assert times(tmp_path, gate, clock, 4, rpm=60) == [0, 1, 2, 3]


def test_complaints_slow_the_run_down(tmp_path: Path) -> None:
    clock = Clock()
    gate = Gate(600, clock=clock, sleep=clock.sleep)
    times(tmp_path, gate, clock, 40, status=429)
    assert (gate.requests_a_second or 0) < 8
