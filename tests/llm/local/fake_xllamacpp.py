"""A FAKE of the xllamacpp module: no model, only a server that answers 200, or never ends its answer."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from types import ModuleType, SimpleNamespace
from typing import Any, cast

__all__ = ["FakeXllamacpp"]


class FakeXllamacpp(ModuleType):
    """Stands in for the engine.

    Attributes:
        servers: Settings of every server started, in order.
        requests: Path and Authorization header of every request.
        stopped: How many servers were let go.
        refuses: Raised instead of starting.
    """

    def __init__(self) -> None:
        super().__init__("xllamacpp")
        self.servers: list[Any] = []
        self.requests: list[tuple[str, str | None]] = []
        self.stopped = 0
        self.refuses: Exception | None = None
        self._running: list[socketserver.BaseServer] = []

    def CommonParams(self) -> SimpleNamespace:  # noqa: N802 - the engine's name
        """Settings to be filled in."""
        return SimpleNamespace(model=SimpleNamespace(path=""))

    def Server(self, settings: SimpleNamespace) -> "_Server":  # noqa: N802 - the engine's name
        """Start to answer, as the settings say."""
        if self.refuses:
            raise self.refuses
        self.servers.append(settings)
        started = _Server(self, settings)
        self._running.append(started.listener)
        return started

    def die(self) -> None:
        """Every server stops to listen, and nobody is told."""
        for listener in self._running:
            listener.shutdown()
            listener.server_close()
        self._running.clear()


class _Server:
    def __init__(self, engine: FakeXllamacpp, settings: SimpleNamespace) -> None:
        self._engine = engine
        host = settings.hostnames[0]
        if host.endswith(".sock"):
            self.listener = socketserver.ThreadingUnixStreamServer(host, _Handler)
            self.listening_address = f"unix://{host}"
        else:
            self.listener = socketserver.ThreadingTCPServer((host, settings.port), _Handler)
            self.listening_address = f"http://{host}:{self.listener.server_address[1]}"
        self.listener.daemon_threads = True
        self.listener.requests = engine.requests  # type: ignore[attr-defined]  # what its handlers can reach
        threading.Thread(target=self.listener.serve_forever, args=(0.01,), daemon=True).start()

    def __del__(self) -> None:
        self._engine.stopped += 1
        self.listener.shutdown()
        self.listener.server_close()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
        """Stay silent."""

    def address_string(self) -> str:
        """A Unix socket has no address of the kind this would look up."""
        return "client"

    def do_GET(self) -> None:
        cast("Any", self.server).requests.append((self.path, self.headers["Authorization"]))
        if self.path == "/slow":
            self.wfile.write(b"...")
            self.rfile.read(1)  # nothing comes, until the client is gone
            return
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")
