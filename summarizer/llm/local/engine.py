"""The llama.cpp server inside this process: started on demand, reachable by this user only, stopped with the process."""

import atexit
import http.client
import importlib
import importlib.metadata
import logging
import os
import secrets
import shutil
import socket
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from summarizer.errors import EngineFailed, EngineNotInstalled
from summarizer.llm.local.hangup import hang_up
from summarizer.llm.local.memory import available_bytes
from summarizer.llm.local.server import failure_reason, parameters

__all__ = ["SOCKET_BASE_URL", "Endpoint", "build", "start", "stop_all"]

_LOGGER = logging.getLogger(__name__)

SOCKET_BASE_URL = "http://llama.local/v1"
"""What requests over the socket are addressed to: always the same, so that recordings stay valid."""
_LONGEST_SOCKET_PATH = 100
"""Bytes; systems allow 104 to 108."""
_WORKING_BYTES = 512 << 20
"""Memory for the context and the computation, besides the weights."""
_FIRST_ANSWER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a started engine answers.

    Attributes:
        base_url: Root of its OpenAI-compatible API.
        api_key: What it wants as a bearer token.
        uds: The Unix socket to connect to, whatever host `base_url` names; None over loopback.
        engine: Name and version of the engine.
        model: What the model is called in requests and replies.
    """

    base_url: str
    api_key: str = field(repr=False)
    uds: Path | None
    engine: str
    model: str


@dataclass(slots=True, eq=False)
class _Running:
    """A server and what belongs to it."""

    endpoint: Endpoint
    file: Path
    n_ctx: int
    folder: Path
    server: Any
    pid: int = field(default_factory=os.getpid)

    def stop(self) -> None:
        """Let no new client in, send the others away, then let the server go."""
        shutil.rmtree(self.folder, ignore_errors=True)
        hang_up(_address(self.endpoint))
        self.server = None


_LOCK = threading.Lock()
_RUNNING: list[_Running] = []


def start(model_name: str, file: Path, *, n_ctx: int) -> Endpoint:
    """Serve a GGUF file from inside this process; the same file is loaded once.

    Blocks for the seconds that loading takes.

    Args:
        model_name: What to call it in requests and replies.
        file: The model file. It must be trusted: the engine is not safe against a crafted one.
        n_ctx: The context window to serve, in tokens.

    Raises:
        EngineNotInstalled: xllamacpp is not installed, or does not run on this system.
        EngineFailed: it could not load the file, or memory is short; the message gives the engine's reason.
    """
    # In a thread of its own, so that Ctrl-C cannot come between the engine's start and our taking note of it.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine") as loader:
        return loader.submit(_start, model_name, file.resolve(), n_ctx).result()


def build() -> str:
    """Name and version of the engine, which need not be running.

    Raises:
        EngineNotInstalled: xllamacpp is not installed.
    """
    try:
        return f"xllamacpp {importlib.metadata.version('xllamacpp')}"
    except importlib.metadata.PackageNotFoundError as missing:
        raise EngineNotInstalled("the embedded engine, xllamacpp, is not installed.") from missing


def stop_all() -> None:
    """Stop every server that this process started. Requests still being answered are cut off."""
    atexit.unregister(stop_all)
    with _LOCK:
        for running in [*_RUNNING]:
            # After a fork, the threads, the socket and the folder of a server are still the parent's.
            if running.pid == os.getpid():
                _forget(running)


def _forget(running: _Running) -> None:
    _RUNNING.remove(running)
    if running.pid == os.getpid():
        running.stop()


def _start(model_name: str, file: Path, n_ctx: int) -> Endpoint:
    """Find or launch the server for this file."""
    with _LOCK:
        for running in [*_RUNNING]:
            if not _listens(running.endpoint):
                _forget(running)
            elif running.file == file and running.n_ctx >= n_ctx:
                return replace(running.endpoint, model=model_name)
        free = _check_memory(file)
        running = _launch(_engine(), model_name, file, n_ctx=n_ctx, free=free)
        if not _RUNNING:
            atexit.register(stop_all)
        _RUNNING.append(running)
    _LOGGER.info("%s serves %s", running.endpoint.engine, file)
    return running.endpoint


def _check_memory(file: Path) -> int | None:
    """Bytes of memory available; refuses while we can, because later the system would kill the whole process."""
    if not file.is_file():
        raise EngineFailed(f"the model file {file} does not exist.", hint="Run `summarizer models pull`.")
    needed, free = file.stat().st_size + _WORKING_BYTES, available_bytes()
    if free is not None and free < needed:
        raise EngineFailed(
            f"not enough memory to load {file.name}: it needs {needed:,} bytes, {free:,} are available."
        )
    return free


def _engine() -> ModuleType:
    try:
        return importlib.import_module("xllamacpp")
    except ModuleNotFoundError as missing:
        raise EngineNotInstalled("the embedded engine, xllamacpp, is not installed.") from missing
    except ImportError as unfit:
        raise EngineNotInstalled(
            f"the embedded engine, xllamacpp, does not run on this system: {unfit}."
        ) from unfit


def _launch(xllamacpp: ModuleType, model_name: str, file: Path, *, n_ctx: int, free: int | None) -> _Running:
    """Load the file and wait until its server answers."""
    folder = Path(tempfile.mkdtemp(prefix="summarizer-"))  # open to its owner only
    uds, key = _socket_in(folder), secrets.token_hex(32)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        host = str(uds or "127.0.0.1")
        wanted = parameters(xllamacpp, file, host=host, key=key, name=model_name, n_ctx=n_ctx, free=free)
        try:
            server = xllamacpp.Server(wanted)
        except (RuntimeError, ValueError, MemoryError) as failure:
            reason = failure_reason(file, n_ctx) or str(failure)
            raise EngineFailed(
                f"the embedded engine could not load {file.name}: {reason.rstrip('.')}.",
                hint="Check that it is a complete GGUF model file and that about 2 GB of memory are free.",
            ) from failure
        engine = build()
        base_url = SOCKET_BASE_URL if uds else f"{server.listening_address}/v1"
        endpoint = Endpoint(base_url, key, uds, engine, model_name)
        _wait_for_loop(endpoint)
        undo.pop_all()
        return _Running(endpoint, file, n_ctx, folder, server)


def _socket_in(folder: Path) -> Path | None:
    """A Unix socket's path, where there are such sockets and the path is not too long for one."""
    path = folder / "llama.sock"
    usable = os.name == "posix" and len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH
    return path if usable and hasattr(socket, "AF_UNIX") else None


def _address(endpoint: Endpoint) -> str | tuple[str, int]:
    """What the system calls the other end of a connection to it."""
    return str(endpoint.uds) if endpoint.uds else ("127.0.0.1", urlsplit(endpoint.base_url).port or 0)


def _wait_for_loop(endpoint: Endpoint) -> None:
    """Return once the engine's own loop has answered a request.

    It says that it has started a moment before its loop runs; told to stop in that moment, it would never end.
    """
    # Not by the HTTP client of the requests: what is said here belongs in no recording.
    connection = _connection(endpoint)
    try:
        # Of the requests that go through the loop, the one that costs nothing.
        connection.request("GET", "/lora-adapters", headers={"Authorization": f"Bearer {endpoint.api_key}"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException) as failure:
        raise EngineFailed(f"the embedded engine does not answer: {failure!r}.") from failure
    finally:
        connection.close()


def _listens(endpoint: Endpoint) -> bool:
    """Whether its server is still there."""
    try:
        connection = _connection(endpoint)
        if connection.sock is None:
            connection.connect()
    except OSError:
        return False
    connection.close()
    return True


def _connection(endpoint: Endpoint) -> http.client.HTTPConnection:
    host, port = "127.0.0.1", urlsplit(endpoint.base_url).port
    connection = http.client.HTTPConnection(host, port, timeout=_FIRST_ANSWER_SECONDS)
    if endpoint.uds:
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(_FIRST_ANSWER_SECONDS)
        try:
            connection.sock.connect(str(endpoint.uds))
        except OSError:
            connection.close()
            raise
    return connection
