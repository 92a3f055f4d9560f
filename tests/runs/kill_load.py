"""Runs over the real client that are killed again and again: `python -m tests.runs.kill_load --kills 20`.

Not a test: it takes a minute or more. It ends with an error when a promise is broken: a result that is wrong or
missing, a payment that the ledger does not know, or more paid twice than was under way at the kills.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from summarizer.runs import Batch, run
from summarizer.runs.database import store_path
from tests.llm.load import counts, served
from tests.llm.load_server import Weather
from tests.runs.load import Asking, invented, ledger_of, wrong_rows

__all__ = ["main"]


def _brief(output: Path, server: str, articles: int, concurrency: int) -> None:
    batch = Batch(output=output, options={}, open_work=Asking(server), concurrency=concurrency)
    report = asyncio.run(run(batch, invented(articles)))
    if not report.complete:
        raise SystemExit(str(report.stopped))


def _killed_over_and_over(options: argparse.Namespace, output: Path, server: str) -> int:
    """Start it until it comes to its end; how many were killed."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.runs.load", "summarizer.llm.connection"])
    draw = random.Random(options.seed)  # noqa: S311 -- not a secret
    kills = 0
    while True:
        process = processes.Process(
            target=_brief, args=(output, server, options.articles, options.concurrency)
        )
        process.start()
        process.join(draw.uniform(0.5, options.longest) if kills < options.kills else None)
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            kills += 1
        if store_path(output).exists():
            with closing(sqlite3.connect(store_path(output))) as database:
                sound = database.execute("PRAGMA integrity_check").fetchall()
            if sound != [("ok",)]:
                raise SystemExit(f"the store is damaged: {sound}")
        if process.exitcode == 0:
            return kills


def _broken(found: dict[str, Any], articles: int) -> list[str]:
    server, ledger = found["server"], found["ledger"]
    answered = server.get("answered", 0) + server.get("malformed", 0)
    useful = ledger["outcomes"].get("complete", 0) + ledger["outcomes"].get("received", 0)
    promises = {
        "every row is right": found["wrong"] == 0,
        "the ledger knows every request": ledger["attempts"] >= server["requests"],
        "no more was paid twice than was under way": answered - articles - server.get("malformed", 0)
        <= found["bound"],
        "every article has one answer that counts": useful >= articles,
    }
    return [promise for promise, kept in promises.items() if not kept]


def main() -> None:
    """Read the options, run, kill, check, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--longest", type=float, default=4.0, help="seconds that a process may live")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Weather(malformed=0.0)) as server:
        output = Path(folder) / "out.jsonl"
        kills = _killed_over_and_over(options, output, server)
        seen = {name: value for name, value in counts(server).items() if name != "times"}
        found = {
            "kills": kills,
            "bound": kills * options.concurrency,
            "server": seen,
            "ledger": ledger_of(output),
            "wrong": wrong_rows(output),
        }
    print(json.dumps(found, indent=1))  # noqa: T201 -- a report
    if broken := _broken(found, options.articles):
        raise SystemExit(f"broken: {', '.join(broken)}")


if __name__ == "__main__":
    main()
