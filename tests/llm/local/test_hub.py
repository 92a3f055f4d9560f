"""Reading a model file from the Hub, against a fake of it on loopback."""

from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from summarizer.errors import ModelNotFetched
from summarizer.llm.local.fetch import fetch
from summarizer.llm.local.hub import Hub
from tests.llm.local.fake_hub import FakeHub
from tests.llm.local.small_models import DATA, small_model

pytestmark = pytest.mark.summarizer_loopback

URL = "https://huggingface.co/Someone/Tiny-GGUF/resolve/main/tiny.gguf"
CDN = "https://cdn-lfs.hf.co/some/where"


def read(hub: FakeHub, start: int = 0) -> bytes:
    return b"".join(Hub(transport=hub.transport).read(small_model(), start, scratch=Path()))


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("start", [0, 1, 500, len(DATA) - 1])
def test_the_file_is_read_from_any_byte_on(start: int, *, ranges: bool) -> None:
    """Also from a server that knows no ranges: what we have is passed over."""
    with FakeHub(DATA, ranges=ranges) as hub:
        assert read(hub, start) == DATA[start:]
    assert hub.requests == [(URL, f"bytes={start}-" if start else None)]


def test_a_redirect_to_the_cdn_is_followed_with_its_range() -> None:
    with FakeHub(DATA, redirects={URL: CDN}) as hub:
        assert read(hub, 1000) == DATA[1000:]
    assert hub.requests == [(URL, "bytes=1000-"), (CDN, "bytes=1000-")]


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/file",
        "http://cdn-lfs.hf.co/file",
        "https://nothf.co/file",
        "https://hf.co.example/x",
    ],
)
def test_a_redirect_to_anywhere_else_is_not_followed(target: str) -> None:
    with FakeHub(DATA, redirects={URL: target}) as hub, pytest.raises(ModelNotFetched, match="redirects to"):
        read(hub)
    assert [url for url, _ in hub.requests] == [URL]


def test_endless_redirects_end() -> None:
    with (
        FakeHub(DATA, redirects={URL: URL}) as hub,
        pytest.raises(ModelNotFetched, match="more than 5 times"),
    ):
        read(hub)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_an_error_answer_says_its_status(status: int) -> None:
    with FakeHub(DATA, status=status) as hub, pytest.raises(ModelNotFetched, match=f"answered {status} "):
        read(hub)


@pytest.mark.parametrize(
    ("start", "headers", "said"),
    [
        (0, {"Content-Length": "9"}, "9 instead of 1028"),
        (10, {"Content-Range": "bytes 0-1027/1028"}, "bytes 0-1027/1028 instead of bytes 10-1027/1028"),
        (0, {"Content-Encoding": "gzip"}, "compressed"),
    ],
)
def test_another_file_is_refused_before_it_is_read(start: int, headers: dict[str, str], said: str) -> None:
    with FakeHub(DATA, headers=headers) as hub, pytest.raises(ModelNotFetched, match=said):
        read(hub, start)


def test_a_broken_connection_leaves_what_came_to_be_resumed(tmp_path: Path) -> None:
    with FakeHub(DATA, cut_after=300) as hub:
        with pytest.raises(ModelNotFetched, match="connection failed"):
            fetch(small_model(), cache_dir=tmp_path, sources=[Hub(transport=hub.transport)])
        hub.cut_after = None
        path = fetch(small_model(), cache_dir=tmp_path, sources=[Hub(transport=hub.transport)])
    assert path.read_bytes() == DATA
    assert hub.requests[1] == (URL, "bytes=300-")


@pytest.mark.parametrize(
    "failure",
    [
        httpx2.ConnectError("Name or service not known"),
        httpx2.ConnectError("Connection refused"),
        httpx2.ConnectTimeout("timed out"),
        httpx2.ReadTimeout(""),
    ],
)
def test_a_hub_out_of_reach_says_why_in_one_line(failure: httpx2.HTTPError) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise failure

    hub = Hub(transport=httpx2.MockTransport(fail))
    with pytest.raises(ModelNotFetched) as caught:
        list(hub.read(small_model(), 0, scratch=Path()))
    assert (str(failure) or "ReadTimeout") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_that_the_hub_does_not_hold_is_not_asked_for() -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        pytest.fail("a request was sent")

    hub = Hub(transport=httpx2.MockTransport(fail))
    with pytest.raises(ModelNotFetched, match="does not hold"):
        list(hub.read(replace(small_model(), hub=None), 0, scratch=Path()))
