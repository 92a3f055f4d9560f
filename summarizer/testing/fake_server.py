"""A FAKE of an OpenAI-compatible server, on loopback or a Unix socket: it holds no model and says so.

It replies with what a test scripts for it, in order, and repeats the last of it; and it keeps every request it
was sent. Each reply carries the header `x-fake-server` and, where it plays a model, the name `fake-model`.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, cast

from summarizer.testing.fake_batches import FakeBatches

__all__ = ["FakeServer", "Received", "Say", "answer", "completion", "failure", "fake_server"]

DRIP_S = 0.02
"""Seconds between two bytes of a reply that drips."""


@dataclass(frozen=True, kw_only=True)
class Say:
    """One scripted reply."""

    body: Mapping[str, Any] | str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """`date` and `content-length` replace those that the server would send; with `transfer-encoding`, the body is sent
    as it is, chunks and all, without a length."""
    then: Literal["end", "reset", "cut", "hang", "drip"] = "end"
    """`reset` and `hang` say nothing; `cut` stops in the middle of the body; `drip` sends it byte by byte, slowly."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """One request, as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        """The last message."""
        return cast("str", self.body["messages"][-1]["content"])


def completion(content: str | None, *, finish: str = "stop", **fields: object) -> dict[str, Any]:
    """The body of a chat completion: 100 tokens read, 60 of them from the cache, and 20 written."""
    return {
        "id": "fake-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **fields},
            }
        ],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "total_tokens": 120,
            "prompt_tokens_details": {"cached_tokens": 60},
        },
    }


def answer(content: str | None = '{"city": "Lisbon", "year": 1755}', **options: Any) -> Say:
    """A model's reply; unless told otherwise, a good one."""
    return Say(body=completion(content, **options))


def failure(
    status: int, message: str = "it went wrong", *, headers: Mapping[str, str] | None = None, **fields: object
) -> Say:
    """An error in OpenAI's form."""
    return Say(status=status, body={"error": {"message": message, **fields}}, headers=headers or {})


def fake_server(*script: Say) -> "FakeServer":
    """A fake model server on loopback, for `with`: give its `base_url` to what is tested.

    Args:
        script: What to say to each request in turn; the last is said to all further ones. See `answer` and `failure`.
    """
    return FakeServer(*script)


class FakeServer:
    """Serves a script from a thread while it is entered.

    Args:
        script: What to say to each request in turn; the last is said to all further ones.
        uds: Path of a Unix socket to listen on instead of loopback.
        batches: Its files and batches, whose rows the script answers too; without them it has no such endpoint.
    """

    def __init__(self, *script: Say, uds: Path | None = None, batches: FakeBatches | None = None) -> None:
        self.script = list(script) or [answer()]
        self.requests: list[Received] = []
        self.released = threading.Event()
        self.batches = batches
        self._lock = threading.Lock()
        self._server = _tcp(self) if uds is None else _unix(self, uds)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def base_url(self) -> str:
        """Where it is; over a Unix socket any name will do."""
        address = self._server.server_address
        return f"http://127.0.0.1:{address[1]}/v1" if isinstance(address, tuple) else "http://fake.local/v1"

    def next(self, received: Received) -> Say:
        """Keep a request, and choose the reply to it."""
        with self._lock:
            self.requests.append(received)
            return self.script[min(len(self.requests), len(self.script)) - 1]

    def of_row(self, path: str, body: dict[str, Any]) -> tuple[int, Mapping[str, Any]]:
        """What the script says to a row of a batch."""
        say = self.next(Received(path=path, headers={}, body=body))
        said = say.body if isinstance(say.body, Mapping) else {"error": {"message": str(say.body)}}
        return say.status, said

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Threads(socketserver.ThreadingMixIn):
    daemon_threads = False
    block_on_close = True


class _Tcp(_Threads, socketserver.TCPServer):
    request_queue_size = 64


def _tcp(fake: FakeServer) -> socketserver.BaseServer:
    return _Tcp(("127.0.0.1", 0), _handler(fake))


def _unix(fake: FakeServer, path: Path) -> socketserver.BaseServer:
    class Unix(_Threads, socketserver.UnixStreamServer):
        def get_request(self) -> tuple[socket.socket, tuple[str, int]]:  # pyright: ignore[reportIncompatibleMethodOverride]
            # The handler wants an address with a host, which a Unix socket does not have.
            return super().get_request()[0], ("unix", 0)

    return Unix(str(path), _handler(fake))


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:  # noqa: C901 -- a class that closes over its fake
    class Handler(BaseHTTPRequestHandler):
        timeout = 30
        """Who connects and says nothing for so long, in seconds, is left: the end of the fake waits for everybody."""

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            if self._about_batches(raw):
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            say = fake.next(Received(path=self.path, headers=headers, body=json.loads(raw)))
            if say.then == "hang":
                fake.released.wait()
            elif say.then == "reset":
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self._say(say)

        def do_GET(self) -> None:
            if not self._about_batches(b""):
                self._say(failure(404, "there is nothing here"))

        def do_DELETE(self) -> None:
            self.do_GET()

        def _about_batches(self, raw: bytes) -> bool:
            kind = self.headers.get("content-type", "")
            said = fake.batches and fake.batches.handle(self.command, self.path, kind, raw, fake.of_row)
            if said == "cut":
                self.connection.shutdown(socket.SHUT_RDWR)
            elif said:
                self._say(Say(status=said[0], body=said[1]))
            elif "/files" in self.path or "/batches" in self.path:
                self._say(failure(404, "there is nothing here"))
                return True
            return bool(said)

        def _say(self, say: Say) -> None:
            body = _bytes(say.body)
            length = {} if "transfer-encoding" in say.headers else {"content-length": str(len(body))}
            dated = {"date": self.date_time_string(), "content-type": "application/json", **length}
            self.send_response_only(say.status)
            self.send_header("x-fake-server", "no model here")
            for name, value in {**dated, **say.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            # Whoever has heard enough hangs up.
            with suppress(ConnectionError):
                self._write(body, say.then)

        def _write(self, body: bytes, then: str) -> None:
            if then == "drip":
                for number in range(len(body)):
                    self.wfile.write(body[number : number + 1])
                    fake.released.wait(DRIP_S)
            else:
                self.wfile.write(body[: len(body) // 2] if then == "cut" else body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that is overridden
            """Say nothing on stderr."""

    return Handler


def _bytes(body: Mapping[str, Any] | str | bytes) -> bytes:
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()
