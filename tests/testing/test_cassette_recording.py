"""Recording over real sockets from a fake model: the same file each time, whole or not at all, and nothing secret in it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import CassetteError
from summarizer.testing import check_secrets, use_cassette
from summarizer.testing.storage import read
from tests.testing.asking import KEY, ask, ask_and_fail


@pytest.mark.summarizer_loopback
def test_nothing_of_the_recorder_is_in_the_file(model: Any, recorded: Path) -> None:
    written = recorded.read_text(encoding="utf-8")

    assert check_secrets(recorded) == []
    assert KEY not in written
    assert "cookie" not in written
    assert "127.0.0.1" not in written
    assert {name for one in read(recorded) for name in one.reply.headers} == {"content-type"}


@pytest.mark.summarizer_loopback
def test_recording_again_gives_the_same_file(model: Any, cassette: Path) -> None:
    """Whatever the order of the requests, the ids and the clocks."""
    model.says("same")

    def record(*questions: str) -> bytes:
        with use_cassette(cassette, record=True):
            for question in questions:
                asyncio.run(ask(model.origin, question))
        return cassette.read_bytes()

    before = record("a?", "b?", "c?")
    model.replies.clear()
    model.says(
        "same",
        id="chatcmpl-other",
        created=5,
        timings={"cache_n": 0, "prompt_n": 7, "prompt_ms": 9.9, "predicted_n": 3},
    )

    assert record("c?", "a?", "b?") == before


@pytest.mark.summarizer_loopback
@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt])
def test_a_recording_that_fails_leaves_the_old_one(
    model: Any, recorded: Path, failure: type[BaseException]
) -> None:
    before = recorded.read_bytes()

    with pytest.raises(failure), use_cassette(recorded, record=True):
        asyncio.run(ask_and_fail(model.origin, failure))

    assert recorded.read_bytes() == before
    assert [path.name for path in recorded.parent.iterdir()] == [recorded.name]


@pytest.mark.summarizer_loopback
def test_a_new_recording_keeps_nothing_of_the_old(model: Any, recorded: Path) -> None:
    with use_cassette(recorded, record=True):
        asyncio.run(ask(model.origin, "third?"))

    assert [
        json.loads(json.dumps(one.request.body.tree))["messages"][0]["content"]
        for one in read(recorded)
        if one.request.body
    ] == ["third?"]


def test_recording_nothing_is_an_error(cassette: Path) -> None:
    with pytest.raises(CassetteError, match="nothing was recorded"), use_cassette(cassette, record=True):
        pass

    assert not cassette.exists()


@pytest.mark.summarizer_loopback
def test_a_recorded_secret_is_reported_at_once(model: Any, cassette: Path) -> None:
    model.says("fine", model="/home/alice/models/m.gguf")

    with pytest.raises(CassetteError, match=r"folder '/home/alice'"), use_cassette(cassette, record=True):
        asyncio.run(ask(model.origin, "which?"))
