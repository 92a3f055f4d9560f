"""A server that stands in for a model, on a loopback port or a Unix socket; and places for recordings."""

import asyncio
import json
import socketserver
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from summarizer.testing import use_cassette
from tests.testing.asking import ask
from tests.testing.test_made import TEXT


@dataclass
class FakeModel:
    """Answers every request with the next reply; the last one stays."""

    replies: list[tuple[int, dict[str, str], bytes]] = field(
        default_factory=list[tuple[int, dict[str, str], bytes]]
    )
    requests: list[Any] = field(default_factory=list[Any])
    """JSON bodies received."""
    origin: str = ""
    socket_path: Path | None = None

    def says(self, content: str, **extra: Any) -> None:
        """Add a chat completion with this content."""
        number = len(self.replies)
        completion = {
            "id": f"chatcmpl-{number}",
            "object": "chat.completion",
            "created": 1_700_000_000 + number,
            "model": "fake",
            "system_fingerprint": "b1-abc",
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
            ],
            "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
            "timings": {"cache_n": 0, "prompt_n": 7, "prompt_ms": 1.5 + number, "predicted_n": 3},
        } | extra
        self.answers(json.dumps(completion).encode())

    def answers(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Add any reply; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.append((status, {"content-type": "application/json"} | named, body))

    def next_reply(self) -> tuple[int, dict[str, str], bytes]:
        """The reply to the request just received."""
        return self.replies[min(len(self.requests), len(self.replies)) - 1]


def _handler(model: FakeModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 30  # of who connects and says nothing

        def do_POST(self) -> None:
            model.requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            status, headers, body = model.next_reply()
            self.send_response(status)
            for name, value in (
                headers | {"content-length": str(len(body)), "set-cookie": "_cfuvid=1"}
            ).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing: a test's output is for its failures."""

    return Handler


@contextmanager
def _serving(server: socketserver.BaseServer) -> Generator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def model() -> Iterator[FakeModel]:
    """A fake model on a loopback port."""
    fake = FakeModel()
    server = HTTPServer(("127.0.0.1", 0), _handler(fake))
    fake.origin = f"http://127.0.0.1:{server.server_port}/v1"
    with _serving(server):
        yield fake


@pytest.fixture
def socket_model() -> Iterator[FakeModel]:
    """A fake model on a Unix socket."""
    if not hasattr(socketserver, "UnixStreamServer"):
        pytest.skip("this system has no Unix sockets")
    # The folder of a test is too deep for the name of a socket on some systems.
    with TemporaryDirectory() as folder:
        fake = FakeModel(origin="http://llama.local/v1", socket_path=Path(folder) / "s")
        with _serving(socketserver.UnixStreamServer(str(fake.socket_path), _handler(fake))):
            yield fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of recordings in a project with an article."""
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "cassettes").mkdir()
    return tmp_path / "cassettes"


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """Where the test records."""
    return tmp_path / "run.yaml"


@pytest.fixture
def recorded(model: Any, cassette: Path) -> Path:
    """A cassette of two questions; the server is still up, so that a request that leaves would be seen."""
    model.says("one")
    model.says("two")
    with use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, "first?"))
        asyncio.run(ask(model.origin, "second?"))
    model.requests.clear()
    return cassette
