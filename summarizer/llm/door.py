"""The one door through which every request leaves: kept replies answer here, and what is sent is written down.

In this order: a kept reply answers; the kill switch refuses; a server of ours is started; the pace of the provider
is waited for; the budget reserves the worst case; the keeper is told; the request leaves; its reply is kept before
anyone has judged it.

Imported only once a request is to be sent, because the HTTP client behind it is slow to import.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, WeakValueDictionary

import httpx2

from summarizer.llm.arrivals import estimate, is_good, is_unpaid, restated, see, told_limit
from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.network import Connections, Network, Opening
from summarizer.llm.offline import refuse_live
from summarizer.llm.pace import Pace, Turn
from summarizer.llm.retry import asked_wait
from summarizer.llm.streaming import UNWILLING, as_stream
from summarizer.llm.tariff import Tariff
from summarizer.llm.telemetry import RequestSpan, request_span
from summarizer.llm.usage import Call
from summarizer.llm.wires.base import Seen

if TYPE_CHECKING:
    from summarizer.llm.budget import Budget, Reservation

__all__ = ["CALL", "Door", "Guards"]

READER: Final = "1"
"""Version of our reading of replies: a new one makes kept replies count for nothing."""

CALL: ContextVar[Call] = ContextVar("CALL")
"""The call on whose behalf a request is sent."""

_UNPAID: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)
"""The request never reached anyone."""

_GONE: Final = (httpx2.NetworkError, httpx2.RemoteProtocolError)
"""What is met when a server of ours has stopped."""

_flights: WeakKeyDictionary[asyncio.AbstractEventLoop, WeakValueDictionary[str, asyncio.Lock]] = (
    WeakKeyDictionary()
)
"""Requests under way, by event loop and key: all clients of the process share them."""


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
        traced: Whether requests are described to OpenTelemetry.
    """

    model: str
    identity: str
    tariff: Tariff
    pace: Pace
    keeper: Keeper | None = None
    budget: "Budget | None" = None
    offline: bool = False
    traced: bool = False


class Door(httpx2.AsyncBaseTransport):
    """Sends requests over a network or a Unix socket, and enters each in the journals of its call.

    Args:
        guards: What each request has to pass.
        worth: What a reply of this protocol under a good status is worth.
        streams: Whether replies can be sent piece by piece, for those who listen.
        proxy: URL of an HTTP proxy.
        opening: Starts the server, where it is ours to start.
        network: Where requests leave, when that is not an ordinary one.
    """

    def __init__(
        self,
        guards: Guards,
        worth: Callable[[object], Seen],
        *,
        streams: bool = False,
        proxy: str | None = None,
        opening: Opening | None = None,
        network: Network | None = None,
    ) -> None:
        self._guards = guards
        self._worth = worth
        self._streams = streams
        self._network = network or Network(proxy=proxy, opening=opening)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request from what is kept, or else send it."""
        call, keeper = CALL.get(), self._guards.keeper
        if keeper is None:
            return await self._live(call, request)
        call.key = key = _key(request, self._guards.identity)
        flights = _flights.setdefault(asyncio.get_running_loop(), WeakValueDictionary())
        # Equal requests at the same time are sent once: the later ones find the first one's reply.
        async with flights.setdefault(key, asyncio.Lock()):
            kept = None if call.anew or key in call.useless else await keeper.recall(key)
            if kept is None:
                return await self._live(call, request)
        return _recalled(call, request, kept)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._network.aclose()

    async def _live(self, call: Call, request: httpx2.Request) -> httpx2.Response:
        """Send a request; a server of ours that is gone is started again, once."""
        refuse_live(self._guards.model, switched=self._guards.offline)
        if self._guards.budget is not None:
            # No server is fetched and started for a request that may not leave.
            self._guards.budget.reserve(self._worst(call, request)).take_back()
        connections = await self._connected(call, request)
        try:
            return await self._willing(connections, call, request)
        except _GONE:
            if not self._network.leave(connections):
                raise
        if self._guards.keeper is not None:
            await self._guards.keeper.judged(call.key, call.last)
        connections = await self._connected(call, request)
        try:
            return await self._pass(connections, call, request)
        except _GONE:
            self._network.leave(connections)
            raise

    async def _willing(
        self, connections: Connections, call: Call, request: httpx2.Request
    ) -> httpx2.Response:
        """Send a request; whoever will not stream is asked for the reply in one piece, then and from now on."""
        response = await self._pass(connections, call, request)
        if not (self._streams and call.listener and response.status_code in UNWILLING):
            return response
        self._streams = False
        call.settle(outcome="rejected")
        if self._guards.keeper is not None:
            await self._guards.keeper.judged(call.key, call.last)
        return await self._pass(connections, call, request)

    async def _connected(self, call: Call, request: httpx2.Request) -> Connections:
        with call.unhurried():
            connections = await self._network.connect()
        connections.direct(request)
        return connections

    async def _pass(self, connections: Connections, call: Call, request: httpx2.Request) -> httpx2.Response:
        """Let one request through the guards, and send it."""
        guards, reservation = self._guards, None
        turn = await guards.pace.enter()
        try:
            worst = self._worst(call, request) if guards.budget or guards.keeper else None
            reservation = guards.budget.reserve(worst) if guards.budget else None
            row = call.draft(free=guards.tariff.free)
            if guards.keeper is not None:
                await guards.keeper.sending(call.key, row, worst)
        except BaseException:
            guards.pace.abandoned(turn)
            if reservation is not None:
                reservation.take_back()
            raise
        call.enter(row)
        with self._span(call, request) as span:
            response, body = await self._send(connections, call, request, turn, reservation)
            seen = self._settle(call, request, response, body)
            span.came_back(status=seen.status, tokens=seen.tokens)
        self._tell_pace(turn, call, seen)
        if reservation is not None:
            reservation.settle(call.last.cost_usd)
        if guards.keeper is not None and body and seen.status == response.status_code < 300:  # noqa: PLR2004 -- HTTP success
            await guards.keeper.received(call.key, call.last, Kept(body, guards.model))
        return restated(request, response, seen, body or b"")

    def _span(self, call: Call, request: httpx2.Request) -> AbstractContextManager[RequestSpan]:
        provider, _, model = self._guards.model.partition("/")
        return request_span(
            on=self._guards.traced,
            provider=provider,
            model=model,
            max_tokens=call.max_tokens,
            address=request.url.host,
            port=request.url.port,
        )

    def _worst(self, call: Call, request: httpx2.Request) -> float | None:
        return self._guards.tariff.most(request.content, output_tokens=call.max_tokens)

    async def _send(
        self,
        connections: Connections,
        call: Call,
        request: httpx2.Request,
        turn: Turn,
        reservation: "Reservation | None",
    ) -> tuple[httpx2.Response, bytes | None]:
        pace, started = self._guards.pace, time.perf_counter()
        fault: str | None = "cut off"
        try:
            if self._streams and call.listener is not None:
                arrived = await connections.send(as_stream(request), call.listener)
            else:
                arrived = await connections.send(request)
            fault = None
        except httpx2.HTTPError as error:
            fault = type(error).__name__
            pace.failed(turn)
            call.settle(outcome="failed")
            if isinstance(error, _UNPAID):
                call.settle(cost_usd=0.0)
            raise
        finally:
            call.settle(seconds=time.perf_counter() - started, fault=fault)
            if fault == "cut off":
                pace.abandoned(turn)
            if fault and reservation is not None:
                # What was cut off may have been answered and paid for: its worst case stays spent.
                reservation.settle(call.last.cost_usd)
        return arrived

    def _settle(
        self, call: Call, request: httpx2.Request, response: httpx2.Response, body: bytes | None
    ) -> Seen:
        """Write down what came back."""
        status, tariff = response.status_code, self._guards.tariff
        seen = see(status, body, self._worth)
        estimated = seen.tokens is None and is_good(seen.status)
        tokens = estimate(request.content, body or b"") if estimated else seen.tokens
        unpaid = tariff.free or (tokens is None and is_unpaid(status, body, seen))
        call.settle(
            status=status,
            fault=seen.fault,
            tokens=tokens,
            written=seen.written,
            estimated=estimated,
            cost_usd=0.0 if unpaid else tariff.price(tokens, written=seen.written) if tokens else None,
            retry_after_s=asked_wait(response.headers),
            rpm=told_limit(response.headers, "requests"),
            tpm=told_limit(response.headers, "tokens"),
        )
        return replace(seen, tokens=tokens)

    def _tell_pace(self, turn: Turn, call: Call, seen: Seen) -> None:
        """Let the pace of the provider know what came back."""
        pace, asked_s = self._guards.pace, call.last.retry_after_s
        if asked_s is not None and not is_good(seen.status):
            pace.park(asked_s)
        if seen.status >= 500:  # noqa: PLR2004 -- server errors
            pace.failed(turn)
        elif seen.status != 429:  # noqa: PLR2004 -- too many requests
            pace.succeeded(turn, repeated=call.last.reason == "retry")
        else:
            pace.abandoned(turn)


def _key(request: httpx2.Request, identity: str) -> str:
    """Digest of everything that shapes a reply; credentials do not."""
    try:
        body = json.dumps(json.loads(request.content), sort_keys=False)
    except ValueError:
        body = request.content.decode(errors="surrogateescape")
    shaping = json.dumps([READER, identity, request.method, request.url.path, body])
    return hashlib.sha256(shaping.encode()).hexdigest()


def _recalled(call: Call, request: httpx2.Request, kept: Kept) -> httpx2.Response:
    call.enter(call.draft(recalled=True))
    call.settle(status=200)
    call.recalled_outcome = kept.outcome
    return httpx2.Response(
        200, headers={"content-type": "application/json"}, content=kept.body, request=request
    )
