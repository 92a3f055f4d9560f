"""A FAKE of the Hugging Face Hub on loopback, and a transport that takes requests for the real one to it."""

import socketserver
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Self, cast

import httpx2

__all__ = ["FakeHub"]


class _Server(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True
    hub: "FakeHub"


@dataclass
class FakeHub:
    """Serves `data` at every path.

    Attributes:
        data: The file.
        ranges: Whether it knows them.
        status: Its answer, when not to serve the file.
        redirects: Where it sends a request for a URL.
        cut_after: Bytes after which it breaks the connection.
        headers: Sent in place of its own.
        requests: What it was asked: URL and Range header.
    """

    data: bytes
    ranges: bool = True
    status: int = 200
    redirects: Mapping[str, str] = field(default_factory=dict[str, str])
    cut_after: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    requests: list[tuple[str, str | None]] = field(default_factory=list[tuple[str, "str | None"]])

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.hub = self
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def transport(self) -> httpx2.BaseTransport:
        """Takes every request here, whatever host it names."""
        return _Detour(self._server.server_port)


class _Detour(httpx2.BaseTransport):
    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["x-url"] = str(request.url)
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
        """Stay silent."""

    def do_GET(self) -> None:
        hub = cast("_Server", self.server).hub
        url, asked = self.headers["x-url"], self.headers["Range"]
        hub.requests.append((url, asked))
        self.close_connection = True
        if url in hub.redirects:
            self._say(302, {"Location": hub.redirects[url], "Content-Length": "0"})
        elif hub.status != 200:
            self._say(hub.status, {"Content-Length": "0"})
        else:
            self._serve(
                hub, int(asked.removeprefix("bytes=").removesuffix("-")) if asked and hub.ranges else None
            )

    def _serve(self, hub: FakeHub, start: int | None) -> None:
        size = len(hub.data)
        headers = {"Content-Length": str(size - (start or 0))}
        if start is not None:
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        self._say(200 if start is None else 206, headers | dict(hub.headers))
        self.wfile.write(hub.data[start or 0 :][: hub.cut_after])

    def _say(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
