"""F09 to F19: what goes wrong between us and the provider, and what is no reply."""

import gzip
import json
import socket
import tracemalloc
from typing import Any

import pytest

from summarizer.errors import ProviderFailed, RequestRejected, TimedOut, Unreachable
from summarizer.llm import RetryPolicy
from tests.llm.asking import Asked, asking
from tests.llm.fake_server import FakeServer, Say, answer, completion
from tests.llm.faults.cases import ARTICLE, Case, Run, examine, listed, spotless

pytestmark = pytest.mark.summarizer_loopback

REPLY = json.dumps(completion('{"city": "Lisbon", "year": 1755}')).encode()
CHUNKED = {"transfer-encoding": "chunked"}
BREAKS = {
    "F09-reset-before-the-reply": Say(then="reset"),
    "F10-cut-in-the-middle-of-a-chunk": Say(
        body=b"%x\r\n%s" % (len(REPLY), REPLY[:200]), headers=CHUNKED, status=200
    ),
    "F11-body-shorter-than-announced": Say(body=REPLY, then="cut"),
    "F12-gzip-that-is-none": Say(body=REPLY, headers={"content-encoding": "gzip"}),
    "F12-gzip-cut-and-rotten": Say(
        body=gzip.compress(REPLY * 9)[:40] + b"rot" * 9, headers={"content-encoding": "gzip"}
    ),
    "F13-bytes-that-are-no-utf8": Say(body=REPLY.replace(b"Lisbon", b"\xff\xfe\xc3")),
    "F36-stream-cut-between-two-chunks": Say(
        body=b"%x\r\n%s\r\n" % (len(REPLY), REPLY), headers=CHUNKED, status=200
    ),
}


@listed(
    *(
        Case(
            name=name,
            script=[say, answer()],
            outcomes=["failed", "complete"],
            counted=1,
            waits=[(0, 0.05)],
        )
        for name, say in BREAKS.items()
    )
)
def test_a_reply_that_did_not_arrive_whole_is_asked_for_again_and_may_have_been_paid(
    run: Run, case: Case
) -> None:
    """Its tokens and its price are unknown, not nothing; a part of a reply is never taken for one."""
    asked = examine(run, case)
    lost = asked.journal[0]
    assert (lost.tokens, lost.cost_usd) == (None, None)
    assert lost.fault


@listed(
    *(
        Case(
            name=f"{name}-for-ever",
            script=[say],
            error=ProviderFailed if name.startswith("F13") else Unreachable,
            outcomes=["failed"] * 6,
            counted=0,
            waits=[(0, bound) for bound in (0.05, 0.1, 0.2, 0.4, 0.8)],
        )
        for name, say in BREAKS.items()
    )
)
def test_a_connection_that_always_breaks_is_given_up_after_six(run: Run, case: Case) -> None:
    examine(run, case)


def test_F14_a_reply_that_drips_ends_at_the_deadline_of_the_call(run: Run) -> None:  # noqa: N802 -- its number
    """No read ever waits long, so only the deadline of the whole call can end it; it may have been paid for."""
    with FakeServer(Say(body=REPLY, then="drip")) as server:
        asked: Asked = run(asking(server, user=ARTICLE, policy=RetryPolicy(deadline_s=0.3)))
        assert len(server.requests) == 1
    assert isinstance(asked.error, TimedOut)
    assert "0.3 seconds" in str(asked.error)
    row = asked.journal[0]
    assert (row.outcome, row.fault, row.cost_usd) == ("unknown", "cut off", None)
    spotless(asked.error)


def test_F15_a_refused_connection_is_given_up_within_three_seconds_and_named(run: Run) -> None:  # noqa: N802
    with socket.socket() as unused, FakeServer() as server:
        unused.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{unused.getsockname()[1]}"
        asked: Asked = run(asking(server, user=ARTICLE, base_url=f"http://{where}/v1"))
        assert server.requests == []
    assert isinstance(asked.error, Unreachable)
    assert where in str(asked.error)
    assert sum(asked.waits) <= 3
    assert [(row.fault, row.cost_usd) for row in asked.journal] == [("ConnectError", 0.0)] * 6
    spotless(asked.error)


def test_F16_a_name_that_nobody_knows_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: N802
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with FakeServer() as server:
        asked: Asked = run(asking(server, user=ARTICLE, base_url="http://models.vellmar.example/v1"))
    assert isinstance(asked.error, Unreachable)
    assert "models.vellmar.example:80: Name or service not known" in str(asked.error)
    assert [(row.fault, row.cost_usd) for row in asked.journal] == [("ConnectError", 0.0)] * 6


def test_F17_a_server_that_cannot_prove_itself_is_not_tried_again(run: Run) -> None:  # noqa: N802 -- its number
    with FakeServer() as server:
        asked: Asked = run(asking(server, user=ARTICLE, base_url=server.base_url.replace("http:", "https:")))
        assert server.requests == []
    assert isinstance(asked.error, Unreachable)
    assert "no secure connection to 127.0.0.1" in str(asked.error)
    assert [(row.fault, row.cost_usd) for row in asked.journal] == [("ConnectError", 0.0)]


@pytest.mark.parametrize("status", [301, 302, 307, 308], ids=lambda status: f"F18-{status}")
def test_a_redirect_is_not_followed_and_the_article_goes_nowhere_else(run: Run, status: int) -> None:
    with FakeServer() as elsewhere:
        location = {"location": f"{elsewhere.base_url}/chat/completions"}
        examine(
            run,
            Case(
                name="",
                script=[Say(status=status, headers=location)],
                error=RequestRejected,
                outcomes=["rejected"],
                counted=0,
                words="redirects",
                waits=[],
            ),
        )
        assert elsewhere.requests == []


@pytest.mark.thorough
def test_F19_a_small_reply_that_inflates_without_end_is_left_at_eight_megabytes(run: Run) -> None:  # noqa: N802
    bomb = Say(body=gzip.compress(b" " * (150 * 2**20)), headers={"content-encoding": "gzip"})
    with FakeServer(bomb) as server:
        tracemalloc.start()
        try:
            asked: Asked = run(asking(server, user=ARTICLE, policy=RetryPolicy(attempts=2)))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(server.requests) == 2
    assert isinstance(asked.error, ProviderFailed)
    assert [(row.fault, row.cost_usd) for row in asked.journal] == [("longer than 8 MB", None)] * 2
    assert peak < 50 * 2**20
