"""What stands in the door: kept replies, the kill switch, the budget; each of them before anything is sent."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer.errors import BudgetReached, MalformedReply, Offline, ProviderFailed, Refused, TimedOut
from summarizer.llm import Client, ModelRef, RetryPolicy
from summarizer.llm.budget import Budget
from summarizer.llm.cache import ReplyCache
from summarizer.llm.local.engine import Endpoint
from summarizer.llm.offline import offline
from summarizer.settings import Settings
from tests.llm.asking import MODEL, Answer, Asked, CountingClock, ask, asking
from tests.llm.fake_server import FakeServer, Say, answer, failure

pytestmark = pytest.mark.summarizer_loopback

GOOD = Answer(city="Lisbon", year=1755)
PRICED = ModelRef("openai", "gpt-5-mini")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "replies.sqlite"


def ask_openai(server: FakeServer, **options: Any) -> Asked:
    """Ask a model that has a price; the fake stands in as a proxy."""
    proxy = server.base_url.removesuffix("/v1")
    return ask(server, ref=PRICED, base_url="http://api.openai.com/v1", proxy=proxy, **options)


# Kept replies.


def test_a_kept_reply_costs_nothing_and_says_so(path: Path) -> None:
    with FakeServer() as server:
        first = ask_openai(server, keeper=ReplyCache(path))
        again = ask_openai(server, keeper=ReplyCache(path))
        assert len(server.requests) == 1
    assert again.value == first.value == GOOD
    assert first.reply is not None
    assert again.reply is not None
    assert first.reply.usage.cost_usd
    usage = again.reply.usage
    assert (usage.requests, usage.recalled, usage.cost_usd) == (0, 1, 0.0)
    assert usage.tokens.input == usage.tokens.output == 0
    assert [(row.recalled, row.cost_usd, row.outcome) for row in again.journal] == [(True, 0.0, "complete")]


def test_a_corrected_question_is_answered_again_without_a_request(path: Path) -> None:
    """The useless reply is kept too, or the second run would have to pay for its correction again."""
    with FakeServer(answer("{}"), answer()) as server:
        first, again = (ask(server, keeper=ReplyCache(path)) for _ in range(2))
        assert len(server.requests) == 2
    assert first.value == again.value == GOOD
    assert [(row.recalled, row.outcome) for row in again.journal] == [(True, "malformed"), (True, "complete")]


def test_a_second_correction_that_reads_like_the_first_is_sent_and_not_taken_from_what_is_kept(
    path: Path,
) -> None:
    with FakeServer(answer("{}"), answer("{}"), answer()) as server:
        asked = ask(server, keeper=ReplyCache(path), policy=RetryPolicy(reasks=2))
        assert asked.value == GOOD
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("say", "error", "sent"),
    [
        (answer("{}"), MalformedReply, 2),
        (answer(None, refusal="no"), Refused, 1),
        (failure(500), ProviderFailed, 6),
    ],
)
def test_a_call_that_came_to_nothing_is_asked_anew(
    path: Path, say: Say, error: type[Exception], sent: int
) -> None:
    with FakeServer(*[say] * sent, answer()) as server:
        assert isinstance(ask(server, keeper=ReplyCache(path)).error, error)
        assert ask(server, keeper=ReplyCache(path)).value == GOOD
        assert len(server.requests) == sent + 1


def test_whatever_shapes_a_reply_makes_another_question_of_it(path: Path) -> None:
    def again(**options: Any) -> int:
        before = len(server.requests)
        ask(server, keeper=ReplyCache(path), **options)
        return len(server.requests) - before

    with FakeServer() as server:
        again()
        assert again(user="another") == again(system="another") == again(ref=ModelRef("openai", "other")) == 1
        assert again(build="another engine") == 1
        assert again() == again(api_key="another key") == again(timeout_s=7) == 0


@pytest.mark.parametrize("clients", [1, 10])
def test_ten_equal_questions_at_the_same_time_are_one_request(path: Path, clients: int) -> None:
    async def work(server: FakeServer) -> list[Answer]:
        cache = ReplyCache(path)
        made = [
            Client(MODEL, base_url=server.base_url, api_key="k", keeper=cache, clock=CountingClock())
            for _ in range(clients)
        ]
        questions = [
            made[number % clients].ask("", "", Answer, name="where", max_tokens=9) for number in range(10)
        ]
        replies = await asyncio.gather(*questions)
        for client in made:
            await client.aclose()
        assert sum(reply.usage.requests for reply in replies) == 1
        assert sum(reply.usage.recalled for reply in replies) == 9
        return [reply.value for reply in replies]

    with FakeServer() as server:
        assert asyncio.run(work(server)) == [GOOD] * 10
        assert len(server.requests) == 1


def test_equal_questions_survive_the_failure_of_the_one_that_was_sent(path: Path) -> None:
    async def work(server: FakeServer) -> list[Asked]:
        cache = ReplyCache(path)
        return await asyncio.gather(*(asking(server, keeper=cache) for _ in range(3)))

    with FakeServer(failure(500), Say(then="reset"), answer()) as server:
        calls = asyncio.run(work(server))
        assert [call.value for call in calls] == [GOOD] * 3
        assert len(server.requests) == sum(not row.recalled for call in calls for row in call.journal) == 3


# The kill switch.


def test_nothing_live_is_asked_while_the_switch_is_on(path: Path) -> None:
    started: list[str] = []

    async def start() -> Endpoint:
        started.append("engine")
        raise AssertionError

    with FakeServer() as server:
        ask(server, keeper=ReplyCache(path))
        with offline():
            assert ask(server, keeper=ReplyCache(path)).value == GOOD
            refused = ask(server, user="another", keeper=ReplyCache(path))
            engine = ask(server, ref=ModelRef("local", "tiny"), opening=start)
        assert ask(server, user="another", keeper=ReplyCache(path)).value == GOOD
        assert len(server.requests) == 2
    assert isinstance(refused.error, Offline)
    assert isinstance(engine.error, Offline)
    assert (refused.journal, engine.journal, started) == ((), (), [])


def test_the_switch_of_the_settings_refuses_too_and_lets_kept_replies_answer(path: Path) -> None:
    budget = Budget(requests=1)
    with FakeServer() as server:
        ask(server, keeper=ReplyCache(path))
        assert ask(server, keeper=ReplyCache(path), offline=True).value == GOOD
        assert isinstance(ask(server, user="another", offline=True, budget=budget).error, Offline)
        assert len(server.requests) == 1
    assert budget.requests == 0


@pytest.mark.parametrize(
    ("said", "off"), [("1", True), ("yes", True), ("0", False), ("", False), ("off", False)]
)
def test_the_environment_turns_the_switch(said: str, off: bool) -> None:
    assert Settings.from_environment({"SUMMARIZER_OFFLINE": said}).offline is off


@pytest.mark.parametrize("how", ["block", "environment"])
def test_the_public_function_starts_no_engine_while_the_switch_is_on(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.llm.local import engine

    def never(*_: object, **__: object) -> Endpoint:
        raise AssertionError("an engine was started")

    monkeypatch.setattr(engine, "start", never)
    monkeypatch.setattr(engine, "build", lambda: "fake 1")
    article = "The council of Vellmar met on Monday. It voted to close the bridge. Nobody spoke against it."
    if how == "environment":
        monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
        with pytest.raises(Offline):
            summarizer.summarize(article)
    else:
        with offline(), pytest.raises(Offline):
            summarizer.summarize(article)


# The budget.


def test_a_request_that_could_break_the_budget_is_not_sent() -> None:
    with FakeServer() as server:
        asked = ask_openai(server, user="x" * 4000, budget=Budget(usd=0.0001))
        assert server.requests == []
    assert isinstance(asked.error, BudgetReached)
    assert asked.journal == ()


def test_what_was_spent_is_what_the_journal_says() -> None:
    budget = Budget(usd=1.0)
    with FakeServer(failure(500), answer("{}"), answer()) as server:
        asked = ask_openai(server, budget=budget)
        assert len(server.requests) == budget.requests == 3
    assert asked.reply is not None
    assert asked.reply.usage.cost_usd == pytest.approx(budget.spent_usd)
    assert budget.spent_usd
    assert budget.reserved_usd == 0


@pytest.mark.parametrize("then", ["reset", "cut"])
def test_a_reply_that_broke_off_keeps_its_worst_case_spent(then: Any) -> None:
    whole, broken = Budget(usd=1.0), Budget(usd=1.0)
    with FakeServer() as server:
        ask_openai(server, budget=whole)
    with FakeServer(Say(body="{" * 99, then=then), answer()) as server:
        asked = ask_openai(server, budget=broken)
        assert len(server.requests) == 2
    assert asked.reply is not None
    assert asked.reply.usage.cost_usd is None
    assert whole.spent_usd
    assert broken.spent_usd
    assert broken.spent_usd > 2 * whole.spent_usd
    assert broken.reserved_usd == 0


def test_a_call_cut_off_at_its_deadline_keeps_its_worst_case_spent() -> None:
    budget = Budget(usd=1.0)
    with FakeServer(Say(then="hang")) as server:
        asked = ask_openai(server, budget=budget, policy=RetryPolicy(deadline_s=0.2))
    assert isinstance(asked.error, TimedOut)
    assert budget.spent_usd
    assert (budget.requests, budget.reserved_usd) == (1, 0)


def test_a_request_that_never_reached_anyone_costs_nothing() -> None:
    budget = Budget(usd=1.0)
    with FakeServer() as server:
        asked = ask_openai(server, budget=budget, policy=RetryPolicy(attempts=1))
        assert asked.value == GOOD
    spent = budget.spent_usd
    asked = ask_openai(server, budget=budget)
    assert [row.fault for row in asked.journal] == ["ConnectError"] * 6
    assert budget.spent_usd == spent


def test_many_callers_together_never_pass_the_limit_of_requests() -> None:
    budget = Budget(requests=7)

    async def work(server: FakeServer) -> list[Asked]:
        return await asyncio.gather(*(asking(server, user=str(n), budget=budget) for n in range(20)))

    with FakeServer() as server:
        calls = asyncio.run(work(server))
        assert len(server.requests) == budget.requests == 7
    assert sum(isinstance(call.error, BudgetReached) for call in calls) == 13


def test_no_server_is_started_for_a_request_that_the_budget_refuses() -> None:
    started: list[bool] = []

    async def opening() -> Endpoint:
        started.append(True)
        raise AssertionError

    with FakeServer() as server:
        asked = ask(server, ref=ModelRef("local", "tiny"), budget=Budget(requests=0), opening=opening)
    assert isinstance(asked.error, BudgetReached)
    assert (started, asked.journal, server.requests) == ([], (), [])
