"""`replay` and `cassette_block`: the same recordings for scripts, notebooks and the command line."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest

from summarizer.article import Article
from summarizer.errors import CassetteError, SettingsError
from summarizer.llm import ModelRef
from summarizer.llm.replay import (
    is_recorded,
    is_replaying,
    replayed_address,
    replayed_model,
    replaying,
    unrecorded,
)
from summarizer.pipeline.witness import tell
from summarizer.testing import fake_server, replay
from summarizer.testing.cassettes import cassette_block
from summarizer.testing.fake_server import answer
from summarizer.testing.storage import read, read_tape

pytestmark = pytest.mark.summarizer_loopback


def say(origin: str, question: str = "where?") -> Any:
    return httpx2.post(
        f"{origin}/chat/completions", json={"model": "m", "messages": [{"role": "user", "content": question}]}
    )


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """A recording made by a script."""
    path = tmp_path / "runs" / "demo.yaml"
    with fake_server(answer("Lisbon")) as server, replay(path, record=True):
        say(server.base_url)
    return path


def test_a_script_records_once_and_replays_from_then_on(cassette: Path) -> None:
    with replay(str(cassette)):
        assert say("http://gone.invalid/v1").json()["choices"][0]["message"]["content"] == "Lisbon"


def test_coroutines_may_write_async_with(cassette: Path) -> None:
    async def script() -> int:
        async with replay(cassette), httpx2.AsyncClient() as client:
            body = {"model": "m", "messages": [{"role": "user", "content": "where?"}]}
            return (await client.post("http://gone.invalid/v1/chat/completions", json=body)).status_code

    assert asyncio.run(script()) == 200


def test_a_missing_recording_says_how_a_script_makes_it(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match="there is no recording") as caught:
        replay(tmp_path / "absent.yaml")

    assert "record=True" in caught.value.hint


def test_a_miss_of_a_script_says_how_it_was_made(cassette: Path) -> None:
    with pytest.raises(CassetteError, match="no recording answers") as caught, replay(cassette):
        say("http://gone.invalid/v1", "when?")

    assert "record again" in caught.value.hint


def test_a_command_without_a_cassette_is_not_touched() -> None:
    with cassette_block(None, record=False):
        assert not is_replaying()
        assert not is_recorded()


def test_a_command_replays_and_records(cassette: Path) -> None:
    with cassette_block(cassette, record=False):
        assert is_replaying()
        say("http://gone.invalid/v1")
    with fake_server(answer("Kobe")) as server, cassette_block(cassette, record=True):
        assert is_recorded()
        assert not is_replaying()
        say(server.base_url)
    with cassette_block(cassette, record=False):
        assert "Kobe" in say("http://gone.invalid/v1").text


def test_a_command_says_what_its_options_lack(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--record needs --cassette"):
        cassette_block(None, record=True)
    with pytest.raises(CassetteError, match="there is no recording") as caught:
        cassette_block(tmp_path / "absent.yaml", record=False)
    assert "--record" in caught.value.hint


def test_what_stands_aside_is_sent_and_not_recorded(tmp_path: Path) -> None:
    """A model file that is fetched meanwhile, or an engine that is asked whether it runs."""
    path = tmp_path / "a.yaml"
    with fake_server(answer("Lisbon")) as server, replay(path, record=True):
        with unrecorded():
            say(server.base_url, "is it you?")
        say(server.base_url)
        asked = len(server.requests)

    assert asked == 2
    assert len(read(path)) == 1


def test_a_recording_keeps_the_day_and_the_version_it_was_made_with(cassette: Path) -> None:
    made = read_tape(cassette).made

    assert made is not None
    assert made.test is None
    assert made.version
    assert len(made.recorded) == len("2026-01-01")


def test_a_recording_says_which_model_answers_and_what_kind_of_server_it_was() -> None:
    """Whoever replays may have other keys and other servers in the environment."""
    given = "http://localhost:8000/v1"
    with replaying({"openai/gpt-5-mini": None}):
        assert replayed_model() == "openai/gpt-5-mini"
        assert replayed_address("openai/gpt-5-mini", given) is None
        assert replayed_address("openai/other", given) == given
        with replaying({"openai/a": "http://model.invalid/v2", "openai/b": None}):
            assert replayed_model() is None
            assert replayed_address("openai/a", None) == "http://model.invalid/v2"
    with replaying():
        assert replayed_model() is None
        assert replayed_address("openai/a", given) == given
    assert replayed_model() is None


def test_a_recording_notes_that_another_server_answered_and_not_which(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    article = Article.from_text("The ferry to Port Merrin sailed at noon with nobody on board.")
    with fake_server(answer("Lisbon")) as server, replay(path, record=True):
        tell(article, ModelRef("openai", "m"), None)
        say(server.base_url)

    made = read_tape(path).made

    assert made is not None
    assert made.models == {"openai/m": "http://model.invalid/v1"}
    assert "127.0.0.1" not in path.read_text(encoding="utf-8")
    with replay(path):
        assert replayed_model() == "openai/m"
        say("http://model.invalid/v1")
