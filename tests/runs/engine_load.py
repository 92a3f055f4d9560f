"""The same articles on every engine, killed on the way: `python -m tests.runs.engine_load --articles 2000`.

Not a test: it takes minutes, and wants the extras `ray` and `dask`. What runs is the command, with a fake server in the
place of the model: `summarizer batch` in one piece gives the briefings that `--engine` has to give too, all but their
accounts of requests, which say how often something was asked. One worker is killed with `kill -9`, then the driver,
which is started again. The server counts its answers by article: what had a result at a kill must never be asked again.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.llm.load import answers, served
from tests.llm.load_server import CALM
from tests.runs.engine_clusters import CLUSTERS, KEY, Cluster, kill_tree, psutil, tree
from tests.runs.load import invented_news

__all__ = ["main"]

_WORKERS: Final = 2
_WHOLE: Final = "one process"
"""Without an engine, and never killed: what the others are held against."""


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


def answered(server: str) -> Counter[str]:
    """How many answers were given to requests about each article."""
    given: Counter[str] = Counter()
    for name, times in answers(server).items():
        given[name.split()[0]] += times
    return given


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
        command = [sys.executable, "-m", "summarizer", "batch", "news.jsonl", "-o", "out.jsonl"]
        command += ["--model", "openai/fake-model", "--base-url", f"{self.server}/v1", "--no-cache"]
        command += ["--concurrency", str(self.options.concurrency)]
        if self.name != _WHOLE:
            command += ["--engine", self.name, "--workers", str(_WORKERS)]
            command += ["--shard-size", str(self.options.shard_size)]
        command += ["--address", self.cluster.address] if self.cluster.address else []
        with (self.folder / "driver.log").open("ab") as said:
            process = subprocess.Popen(
                command, cwd=self.folder, env={**os.environ, **KEY}, stdout=said, stderr=said
            )
        self.scales.watched.append(("driver", process.pid))
        return process

    def wait_for(self, share: float, driver: subprocess.Popen[bytes]) -> None:
        """Until so much is answered."""
        while len(answered(self.server)) < share * self.options.articles:
            if driver.poll() is not None:
                self._end_with("it ended before it could be killed")
            time.sleep(0.05)

    def _end_with(self, why: str) -> NoReturn:
        said = (self.folder / "driver.log").read_text(encoding="utf-8")
        raise SystemExit(f"{self.name}: {why}; it said:\n{said[-2000:]}")

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
        if self.name != _WHOLE and self.options.kill:
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
            self._end_with(f"the driver ended with {driver.returncode}")
        took = time.monotonic() - started
        seen = answered(self.server)
        again = [sum(seen[name] > before[name] for name in done) for done, before in self.kept]
        return {
            "seconds": round(took, 1),
            "articles": sum(1 for _ in (self.folder / "out.jsonl").open("rb")),
            "answered": sum(seen.values()),
            "answered more than once": sum(times > 1 for times in answers(self.server).values()),
            "finished at each kill": [len(done) for done, _ in self.kept],
            "of these answered again": again,
            "mb": self.scales.most,
        }


def _inputs(options: argparse.Namespace, path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for article in invented_news(options.articles):
            lines.write(json.dumps({"id": article.id, "text": article.text}) + "\n")


def _briefings(folder: Path) -> Iterator[dict[str, Any]]:
    """The output, without what depends on the clock and on how often something was asked."""
    with (folder / "out.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if briefing := row.get("briefing"):
                briefing.pop("provenance")
                for one in briefing["coverage"]["passes"]:
                    del one["seconds"], one["tokens"], one["recalled"]
            yield row


def _tried(options: argparse.Namespace, name: str, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    _inputs(options, folder / "news.jsonl")
    opening = CLUSTERS.get(name, CLUSTERS["processes"])
    with served(CALM) as server, opening(folder) as cluster:
        scales = Scales(cluster=cluster)
        scales.watched += [("cluster", root.pid) for root in cluster.roots]
        with weighing(scales):
            return Trial(options, folder, server, name, cluster, scales).run()


def _broken(found: dict[str, dict[str, Any]], folder: Path, options: argparse.Namespace) -> list[str]:
    broken: list[str] = []
    for name, one in found.items():
        pairs = zip_longest(_briefings(folder / name), _briefings(folder / _WHOLE))
        if other := next((pair for pair in pairs if pair[0] != pair[1]), None):
            broken.append(f"{name}: other briefings than in one process, {other[0]} and not {other[1]}")
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
    parser.add_argument("--no-kill", dest="kill", action="store_false")
    options = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in [_WHOLE, *options.engines]:
            found[name] = _tried(options, name, Path(scratch) / name)
            print(json.dumps({name: found[name]}), flush=True)  # noqa: T201 -- a report
        if broken := _broken(found, Path(scratch), options):
            raise SystemExit(f"broken: {'; '.join(broken)}")


if __name__ == "__main__":
    main()
