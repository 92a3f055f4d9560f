"""A FAKE of an OpenAI-compatible server for load: one process, one loop, a fault every so often, every request counted.

It answers a question about `number N` with the city `N`, so that an answer can be told from another's, and the passes
of the pipeline with what they show. `GET /counts` says what it did, `GET /answers` how often it gave which answer. An
answer counts there also where whoever asked has died meanwhile: a provider bills that all the same.
"""

import asyncio
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from typing import Final, cast

from tests.llm.echo import echoed

__all__ = ["CALM", "Weather", "main", "spelled"]

_NUMBER: Final = re.compile(rb"number (\d+)")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_WRITTEN: Final = 20
"""Tokens of an answer."""
_CITY: Final = {"city", "year"}
"""The fields of `tests.llm.asking.Answer`."""


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How often what goes wrong; the rest is answered."""

    throttled: float = 0.05
    """429, with `retry-after-ms: 200`."""
    failed: float = 0.02
    """500."""
    reset: float = 0.01
    """The connection is cut instead of an answer."""
    malformed: float = 0.01
    """An answer that is not of the form asked for."""
    drip: float = 0.0
    """A byte every 50 ms, for ever."""
    least_s: float = 0.05
    most_s: float = 0.15
    out_from_s: float = 0.0
    """From so long after the first request, everything fails with 503,"""
    out_for_s: float = 0.0
    """for so long."""
    limit_a_second: int = 0
    """Requests beyond it are answered with 429; 0 for no limit."""
    seed: int = 7


CALM: Final = Weather(throttled=0.0, failed=0.0, reset=0.0, malformed=0.0)
"""Nothing goes wrong."""


class _State:
    """What all connections share."""

    def __init__(self, weather: Weather) -> None:
        self.weather = weather
        self.counts: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.times: list[float] = []
        self._draw = random.Random(weather.seed)  # noqa: S311 -- weather, not a secret
        self._second = (0, 0)

    def fate(self) -> tuple[str, float]:
        """What becomes of the next request, and after how many seconds."""
        weather, now = self.weather, time.monotonic()
        self.times.append(now)
        delay = self._draw.uniform(weather.least_s, weather.most_s)
        since = now - self.times[0]
        if weather.out_from_s <= since < weather.out_from_s + weather.out_for_s:
            return "out", 0.005
        if weather.limit_a_second and self._beyond(int(since)):
            return "throttled", 0.005
        chance = self._draw.random()
        for kind in ("throttled", "failed", "reset", "malformed", "drip"):
            chance -= cast("float", getattr(weather, kind))
            if chance < 0:
                return kind, delay
        return "answered", delay

    def _beyond(self, second: int) -> bool:
        self._second = (second, self._second[1] + 1 if self._second[0] == second else 1)
        return self._second[1] > self.weather.limit_a_second


class _Connection(asyncio.Protocol):
    def __init__(self, state: _State) -> None:
        self._state = state
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if not found or len(rest) < size:
            return
        self._buffer = rest[size:]
        state = self._state
        if head.startswith(b"GET /counts"):
            self._write(200, {**state.counts, "times": state.times})
        elif head.startswith(b"GET"):
            self._write(200, state.answers)
        else:
            kind, delay = state.fate()
            state.counts["requests"] += 1
            state.counts[kind] += 1
            asyncio.get_running_loop().call_later(delay, partial(self._answer, kind, rest[:size]))

    def _answer(self, kind: str, body: bytes) -> None:
        found = _NUMBER.search(body)
        number = int(found[1]) if found else 0
        if kind == "answered":
            self._state.answers[f"{number} {hashlib.sha256(body).hexdigest()[:16]}"] += 1
        if self._transport.is_closing():
            self._state.counts["gone"] += 1
        elif kind == "reset":
            self._transport.abort()
        elif kind == "throttled":
            self._write(429, {"error": {"message": "slow down"}}, "retry-after-ms: 200\r\n")
        elif kind in {"failed", "out"}:
            self._write(500 if kind == "failed" else 503, {"error": {"message": "it went wrong"}})
        elif kind == "drip":
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
            self._drip()
        else:
            read = len(body) // 4
            self._state.counts["tokens"] += read + _WRITTEN
            self._write(200, _completion(_content(body, number, kind), read))

    def _drip(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(b" ")
            asyncio.get_running_loop().call_later(0.05, self._drip)

    def _write(self, status: int, data: object, headers: str = "") -> None:
        body = json.dumps(data).encode()
        head = f"HTTP/1.1 {status} said\r\ncontent-type: application/json\r\n{headers}content-length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


def _content(body: bytes, number: int, kind: str) -> str:
    if kind != "answered":
        # Too long a name; to the passes, nothing that they asked for.
        return json.dumps({"city": "?" * 100, "year": 1000 + number})
    asked = json.loads(body)
    schema = asked["response_format"]["json_schema"]["schema"]
    if schema["properties"].keys() == _CITY:
        return json.dumps({"city": str(number), "year": 1000 + number})
    return json.dumps(echoed(schema, asked["messages"][-1]["content"]))


def _completion(content: str, read: int) -> dict[str, object]:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {
        "id": "fake-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake-model",
        "choices": [choice],
        "usage": {"prompt_tokens": read, "completion_tokens": _WRITTEN, "total_tokens": read + _WRITTEN},
    }


async def _serve(weather: Weather) -> None:
    state = _State(weather)
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(state), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 -- whoever started it waits for the port
    await server.serve_forever()


def main() -> None:
    """Serve with the weather given as JSON in the first argument, until killed; print the port first."""
    asyncio.run(_serve(Weather(**json.loads(sys.argv[1]))))


def spelled(weather: Weather) -> str:
    """The argument that `main` wants."""
    return json.dumps(asdict(weather))


if __name__ == "__main__":
    main()
