"""The parsing process: ended when it does not end, replaced when it dies, and without anything worth taking."""

import os
import sys
import threading
from pathlib import Path

import pytest

from summarizer.errors import LimitExceeded
from summarizer.loaders import read, worker
from summarizer.loaders.formats import FORMATS
from summarizer.loaders.limits import ADDRESS_SPACE_BYTES
from summarizer.loaders.worker import parse_apart
from tests.loaders.golden import FILES

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of POSIX")


@posix
def test_a_parser_that_does_not_end_is_ended() -> None:
    """The process is stopped in its tracks; the next document gets a fresh one."""
    import signal

    parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "first.eml")
    held = worker.process()
    assert held
    os.kill(held.pid, signal.SIGSTOP)

    with pytest.raises(LimitExceeded, match=r"longer than 0\.2 seconds"):
        parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "stuck.eml", deadline_s=0.2)
    assert parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "next.eml")


@posix
def test_a_parser_that_is_killed_fails_one_document_only() -> None:
    import signal

    parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "first.eml")
    held = worker.process()
    assert held
    os.kill(held.pid, signal.SIGSTOP)
    os.kill(
        held.pid, signal.SIGXCPU
    )  # it meets this once it goes on, when the document has been handed to it
    threading.Timer(0.05, os.kill, (held.pid, signal.SIGCONT)).start()

    with pytest.raises(LimitExceeded, match="more computing than one document may"):
        parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "killed.eml")
    assert parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "next.eml")


@posix
def test_the_parsing_process_has_limits_and_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    worker.stop()
    parse_apart(FORMATS["eml"], (FILES / "bridge.eml").read_bytes(), "first.eml")
    process = worker.process()
    assert process
    home = Path(f"/proc/{process.pid}")
    if not home.exists():
        pytest.skip("no /proc")

    environment, limits = (home / "environ").read_bytes(), (home / "limits").read_text(encoding="utf-8")
    worker.stop()

    assert b"sk-secret" not in environment
    assert f"{ADDRESS_SPACE_BYTES}" in next(
        line for line in limits.splitlines() if line.startswith("Max address space")
    )
    assert next(line for line in limits.splitlines() if line.startswith("Max file size")).split()[3:5] == [
        "0",
        "0",
    ]


def test_no_module_of_the_working_folder_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml", "pypdf", "email", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    worker.stop()

    assert read(FILES / "bridge.docx").article.text
    worker.stop()


def test_memory_stays_flat_over_many_documents() -> None:
    """The second hundred takes no more than the first; what one document takes is given back."""
    data = (FILES / "bridge.html").read_bytes()
    resource = pytest.importorskip("resource")

    for _ in range(50):
        parse_apart(FORMATS["html"], data, "a.html")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(50):
        parse_apart(FORMATS["html"], data, "a.html")

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= before + 8 * 1024
