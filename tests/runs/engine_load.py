"""The same articles on every engine, killed on the way: `python -m tests.runs.engine_load --articles 2000`.

Not a test: it takes minutes, and wants the extras `ray` and `dask`. A run in one piece gives the output that all others
have to give, byte by byte. In the others one worker is killed with `kill -9`, then the driver, which is started again.
The fake server counts its answers by article: what had a result at a kill must never be answered again.
"""

import argparse
import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from summarizer.loaders import Failed
from summarizer.runs import Batch, run, stream
from summarizer.runs.engines.dask import OnDask
from summarizer.runs.engines.local import Processes
from summarizer.runs.engines.ray import OnRay
from summarizer.runs.pieces import cut
from summarizer.runs.sharded import Engine, run_sharded
from tests.runs.engine_clusters import CLUSTERS, Cluster, kill_tree, psutil, tree
from tests.runs.load import invented
from tests.runs.shard_work import asking

__all__ = ["main"]

_WORKERS: Final = 2


def drive(options: argparse.Namespace) -> None:
    """The run itself: the process that a user starts, and that is killed here."""
    news, output = options.folder / "news.jsonl", options.folder / "out.jsonl"
    if options.engine == "one process":
        work = asking(options.server, options.client)
        batch = Batch(output=output, options={}, open_work=work, concurrency=options.concurrency)
        raise SystemExit(0 if asyncio.run(run(batch, stream([news]))).complete else 1)
    engines: dict[str, Engine] = {
        "processes": Processes(_WORKERS),
        "ray": OnRay(_WORKERS, options.address),
        "dask": OnDask(_WORKERS, options.address),
    }
    ended = run_sharded(
        output,
        lambda: cut([news], options.shard_size),
        engines[options.engine],
        opener="tests.runs.shard_work:open_asking",
        settings=lambda _: {
            "server": options.server,
            "client": options.client,
            "concurrency": options.concurrency // _WORKERS,
        },
        shaping={},
    )
    if not ended.complete:
        raise SystemExit(str(ended.error))


@dataclass
class Scales:
    """The most memory that processes had at once, in MB; as resident memory, which counts shared pages for each."""

    most: dict[str, float] = field(default_factory=dict[str, float])
    watched: "list[tuple[str, int]]" = field(default_factory=list["tuple[str, int]"])
    cluster: Cluster | None = None

    def weigh(self) -> None:
        """Look once."""
        everything, workers = 0.0, [0.0]
        for name, pid in self.watched:
            with suppress(psutil.Error):
                for process in tree(psutil.Process(pid)):
                    with suppress(psutil.Error):
                        mb = process.memory_info().rss / 2**20
                        everything += mb
                        if process.pid == pid:
                            self._note(name, mb)
                        elif self.cluster is not None and self.cluster.does_shards(process):
                            workers.append(mb)
        self._note("largest worker", max(workers))
        self._note("all processes", everything)

    def _note(self, name: str, mb: float) -> None:
        self.most[name] = round(max(self.most.get(name, 0.0), mb))


@contextmanager
def weighing(scales: Scales) -> Generator[None]:
    """Look twice a second."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            scales.weigh()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def served() -> Generator[str]:
    """The counting server; its base URL."""
    command = [sys.executable, "-m", "tests.runs.engine_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def answered(server: str) -> dict[str, int]:
    """How often each article was answered; one article is one request, so also the digests are looked at."""
    with urllib.request.urlopen(server) as reply:  # noqa: S310 -- our own server
        given: dict[str, int] = json.load(reply)
    found = {name.split()[0]: times for name, times in given.items()}
    if len(found) != len(given):
        raise SystemExit("an article was asked for in two ways")
    return found


def finished(folder: Path) -> set[str]:
    """The articles that have a result on disk."""
    found: set[str] = set()
    for store in folder.rglob("*.sqlite*"):
        if store.name.endswith(("-wal", "-shm")):
            continue
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database, suppress(sqlite3.Error):
            found.update(row[0] for row in database.execute("SELECT id FROM items WHERE state = 'done'"))
    return found


@dataclass
class Trial:
    """One engine, one set of articles."""

    options: argparse.Namespace
    folder: Path
    server: str
    name: str
    cluster: Cluster
    scales: Scales
    kept: "list[tuple[set[str], dict[str, int]]]" = field(
        default_factory=list["tuple[set[str], dict[str, int]]"]
    )

    def start(self) -> subprocess.Popen[bytes]:
        """Start the driver."""
        options = self.options
        command = [sys.executable, "-m", "tests.runs.engine_load", "--drive", "--engine", self.name]
        command += ["--folder", str(self.folder), "--server", self.server, "--client", options.client]
        command += ["--concurrency", str(options.concurrency), "--shard-size", str(options.shard_size)]
        command += ["--address", self.cluster.address] if self.cluster.address else []
        process = subprocess.Popen(command)
        self.scales.watched.append(("driver", process.pid))
        return process

    def wait_for(self, share: float, driver: subprocess.Popen[bytes]) -> None:
        """Until so much is answered."""
        while len(answered(self.server)) < share * self.options.articles:
            if driver.poll() is not None:
                raise SystemExit(f"{self.name}: it ended before it could be killed")
            time.sleep(0.05)

    def kill_worker(self, driver: subprocess.Popen[bytes]) -> None:
        """One of those that do shards."""
        roots = [driver.pid, *(root.pid for root in self.cluster.roots)]
        processes = [process for pid in roots for process in tree(psutil.Process(pid))]
        busy = [process for process in processes if self.cluster.does_shards(process)]
        busy[0].send_signal(signal.SIGKILL)
        self.note()

    def note(self) -> None:
        """What is finished now, and how often it was answered; an answer may still be on its way to the disk."""
        done = finished(self.folder)
        seen = answered(self.server)
        self.kept.append((done, {name: seen.get(name, 0) for name in done}))

    def run(self) -> dict[str, Any]:
        """Do it, killing on the way; what was seen."""
        started = time.monotonic()
        driver = self.start()
        if self.name != "one process" and self.options.kill:
            self.wait_for(0.25, driver)
            self.kill_worker(driver)
            self.wait_for(0.6, driver)
            if self.name == "processes":
                driver.kill()  # its workers see that it has gone, and go
            else:
                kill_tree(driver.pid)
            driver.wait()
            self.note()
            driver = self.start()
        if driver.wait() != 0:
            raise SystemExit(f"{self.name}: the driver ended with {driver.returncode}")
        took = time.monotonic() - started
        seen = answered(self.server)
        again = [sum(seen[name] > before[name] for name in done) for done, before in self.kept]
        return {
            "seconds": round(took, 1),
            "articles": sum(1 for _ in (self.folder / "out.jsonl").open("rb")),
            "answered": sum(seen.values()),
            "answered more than once": sum(times > 1 for times in seen.values()),
            "finished at each kill": [len(done) for done, _ in self.kept],
            "of these answered again": again,
            "mb": self.scales.most,
        }


def _inputs(options: argparse.Namespace, path: Path) -> None:
    articles: Iterator[Any] = invented(options.articles)
    with path.open("w", encoding="utf-8") as lines:
        for article in articles:
            if not isinstance(article, Failed):
                lines.write(json.dumps({"id": article.id, "text": article.text}) + "\n")


def _tried(options: argparse.Namespace, name: str, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    _inputs(options, folder / "news.jsonl")
    opening = CLUSTERS.get(name, CLUSTERS["processes"])
    with served() as server, opening(folder) as cluster:
        scales = Scales(cluster=cluster)
        scales.watched += [("cluster", root.pid) for root in cluster.roots]
        with weighing(scales):
            return Trial(options, folder, server, name, cluster, scales).run()


def _broken(found: dict[str, dict[str, Any]], folder: Path, options: argparse.Namespace) -> list[str]:
    wanted = (options.against or folder / "one process" / "out.jsonl").read_bytes()
    broken: list[str] = []
    for name, one in found.items():
        if (folder / name / "out.jsonl").read_bytes() != wanted:
            broken.append(f"{name}: another output than in one process")
        if any(one["of these answered again"]):
            broken.append(f"{name}: finished articles were sent again")
        # Two kills: a worker has its share under way, the driver's death may take both.
        if one["answered more than once"] > 1.5 * options.concurrency:
            broken.append(f"{name}: more was sent twice than was under way")
    return broken


def main() -> None:
    """Read the options, run every engine, print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--shard-size", type=int, default=100)
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--engines", nargs="*", default=["processes", "dask", "ray"])
    parser.add_argument("--client", choices=["ours", "bare"], default="ours", help="bare: of a few lines")
    parser.add_argument(
        "--against", type=Path, help="output of an earlier run in one process, in place of one"
    )
    parser.add_argument("--no-kill", dest="kill", action="store_false")
    parser.add_argument("--drive", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--address", help=argparse.SUPPRESS)
    parser.add_argument("--server", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.drive:
        drive(options)
        return
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in [*([] if options.against else ["one process"]), *options.engines]:
            found[name] = _tried(options, name, Path(scratch) / name)
            print(json.dumps({name: found[name]}), flush=True)  # noqa: T201 -- a report
        if broken := _broken(found, Path(scratch), options):
            raise SystemExit(f"broken: {'; '.join(broken)}")


if __name__ == "__main__":
    main()
