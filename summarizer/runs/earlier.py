"""What earlier starts of a run have sent and spent: it counts against the budget, and in the account of each article."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from summarizer.llm.usage import Usage
from summarizer.runs.database import failure
from summarizer.types import Tokens

__all__ = ["Earlier", "earlier"]

_ALL = (
    "SELECT count(*), coalesce(sum(coalesce(usd, worst_usd)), 0.0), "
    "coalesce(sum(usd IS NULL AND worst_usd IS NULL), 0) FROM attempts WHERE outcome IS NOT NULL"
)
_OF_OPEN_ARTICLES = (
    "SELECT item, count(*), count(*) - count(DISTINCT request), coalesce(sum(input), 0), coalesce(sum(cached), 0), "
    "coalesce(sum(output), 0), coalesce(sum(usd), 0.0), sum(usd IS NULL AND input IS NOT NULL), "
    "coalesce(sum(seconds), 0.0) FROM attempts JOIN items ON items.number = item WHERE state = 'open' GROUP BY item"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was sent before this start.

    Attributes:
        requests: So many, failed ones included; those that are still under way elsewhere are left out.
        usd: What they cost, those of unknown outcome at their worst case; None when a price is unknown.
        by_article: What was sent for each article that has no result yet, by its row.
    """

    requests: int
    usd: float | None
    by_article: Mapping[int, Usage]


def earlier(database: Connection) -> Earlier:
    """Read it from the store, before this start has sent anything.

    Raises:
        StoreFailed: it cannot be read.
    """
    try:
        requests, usd, unpriced = database.execute(_ALL).fetchone()
        by_article = {row[0]: _usage(row[1:]) for row in database.execute(_OF_OPEN_ARTICLES)}
    except sqlite3.Error as error:
        raise failure(error) from error
    return Earlier(requests, None if unpriced else usd, by_article)


def _usage(counted: Sequence[Any]) -> Usage:
    requests, repeated, given, cached, said, usd, unpriced, seconds = counted
    return Usage(
        requests=requests,
        retries=repeated,
        tokens=Tokens(input=given, cached=cached, output=said),
        cost_usd=None if unpriced else usd,
        seconds=seconds,
    )
