"""No connection and no look-up leaves a blocked block; what speaks to itself still works."""

import asyncio
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import CassetteError
from summarizer.testing.blocking import blocked

NOWHERE = ("192.0.2.1", 9)
"""An address that is reserved for documentation."""


def sent(address: Any, family: int = socket.AF_INET) -> None:
    with socket.socket(family, socket.SOCK_DGRAM) as datagrams:
        datagrams.sendto(b"x", address)


def connected(address: Any, family: int = socket.AF_INET, how: str = "connect") -> None:
    with socket.socket(family) as stream:
        getattr(stream, how)(address)


ATTEMPTS: dict[str, Callable[[], object]] = {
    "connect": lambda: connected(NOWHERE),
    "connect_ex": lambda: connected(NOWHERE, how="connect_ex"),
    "create_connection": lambda: socket.create_connection(NOWHERE),
    "datagram": lambda: sent(NOWHERE),
    "getaddrinfo": lambda: socket.getaddrinfo("news.example", 443),
    "gethostbyname": lambda: socket.gethostbyname("news.example"),
    "gethostbyaddr": lambda: socket.gethostbyaddr("192.0.2.1"),
    "ipv6": lambda: connected(("2001:db8::1", 9, 0, 0), socket.AF_INET6),
}


@pytest.mark.parametrize("loopback", [False, True])
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_nothing_leaves_the_machine(attempt: Callable[[], object], loopback: bool) -> None:
    with (
        blocked(loopback=loopback),
        pytest.raises(CassetteError, match="the network is blocked in this test"),
    ):
        attempt()


def test_what_tried_to_leave_is_named() -> None:
    with blocked(), pytest.raises(CassetteError, match=r"connect to 192\.0\.2\.1:9"):
        ATTEMPTS["connect"]()
    with blocked(), pytest.raises(CassetteError, match=r"look up 'news\.example'"):
        ATTEMPTS["getaddrinfo"]()


def test_threads_and_event_loops_are_blocked_too() -> None:
    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            ATTEMPTS["connect"]()
        except CassetteError as error:
            caught.append(error)

    async def from_a_loop() -> None:
        await asyncio.open_connection("news.example", 443)

    with blocked():
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        with pytest.raises(CassetteError):
            asyncio.run(from_a_loop())

    assert len(caught) == 1


@pytest.mark.summarizer_loopback
def test_this_machine_answers_only_those_who_ask() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with blocked(), pytest.raises(CassetteError):
            connected(address)
        with blocked(loopback=True):
            connected(address)
            assert socket.getaddrinfo("localhost", 80)
            assert socket.getfqdn("127.0.0.1")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
@pytest.mark.summarizer_loopback
def test_a_unix_socket_leads_nowhere_else_and_stays_open(tmp_path: Path) -> None:
    with blocked(), pytest.raises(OSError, match="No such file"):
        connected(str(tmp_path / "s"), socket.AF_UNIX)


def test_an_event_loop_can_be_made_while_the_network_is_blocked() -> None:
    """Where a socket pair is made of a loopback connection, the loop needs one."""
    with blocked():
        one, other = socket.socketpair()
        one.close()
        other.close()
        assert asyncio.run(asyncio.sleep(0, "done")) == "done"


def test_afterwards_everything_is_as_it_was() -> None:
    names = ("connect", "connect_ex", "sendto")
    before = [getattr(socket.socket, name) for name in names], socket.getaddrinfo, socket.socketpair
    with blocked(), blocked(loopback=True):
        pass

    assert ([getattr(socket.socket, name) for name in names], socket.getaddrinfo, socket.socketpair) == before
