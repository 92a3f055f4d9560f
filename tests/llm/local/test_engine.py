"""Starting and stopping the embedded engine: on a fake of it, and once on the real one with a file it must refuse."""

import importlib.metadata
import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.errors import EngineFailed, EngineNotInstalled
from summarizer.llm.local import engine
from summarizer.llm.local.engine import Endpoint, start, stop_all
from tests.llm.local.fake_xllamacpp import FakeXllamacpp

pytestmark = [
    pytest.mark.summarizer_loopback,
    pytest.mark.skipif(os.name != "posix", reason="the fake listens on Unix sockets"),
]


@pytest.fixture
def xllamacpp(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeXllamacpp]:
    """The fake engine, imported in place of the real one; whatever it serves is stopped after the test."""
    fake = FakeXllamacpp()
    monkeypatch.setitem(sys.modules, "xllamacpp", fake)
    known = importlib.metadata.version

    def version(name: str) -> str:
        return "1.2.3" if name == "xllamacpp" else known(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    yield fake
    stop_all()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    return path


def socket_of(endpoint: Endpoint) -> Path:
    assert endpoint.uds is not None
    return endpoint.uds


def test_an_endpoint_says_how_to_reach_the_engine(xllamacpp: FakeXllamacpp, file: Path) -> None:
    """Its address is the same every time, so that recordings stay valid."""
    endpoint = start("tiny", file, n_ctx=512)
    assert endpoint.base_url == "http://llama.local/v1"
    assert (endpoint.engine, endpoint.model) == ("xllamacpp 1.2.3", "tiny")
    assert xllamacpp.servers[0].hostnames == [str(endpoint.uds)]


def test_the_engine_is_set_up_for_one_user_and_bounded_work(xllamacpp: FakeXllamacpp, file: Path) -> None:
    endpoint = start("tiny", file, n_ctx=512)
    settings = xllamacpp.servers[0]
    assert settings.api_keys == [endpoint.api_key]
    assert len(endpoint.api_key) == 64
    assert (settings.cors_origins, settings.cors_credentials) == ("", False)
    assert [settings.ui, settings.endpoint_slots, settings.endpoint_props, settings.endpoint_metrics] == [
        False
    ] * 4
    assert (settings.n_parallel, settings.n_ctx, settings.offline) == (1, 512, True)
    assert settings.n_predict > 0
    assert settings.cache_ram_mib <= 1024
    assert settings.verbosity < 0


def test_the_socket_lies_in_a_folder_that_only_its_owner_can_enter(
    xllamacpp: FakeXllamacpp, file: Path
) -> None:
    folder = socket_of(start("tiny", file, n_ctx=512)).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_key_is_not_shown(xllamacpp: FakeXllamacpp, file: Path) -> None:
    endpoint = start("tiny", file, n_ctx=512)
    assert endpoint.api_key not in repr(endpoint)


def test_the_engine_has_answered_before_it_is_handed_out(xllamacpp: FakeXllamacpp, file: Path) -> None:
    """Stopped before its loop runs, the real one would hang."""
    endpoint = start("tiny", file, n_ctx=512)
    assert xllamacpp.requests == [("/lora-adapters", f"Bearer {endpoint.api_key}")]


def test_the_same_file_is_started_once(xllamacpp: FakeXllamacpp, file: Path) -> None:
    link = file.with_name("link.gguf")
    link.symlink_to(file)
    first = start("tiny", file, n_ctx=512)
    assert start("tiny", link, n_ctx=256) == first
    assert start("other name", file, n_ctx=512).model == "other name"
    assert len(xllamacpp.servers) == 1


def test_a_server_that_died_is_not_handed_out_again(xllamacpp: FakeXllamacpp, file: Path) -> None:
    first = start("tiny", file, n_ctx=512)
    xllamacpp.die()
    second = start("tiny", file, n_ctx=512)
    assert second.uds != first.uds
    assert not socket_of(first).parent.exists()
    assert start("tiny", file, n_ctx=512) == second
    assert len(xllamacpp.servers) == 2


def test_a_larger_window_needs_a_server_of_its_own(xllamacpp: FakeXllamacpp, file: Path) -> None:
    first, second = start("tiny", file, n_ctx=512), start("tiny", file, n_ctx=1024)
    assert first.uds != second.uds
    assert [settings.n_ctx for settings in xllamacpp.servers] == [512, 1024]


def test_stopping_lets_every_server_go_and_removes_its_folder(xllamacpp: FakeXllamacpp, file: Path) -> None:
    folders = [socket_of(start("tiny", file, n_ctx=n_ctx)).parent for n_ctx in (512, 1024)]
    stop_all()
    assert xllamacpp.stopped == 2
    assert not any(folder.exists() for folder in folders)


def test_after_a_stop_the_engine_can_be_started_again(xllamacpp: FakeXllamacpp, file: Path) -> None:
    start("tiny", file, n_ctx=512)
    stop_all()
    assert socket_of(start("tiny", file, n_ctx=512)).exists()


def test_stopping_hangs_up_on_clients_that_still_wait(xllamacpp: FakeXllamacpp, file: Path) -> None:
    """The real engine waits for them without end."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(start("tiny", file, n_ctx=512).uds))
        client.sendall(b"GET /slow HTTP/1.0\r\n\r\n")
        assert client.recv(3, socket.MSG_WAITALL) == b"..."
        stop_all()
        assert client.recv(1) == b""


def test_a_forked_process_leaves_the_engine_to_its_parent(
    xllamacpp: FakeXllamacpp, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = start("tiny", file, n_ctx=512)
    with monkeypatch.context() as child:
        child.setattr(os, "getpid", lambda: -1)
        stop_all()
    assert socket_of(endpoint).exists()
    assert xllamacpp.stopped == 0


@pytest.mark.parametrize("reason", ["no Unix sockets", "the path is too long for one"])
def test_where_a_unix_socket_cannot_be_it_listens_on_loopback(
    xllamacpp: FakeXllamacpp, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, reason: str
) -> None:
    if reason == "no Unix sockets":
        monkeypatch.delattr(socket, "AF_UNIX")
    else:
        folder = tmp_path / ("x" * 100)
        folder.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(folder))
    endpoint = start("tiny", file, n_ctx=512)
    assert endpoint.uds is None
    assert endpoint.base_url.startswith("http://127.0.0.1:")
    assert endpoint.base_url.endswith("/v1")
    assert (xllamacpp.servers[0].hostnames, xllamacpp.servers[0].port) == (["127.0.0.1"], 0)


def test_a_missing_engine_says_how_to_get_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(EngineNotInstalled) as caught:
        start("tiny", file, n_ctx=512)
    assert "summarizer[local]" in caught.value.hint


def test_a_missing_file_names_the_path(xllamacpp: FakeXllamacpp, tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match=r"nowhere\.gguf does not exist"):
        start("tiny", tmp_path / "nowhere.gguf", n_ctx=512)


def test_a_refused_file_gives_the_engines_reason_and_leaves_nothing(
    xllamacpp: FakeXllamacpp, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def reason(file: Path, n_ctx: int) -> str:
        return "tensor 7 is missing."

    monkeypatch.setattr(engine, "failure_reason", reason)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    xllamacpp.refuses = RuntimeError("Failed to init server")
    with pytest.raises(EngineFailed, match=r"could not load model\.gguf: tensor 7 is missing\.$"):
        start("tiny", file, n_ctx=512)
    assert list(tmp_path.iterdir()) == [file]


def test_too_little_memory_is_said_before_loading(
    xllamacpp: FakeXllamacpp, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later the system would kill the process, and nobody would say why."""
    monkeypatch.setattr(engine, "available_bytes", lambda: 1_000)
    with pytest.raises(EngineFailed, match="needs 536,870,916 bytes, 1,000 are available"):
        start("tiny", file, n_ctx=512)
    assert xllamacpp.servers == []


def test_the_prompt_cache_takes_a_quarter_of_the_memory_at_most(
    xllamacpp: FakeXllamacpp, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "available_bytes", lambda: 2 << 30)
    start("tiny", file, n_ctx=512)
    assert xllamacpp.servers[0].cache_ram_mib == 512


def test_the_real_engine_survives_a_file_that_is_no_model(file: Path) -> None:
    """And says why it refused it."""
    pytest.importorskip("xllamacpp")
    file.write_bytes(b"no model at all")
    with pytest.raises(EngineFailed, match="invalid magic"):
        start("tiny", file, n_ctx=512)
