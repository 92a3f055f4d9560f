"""A replay that does not fit fails its block, whatever the code inside makes of it, and explains itself."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from instructor.v2.core.errors import InstructorRetryException

from summarizer.errors import CassetteError
from summarizer.testing import explain, use_cassette
from tests.testing.asking import GONE, ask, ask_and_fail, fill_in


@pytest.mark.summarizer_loopback
def test_a_changed_prompt_ends_the_block_with_the_whole_explanation(recorded: Path) -> None:
    """Instructor's "Connection error." is what the code inside sees; it is not what the user sees."""
    with pytest.raises(CassetteError) as caught, use_cassette(recorded):
        asyncio.run(fill_in(GONE, "third?"))

    assert str(recorded) in str(caught.value)
    assert "-messages[0].content: 'first?'" in str(caught.value)
    assert "+messages[0].content: 'third?'" in str(caught.value)
    assert "record again" in caught.value.hint
    assert caught.value.__notes__ == [caught.value.hint]


@pytest.mark.summarizer_loopback
@pytest.mark.parametrize(
    ("use", "wrapper"), [(ask, openai.APIConnectionError), (fill_in, InstructorRetryException)]
)
def test_the_explanation_is_found_behind_what_client_libraries_raise(
    recorded: Path, use: Callable[[str, str], Coroutine[Any, Any, object]], wrapper: type[Exception]
) -> None:
    with pytest.raises(CassetteError) as at_the_end, use_cassette(recorded), pytest.raises(wrapper) as inside:
        asyncio.run(use(GONE, "third?"))

    explanation = explain(inside.value)
    assert explanation is not None
    assert str(explanation) == str(at_the_end.value)


@pytest.mark.summarizer_loopback
def test_a_miss_that_the_code_survived_still_fails_the_block(recorded: Path) -> None:
    """A pass that fails quietly must not leave a test green."""

    async def resilient() -> None:
        await asyncio.gather(
            ask(GONE, "first?"), ask(GONE, "second?"), ask(GONE, "third?"), return_exceptions=True
        )

    with pytest.raises(CassetteError, match="no recording answers"), use_cassette(recorded):
        asyncio.run(resilient())


@pytest.mark.summarizer_loopback
def test_the_same_question_twice_needs_two_recordings(recorded: Path) -> None:
    with pytest.raises(CassetteError, match="sent more often than it was recorded"), use_cassette(recorded):
        asyncio.run(ask(GONE, "first?", "second?", "first?"))


@pytest.mark.summarizer_loopback
def test_a_recording_that_nobody_asked_for_fails_the_block(recorded: Path) -> None:
    with (
        pytest.raises(CassetteError, match=r"1 of 2 recordings were never asked for\n  recording 2"),
        use_cassette(recorded),
    ):
        asyncio.run(ask(GONE, "first?"))


@pytest.mark.summarizer_loopback
def test_an_error_of_the_block_itself_is_not_hidden(recorded: Path) -> None:
    with pytest.raises(ZeroDivisionError), use_cassette(recorded):
        asyncio.run(ask_and_fail(GONE, ZeroDivisionError))


def test_explain_finds_nothing_where_there_is_nothing() -> None:
    assert explain(ValueError("no")) is None


@pytest.mark.parametrize("wrap", ["cause", "context", "group", "cycle"])
def test_explain_searches_causes_contexts_groups_and_survives_a_cycle(wrap: str) -> None:
    inner, outer = CassetteError("stale"), RuntimeError("wrapped")
    match wrap:
        case "cause":
            outer.__cause__ = inner
        case "context":
            outer.__context__ = inner
        case "group":
            outer.__cause__ = ExceptionGroup("tasks", [ValueError("other"), inner])
        case _:
            outer.__cause__ = ValueError("middle")
            outer.__cause__.__cause__ = outer
            outer.__cause__.__context__ = inner

    assert explain(outer) is inner


@pytest.mark.summarizer_loopback
@pytest.mark.parametrize("record", [True, False])
def test_a_request_that_is_not_json_fails_the_block_even_when_survived(recorded: Path, record: bool) -> None:
    with (
        pytest.raises(CassetteError, match="only requests with a JSON body"),
        use_cassette(recorded, record=record),
        httpx2.Client() as client,
        pytest.raises(CassetteError),
    ):
        client.post(GONE, content=b"not json")
