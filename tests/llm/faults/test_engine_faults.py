"""F46: the server of the embedded engine is gone in the middle of the work."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from summarizer.errors import EngineFailed
from summarizer.llm import Client, ModelRef
from summarizer.llm.local.engine import Endpoint
from tests.llm.asking import Answer, CountingClock
from tests.llm.fake_server import FakeServer, Say
from tests.llm.faults.cases import ARTICLE, GOOD, Run, spotless

pytestmark = pytest.mark.summarizer_loopback

TINY = ModelRef("local", "tiny")


class Engine:
    """Starts a fake server each time it is asked to; each says what its script has for it, then dies or goes on."""

    def __init__(self, folder: Path, *scripts: tuple[Say, ...]) -> None:
        self.servers: list[FakeServer] = []
        self._folder = folder
        self._scripts = scripts
        self._running = ExitStack()

    async def start(self) -> Endpoint:
        """What a client calls to have its server started."""
        path = self._folder / f"{len(self.servers)}.sock"
        script = self._scripts[min(len(self.servers), len(self._scripts) - 1)]
        server = FakeServer(*script, uds=path)
        self.servers.append(server)
        self._running.enter_context(server)
        return Endpoint("http://llama.local/v1", f"key-{len(self.servers)}", path, "fake", "tiny")

    def die(self) -> None:
        """All servers are gone, without a word."""
        self._running.close()

    @property
    def requests(self) -> list[int]:
        """How many each server saw."""
        return [len(server.requests) for server in self.servers]


@asynccontextmanager
async def used(engine: Engine) -> AsyncGenerator[Client]:
    """A client of this engine."""
    async with AsyncExitStack() as stack:
        stack.callback(engine.die)
        yield await stack.enter_async_context(
            Client(TINY, base_url="http://llama.local/v1", opening=engine.start, clock=CountingClock())
        )


async def ask(client: Client) -> Answer:
    """One question."""
    return (await client.ask("", ARTICLE, Answer, name="where", max_tokens=64)).value


def test_F46_an_engine_that_died_between_two_questions_is_started_again(run: Run, tmp_path: Path) -> None:  # noqa: N802
    engine = Engine(tmp_path, ())

    async def work() -> None:
        async with used(engine) as client:
            assert await ask(client) == GOOD
            engine.die()
            assert await ask(client) == await ask(client) == GOOD
            assert [row.outcome for row in client.journal] == ["complete", "failed", "complete", "complete"]
            assert client.usage.cost_usd == 0

    run(work())
    assert engine.requests == [1, 2]
    assert [server.requests[0].headers["authorization"] for server in engine.servers] == [
        "Bearer key-1",
        "Bearer key-2",
    ]


@pytest.mark.parametrize("then", ["reset", "cut"], ids=lambda then: f"F46-{then}")
def test_a_question_that_an_engine_died_over_is_asked_once_more(run: Run, tmp_path: Path, then: str) -> None:
    dying = Say(body="{" * 100, then="reset" if then == "reset" else "cut")
    engine = Engine(tmp_path, (dying,), ())

    async def work() -> None:
        async with used(engine) as client:
            assert await ask(client) == GOOD
            assert [(row.reason, row.outcome) for row in client.journal] == [
                ("first", "failed"),
                ("retry", "complete"),
            ]

    run(work())
    assert engine.requests == [1, 1]


def test_F46_an_engine_that_keeps_dying_has_failed_and_the_next_question_starts_it_anew(  # noqa: N802
    run: Run, tmp_path: Path
) -> None:
    """One article that kills the engine does not stop the others."""
    reset = (Say(then="reset"),)
    engine = Engine(tmp_path, reset, reset, ())

    async def work() -> None:
        async with used(engine) as client:
            with pytest.raises(EngineFailed, match="local/tiny") as caught:
                await ask(client)
            spotless(caught.value)
            assert await ask(client) == GOOD
            assert [row.outcome for row in client.journal] == ["failed", "failed", "complete"]

    run(work())
    assert engine.requests == [1, 1, 1]


def test_F46_many_questions_at_once_start_a_dead_engine_again_only_once(run: Run, tmp_path: Path) -> None:  # noqa: N802
    engine = Engine(tmp_path, ())

    async def work() -> None:
        async with used(engine) as client:
            await ask(client)
            engine.die()
            assert await asyncio.gather(*(ask(client) for _ in range(5))) == [GOOD] * 5
            assert sum(row.outcome == "failed" for row in client.journal) <= 5

    run(work())
    assert engine.requests == [1, 5]
