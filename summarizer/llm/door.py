"""The one door through which every request leaves: kept replies answer here, and what is sent is written down.

In this order: a kept reply answers; the kill switch refuses; the budget reserves the worst case; the pace of the
provider is waited for; the keeper is told; the request leaves; its reply is kept before anyone has judged it.

Imported only once a request is to be sent, because the HTTP client behind it is slow to import.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from weakref import WeakValueDictionary

import httpx2

from summarizer.llm.arrivals import estimate, is_good, read_whole, restated, see
from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.offline import refuse_live
from summarizer.llm.pace import Pace
from summarizer.llm.retry import asked_wait
from summarizer.llm.tariff import Tariff
from summarizer.llm.usage import Call
from summarizer.llm.wires.base import Seen

if TYPE_CHECKING:
    from summarizer.llm.budget import Budget, Reservation

__all__ = ["CALL", "Address", "Door", "Guards", "Opening"]

READER: Final = "1"
"""Version of our reading of replies: a new one makes kept replies count for nothing."""

CALL: ContextVar[Call] = ContextVar("CALL")
"""The call on whose behalf a request is sent."""

_UNPAID: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)
"""The request never reached anyone."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What stands in the door.

    Attributes:
        model: As `provider/name`, for messages and stores.
        identity: What shapes a reply besides the request: the server's address, or engine build and model file.
        tariff: What the model costs.
        pace: Of the provider.
        keeper: Keeps replies beyond this process.
        budget: Limits what may be spent.
        offline: Whether the settings switch live requests off.
    """

    model: str
    identity: str
    tariff: Tariff
    pace: Pace
    keeper: Keeper | None = None
    budget: "Budget | None" = None
    offline: bool = False


class Door(httpx2.AsyncBaseTransport):
    """Sends requests over a network or a Unix socket, and enters each in the journals of its call.

    Args:
        guards: What each request has to pass.
        worth: What a reply of this protocol under a good status is worth.
        proxy: URL of an HTTP proxy.
        opening: Starts the server, where it is ours to start.
    """

    def __init__(
        self,
        guards: Guards,
        worth: Callable[[object], Seen],
        *,
        proxy: str | None = None,
        opening: Opening | None = None,
    ) -> None:
        self._guards = guards
        self._worth = worth
        self._proxy = proxy
        self._opening = opening
        self._address: Address | None = None
        self._network: httpx2.AsyncHTTPTransport | None = None
        self._opened = asyncio.Lock()
        self._flights: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request from what is kept, or else send it."""
        call, keeper = CALL.get(), self._guards.keeper
        if keeper is None:
            return await self._live(call, request)
        call.key = key = _key(request, self._guards.identity)
        # Equal requests at the same time are sent once: the later ones find the first one's reply.
        async with self._flights.setdefault(key, asyncio.Lock()):
            kept = None if call.anew else await keeper.recall(key)
            if kept is None:
                return await self._live(call, request)
        return _recalled(call, request, kept)

    async def aclose(self) -> None:
        """Close every connection."""
        if self._network is not None:
            await self._network.aclose()

    async def _live(self, call: Call, request: httpx2.Request) -> httpx2.Response:
        guards = self._guards
        refuse_live(guards.model, switched=guards.offline)
        worst = self._worst(call, request) if guards.budget or guards.keeper else None
        reservation = guards.budget.reserve(worst) if guards.budget else None
        try:
            network = await self._connected(call, request)
            await guards.pace.enter()
            call.send(free=guards.tariff.free)
            if guards.keeper is not None:
                await guards.keeper.sending(call.key, call.last, worst)
        except BaseException:
            if reservation is not None:
                reservation.settle(0.0)
            raise
        return await self._send(network, call, request, reservation)

    def _worst(self, call: Call, request: httpx2.Request) -> float | None:
        return self._guards.tariff.most(request.content, output_tokens=call.max_tokens)

    async def _send(
        self,
        network: httpx2.AsyncHTTPTransport,
        call: Call,
        request: httpx2.Request,
        reservation: "Reservation | None",
    ) -> httpx2.Response:
        guards, started = self._guards, time.perf_counter()
        spent: float | None = None
        fault: str | None = "cut off"
        try:
            response = await network.handle_async_request(request)
            body = await read_whole(response)
            fault = None
        except httpx2.HTTPError as error:
            fault = type(error).__name__
            guards.pace.failed()
            call.settle(outcome="failed")
            if isinstance(error, _UNPAID):
                spent = 0.0
                call.settle(cost_usd=spent)
            raise
        finally:
            call.settle(seconds=time.perf_counter() - started, fault=fault)
            if fault == "cut off":
                guards.pace.abandoned()
            if fault and reservation is not None:
                # What was cut off may have been answered and paid for: its worst case stays spent.
                reservation.settle(spent)
        seen = self._enter(call, request, response, body)
        if reservation is not None:
            reservation.settle(call.last.cost_usd if seen.tokens else 0.0)
        if guards.keeper is not None and body and seen.status == response.status_code < 300:  # noqa: PLR2004 -- HTTP success
            await guards.keeper.received(call.key, call.last, Kept(body, guards.model))
        return restated(request, response, seen, body or b"")

    def _enter(
        self, call: Call, request: httpx2.Request, response: httpx2.Response, body: bytes | None
    ) -> Seen:
        """Write down what came back, and let the pace of the provider know."""
        status, asked_s = response.status_code, asked_wait(response.headers)
        seen = see(status, body, self._worth)
        estimated = seen.tokens is None and is_good(seen.status)
        tokens = estimate(request.content, body or b"") if estimated else seen.tokens
        call.settle(
            status=status,
            fault=seen.fault,
            tokens=tokens,
            estimated=estimated,
            cost_usd=self._guards.tariff.price(tokens) if tokens else 0.0,
            retry_after_s=asked_s,
        )
        pace = self._guards.pace
        if asked_s is not None and not is_good(seen.status):
            pace.park(asked_s)
        if seen.status >= 500:  # noqa: PLR2004 -- server errors
            pace.failed()
        elif seen.status != 429:  # noqa: PLR2004 -- too many requests
            pace.succeeded(repeated=call.last.reason == "retry")
        else:
            pace.abandoned()
        return replace(seen, tokens=tokens)

    async def _connected(self, call: Call, request: httpx2.Request) -> httpx2.AsyncHTTPTransport:
        with call.unhurried():
            network = await self._open()
        if self._address is not None:
            base = httpx2.URL(self._address.base_url)
            request.url = request.url.copy_with(host=base.host, port=base.port)
            request.headers["host"] = base.netloc.decode()
            request.headers["authorization"] = f"Bearer {self._address.api_key}"
        return network

    async def _open(self) -> httpx2.AsyncHTTPTransport:
        async with self._opened:
            if self._network is None:
                self._address = await self._opening() if self._opening else None
                # Another class of transport would be out of reach of the recorder, which patches this one.
                self._network = httpx2.AsyncHTTPTransport(
                    uds=str(self._address.uds) if self._address and self._address.uds else None,
                    proxy=self._proxy,
                    limits=httpx2.Limits(max_connections=None, max_keepalive_connections=256),
                )
        return self._network


def _key(request: httpx2.Request, identity: str) -> str:
    """Digest of everything that shapes a reply; credentials do not."""
    try:
        body = json.dumps(json.loads(request.content), sort_keys=False)
    except ValueError:
        body = request.content.decode(errors="surrogateescape")
    shaping = json.dumps([READER, identity, request.method, request.url.path, body])
    return hashlib.sha256(shaping.encode()).hexdigest()


def _recalled(call: Call, request: httpx2.Request, kept: Kept) -> httpx2.Response:
    call.send(recalled=True)
    call.settle(status=200)
    call.recalled_outcome = kept.outcome
    return httpx2.Response(
        200, headers={"content-type": "application/json"}, content=kept.body, request=request
    )
