"""Connections to one server: as few pools as carry the load, and none left open."""

import asyncio
import json

import httpx2
import pytest

from summarizer.llm.network import Connections, Network
from tests.llm.fake_server import FakeServer, Say, answer
from tests.waiting import until_awaited

pytestmark = pytest.mark.summarizer_loopback


def request_to(server: FakeServer) -> httpx2.Request:
    content = json.dumps({"messages": []}).encode()
    return httpx2.Request("POST", f"{server.base_url}/chat/completions", content=content)


def test_requests_one_after_the_other_share_a_pool() -> None:
    async def work(server: FakeServer) -> None:
        connections = Connections(None, None)
        for _ in range(5):
            response, body = await connections.send(request_to(server))
            assert response.status_code == 200
            assert body
        assert connections.under_way == [0]
        await connections.aclose()

    with FakeServer() as server:
        asyncio.run(work(server))


def test_many_requests_at_once_are_spread_over_several_pools_and_a_cut_off_one_gives_its_place_back() -> None:
    """A pool looks at each of its connections for every request: in one pool, 256 at a time cost twice the CPU."""

    async def work(server: FakeServer) -> None:
        connections = Connections(None, None)
        tasks = [asyncio.create_task(connections.send(request_to(server))) for _ in range(70)]
        await until_awaited(lambda: len(server.requests) == 70 or any(task.done() for task in tasks))
        assert connections.under_way == [32, 32, 6]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert connections.under_way == [0, 0, 0]
        await connections.aclose()

    with FakeServer(Say(then="hang")) as server:
        asyncio.run(work(server))


def test_a_server_of_somebody_else_is_never_taken_for_gone() -> None:
    async def work() -> None:
        network = Network(proxy=None, opening=None)
        connections = await network.connect()
        assert not network.leave(connections)
        assert await network.connect() is connections
        await network.aclose()

    asyncio.run(work())


def test_a_body_of_a_reply_is_closed_when_nobody_waits_for_it_any_more() -> None:
    async def work(server: FakeServer) -> None:
        connections = Connections(None, None)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await connections.send(request_to(server))
        assert (await connections.send(request_to(server)))[1]
        await connections.aclose()

    with FakeServer(Say(body="x" * 1000, then="drip"), answer()) as server:
        asyncio.run(work(server))
