"""Fetching: what is refused before anything is sent, what is checked on every hop, and what stops it."""

import socket
import ssl
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore2
import pytest

from summarizer.errors import AddressRefused, FetchFailed, InputError
from summarizer.loaders import fetch as fetching
from summarizer.loaders import from_url
from summarizer.loaders.addresses import is_public
from summarizer.loaders.fetch import Network, fetch
from tests.loaders.golden import FILES
from tests.loaders.web import PAGE, always, anywhere, get, loopback_fetch, say, serving

pytestmark = pytest.mark.summarizer_loopback


def test_a_page_is_fetched_by_its_name_at_the_address_that_was_checked() -> None:
    asked: list[str] = []
    with serving(say) as web:
        got = get(web, "/border?day=1#top", network=anywhere(asked=asked))

    path, headers = web.requests[0]
    assert (got.data, got.suffix, got.charset, got.host) == (PAGE, ".html", "utf-8", "news.example")
    assert (path, headers["host"]) == ("/border?day=1", f"news.example:{web.port}")
    assert asked == ["news.example"]
    assert not {"cookie", "authorization", "referer", "proxy-authorization"} & set(headers)


def test_a_page_becomes_an_article_with_its_address_as_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", loopback_fetch)
    with serving(say) as web:
        loaded = from_url(web.url("/border"), ports=(web.port,))

    assert loaded.article.title == "Lodi bridge open"
    assert loaded.article.source == web.url("/border")
    assert "no shots had been fired" in loaded.article.text


def test_a_pdf_is_read_as_one_and_a_page_in_its_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", loopback_fetch)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        say(
            handler,
            (FILES / "bridge.pdf").read_bytes() if handler.path == "/true" else PAGE,
            kind="application/pdf",
        )

    with serving(answer) as web:
        assert "42 lorries" in from_url(web.url("/true"), ports=(web.port,)).article.text
        with pytest.raises(InputError, match="it is an HTML page"):
            from_url(web.url("/false"), ports=(web.port,))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://news.example/",
            "gopher://news.example/",
            "data:text/html,x",
            "//news.example/",
            "news.example",
        ),
        *(
            "http://localhost/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
        ),
        *(
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:127.0.0.1]/",
            "http://0.0.0.0/",
        ),
        *(
            "http://me:secret@news.example/",
            "http://news.example:22/",
            "http://news.example:8080/",
            "https://news.example:80443/",
        ),
        *(
            "http://news.example /",
            "http://news.exa\nmple/",
            "http://[::1",
            "http://",
            "http://" + "a" * 5000 + ".example/",
        ),
    ],
)
def test_what_is_no_address_on_the_public_web_is_refused_before_anything_is_sent(url: str) -> None:
    def literal(host: str, port: int, seconds: float) -> Sequence[str]:
        return [host]

    with pytest.raises(AddressRefused):
        fetch(url, network=Network(resolve=literal))


def test_a_public_name_with_a_private_address_is_refused() -> None:
    with pytest.raises(AddressRefused, match=r"'127\.0\.0\.1\.nip\.example' leads to 127\.0\.0\.1"):
        fetch("http://127.0.0.1.nip.example/", network=Network(resolve=always("127.0.0.1")))


def test_a_name_that_changes_its_address_is_asked_once_and_held_to_its_answer() -> None:
    """A rebinding resolver: public when checked, private a moment later. Nobody asks it a moment later."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"], ["169.254.169.254"]])
    with serving(say) as web:
        network = Network(
            resolve=lambda _host, _port, _seconds: next(answers),
            permitted=lambda address: str(address) != "169.254.169.254",
        )

        assert get(web, network=network).data == PAGE

    assert next(answers) == ["169.254.169.254"]


@pytest.mark.parametrize(
    "to",
    [
        *(
            "http://169.254.169.254/latest",
            "http://localhost/",
            "file:///etc/passwd",
            "http://2130706433/",
            "//10.0.0.1/",
        ),
        *("http://inner.example/", "http://news.example:22/", "ftp://news.example/", "javascript:alert(1)"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_is_checked_as_the_first_address_was(to: str, status: int) -> None:
    private = {"inner.example": "10.1.2.3", "169.254.169.254": "169.254.169.254", "10.0.0.1": "10.0.0.1"}
    network = Network(
        resolve=lambda host, _port, _seconds: [private.get(host, "127.0.0.1")],
        permitted=lambda address: str(address) == "127.0.0.1" or is_public(address),
    )
    with (
        serving(lambda handler: say(handler, b"", status=status, location=to)) as web,
        pytest.raises(AddressRefused),
    ):
        fetch(web.url(), ports=(web.port, 80, 443), network=network)

    assert len(web.requests) == 1


def test_five_redirects_are_followed_and_six_are_not() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        left = int(handler.path.strip("/"))
        say(handler) if left == 0 else say(
            handler, b"", status=302, location=f"/{left - 1}", set_cookie="a=b"
        )

    with serving(answer) as web:
        assert get(web, "/5").url.endswith("/0")
        with pytest.raises(FetchFailed, match="more than 5 times"):
            get(web, "/6")

    assert not any("cookie" in headers for _, headers in web.requests)


def test_proxies_and_netrc_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    with serving(say) as web:
        assert get(web).data == PAGE


def test_a_refused_connection_and_an_unknown_name_are_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchFailed, match=r"news\.example cannot be reached"):
        fetch(f"http://news.example:{port}/", ports=(port,), network=anywhere())

    def unknown(host: str, port: int, seconds: float) -> Sequence[str]:
        raise FetchFailed(f"{host!r} is not known.")

    with pytest.raises(FetchFailed, match="not known"):
        fetch("http://news.example/", network=Network(resolve=unknown))


class _Recorder(httpcore2.NetworkBackend):
    """Writes down where it is asked to connect to, and whose certificate is expected there."""

    def __init__(self) -> None:
        self.connected: list[tuple[str, int]] = []
        self.names: list[str | None] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the interface's own
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Any = None,  # noqa: ARG002
    ) -> Any:
        self.connected.append((host, port))
        names = self.names

        class Stream(httpcore2.MockStream):
            def start_tls(
                self,
                ssl_context: ssl.SSLContext,
                server_hostname: str | None = None,
                timeout: float | None = None,  # noqa: ARG002 - the interface's own
            ) -> Any:
                assert ssl_context.verify_mode is ssl.CERT_REQUIRED
                assert ssl_context.check_hostname
                names.append(server_hostname)
                return self

        return Stream(
            [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE), PAGE]
        )


def test_over_tls_the_address_is_pinned_and_the_certificate_is_the_names() -> None:
    backend = _Recorder()

    got = fetch("https://news.example/a", network=Network(resolve=always("93.184.216.34"), backend=backend))

    assert (backend.connected, backend.names) == ([("93.184.216.34", 443)], ["news.example"])
    assert got.data == PAGE
