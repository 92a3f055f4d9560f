"""Runs that post: two questions about each article, asked through the ordinary client behind a post office."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from summarizer.article import Article
from summarizer.llm import Client, ModelRef
from summarizer.llm.batch_endpoint import BatchEndpoint
from summarizer.llm.batch_state import BatchState
from summarizer.llm.budget import Budget
from summarizer.llm.retry import RetryPolicy
from summarizer.runs import Batch, OpenWork, Report, Work, courier, run
from summarizer.runs.board import Board
from summarizer.runs.keeper import StoreKeeper
from summarizer.runs.post_office import PostOffice
from summarizer.runs.posting import Terms
from summarizer.testing.fake_batches import FakeBatches
from summarizer.testing.fake_server import FakeServer, Received, Say, completion
from tests.runs.crash_worker import dying_at
from tests.runs.left_behind import ledger, rows
from tests.runs.posted import SWIFT
from tests.runs.scripted import articles

__all__ = [
    "COUNT",
    "PASSES",
    "WHOLE",
    "Echo",
    "batch_of",
    "batches_of",
    "brief",
    "brief_haltingly",
    "check_end",
    "done",
    "posting",
    "said_of",
    "sending",
]

COUNT = 20
PASSES = 2
WHOLE = replace(SWIFT, requests=COUNT, quiet_s=60.0)
"""A pass of all articles is one batch, however slow this machine is."""
SOON = RetryPolicy(attempts=4, base_s=0.001, throttle_base_s=0.001, cap_s=0.002)
_REF = ModelRef("openai", "fake-model")


class Said(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")
    of: str


def _never(_: str) -> bool:
    return False


class Echo(FakeServer):
    """Says the question again; `spoils` may make it say something useless to a question the first time."""

    spoils: Callable[[str], bool] = staticmethod(_never)

    def next(self, received: Received) -> Say:
        """Keep it, and echo it."""
        super().next(received)
        question = received.user.partition("\n")[0]
        useless = received.user == question and self.spoils(question)
        return Say(body=completion("{}" if useless else json.dumps({"of": question})))


@asynccontextmanager
async def _asking(client: Client) -> AsyncGenerator[Work]:
    async def work(one: Article) -> bytes:
        said: list[str] = []
        for number in range(PASSES):
            reply = await client.ask(
                "Say it again, as JSON.", f"{one.id}/{number}", Said, name=f"pass {number}", max_tokens=50
            )
            said.append(reply.value.of)
        return json.dumps(said).encode()

    async with client:
        yield work


def posting(base_url: str, board: Board, *, terms: Terms = SWIFT, budget: Budget | None = None) -> OpenWork:
    """Work behind a post office."""

    @asynccontextmanager
    async def open_work(keeper: StoreKeeper) -> AsyncGenerator[Work]:
        endpoint = BatchEndpoint(_REF, base_url=base_url, api_key="k", policy=SOON)
        async with PostOffice(endpoint, keeper, model=str(_REF), board=board, terms=terms) as office:
            client = Client(
                _REF, base_url=base_url, api_key="k", keeper=keeper, post=office, policy=SOON, budget=budget
            )
            async with _asking(client) as work:
                yield work

    return open_work


def sending(base_url: str) -> OpenWork:
    """The same work, one request at a time."""

    @asynccontextmanager
    async def open_work(keeper: StoreKeeper) -> AsyncGenerator[Work]:
        client = Client(_REF, base_url=base_url, api_key="k", keeper=keeper, policy=SOON)
        async with _asking(client) as work:
            yield work

    return open_work


def batch_of(
    output: Path,
    base_url: str,
    *,
    board: Board | None = None,
    step: str = "",
    when: int = 0,
    terms: Terms = SWIFT,
) -> Batch:
    """A run that posts, and dies when it comes by a step for so many times."""
    board = board or Board()
    return Batch(
        output=output,
        options={"model": str(_REF), "base URL": base_url},
        open_work=posting(base_url, board, terms=terms),
        concurrency=100,
        board=board,
        drain_s=0.05,
        step=dying_at(step, when),
    )


def brief(output: Path, base_url: str, count: int, step: str, when: int) -> None:
    """Brief so many articles, if nothing happens on the way."""
    report = asyncio.run(run(batch_of(output, base_url, step=step, when=when), articles(count)))
    if not report.complete:
        raise SystemExit(f"not complete: {report.stopped}")


def brief_haltingly(output: Path, base_url: str, count: int, step: str, when: int, look_s: float) -> None:
    """The same, where replies come to the disk five at a time and a look at a batch takes its time."""

    class Slow(BatchEndpoint):
        async def look(self, batch: str) -> BatchState:
            await asyncio.sleep(look_s)
            return await super().look(batch)

    courier._AT_ONCE = 5  # pyright: ignore[reportPrivateUsage, reportConstantRedefinition]
    globals()["BatchEndpoint"] = Slow  # in a process of its own
    brief(output, base_url, count, step, when)


def said_of(number: int) -> Mapping[str, object]:
    """The row of an article."""
    return {"id": f"a{number}", "briefing": [f"a{number}/{n}" for n in range(PASSES)]}


def batches_of(fake: FakeServer) -> FakeBatches:
    """What was handed in to a fake provider that takes batches."""
    assert fake.batches is not None
    return fake.batches


def done(batch: Batch, count: int = COUNT) -> Report:
    """Let a run of so many articles do its work."""
    return asyncio.run(run(batch, articles(count)))


def check_end(output: Path, fake: FakeServer, count: int = COUNT) -> None:
    """All there, all right, each request paid for once, and the ledger says the same."""
    batches = batches_of(fake)
    assert rows(output) == [said_of(n) for n in range(count)]
    assert set(batches.paid.values()) == {1}
    assert sum(batches.paid.values()) == count * PASSES
    assert ledger(output, "SELECT count(*) FROM parcels WHERE state = 'open'") == [(0,)]
    assert ledger(output, "SELECT count(*) FROM posted") == [(0,)]
    by_outcome: Mapping[str | None, int] = dict(
        ledger(output, "SELECT outcome, count(*) FROM attempts GROUP BY 1")
    )
    assert by_outcome.get("complete", 0) + by_outcome.get("received", 0) == count * PASSES
    assert not {None, "unknown"} & set(by_outcome)
