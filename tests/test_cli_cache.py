"""`summarizer cache`: what it says of the replies kept, and what it removes."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli.cache import app
from summarizer.llm.cache import ReplyCache
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent

RUN = CliRunner()


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the commands look."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    return tmp_path / "replies.sqlite"


def keep(path: Path, key: str, *, age: timedelta = timedelta()) -> None:
    async def store() -> None:
        moment = (datetime.now(UTC) - age).timestamp()
        cache = ReplyCache(path, now=lambda: moment)
        row = Sent(call=1, name="pass", attempt=1)
        await cache.received(key, row, Kept(body=bytes(60_000), model="openai/fake-model"))
        await cache.judged(key, replace(row, outcome="complete", cost_usd=0.25))
        assert await cache.recall(key)
        cache.close()

    asyncio.run(store())


def test_info_of_no_cache_says_that_it_is_empty_and_makes_none(path: Path) -> None:
    done = RUN.invoke(app, ["info"])
    assert done.exit_code == 0, done.stderr
    assert str(path) in done.stdout
    assert "0 (0.0 MB on disk)" in done.stdout
    assert not path.exists()


def test_info_says_how_many_how_large_how_old_and_what_they_saved(path: Path) -> None:
    keep(path, "a", age=timedelta(days=3))
    keep(path, "b")
    done = RUN.invoke(app, ["info"])
    assert done.exit_code == 0, done.stderr
    assert "2 (0.1 MB on disk)" in done.stdout
    assert f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d}" in done.stdout
    assert "2 times instead of a request, saving at least $0.5000" in done.stdout


def test_clear_says_what_it_removed(path: Path) -> None:
    keep(path, "a")
    done = RUN.invoke(app, ["clear"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"Removed 1 reply (0.1 MB) from {path}\n"
    assert RUN.invoke(app, ["clear"]).stdout == f"Removed 0 replies (0.0 MB) from {path}\n"


def test_clear_by_age_leaves_the_younger(path: Path) -> None:
    keep(path, "a", age=timedelta(days=3))
    keep(path, "b")
    assert RUN.invoke(app, ["clear", "--older-than", "1.5"]).stdout.startswith("Removed 1 reply")
    assert RUN.invoke(app, ["clear"]).stdout.startswith("Removed 1 reply")


def test_a_broken_file_is_one_message_with_a_hint_and_clear_removes_it(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    done = RUN.invoke(app, ["info"])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert "summarizer cache clear" in done.stderr
    assert RUN.invoke(app, ["clear"]).stdout == f"Removed an unusable file (0.0 MB) from {path}\n"
    assert not path.exists()


def test_an_age_below_nothing_is_refused(path: Path) -> None:
    assert RUN.invoke(app, ["clear", "--older-than", "-1"]).exit_code == 2
