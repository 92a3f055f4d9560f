"""How a run bears load: `python -m tests.runs.load --articles 10000 --concurrency 256`, one call an article.

Not a test: what it prints depends on the machine. The fake server is a process of its own; the ledger of the run is
held against its counts. `--briefs` makes real briefings, pass by pass, as the command does; `--no-op` leaves the server
out, and measures store, feed and output alone.

The wall time is held against a floor that is measured in the same run, the larger of two. The latency floor is what the
server's waits take with so many requests at a time. The CPU floor is the CPU time of the thread that the event loop
runs on, or of the whole process over the cores of the machine, where that is more: nothing could end sooner without
doing less. What the loop's thread waited for a core while others had them (`waited_for_a_core_s`, as the kernel counts
it; the server's process is one of the others) is the machine's doing, and `wall_over_floor_without_waits` leaves it out.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from summarizer.article import Article
from summarizer.batching import BatchOptions, prepare
from summarizer.llm import Client, ModelRef, RetryPolicy
from summarizer.llm.gate import Gate
from summarizer.llm.keeping import Keeper
from summarizer.llm.pace import Pace
from summarizer.runs import Batch, Report, Work, run
from summarizer.runs.database import store_path
from summarizer.runs.gated import GatedKeeper
from tests.llm.asking import Answer
from tests.llm.load import counts, rss_mb, served
from tests.llm.load_server import Weather

__all__ = ["Asking", "invented", "invented_news", "ledger_of", "main", "wrong_rows"]

_BODY = "The council of the port met at noon to hear about the new mole. " * 60
_ONSETS, _RIMES = (
    ("b", "d", "k", "l", "m", "r", "s", "t", "v", "tr"),
    ("ar", "el", "in", "or", "un", "esh", "ova"),
)
_SENTENCES = (
    "{A} moved {n} brigades to its border with {B} on {day}, the {A} Defense Ministry said.",
    'Foreign Minister {p} told reporters in {town} that the deployment was "a precaution, not a threat."',
    "{B} rejected that description and summoned the ambassador of {A}.",
    "President {q} of {B} said that any unit that crossed the {town} River would be destroyed.",
    "The exercise, which involves about {n}00 soldiers, is to last until {day}, a senior officer said.",
    "Last week {A} expelled {n} diplomats of {B}, accusing them of spying.",
    "It was not clear whether {p} and {q} had spoken since the exercise began.",
    "At least {n} people were killed when a shell hit a market in {town} on {day}, witnesses said.",
    "{p} and {q} agreed on {day} to open {n} crossings for aid convoys, the United Nations said.",
    "The Federation of {town} Workers called a strike at the port for {day}, demanding that {n} sailors be released.",
    "Oil prices rose by {n} percent, and traders in {town} said that shipping would be slower for weeks.",
    "{q} denied that {B} had sent weapons to rebels near {town}.",
)


def invented(count: int) -> Iterator[Article]:
    """So many, each with the number that the server answers with."""
    return (Article.from_text(f"number {n}\n{_BODY}", id=str(n)) for n in range(count))


def invented_news(count: int) -> Iterator[Article]:
    """So many, no two alike, of about thirty sentences each; the first says its number."""
    for n in range(count):
        draw = random.Random(n)  # noqa: S311 -- not a secret
        names = [_name(draw) for _ in range(12)]
        told = [_sentence(draw, names, pattern) for pattern in draw.choices(_SENTENCES, k=30)]
        text = " ".join([f"This is report number {n}.", *told])
        yield Article.from_text(text, id=str(n), published="2031-05-06")


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(_ONSETS) + draw.choice(_RIMES) for _ in range(2)).capitalize()


def _sentence(draw: random.Random, names: list[str], pattern: str) -> str:
    A, B, p, q, town = names[0], names[1], *draw.sample(names[2:], 3)  # noqa: N806 -- as the patterns have it
    day = draw.choice(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])
    return pattern.format(A=A, B=B, p=f"Mira {p}", q=f"Pavel {q}", town=town, day=day, n=draw.randint(2, 90))


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
            policy=RetryPolicy(reasks=BatchOptions().limits.reasks),
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


async def _run(batch: Batch, articles: Iterator[Article], count: int) -> tuple[Report, float]:
    most = 0.0

    async def weigh() -> None:
        nonlocal most
        while True:
            most = max(most, rss_mb())
            await asyncio.sleep(0.2)

    weighing = asyncio.create_task(weigh())
    report = await run(batch, articles, total=lambda: count)
    weighing.cancel()
    return report, most


@dataclass(frozen=True, slots=True)
class _Clock:
    """What has been used up so far, in seconds."""

    wall: float
    process: float
    loop: float
    waited: float

    @classmethod
    def now(cls) -> Self:
        """Read in the thread that the event loop will run on, which is the first of the process."""
        waited = int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
        return cls(time.monotonic(), time.process_time(), time.thread_time(), waited)

    def __sub__(self, other: "_Clock") -> "_Clock":
        return _Clock(*(getattr(self, name) - getattr(other, name) for name in self.__slots__))


def ledger_of(output: Path) -> dict[str, Any]:
    """What the store of a run knows of its requests."""
    with closing(sqlite3.connect(store_path(output))) as database:
        by_outcome = dict(database.execute("SELECT outcome, count(*) FROM attempts GROUP BY 1").fetchall())
        (tokens,) = database.execute("SELECT sum(input + output) FROM attempts").fetchone()
    return {"outcomes": by_outcome, "attempts": sum(by_outcome.values()), "tokens": tokens}


def wrong_rows(output: Path, *, briefs: bool = False) -> int:
    """Rows that are not what the server said, or not in their place."""
    wrong = 0
    with output.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            briefing = row.get("briefing", {})
            said = "summary" in briefing if briefs else briefing.get("year") == 1000 + number
            wrong += not (row["id"] == str(number) and said)
    return wrong


def _ordered(options: argparse.Namespace, output: Path, server: str | None) -> Batch:
    if options.briefs and server:
        chosen = BatchOptions(
            model="openai/fake-model",
            base_url=f"{server}/v1",
            api_key="k",
            cache=False,
            concurrency=options.concurrency,
        )
        return prepare(output, chosen)
    work = Asking(server) if server else _nothing
    return Batch(output=output, options={}, open_work=work, concurrency=options.concurrency)


def _measured(options: argparse.Namespace, output: Path, server: str | None) -> dict[str, Any]:
    batch = _ordered(options, output, server)
    made = invented_news if options.briefs else invented
    found: dict[str, Any] = {}
    for name in ("first", "again"):
        before = _Clock.now()
        report, most = asyncio.run(_run(batch, made(options.articles), options.articles))
        took = _Clock.now() - before
        weather = Weather(**options.weather)
        waits = report.figures.usage.requests * (weather.least_s + weather.most_s) / 2
        floors = {
            "cpu_floor_s": max(took.loop, took.process / (os.cpu_count() or 1)),
            "latency_floor_s": waits / options.concurrency if server else 0.0,
        }
        floor = max(floors.values())
        found[name] = {
            "complete": report.complete,
            "done": report.figures.done,
            "failed": report.figures.failed,
            "made": report.figures.made,
            "wall_s": round(took.wall, 1),
            **{floor: round(seconds, 1) for floor, seconds in floors.items()},
            "wall_over_floor": round(took.wall / floor, 2),
            "waited_for_a_core_s": round(took.waited, 1),
            "wall_over_floor_without_waits": round((took.wall - took.waited) / floor, 2),
            "articles_a_second": round(options.articles / took.wall),
            "cpu_ms_an_article": round(1000 * took.process / options.articles, 2),
            "most_rss_mb": round(most, 1),
        }
    return found


def main() -> None:
    """Read the options, run, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=256)
    parser.add_argument("--weather", type=json.loads, default={}, help="fields of Weather, as JSON")
    parser.add_argument("--briefs", action="store_true")
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
            found |= {"ledger": ledger_of(output), "wrong": wrong_rows(output, briefs=options.briefs)}
            found["requests_an_article"] = round(seen["requests"] / options.articles, 4)
            found["requests_a_question"] = round(seen["requests"] / seen["answered"], 4)
        found["store_mb"] = round(store_path(output).stat().st_size / 2**20, 1)
    found["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found, indent=1))  # noqa: T201 -- a report


if __name__ == "__main__":
    main()
