"""How the tests ask: a small response type, a clock that only counts, and one call from start to end."""

import asyncio
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import SummarizerError
from summarizer.llm import Client, ModelRef, Reply, Sent
from tests.llm.fake_server import FakeServer

__all__ = ["MODEL", "Answer", "Asked", "ask", "asking"]

MODEL = ModelRef("openai", "fake-model")


class Answer(BaseModel):
    """A city and a year."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    city: str = Field(max_length=40)
    year: int = Field(ge=1)


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
    **options: Any,
) -> Asked:
    """Make one call with a client of its own, whose waits are counted instead of waited."""
    asked = Asked()

    async def count(seconds: float) -> None:
        asked.waits.append(seconds)

    defaults: dict[str, Any] = {"base_url": server.base_url, "api_key": "sk-secret-key", "sleep": count}
    async with Client(ref, **{**defaults, **options}) as client:
        try:
            asked.reply = await client.ask(system, user, Answer, name="where", max_tokens=64)
        except SummarizerError as error:
            asked.error = error
        asked.journal = client.journal
    return asked


def ask(server: FakeServer, **options: Any) -> Asked:
    """Make one call on an event loop of its own."""
    return asyncio.run(asking(server, **options))
