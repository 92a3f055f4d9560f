"""What the tests of the reply cache share: a reply, the request that brought it, and the events around it."""

import asyncio
import sqlite3
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from summarizer.llm.keeping import Keeper, Kept
from summarizer.llm.usage import Sent
from summarizer.types import Tokens

__all__ = ["GOOD", "JUDGED", "KEY", "REPLY", "ROW", "change", "do", "keep"]

T = TypeVar("T")

KEY = "0" * 64
REPLY = Kept(body=b'{"choices": []}', model="openai/fake-model")
JUDGED = replace(REPLY, outcome="complete")
ROW = Sent(call=1, name="pass", attempt=1)
GOOD = replace(ROW, outcome="complete", tokens=Tokens(input=10, cached=4, output=2), cost_usd=0.25)


def do(work: Awaitable[T]) -> T:
    """Wait for one call, on an event loop of its own."""

    async def waited() -> T:
        return await work

    return asyncio.run(waited())


async def keep(cache: Keeper, key: str = KEY, reply: Kept = REPLY, row: Sent = GOOD) -> None:
    """Everything that the cache is told of one request."""
    await cache.sending(key, replace(row, outcome="unknown"), None)
    await cache.received(key, replace(row, outcome="unknown"), reply)
    await cache.judged(key, row)


def change(path: Path, statement: str, *values: object) -> None:
    """Tamper with the file behind the cache's back."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(statement, values)
    db.close()
