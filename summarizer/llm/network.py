"""The connections to one server, which is started first where it is ours to start, and again when it is gone."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import httpx2

from summarizer.llm.arrivals import read_whole
from summarizer.llm.streaming import Listener, read_stream

__all__ = ["Address", "Connections", "Network", "Opening"]

_LANE: Final = 32
"""Requests under way in one pool: for each new one it looks at every connection it has."""


class Address(Protocol):
    """Where a server that was started for us answers."""

    @property
    def base_url(self) -> str:
        """Root of its API."""
        ...

    @property
    def api_key(self) -> str:
        """What it wants as a bearer token."""
        ...

    @property
    def uds(self) -> Path | None:
        """The Unix socket to connect to, whatever host `base_url` names."""
        ...


Opening = Callable[[], Awaitable[Address]]
"""Starts a server, when the first live request needs it."""


@dataclass(slots=True)
class _Lane:
    pool: httpx2.AsyncHTTPTransport
    busy: int = 0


class Connections:
    """Connections to one address.

    Args:
        address: Of a server of ours; None when requests go where they are addressed.
        proxy: URL of an HTTP proxy.
    """

    def __init__(self, address: Address | None, proxy: str | None) -> None:
        self._address = address
        self._proxy = proxy
        self._lanes: list[_Lane] = []

    @property
    def under_way(self) -> list[int]:
        """Requests under way, pool by pool."""
        return [lane.busy for lane in self._lanes]

    def direct(self, request: httpx2.Request) -> None:
        """Address a request to the server of ours, if that is where it goes."""
        if self._address is not None:
            base = httpx2.URL(self._address.base_url)
            request.url = request.url.copy_with(host=base.host, port=base.port)
            request.headers["host"] = base.netloc.decode()
            request.headers["authorization"] = f"Bearer {self._address.api_key}"

    async def send(
        self, request: httpx2.Request, listener: Listener | None = None
    ) -> tuple[httpx2.Response, bytes | None]:
        """Send a request, and read the reply to its end.

        Args:
            request: As it leaves.
            listener: Told the text so far, where the reply comes piece by piece.

        Returns:
            The reply, and its body; None when that is longer than is read.

        Raises:
            httpx2.HTTPError: there was no reply, or not all of it.
        """
        lane = self._lane()
        lane.busy += 1
        try:
            response = await lane.pool.handle_async_request(request)
            if listener is not None:
                return response, await read_stream(request, response, listener)
            return response, await read_whole(response)
        finally:
            lane.busy -= 1

    async def aclose(self) -> None:
        """Close them all."""
        for lane in self._lanes:
            await lane.pool.aclose()

    def _lane(self) -> _Lane:
        for lane in self._lanes:
            if lane.busy < _LANE:
                return lane
        # Another class of transport would be out of reach of the recorder, which patches this one.
        pool = httpx2.AsyncHTTPTransport(
            verify=_trusted(),
            uds=str(self._address.uds) if self._address and self._address.uds else None,
            proxy=self._proxy,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=None),
        )
        self._lanes.append(_Lane(pool))
        return self._lanes[-1]


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to believe that they are who they say; to read the list of authorities takes as long as a few requests."""
    return httpx2.create_ssl_context()


class Network:
    """Where requests leave for one server.

    Args:
        proxy: URL of an HTTP proxy.
        opening: Starts the server, where it is ours to start.
    """

    def __init__(self, *, proxy: str | None, opening: Opening | None) -> None:
        self._proxy = proxy
        self._opening = opening
        self._opened = asyncio.Lock()
        self._current: Connections | None = None
        self._left: list[Connections] = []

    async def connect(self) -> Connections:
        """The connections, once the server is there."""
        async with self._opened:
            if self._current is None:
                address = await self._opening() if self._opening else None
                self._current = Connections(address, self._proxy)
            return self._current

    def leave(self, broken: Connections) -> bool:
        """A request broke off: if the server is ours, it is gone, and whoever connects next starts it again.

        Returns:
            Whether it is ours.
        """
        if self._opening is None:
            return False
        if self._current is broken:
            self._current = None
            # Others may still wait on them for their replies.
            self._left.append(broken)
        return True

    async def aclose(self) -> None:
        """Close every connection."""
        for connections in [*self._left, *([self._current] if self._current else [])]:
            await connections.aclose()
