"""Loopback servers that answer what a test tells them to, and a resolver that knows no network."""

import socketserver
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from summarizer.loaders.addresses import Address, Resolve
from summarizer.loaders.fetch import Fetched, Network, fetch

__all__ = ["PAGE", "Web", "always", "anywhere", "get", "loopback_fetch", "say", "serving"]

PAGE = (
    b"<html><head><title>Lodi bridge open</title></head><body><article><h1>Lodi bridge open</h1>"
    b"<p>Varnia reopened the Lodi bridge to lorries on Tuesday, nine days after its border guards closed it.</p>"
    b"<p>Colonel Petra Anders said that no shots had been fired since Sunday.</p></article></body></html>"
)


class Web:
    """One server: what it says, and what it was asked."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the interface's own
                pass

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])

    def url(self, path: str = "/", host: str = "news.example") -> str:
        """Its address under a name."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Generator[Web]:
    """A server on loopback while the block runs."""
    web = Web(answer)
    thread = threading.Thread(target=web.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.server.shutdown()
        web.server.server_close()
        thread.join()


def always(*addresses: str) -> Resolve:
    """A resolver with one answer to everything."""
    return lambda _host, _port, _seconds: addresses


def loopback_fetch(url: str, *, ports: tuple[int, ...]) -> Fetched:
    """`fetch` for names that all lead to loopback."""
    return fetch(url, ports=ports, network=anywhere())


def anywhere(address: str = "127.0.0.1", asked: list[str] | None = None) -> Network:
    """Every name leads to one address, and every address is allowed: loopback stands in for the web."""

    def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
        if asked is not None:
            asked.append(host)
        return [address]

    def permitted(address: Address) -> bool:
        return True

    return Network(resolve=resolve, permitted=permitted)


def say(
    handler: BaseHTTPRequestHandler,
    body: bytes = PAGE,
    *,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> None:
    """Answer."""
    handler.send_response(status)
    if kind:
        handler.send_header("content-type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def get(web: Web, path: str = "/", host: str = "news.example", network: Network | None = None) -> Fetched:
    """Fetch from a loopback server under a public name."""
    return fetch(web.url(path, host), ports=(web.port,), network=network or anywhere())
