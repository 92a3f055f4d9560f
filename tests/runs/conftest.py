"""What tests of runs write to and ask: an output, storage in memory, and a fake provider that takes batches."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer import batching, sharding
from summarizer.runs import Stop
from summarizer.runs.engines.local import InProcess
from summarizer.runs.remote import Remote
from tests.runs.command import preparing
from tests.runs.scripted import Provider, write_jsonl
from tests.runs.stored import memory

if TYPE_CHECKING:
    from tests.runs.posting_work import Echo


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a run writes."""
    return tmp_path / "out.jsonl"


@pytest.fixture
def echo() -> Generator["Echo"]:
    """A fake provider with a Batch endpoint that says every question again."""
    from summarizer.testing.fake_batches import FakeBatches
    from tests.runs.posting_work import Echo

    with Echo(batches=FakeBatches()) as fake:
        yield fake


@pytest.fixture
def bucket() -> Generator[Remote]:
    """An empty place in storage that is in memory."""
    storage = memory()
    storage.store.clear()
    yield Remote("memory:///bucket")
    storage.store.clear()


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """Stands in for model and pipeline, wherever a batch is made ready."""
    provider = Provider()
    for module in (batching, sharding):
        monkeypatch.setattr(module, "prepare", preparing(provider))
    return provider


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Six articles."""
    return write_jsonl(tmp_path / "news.jsonl", range(6))


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be done by other processes is done by this one."""

    def engine(_workers: int, stop: Stop) -> InProcess:
        return InProcess(stop)

    monkeypatch.setattr("summarizer.runs.engines.local.Processes", engine)
