"""What must never be seen: the key or the article in a message, or in a log that anybody reads."""

import logging
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.errors import SummarizerError
from summarizer.llm import RetryPolicy
from tests.llm.asking import ask
from tests.llm.fake_server import FakeServer, Say, answer, failure
from tests.llm.faults.cases import ARTICLE, KEY, spotless

pytestmark = pytest.mark.summarizer_loopback

_WORDS = st.sampled_from([ARTICLE, KEY, ARTICLE.upper(), f"Bearer {KEY}", "slow down", "\x1b[2J", "é", ""])
_ECHO = st.lists(_WORDS, max_size=6).map(" ".join)
_STATUS = st.sampled_from([200, 204, 307, 400, 401, 402, 403, 404, 408, 413, 422, 429, 451, 500, 503, 529])
_CODES = st.sampled_from(
    [None, 429, 502, "insufficient_quota", "content_filter", "model_not_found", KEY, ARTICLE]
)


_THEN: st.SearchStrategy[Literal["end", "reset", "cut"]] = st.sampled_from(["end", "reset", "cut"])


@st.composite
def _says(draw: st.DrawFn) -> Say:
    """Anything that a provider might say, with the key and the article in the most awkward places."""
    status, text, code = draw(_STATUS), draw(_ECHO), draw(_CODES)
    match draw(st.integers(min_value=0, max_value=5)):
        case 0:
            return failure(status, text, code=code, type=code)
        case 1:
            return Say(status=status, body=draw(st.sampled_from([text, {"detail": text}])))
        case 2:
            return Say(body=f"{text}{{", then=draw(_THEN))
        case 3:
            return answer(f'{{"city": "{text}", "{KEY}": 1}}')
        case 4:
            return answer(text, finish=draw(st.sampled_from(["stop", "length"])))
        case _:
            return Say(status=307, headers={"location": f"http://{KEY}.example/"}, body=text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(says=st.lists(_says(), min_size=1, max_size=2))
def test_no_error_and_no_log_line_shows_the_key_or_the_article(
    caplog: pytest.LogCaptureFixture, says: list[Say]
) -> None:
    """Whatever a provider echoes; at INFO and above, of every library that is in use."""
    caplog.clear()
    with caplog.at_level(logging.INFO), FakeServer(*says) as server:
        asked = ask(server, user=ARTICLE, policy=RetryPolicy(attempts=2))
    spotless(asked.error)
    assert isinstance(asked.error, SummarizerError | None)
    assert ARTICLE not in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "says",
    [
        pytest.param([answer()], id="answered"),
        pytest.param([answer("[]"), answer()], id="corrected"),
        pytest.param([answer(ARTICLE)], id="malformed"),
        pytest.param([failure(500, ARTICLE), answer()], id="failed"),
        pytest.param([Say(then="reset"), answer()], id="broken"),
    ],
)
def test_at_debug_the_key_is_not_logged_either(caplog: pytest.LogCaptureFixture, says: list[Say]) -> None:
    with caplog.at_level(logging.DEBUG), FakeServer(*says) as server:
        ask(server, user=ARTICLE)
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (f"I cannot help with this: {ARTICLE}", "its words repeat the article"),
        (f"Not with {KEY}, \x1b[2Jno.", "Not with [key], [2Jno."),
    ],
)
def test_a_refusal_is_quoted_but_for_the_key_and_the_article(words: str, shown: str) -> None:
    with FakeServer(answer(None, refusal=words)) as server:
        asked = ask(server, user=ARTICLE)
    assert shown in str(asked.error)
    spotless(asked.error)
