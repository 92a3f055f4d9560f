"""The network switched off inside a block: connections, datagrams and name look-ups of this process.

Unix sockets stay open: they lead nowhere else, and multiprocessing speaks over them. What a subprocess or a library
that brings its own sockets does is out of reach.
"""

import socket
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from typing import Any
from unittest import mock

from summarizer.errors import CassetteError

__all__ = ["blocked"]

_CONNECTS = ("connect", "connect_ex", "sendto")
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")

_pairing = threading.local()
"""`socketpair` is made of a loopback connection on Windows, and every event loop needs one."""


@contextmanager
def blocked(*, loopback: bool = False) -> Generator[None]:
    """Refuse every connection and every name look-up inside the block, in all threads of the process.

    Args:
        loopback: Let this machine be spoken to: 127.0.0.0/8, ::1 and `localhost`.

    Raises:
        CassetteError: inside the block, from whatever tried to connect.
    """
    with ExitStack() as patches:
        for name in _CONNECTS:
            connect = getattr(socket.socket, name)
            patches.enter_context(
                mock.patch.object(socket.socket, name, _guarded(connect, loopback=loopback))
            )
        for name in _LOOKUPS:
            look_up = getattr(socket, name)
            patches.enter_context(mock.patch.object(socket, name, _known(look_up, loopback=loopback)))
        patches.enter_context(mock.patch.object(socket, "socketpair", _paired(socket.socketpair)))
        yield


def _guarded(connect: Callable[..., Any], *, loopback: bool) -> Callable[..., Any]:
    def guard(self: socket.socket, *arguments: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not getattr(_pairing, "active", False):
            # The address comes last, whether or not data and flags come before it.
            address = arguments[-1]
            if not (loopback and _is_here(address[0])):
                raise _refused(f"connect to {address[0]}:{address[1]}")
        return connect(self, *arguments)

    return guard


def _known(look_up: Callable[..., Any], *, loopback: bool) -> Callable[..., Any]:
    def guard(host: Any = None, *arguments: Any, **options: Any) -> Any:
        if not (loopback and _is_here(host)):
            raise _refused(f"look up {host!r}")
        return look_up(host, *arguments, **options)

    return guard


def _paired(socketpair: Callable[..., Any]) -> Callable[..., Any]:
    def pair(*arguments: Any, **options: Any) -> Any:
        _pairing.active = True
        try:
            return socketpair(*arguments, **options)
        finally:
            _pairing.active = False

    return pair


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refused(what: str) -> CassetteError:
    return CassetteError(
        f"the network is blocked in this test, which tried to {what}",
        hint="Give a test that speaks to a server on this machine the mark summarizer_loopback; "
        "anything further away belongs in a recording or behind a fake.",
    )
