"""Hanging up on one address, and on no other."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from summarizer.llm.local import hangup
from summarizer.llm.local.hangup import hang_up

pytestmark = pytest.mark.summarizer_loopback


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def listen(stack: ExitStack, family: int, address: str | tuple[str, int]) -> socket.socket:
    listener = stack.enter_context(socket.socket(family))
    listener.bind(address)
    listener.listen()
    return listener


def connect(stack: ExitStack, to: socket.socket) -> socket.socket:
    client = stack.enter_context(socket.socket(to.family))
    client.connect(to.getsockname())
    return client


@pytest.mark.parametrize("by_object", [False, True])
def test_clients_of_the_address_see_its_end_and_others_go_on(
    stack: ExitStack, monkeypatch: pytest.MonkeyPatch, *, by_object: bool
) -> None:
    """Found in the system's list of descriptors or, where there is none, among Python's objects."""
    if by_object:
        monkeypatch.setattr(hangup, "_DESCRIPTORS", Path("/there/is/none"))
    ours, other = (listen(stack, socket.AF_INET, ("127.0.0.1", 0)) for _ in range(2))
    client, bystander = connect(stack, ours), connect(stack, other)
    assert hang_up(ours.getsockname()) == 1
    assert client.recv(1) == b""
    accepted, _ = other.accept()
    with accepted:
        accepted.sendall(b"x")
        assert bystander.recv(1) == b"x"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets on this system")
def test_a_unix_socket_is_hung_up_on_though_its_file_is_gone(stack: ExitStack, tmp_path: Path) -> None:
    path = tmp_path / "s"
    client = connect(stack, listen(stack, socket.AF_UNIX, str(path)))
    path.unlink()
    assert hang_up(str(path)) == 1
    assert client.recv(1) == b""
