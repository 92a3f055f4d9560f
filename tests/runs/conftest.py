"""What tests of runs write to and ask: an output, storage in memory, and a fake provider that takes batches."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer.runs.remote import Remote
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
