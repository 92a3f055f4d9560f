"""A scripted provider and the passes that ask it, standing in for client and pipeline in the tests of runs.

Each pass goes through the keeper as the door of the model client does: recall, sending, received, judged.
"""

import asyncio
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.usage import Sent
from summarizer.runs import OpenWork, Report, Work, run
from summarizer.runs.run import Batch
from summarizer.types import Tokens

__all__ = [
    "OPTIONS",
    "Batch",
    "Provider",
    "article",
    "articles",
    "ask",
    "batch",
    "body_of",
    "brief",
    "scripted",
    "write_jsonl",
]

_calls = itertools.count(1)
COST = 0.002
WORST = 0.01
OPTIONS = {"model": "fake/model"}


def article(number: int) -> Article:
    """An invented one."""
    text = (
        f"The harbour council of Port {number} met on Monday and voted to widen quay {number} by nine metres."
    )
    return Article.from_text(text, id=f"a{number}")


def articles(count: int) -> Iterator[Article]:
    """So many different ones, made as they are taken."""
    return (article(number) for number in range(count))


@dataclass
class Provider:
    """Answers at once, and counts what it was paid for; `fails` may raise instead of an answer."""

    fails: Callable[[str, int], SummarizerError | None] = lambda _key, _time: None
    paid: Counter[str] = field(default_factory=Counter[str])
    asked: Counter[str] = field(default_factory=Counter[str])
    under_way: int = 0
    most_under_way: int = 0
    wait: Callable[[str], "asyncio.Future[None] | None"] = lambda _key: None

    async def answer(self, key: str) -> bytes:
        """A reply, for money."""
        self.asked[key] += 1
        if error := self.fails(key, self.asked[key]):
            raise error
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await (self.wait(key) or asyncio.sleep(0))
        finally:
            self.under_way -= 1
        self.paid[key] += 1
        return json.dumps({"said": hashlib.sha256(key.encode()).hexdigest()[:8]}).encode()


async def ask(keeper: Keeper, provider: Provider, key: str) -> bytes:
    """One question, as the door asks it."""
    kept = await keeper.recall(key)
    if kept is not None:
        return kept.body
    row = Sent(call=next(_calls), name="summary", attempt=1)
    await keeper.sending(key, row, WORST)
    try:
        body = await provider.answer(key)
    except SummarizerError:
        await keeper.judged(key, replace(row, outcome="failed", cost_usd=0.0))
        raise
    row = replace(row, status=200, tokens=Tokens(input=100, cached=0, output=20), cost_usd=COST)
    await keeper.received(key, row, Kept(body, "fake/model"))
    await keeper.judged(key, replace(row, outcome="complete"))
    return body


def scripted(provider: Provider, *, passes: int = 2) -> OpenWork:
    """Work that asks the provider so many times about each article."""

    @asynccontextmanager
    async def open_work(keeper: Keeper) -> AsyncGenerator[Work]:
        async def work(one: Article) -> bytes:
            said = [await ask(keeper, provider, f"{one.id}/{number}") for number in range(passes)]
            return json.dumps({"of": one.id, "said": [json.loads(body) for body in said]}).encode()

        yield work

    return open_work


def body_of(number: int, *, passes: int = 2) -> dict[str, object]:
    """What the scripted work makes of an article."""
    digests = [hashlib.sha256(f"a{number}/{one}".encode()).hexdigest()[:8] for one in range(passes)]
    return {"of": f"a{number}", "said": [{"said": digest} for digest in digests]}


def batch(tmp_path: Path, provider: Provider, **options: Any) -> Batch:
    """A run of the scripted work, with these options of its own."""
    name = options.pop("name", "out.jsonl")
    options = {"options": OPTIONS, "concurrency": 8, "open_work": scripted(provider), **options}
    return Batch(output=tmp_path / name, **options)


def brief(order: Batch, inputs: Iterator[Any], **options: Any) -> Report:
    """Brief all inputs, or as many as come before it stops."""
    return asyncio.run(run(order, inputs, **options))


def write_jsonl(path: Path, numbers: Iterable[int]) -> Path:
    """Articles with these numbers as records, now and then with an empty line between them."""
    rows = (json.dumps({"id": f"a{n}", "text": article(n).text}) for n in numbers)
    path.write_text("".join(f"{row}\n\n" if n % 7 == 0 else f"{row}\n" for n, row in enumerate(rows)))
    return path
