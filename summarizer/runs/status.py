"""How a run stands, read from its store while it goes on or long after."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from summarizer.errors import SourceNotFound
from summarizer.runs.database import connect, failure, store_path
from summarizer.runs.lock import holder_of
from summarizer.runs.parcels import parcels_under_way
from summarizer.types import Tokens

__all__ = ["Status", "Uncertain", "status_of"]

_MOST_UNCERTAIN = 100
_LATELY_S = 300.0


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A request that may have been paid for without an answer."""

    id: str
    """Of its article."""
    name: str
    """Of the pass it was for."""
    worst_usd: float | None
    """The most that it can have cost; None when nobody knows the price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a run stands.

    Attributes:
        options: What it was begun with.
        done: Articles briefed.
        failed: Articles that have an error instead.
        open: Articles without a result, of those that were read so far.
        errors: How many failed of which error.
        requests: Sent, over all starts.
        tokens: What was counted for them.
        usd: What they cost, those of unknown outcome left out; None when a price is unknown.
        uncertain: Requests of unknown outcome, the last hundred of them.
        uncertain_count: All of those.
        uncertain_usd: The most that those can have cost; None when a price is unknown.
        a_minute: Articles a minute, over the last five minutes in which any was finished.
        at_work: The process that is at work on it now.
        batches: Under way at the provider, where requests are posted.
        batched: Requests in those.
        total: Articles of the input; None while nobody knows.
        left: Of these, without a result.
        shards: How many the run was cut into; 0 when it was not.
        shards_finished: Of these, done to their end.
    """

    options: Mapping[str, str]
    done: int
    failed: int
    open: int
    errors: Mapping[str, int]
    requests: int
    tokens: Tokens
    usd: float | None
    uncertain: tuple[Uncertain, ...]
    uncertain_count: int
    uncertain_usd: float | None
    a_minute: float
    at_work: str | None
    batches: int = 0
    batched: int = 0
    total: int | None = None
    left: int | None = None
    shards: int = 0
    shards_finished: int = 0


def status_of(output: Path) -> Status:
    """How the run of an output stands.

    Raises:
        SourceNotFound: there is no run.
        StoreFailed: its store cannot be read.
    """
    path = store_path(output)
    if not path.exists():
        raise SourceNotFound(
            f"there is no run of {str(output)!r}.", hint="Give the output that `summarizer batch` was given."
        )
    try:
        with closing(connect(path, read_only=True)) as database:
            return _read(database, path)
    except sqlite3.Error as error:
        raise failure(error, path) from error


def _read(database: Connection, path: Path) -> Status:
    batches, batched = parcels_under_way(database)
    states = dict(
        database.execute("SELECT state, count(*) FROM items WHERE position IS NOT NULL GROUP BY 1").fetchall()
    )
    errors = "SELECT flaw, count(*) FROM items WHERE state = 'failed' AND position IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
    sums = (
        "SELECT count(*), coalesce(sum(input), 0), coalesce(sum(cached), 0), coalesce(sum(output), 0), "
        "coalesce(sum(usd), 0.0), coalesce(sum(usd IS NULL AND input IS NOT NULL), 0) FROM attempts"
    )
    requests, given, cached, said, usd, unpriced = database.execute(sums).fetchone()
    worst = (
        "SELECT count(*), coalesce(sum(worst_usd), 0.0), coalesce(sum(worst_usd IS NULL), 0) "
        "FROM attempts WHERE outcome = 'unknown'"
    )
    uncertain, worst_usd, worst_unknown = database.execute(worst).fetchone()
    facts = dict(
        database.execute("SELECT name, value FROM facts WHERE name IN ('options', 'total')").fetchall()
    )
    ended = states.get("done", 0) + states.get("failed", 0)
    # A feed was counted as one article, before it was read.
    total = max(int(facts["total"]), ended) if "total" in facts else None
    return Status(
        options=json.loads(facts["options"]),
        done=states.get("done", 0),
        failed=states.get("failed", 0),
        open=states.get("open", 0),
        errors=dict(database.execute(errors).fetchall()),
        requests=requests,
        tokens=Tokens(input=given, cached=cached, output=said),
        usd=None if unpriced else usd,
        uncertain=_uncertain(database),
        uncertain_count=uncertain,
        uncertain_usd=None if worst_unknown else worst_usd,
        a_minute=_a_minute(database),
        at_work=holder_of(path),
        batches=batches,
        batched=batched,
        total=total,
        left=None if total is None else total - ended,
    )


def _uncertain(database: Connection) -> tuple[Uncertain, ...]:
    rows = database.execute(
        "SELECT coalesce(id, '?'), pass, worst_usd FROM attempts LEFT JOIN items ON items.number = item "
        "WHERE outcome = 'unknown' ORDER BY attempts.number DESC LIMIT ?",
        (_MOST_UNCERTAIN,),
    )
    return tuple(Uncertain(*row) for row in rows)


def _a_minute(database: Connection) -> float:
    (last,) = database.execute("SELECT max(ended) FROM items").fetchone()
    if last is None:
        return 0.0
    lately = "SELECT count(*), min(ended) FROM items WHERE ended >= ?"
    count, first = database.execute(lately, (last - _LATELY_S,)).fetchone()
    return 60 * (count - 1) / (last - first) if last > first else 0.0
