"""What a fetch takes: which types, how much, how fast, and how it is packed."""

import gzip
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from summarizer.errors import FetchFailed, LimitExceeded
from summarizer.loaders import fetch as fetching
from summarizer.loaders.fetch import inflate
from tests.loaders.web import PAGE, get, say, serving

pytestmark = pytest.mark.summarizer_loopback


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("", PAGE, "'no type'"),
        ("image/png", PAGE, "'image/png'"),
        ("application/zip", b"PK", "'application/zip'"),
    ],
)
def test_a_type_we_do_not_read_is_not_downloaded(kind: str, body: bytes, says: str) -> None:
    with (
        serving(lambda handler: say(handler, body, kind=kind)) as web,
        pytest.raises(FetchFailed, match=says),
    ):
        get(web)


@pytest.mark.parametrize(
    ("status", "says"), [(404, "404 Not Found"), (500, "500"), (401, "401"), (204, "204"), (302, "302")]
)
def test_an_answer_without_a_document_is_named(status: int, says: str) -> None:
    with (
        serving(lambda handler: say(handler, b"", status=status)) as web,
        pytest.raises(FetchFailed, match=says),
    ):
        get(web)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate"])
def test_compressed_answers_are_inflated(coding: str) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(PAGE),
        "deflate": zlib.compress(PAGE),
        "raw deflate": bare.compress(PAGE) + bare.flush(),
    }[coding]

    with serving(lambda handler: say(handler, packed, content_encoding=coding.rsplit(maxsplit=1)[-1])) as web:
        assert get(web).data == PAGE


def test_a_small_answer_that_inflates_to_a_gigabyte_is_stopped_at_ten_megabytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packer = zlib.compressobj(9, wbits=31)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = block + (packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)) * 1000
    inflated: list[int] = []

    def counted(inflater: Any, raw: bytes, host: str) -> Iterator[bytes]:
        for piece in inflate(inflater, raw, host):
            inflated.append(len(piece))
            yield piece

    monkeypatch.setattr(fetching, "inflate", counted)
    with (
        serving(lambda handler: say(handler, bomb, content_encoding="gzip")) as web,
        pytest.raises(LimitExceeded, match="more than 10 MB"),
    ):
        get(web)

    assert len(bomb) < 2 * 2**20
    assert sum(inflated) <= fetching.MOST_BYTES + 2**16


@pytest.mark.parametrize("length", ["99999999999", "10485761"])
def test_an_answer_that_announces_too_much_is_not_read(length: str) -> None:
    with (
        serving(lambda handler: say(handler, b"", content_length=length)) as web,
        pytest.raises(LimitExceeded, match="announces"),
    ):
        get(web)


def test_an_answer_without_end_is_stopped_by_what_arrives() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        say(handler, b"")
        try:
            for _ in range(400):
                handler.wfile.write(b"x" * 2**16)
        except OSError:
            return

    with serving(answer) as web, pytest.raises(LimitExceeded, match="more than 10 MB"):
        get(web)


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"not gzip at all", "gzip"), (gzip.compress(PAGE)[:-30], "gzip"), (PAGE, "br"), (PAGE, "gzip, gzip")],
)
def test_an_answer_that_cannot_be_unpacked_is_an_error_not_half_a_page(body: bytes, coding: str) -> None:
    with (
        serving(lambda handler: say(handler, body, content_encoding=coding)) as web,
        pytest.raises(FetchFailed),
    ):
        get(web)


def test_a_body_that_breaks_off_is_an_error() -> None:
    with (
        serving(lambda handler: say(handler, PAGE[:50], content_length=str(len(PAGE)))) as web,
        pytest.raises(FetchFailed),
    ):
        get(web)


@pytest.mark.parametrize("after", ["nothing", "headers", "body"])
def test_a_server_that_drips_runs_into_the_deadline(monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    """One byte now and then keeps every read alive; the deadline is of the whole."""
    monkeypatch.setattr(fetching, "DEADLINE_S", 0.4)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if after == "body":
            say(handler, b"<p>")
        elif after == "headers":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                if _closed(handler):
                    return
        except OSError:
            return

    with serving(answer) as web, pytest.raises(FetchFailed, match=r"did not deliver|cannot be reached"):
        get(web)


def _closed(handler: BaseHTTPRequestHandler) -> bool:
    handler.connection.settimeout(0.05)
    try:
        return handler.connection.recv(1) == b""
    except TimeoutError:
        return False
