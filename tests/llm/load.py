"""How the core bears load: `python -m tests.llm.load --calls 10000 --concurrency 256`, next to plain Instructor.

Not a test: what it prints depends on the machine. The server is a process of its own, and so is each client, whose
CPU time and memory are then its own.
"""

import argparse
import asyncio
import contextlib
import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any, Final

from tests.llm.asking import Answer
from tests.llm.load_server import Weather, spelled

__all__ = ["main"]

Ask = Callable[[int], Awaitable[Answer]]

_SYSTEM: Final = "Say where and when, as JSON."
_ARTICLE: Final = "The council of the port met at noon to hear about the new mole. " * 60
"""About 4,000 characters, as long as a news article."""


@contextlib.contextmanager
def served(weather: Weather) -> Generator[str]:
    """A server in this weather; its base URL."""
    command = [sys.executable, "-m", "tests.llm.load_server", spelled(weather)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = process.stdout.readline().strip() if process.stdout else ""
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


def counts(server: str) -> dict[str, Any]:
    """What the server did."""
    with urllib.request.urlopen(f"{server}/counts") as reply:  # noqa: S310 -- our own server
        return json.load(reply)


def answers(server: str) -> dict[str, int]:
    """How often it gave an answer to each request: by the number in it and its digest."""
    with urllib.request.urlopen(f"{server}/answers") as reply:  # noqa: S310 -- our own server
        return json.load(reply)


def rss_mb() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def _drive(ask: Ask, calls: int, concurrency: int) -> dict[str, Any]:
    """Ask everything, so many at a time, and see what comes back."""
    found: Counter[str] = Counter()
    times: list[float] = []
    memory: list[float] = []
    numbers = iter(range(calls))

    async def worker() -> None:
        for number in numbers:
            started = time.monotonic()
            try:
                answer = await ask(number)
            except Exception as error:  # noqa: BLE001 -- each is a lost call, whatever it is
                found["lost"] += 1
                found[f"lost: {type(error).__name__}"] += 1
            else:
                right = (answer.city, answer.year) == (str(number), 1000 + number)
                found["right" if right else "wrong"] += 1
            times.append(time.monotonic() - started)
            if len(times) % max(1, calls // 10) == 0:
                memory.append(round(rss_mb(), 1))

    async with asyncio.TaskGroup() as group:
        for _ in range(concurrency):
            group.create_task(worker())
    times.sort()
    return {
        **found,
        "p50_s": round(times[len(times) // 2], 3),
        "p99_s": round(times[len(times) * 99 // 100], 3),
        "rss_mb": memory,
    }


async def _ours(server: str, options: argparse.Namespace) -> dict[str, Any]:
    from summarizer.llm import Client, ModelRef, RetryPolicy
    from summarizer.llm.cache import ReplyCache
    from summarizer.llm.pace import Pace

    policy = RetryPolicy(deadline_s=options.deadline, reasks=options.reasks)
    ref, keeper = ModelRef("openai", "fake-model"), ReplyCache(options.cache) if options.cache else None
    async with Client(
        # The port is another one each time; the cache is to know the server again.
        ref,
        base_url=f"{server}/v1",
        api_key="k",
        policy=policy,
        pace=Pace(),
        keeper=keeper,
        build="fake",
    ) as client:

        async def ask(number: int) -> Answer:
            user = f"number {number}\n{_ARTICLE}"
            return (await client.ask(_SYSTEM, user, Answer, name="where", max_tokens=64)).value

        found = await _drive(ask, options.calls, options.concurrency)
        usage, journal = client.usage, client.journal
    outcomes = Counter(row.outcome for row in journal)
    return {
        **found,
        "journal": usage.requests,
        "recalled": usage.recalled,
        "journal_tokens": usage.tokens.input + usage.tokens.output,
        "outcomes": outcomes,
        # What never reached the server is in the journal too, at no cost.
        "unconnected": sum(
            row.outcome == "failed" and row.cost_usd == 0 and row.status is None for row in journal
        ),
        "faults": Counter(row.fault for row in journal if row.fault),
    }


async def _plain(server: str, options: argparse.Namespace) -> dict[str, Any]:
    import instructor
    from openai import AsyncOpenAI

    mode = instructor.Mode.JSON_SCHEMA
    client = instructor.from_openai(AsyncOpenAI(base_url=f"{server}/v1", api_key="k"), mode=mode)

    async def ask(number: int) -> Answer:
        return await client.create(
            messages=[
                {"role": "system", "content": _SYSTEM},
                {"role": "user", "content": f"number {number}\n{_ARTICLE}"},
            ],
            response_model=Answer,
            model="fake-model",
            max_tokens=64,
            temperature=0,
        )

    return await _drive(ask, options.calls, options.concurrency)


def _child(options: argparse.Namespace) -> None:
    """Be one client: print what came of it."""
    work = {"ours": _ours, "plain": _plain}[options.be]
    started = time.monotonic()
    found = asyncio.run(work(options.server, options))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(  # noqa: T201 -- a report
        json.dumps(
            {
                **found,
                "wall_s": round(time.monotonic() - started, 1),
                "cpu_ms_a_call": round(1000 * (used.ru_utime + used.ru_stime) / options.calls, 2),
                "peak_rss_mb": round(used.ru_maxrss / 1024, 1),
            }
        )
    )


def _run(which: str, weather: Weather, arguments: list[str]) -> dict[str, Any]:
    with served(weather) as server:
        command = [sys.executable, "-m", "tests.llm.load", *arguments, "--be", which, "--server", server]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        found, seen = json.loads(output), counts(server)
    calls = sum(found.get(kind, 0) for kind in ("right", "wrong", "lost"))
    return {**found, "requests_a_call": round(seen.get("requests", 0) / calls, 4), "server": _summary(seen)}


def _summary(seen: dict[str, Any]) -> dict[str, Any]:
    return {kind: count for kind, count in seen.items() if kind != "times"}


def main() -> None:
    """Read the options, run each client, print what each did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=256)
    parser.add_argument("--deadline", type=float, default=600.0)
    parser.add_argument(
        "--reasks", type=int, default=2, help="1 loses one call in 10,000 to two malformed replies"
    )
    parser.add_argument("--weather", type=json.loads, default={}, help="fields of Weather, as JSON")
    parser.add_argument("--cache", type=Path, help="a reply cache for our client")
    parser.add_argument("--clients", nargs="*", default=["ours", "plain"])
    parser.add_argument("--be", choices=["ours", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--server", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.be:
        _child(options)
        return
    weather = Weather(**options.weather)
    print(json.dumps({"cores": os.cpu_count(), "load": os.getloadavg(), "weather": spelled(weather)}))  # noqa: T201
    arguments = [
        f"--calls={options.calls}",
        f"--concurrency={options.concurrency}",
        f"--deadline={options.deadline}",
        f"--reasks={options.reasks}",
        *([f"--cache={options.cache}"] if options.cache else []),
    ]
    for which in options.clients:
        print(which, json.dumps(_run(which, weather, arguments), indent=1))  # noqa: T201 -- a report


if __name__ == "__main__":
    main()
