"""How a run bears load: `python -m tests.runs.load --articles 10000 --concurrency 256`, one call an article.

Not a test: what it prints depends on the machine. The fake server is a process of its own; the ledger of the run is
held against its counts. `--no-op` leaves the server out, and measures store, feed and output alone.
"""

import argparse
import asyncio
import json
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.llm import Client, ModelRef
from summarizer.llm.gate import Gate
from summarizer.llm.keeping import Keeper
from summarizer.llm.pace import Pace
from summarizer.runs import Batch, Report, Work, run
from summarizer.runs.database import store_path
from summarizer.runs.gated import GatedKeeper
from tests.llm.asking import Answer
from tests.llm.load import counts, rss_mb, served
from tests.llm.load_server import Weather

__all__ = ["Asking", "invented", "ledger_of", "main", "wrong_rows"]

_BODY = "The council of the port met at noon to hear about the new mole. " * 60


def invented(count: int) -> Iterator[Article]:
    """So many, each with the number that the server answers with."""
    return (Article.from_text(f"number {n}\n{_BODY}", id=str(n)) for n in range(count))


@asynccontextmanager
async def _nothing(_: Keeper) -> AsyncGenerator[Work]:
    async def work(article: Article) -> bytes:
        return b'{"of": "%b"}' % article.id.encode()

    yield work


class Asking:
    """Work that asks the server once about each article."""

    def __init__(self, server: str) -> None:
        self._server = server

    @asynccontextmanager
    async def __call__(self, keeper: Keeper) -> AsyncGenerator[Work]:
        """A client, and what asks it."""
        client = Client(
            ModelRef("openai", "fake-model"),
            base_url=f"{self._server}/v1",
            api_key="k",
            keeper=GatedKeeper(keeper, Gate()),
            pace=Pace(),
        )

        async def work(article: Article) -> bytes:
            answer = await client.ask(
                "Say where, as JSON.", article.text, Answer, name="where", max_tokens=64
            )
            return answer.value.model_dump_json().encode()

        async with client:
            yield work


async def _run(batch: Batch, count: int) -> tuple[Report, float]:
    most = 0.0

    async def weigh() -> None:
        nonlocal most
        while True:
            most = max(most, rss_mb())
            await asyncio.sleep(0.2)

    weighing = asyncio.create_task(weigh())
    report = await run(batch, invented(count), total=lambda: count)
    weighing.cancel()
    return report, most


def ledger_of(output: Path) -> dict[str, Any]:
    """What the store of a run knows of its requests."""
    with closing(sqlite3.connect(store_path(output))) as database:
        by_outcome = dict(database.execute("SELECT outcome, count(*) FROM attempts GROUP BY 1").fetchall())
        (tokens,) = database.execute("SELECT sum(input + output) FROM attempts").fetchone()
    return {"outcomes": by_outcome, "attempts": sum(by_outcome.values()), "tokens": tokens}


def wrong_rows(output: Path) -> int:
    """Rows that are not what the server said, or not in their place."""
    wrong = 0
    with output.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            right = row["id"] == str(number) and row.get("briefing", {}).get("year") == 1000 + number
            wrong += not right
    return wrong


def _measured(options: argparse.Namespace, output: Path, server: str | None) -> dict[str, Any]:
    work = Asking(server) if server else _nothing
    batch = Batch(output=output, options={}, open_work=work, concurrency=options.concurrency)
    found: dict[str, Any] = {}
    for name in ("first", "again"):
        started, cpu = time.monotonic(), time.process_time()
        report, most = asyncio.run(_run(batch, options.articles))
        wall = time.monotonic() - started
        found[name] = {
            "complete": report.complete,
            "failed": report.figures.failed,
            "made": report.figures.made,
            "wall_s": round(wall, 1),
            "articles_a_second": round(options.articles / wall),
            "cpu_ms_an_article": round(1000 * (time.process_time() - cpu) / options.articles, 2),
            "most_rss_mb": round(most, 1),
        }
    return found


def main() -> None:
    """Read the options, run, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=256)
    parser.add_argument("--weather", type=json.loads, default={}, help="fields of Weather, as JSON")
    parser.add_argument("--no-op", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any] = {"cores": os.cpu_count(), "load": os.getloadavg()}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.jsonl"
        if options.no_op:
            found |= _measured(options, output, None)
        else:
            with served(Weather(**options.weather)) as server:
                found |= _measured(options, output, server)
                seen = counts(server)
            found["server"] = {name: value for name, value in seen.items() if name != "times"}
            found |= {"ledger": ledger_of(output), "wrong": wrong_rows(output)}
            found["requests_an_article"] = round(seen["requests"] / options.articles, 4)
        found["store_mb"] = round(store_path(output).stat().st_size / 2**20, 1)
    found["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found, indent=1))  # noqa: T201 -- a report


if __name__ == "__main__":
    main()
