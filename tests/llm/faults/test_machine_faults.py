"""F40 to F45: what goes wrong on our side: schemas, limits, Ctrl-C, templates, loops, clocks."""

import asyncio
import signal
import sys
import threading
import time

import pytest
from pydantic import Field

from summarizer import loop
from summarizer.errors import BudgetReached, ProviderFailed, UnsupportedSchema
from summarizer.llm import Client
from summarizer.llm.budget import Budget
from tests.llm.asking import MODEL, Answer, Asked, CountingClock, asking
from tests.llm.fake_server import FakeServer, Say, answer, completion, failure
from tests.llm.faults.cases import ARTICLE, GOOD, KEY, Run, spotless
from tests.waiting import until

pytestmark = pytest.mark.summarizer_loopback

TEXT = '{"city": "Lisbon", "year": 1755}'


class Unique(Answer):
    """What engines pass over in silence."""

    names: set[str] = Field(default_factory=set[str])


class Excluded(Answer):
    """A pattern that engines refuse."""

    name: str = Field(json_schema_extra={"pattern": "^(?!x).*$"})


class Loose(Answer, extra="ignore"):
    """What a reply could slip anything into."""


@pytest.mark.parametrize(
    ("shape", "place"),
    [
        pytest.param(Unique, r"\$\.properties\.names: 'uniqueItems'", id="F40-unique-items"),
        pytest.param(Excluded, r"\$\.properties\.name: a pattern with look-around", id="F40-look-around"),
        pytest.param(Loose, r"\$: unknown fields", id="F40-unknown-fields"),
    ],
)
def test_a_form_that_an_engine_would_not_enforce_is_refused_with_its_place_before_anything_is_sent(
    run: Run, shape: type[Answer], place: str
) -> None:
    with FakeServer() as server:
        with pytest.raises(UnsupportedSchema, match=place):
            raise run(asking(server, shape=shape)).error
        assert server.requests == []


@pytest.mark.parametrize("most", [0, 1, 3], ids=lambda most: f"F41-{most}-requests")
def test_no_request_leaves_once_the_budget_is_reached(run: Run, most: int) -> None:
    """A batch adds: it ends with 73 and can be resumed."""
    with FakeServer(failure(500)) as server:
        asked: Asked = run(asking(server, user=ARTICLE, budget=Budget(requests=most)))
        assert len(server.requests) == len(asked.journal) == most
    assert isinstance(asked.error, BudgetReached)
    spotless(asked.error)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for one thread")
def test_F42_ctrl_c_cuts_the_request_off_and_leaves_it_in_the_journal(run: Run) -> None:  # noqa: N802 -- its number
    """A batch adds: the first Ctrl-C lets what is under way end, and what was cut off is resumed."""
    seen: list[Client] = []

    async def call(server: FakeServer) -> None:
        client = Client(MODEL, base_url=server.base_url, api_key=KEY)
        seen.append(client)
        async with client:
            await client.ask("", ARTICLE, Answer, name="where", max_tokens=9)

    def interrupt(server: FakeServer) -> None:
        until(lambda: server.requests)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    with FakeServer(Say(then="hang")) as server:
        watcher = threading.Thread(target=interrupt, args=(server,), daemon=True)
        watcher.start()
        with pytest.raises(KeyboardInterrupt):
            run(call(server))
        watcher.join()
        # The loop may still be putting its things away.
        for _ in range(1000):
            if seen[0].journal[0].fault:
                break
            loop.run(asyncio.sleep(0.001))
        assert len(server.requests) == 1
    assert [(row.outcome, row.fault) for row in seen[0].journal] == [("unknown", "cut off")]


def test_F43_template_marks_in_an_article_are_sent_as_they_are(run: Run) -> None:  # noqa: N802 -- its number
    article = "{{ 'A'*30000000 }} {% if %} {{ secret }} {# gone #} {%- raw -%} ${x} %s {0}"
    with FakeServer(answer("{}"), answer()) as server:
        asked: Asked = run(asking(server, system=article, user=article))
        assert asked.value == GOOD
        first, again = (sent.body["messages"] for sent in server.requests)
    assert [each["content"] for each in first] == [article, article]
    assert again[1]["content"].startswith(article)


def test_F44_two_loops_one_after_the_other_pay_once_a_call(run: Run) -> None:  # noqa: N802 -- its number
    with FakeServer() as server:
        for number in (1, 2, 3):
            asked: Asked = run(asking(server, user=f"call {number}"))
            assert asked.value == GOOD
            assert len(server.requests) == number


def test_F44_synchronous_calls_may_share_a_client_because_they_share_a_loop() -> None:  # noqa: N802 -- its number
    with FakeServer() as server:
        client = Client(MODEL, base_url=server.base_url, api_key=KEY)
        for _ in range(3):
            loop.run(client.ask("", "", Answer, name="where", max_tokens=9))
        assert len(server.requests) == len(client.journal) == 3
        with pytest.raises(RuntimeError, match="one event loop"):
            asyncio.run(client.ask("", "", Answer, name="where", max_tokens=9))
        assert len(server.requests) == 3
        loop.run(client.aclose())


class Jumping(CountingClock):
    """A machine that sleeps for a day whenever it is told to wait."""

    async def sleep(self, seconds: float) -> None:
        """Wait much longer."""
        await super().sleep(seconds)
        self.time += 86_400


def test_F45_a_machine_that_slept_gives_up_instead_of_going_on_as_if_nothing_were(run: Run) -> None:  # noqa: N802
    with FakeServer(failure(500)) as server:
        asked: Asked = run(asking(server, clock=Jumping()))
        assert len(server.requests) == len(asked.journal) == 2
    assert isinstance(asked.error, ProviderFailed)


@pytest.mark.parametrize("years", [-30, 30], ids=lambda years: f"F45-{years}-years")
def test_a_wrong_clock_on_the_wall_changes_no_wait(
    run: Run, years: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date to come back at is held against the server's own clock."""
    monkeypatch.setattr(time, "time", lambda: 1.8e9 + years * 365 * 86_400)
    headers = {"date": "Sun, 01 Mar 2026 12:00:00 GMT", "retry-after": "Sun, 01 Mar 2026 12:00:20 GMT"}
    with FakeServer(failure(429, headers=headers), Say(body=completion(TEXT))) as server:
        asked: Asked = run(asking(server))
        assert len(server.requests) == len(asked.journal) == 2
    assert asked.value == GOOD
    assert len(asked.waits) == 1
    assert 20 <= asked.waits[0] < 21
    assert all(0 <= row.seconds < 60 for row in asked.journal)
