"""What the tasks of a sharded run are told: the model that the command chose, and never a key."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from summarizer.batching import BatchOptions, briefed_with
from summarizer.errors import OutputTaken, RunChanged
from summarizer.runs.remote import Remote
from summarizer.runs.shard import ShardReport, ShardSpec
from summarizer.sharding import brief_shards, shard_batch, shard_settings
from tests.runs.stored import lines

pytestmark = pytest.mark.summarizer_loopback


class Looking:
    """An engine that does nothing and keeps what it was to do."""

    def __init__(self) -> None:
        self.specs: list[ShardSpec] = []

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Keep them."""
        self.specs = list(specs)
        return iter(())


def test_no_task_holds_a_key_and_every_task_holds_the_model_that_the_command_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    monkeypatch.delenv("SUMMARIZER_MODEL", raising=False)
    (tmp_path / "news.jsonl").write_bytes(lines(range(4)))
    looking = Looking()
    options = BatchOptions(api_key="sk-given", cache=False)
    brief_shards([tmp_path / "news.jsonl"], tmp_path / "out.jsonl", options, looking, workers=2, size=2)
    assert len(looking.specs) == 2
    assert b"sk-" not in pickle.dumps(looking.specs)
    assert {spec.settings["model"] for spec in looking.specs} == {"openai/gpt-5-mini"}


def test_a_worker_that_would_brief_otherwise_refuses(tmp_path: Path) -> None:
    options = BatchOptions(model="openai/m", cache=False)
    settings = shard_settings(options, workers=1, shards=1)
    shaping = dict(briefed_with(options))
    assert shard_batch(tmp_path / "0.jsonl", settings | {"shaping": shaping}).whole
    with pytest.raises(RunChanged, match="a worker would brief with"):
        shard_batch(tmp_path / "0.jsonl", settings | {"shaping": shaping | {"codebook": "an older one"}})


def test_a_shard_that_is_there_without_its_store_is_not_paid_for_again_and_a_half_one_in_storage_is_done(
    tmp_path: Path, bucket: Remote
) -> None:
    options = BatchOptions(model="openai/m", cache=False)
    settings = shard_settings(options, workers=1, shards=1) | {"shaping": dict(briefed_with(options))}
    (tmp_path / "0.jsonl").write_text("{}")
    with pytest.raises(OutputTaken):
        shard_batch(tmp_path / "0.jsonl", settings)
    (bucket / "0.failed.jsonl").write_bytes(
        b"{}"
    )  # it goes before the shard itself, and the machine went then
    assert shard_batch(bucket / "0.jsonl", settings).remote == bucket / "0.jsonl"
