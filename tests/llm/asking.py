"""How the tests ask: a small response type, a clock that only counts, and one call from start to end."""

import asyncio
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import SummarizerError
from summarizer.llm import Client, ModelRef, Reply, Sent
from summarizer.llm.local.engine import Endpoint
from summarizer.llm.network import Opening
from tests.llm.fake_server import FakeServer

__all__ = ["MODEL", "Answer", "Asked", "CountingClock", "ask", "asking", "opening_at"]

MODEL = ModelRef("openai", "fake-model")


class Answer(BaseModel):
    """A city and a year."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    city: str = Field(max_length=40)
    year: int = Field(ge=1)


class CountingClock:
    """Lets time pass at once, and writes down how long somebody wanted to wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.time = 0.0

    def now(self) -> float:
        """Seconds that were waited so far."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Wait without waiting."""
        self.waits.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


def opening_at(uds: Path) -> Opening:
    """The opening of a server that is already there, on a Unix socket."""

    async def opening() -> Endpoint:
        return Endpoint("http://fake.local/v1", "sk-secret-key", uds, "fake", "tiny")

    return opening


class Asked:
    """What came of a call, and what it left behind."""

    def __init__(self) -> None:
        self.reply: Reply[Answer] | None = None
        self.error: SummarizerError | None = None
        self.journal: tuple[Sent, ...] = ()
        self.waits: list[float] = []

    @property
    def value(self) -> Answer:
        """The answer, of a call that should not have failed."""
        if self.reply is None:
            raise AssertionError(repr(self.error))
        return self.reply.value

    @property
    def outcomes(self) -> list[str]:
        """What became of each request."""
        return [row.outcome for row in self.journal]


async def asking(
    server: FakeServer,
    *,
    system: str = "Be brief.",
    user: str = "Where, and when?",
    ref: ModelRef = MODEL,
    shape: type[Answer] = Answer,
    **options: Any,
) -> Asked:
    """Make one call with a client of its own, whose waits are counted instead of waited."""
    asked = Asked()

    clock: CountingClock = options.pop("clock", None) or CountingClock()
    asked.waits = clock.waits
    listener: Any = options.pop("listener", None)
    uds: Path | None = options.pop("uds", None)
    if uds is not None:
        options["opening"] = opening_at(uds)
    defaults: dict[str, Any] = {"base_url": server.base_url, "api_key": "sk-secret-key", "clock": clock}
    async with Client(ref, **{**defaults, **options}) as client:
        try:
            asked.reply = await client.ask(
                system, user, shape, name="where", max_tokens=64, listener=listener
            )
        except SummarizerError as error:
            asked.error = error
        asked.journal = client.journal
    return asked


def ask(server: FakeServer, **options: Any) -> Asked:
    """Make one call on an event loop of its own."""
    return asyncio.run(asking(server, **options))
