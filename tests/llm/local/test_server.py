"""The engine's reason for a failure, taken from what another process wrote to its standard error stream."""

import subprocess
from pathlib import Path

import pytest

from summarizer.llm.local.server import failure_reason

LOG = """\
0.00.005.429 E gguf_init_from_reader: invalid magic characters: 'hell', expected 'GGUF'
0.00.005.572 E llama_model_load: error loading model: llama_model_loader: failed to load model from x.gguf
"""
LATE = """\
0.00.001.000 W load: a warning
0.00.001.100 E llama_model_load_from_file_impl: failed to load model
0.00.001.200 E llama_model_load: error loading model: unknown model architecture: 'x'
"""
SHORT = "0.00.001.000 E srv    load_model: failed to load model, 'x.gguf'\n"


def failing(monkeypatch: pytest.MonkeyPatch, said: str, code: int) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, code, b"", said.encode())

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        (LOG, 1, "invalid magic characters: 'hell', expected 'GGUF'"),
        (LATE, 1, "unknown model architecture: 'x'"),
        (SHORT, 1, "failed to load model, 'x.gguf'"),
        (LOG, -9, "its process ended with signal 9, as when memory runs out"),
        ("", 1, None),
    ],
)
def test_the_first_line_that_says_something_is_the_reason(
    monkeypatch: pytest.MonkeyPatch, said: str, code: int, reason: str | None
) -> None:
    failing(monkeypatch, said, code)
    assert failure_reason(Path("x.gguf"), 512) == reason


def test_an_engine_that_says_nothing_in_time_has_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        raise subprocess.TimeoutExpired(command, 60)

    monkeypatch.setattr(subprocess, "run", run)
    assert failure_reason(Path("x.gguf"), 512) is None
