"""Clusters on this machine, of separate processes as a user would start them: for `engine_load`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

__all__ = ["CLUSTERS", "KEY", "Cluster", "kill_tree", "psutil", "tree"]

psutil: Any = import_module("psutil")  # comes with Dask and brings no types

_ROOT: Final = Path(__file__).parents[2]
_RAY: Final = {"RAY_memory_monitor_refresh_ms": "0", "RAY_AUTH_MODE": "disabled"}
KEY: Final = {"OPENAI_API_KEY": "k"}
"""Wherever a shard may be done: keys do not travel."""
_RAY_IS_UP: Final = "Ray runtime started."
_PATIENCE_S: Final = 180.0


@dataclass(frozen=True)
class Cluster:
    """Where shards are done.

    Attributes:
        address: As `--address` takes it.
        roots: The processes that were started.
        does_shards: Tells the processes that do shards from the others.
    """

    address: str | None
    roots: tuple[subprocess.Popen[bytes], ...]
    does_shards: Callable[[Any], bool]


def tree(process: Any) -> list[Any]:
    """A process and all below it."""
    with suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def kill_tree(pid: int) -> None:
    """End a process and all below it, at once."""
    with suppress(psutil.NoSuchProcess):
        for process in tree(psutil.Process(pid)):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)


@contextmanager
def alone(_folder: Path) -> Generator[Cluster]:
    """No cluster: the driver starts processes of its own."""
    yield Cluster(None, (), lambda process: "spawn_main" in " ".join(process.cmdline()))


@contextmanager
def on_dask(folder: Path) -> Generator[Cluster]:
    """A scheduler and two workers, each of which is replaced by its nanny when it dies."""
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    local = f"--local-directory={folder}"
    with _started(
        ["dask", "scheduler", "--host=127.0.0.1", f"--port={port}", "--no-dashboard"],
        *[["dask", "worker", address, "--nthreads=1", "--no-dashboard", local]] * 2,
        log=folder / "cluster.log",
    ) as roots:
        _wait_for(roots, folder / "cluster.log", "Registered to:", 2)
        nannies = {root.pid for root in roots[1:]}
        yield Cluster(
            address, roots, lambda process: process.ppid() in nannies and "spawn_main" in _line(process)
        )


@contextmanager
def on_ray(folder: Path) -> Generator[Cluster]:
    """A head that does no shards, and two nodes of one CPU."""
    port = _free_port()
    address = f"127.0.0.1:{port}"
    node = ["--num-cpus=1", "--object-store-memory=100000000", "--block", "--disable-usage-stats"]
    head = ["ray", "start", "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false"]
    with _started(
        [*head, f"--temp-dir=/tmp/ray-{os.getpid()}", *node[1:]], log=folder / "cluster.log"
    ) as first:
        _wait_for(first, folder / "cluster.log", _RAY_IS_UP, 1)
        join = ["ray", "start", f"--address={address}", *node]
        # One after the other: two that start at once on one machine now and then take the same ports.
        with _started(join, log=folder / "node1.log") as second:
            _wait_for(second, folder / "node1.log", _RAY_IS_UP, 1)
            with _started(join, log=folder / "node2.log") as third:
                _wait_for(third, folder / "node2.log", _RAY_IS_UP, 1)
                yield Cluster(
                    address, (*first, *second, *third), lambda process: "ray::report_shard" in _line(process)
                )


CLUSTERS: Final = {"processes": alone, "dask": on_dask, "ray": on_ray}


@contextmanager
def _started(*commands: list[str], log: Path) -> Generator[tuple[subprocess.Popen[bytes], ...]]:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), **_RAY, **KEY}
    programs = Path(sys.executable).parent
    with log.open("ab") as said:
        processes = tuple(
            subprocess.Popen(
                [programs / command[0], *command[1:]], stdout=said, stderr=said, env=environment, cwd=_ROOT
            )
            for command in commands
        )
        try:
            yield processes
        finally:
            for process in processes:
                kill_tree(process.pid)
                process.wait()


def _wait_for(roots: Iterable[subprocess.Popen[bytes]], log: Path, words: str, times: int) -> None:
    """Until a log has these words so often: asking the cluster itself would load all of it once more."""
    until = time.monotonic() + _PATIENCE_S
    while (said := log.read_text(encoding="utf-8", errors="replace")).count(words) < times:
        if time.monotonic() > until or any(root.poll() is not None for root in roots):
            raise SystemExit(f"the cluster does not come up; it said:\n{said[-2000:]}")
        time.sleep(0.5)


def _line(process: Any) -> str:
    return " ".join(process.cmdline())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
