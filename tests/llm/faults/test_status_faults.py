"""F01 to F08: what a provider says by its status."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from summarizer.errors import (
    ModelNotFound,
    NotAuthorised,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    TimedOut,
)
from summarizer.llm import ModelRef
from summarizer.llm.pace import Pace
from tests.llm.asking import Asked, CountingClock, asking
from tests.llm.fake_server import FakeServer, answer, failure
from tests.llm.faults.cases import ARTICLE, KEY, Case, Run, examine, listed, spotless

pytestmark = pytest.mark.summarizer_loopback

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOON = {
    "retry-after": format_datetime(NOON + timedelta(seconds=9), usegmt=True),
    "date": format_datetime(NOON),
}
ECHO = f"cannot read {ARTICLE} with {KEY}"


@listed(
    *(
        Case(
            name=f"F01-throttled-once-waits-as-asked-{kind}",
            script=[failure(429, ECHO, headers=headers), answer()],
            outcomes=["failed", "complete"],
            counted=1,
            waits=[(least, least + 1)],
        )
        for kind, headers, least in (
            ("seconds", {"retry-after": "7"}, 7.0),
            ("milliseconds", {"retry-after-ms": "200"}, 0.2),
            ("date", SOON, 9.0),
            ("two-minutes", {"retry-after": "119"}, 119.0),
        )
    ),
    Case(
        name="F01-throttled-without-end-gives-up-after-six",
        script=[failure(429, ECHO, headers={"retry-after-ms": "50"})],
        error=RateLimited,
        outcomes=["failed"] * 6,
        counted=0,
        waits=[(0.05, 1.05)] * 5,
    ),
)
def test_a_throttle_is_waited_out(run: Run, case: Case) -> None:
    examine(run, case)


@pytest.mark.parametrize("asked_s", ["300", "86400"], ids=lambda s: f"F02-{s}s")
def test_a_pause_too_long_to_wait_for_is_told_and_holds_every_caller(run: Run, asked_s: str) -> None:
    """A batch adds: it parks the item, and ends with 75 and the time to come back, or waits if told to."""
    clock = CountingClock()

    async def two(server: FakeServer) -> tuple[Asked, Asked]:
        pace = Pace(clock=clock)
        first = await asking(server, user=ARTICLE, pace=pace, clock=clock)
        return first, await asking(server, user=ARTICLE, pace=pace, clock=clock)

    with FakeServer(failure(429, headers={"retry-after": asked_s})) as server:
        first, second = run(two(server))
        assert len(server.requests) == len(first.journal) == 1
    assert isinstance(first.error, RateLimited)
    assert f"for {asked_s} seconds" in str(first.error)
    assert isinstance(second.error, RateLimited)
    assert f"another {asked_s} seconds" in str(second.error)
    assert (second.journal, clock.waits) == ((), [])


@listed(
    *(
        Case(
            name=f"F03-no-credit-is-not-tried-again-{status}",
            script=[failure(status, "You exceeded your current quota", type="insufficient_quota")],
            error=QuotaExhausted,
            outcomes=["rejected"],
            counted=0,
            waits=[],
        )
        for status in (402, 429)
    ),
    *(
        Case(
            name=f"F04-a-key-that-is-not-accepted-is-not-tried-again-{status}",
            script=[failure(status, ECHO)],
            error=NotAuthorised,
            outcomes=["rejected"],
            counted=0,
            waits=[],
        )
        for status in (401, 403)
    ),
    *(
        Case(
            name=f"F05-an-unknown-model-is-named-{kind}",
            script=[say],
            error=ModelNotFound,
            outcomes=["rejected"],
            counted=0,
            words="fake-model",
            waits=[],
        )
        for kind, say in (
            ("by-code", failure(404, "gone", code="model_not_found")),
            ("by-words", failure(404, "The model does not exist")),
            ("under-400", failure(400, "unknown", code="model_not_found")),
        )
    ),
    *(
        Case(
            name=f"F06-a-refused-request-is-not-tried-again-{status}",
            script=[failure(status, ECHO)],
            error=RequestRejected,
            outcomes=["rejected"],
            counted=0,
            words=str(status),
            waits=[],
        )
        for status in (400, 413, 422)
    ),
)
def test_what_another_attempt_cannot_mend_is_not_tried_again(run: Run, case: Case) -> None:
    """A batch adds: F03, F04 and F05 stop the whole run."""
    examine(run, case)


@pytest.mark.parametrize("status", [401, 403], ids=lambda status: f"F04-{status}")
def test_a_key_that_the_provider_itself_refuses_is_named_by_its_variable(run: Run, status: int) -> None:
    """The fake stands in as a proxy, so that what is asked is the provider's own address."""
    with FakeServer(failure(status, ECHO)) as server:
        asked: Asked = run(
            asking(
                server,
                user=ARTICLE,
                ref=ModelRef("openai", "gpt-5-mini"),
                base_url="http://api.openai.com/v1",
                proxy=server.base_url.removesuffix("/v1"),
            )
        )
        assert len(server.requests) == len(asked.journal) == 1
    assert isinstance(asked.error, NotAuthorised)
    assert "OPENAI_API_KEY" in asked.error.hint
    spotless(asked.error)


@listed(
    *(
        Case(
            name=f"F07-{status}-once-is-tried-again",
            script=[failure(status, ECHO), answer()],
            outcomes=["failed", "complete"],
            counted=1,
            waits=[(0, 0.05)],
        )
        for status in (408, 409, 500, 502, 503, 529)
    ),
    *(
        Case(
            name=f"F07-{status}-for-ever-is-given-up-after-six",
            script=[failure(status, ECHO)],
            error=TimedOut if status == 408 else ProviderFailed,
            outcomes=["failed"] * 6,
            counted=0,
            waits=[(0, bound) for bound in (0.05, 0.1, 0.2, 0.4, 0.8)],
        )
        for status in (408, 409, 500, 502, 503, 529)
    ),
    Case(
        name="F08-a-provider-that-says-it-is-useless-is-believed",
        script=[failure(503, ECHO, headers={"x-should-retry": "false"}), answer()],
        error=ProviderFailed,
        outcomes=["failed"],
        counted=0,
        waits=[],
    ),
)
def test_a_failing_provider_is_tried_again_as_far_as_it_makes_sense(run: Run, case: Case) -> None:
    examine(run, case)
