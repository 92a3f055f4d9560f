"""How a client connects: addresses, keys, sockets and event loops."""

import asyncio
import threading
from pathlib import Path

import pytest

from summarizer.errors import EngineFailed, SettingsError
from summarizer.llm import Client, ModelRef
from tests.llm.asking import MODEL, Answer, ask
from tests.llm.fake_server import FakeServer

pytestmark = pytest.mark.summarizer_loopback

GOOD = Answer(city="Lisbon", year=1755)


def test_each_of_two_event_loops_pays_once_a_call() -> None:
    """A client carried over to a second loop is billed twice a call, so each loop makes its own."""
    with FakeServer() as server:
        assert ask(server).value == ask(server).value == GOOD
        assert len(server.requests) == 2


def test_a_client_refuses_a_second_event_loop_before_anything_is_sent() -> None:
    with FakeServer() as server:
        client = Client(MODEL, base_url=server.base_url, api_key="k")

        async def use() -> None:
            await client.ask("", "", Answer, name="where", max_tokens=9)

        async def use_and_close() -> None:
            await use()
            await client.aclose()

        asyncio.run(use_and_close())
        with pytest.raises(RuntimeError, match="one event loop"):
            asyncio.run(use())
        assert len(server.requests) == 1


def test_calls_from_several_threads_use_a_client_each() -> None:
    with FakeServer() as server:
        results: list[Answer] = []
        threads = [threading.Thread(target=lambda: results.append(ask(server).value)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [GOOD] * 3
    assert len(server.requests) == 3


def test_the_embedded_engine_is_asked_over_its_socket_and_costs_nothing(tmp_path: Path) -> None:
    socket = tmp_path / "llama.sock"
    with FakeServer(uds=socket) as server:
        asked = ask(server, ref=ModelRef("local", "tiny"), uds=socket)
    assert asked.value == GOOD
    assert asked.reply is not None
    assert asked.reply.usage.cost_usd == 0


def test_a_missing_engine_is_said_to_have_failed_after_one_more_start(tmp_path: Path) -> None:
    with FakeServer() as server:
        asked = ask(server, ref=ModelRef("local", "tiny"), uds=tmp_path / "gone.sock")
    assert isinstance(asked.error, EngineFailed)
    assert "local/tiny" in str(asked.error)
    assert [row.reason for row in asked.journal] == ["first", "retry"]


def test_a_client_that_was_never_asked_closes_without_a_connection() -> None:
    async def open_and_close() -> None:
        async with Client(MODEL, base_url="http://127.0.0.1:9/v1") as client:
            assert client.journal == ()

    asyncio.run(open_and_close())


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://a.example/v1", "http://", "http://a.example:port/"])
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(SettingsError):
        Client(MODEL, base_url=url)


def test_a_line_break_behind_the_key_is_not_part_of_it() -> None:
    with FakeServer() as server:
        ask(server, api_key="sk-secret-key\n")
    assert server.requests[0].headers["authorization"] == "Bearer sk-secret-key"


def test_a_key_that_cannot_be_one_is_refused_without_being_quoted() -> None:
    with pytest.raises(SettingsError) as caught:
        Client(MODEL, base_url="http://127.0.0.1:9/v1", api_key="sk-\u00e9t\u00e9")
    assert "t\u00e9" not in str(caught.value)


def test_the_organisation_in_the_environment_is_told_to_no_other_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-ours")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-ours")
    with FakeServer() as server:
        ask(server)
    assert not {"openai-organization", "openai-project"} & server.requests[0].headers.keys()


def test_openai_itself_is_asked_for_strict_replies_through_a_proxy_if_there_is_one() -> None:
    """The fake stands in as the proxy: what OpenAI would have been sent passes through it in plain HTTP."""
    with FakeServer() as server:
        proxy = server.base_url.removesuffix("/v1")
        home = "http://api.openai.com/v1"
        asked = ask(server, ref=ModelRef("openai", "gpt-5-mini"), base_url=home, proxy=proxy)
    assert asked.value == GOOD
    sent = server.requests[0]
    assert sent.path == "http://api.openai.com/v1/chat/completions"
    assert sent.body["response_format"]["json_schema"]["strict"] is True
    assert "maxLength" not in sent.body["response_format"]["json_schema"]["schema"]["properties"]["city"]
    assert sent.body["max_completion_tokens"] == 64 + 8192  # it thinks first
    assert not {"temperature", "max_tokens"} & sent.body.keys()
