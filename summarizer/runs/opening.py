"""What happens when a run is begun or taken up again: options compared, what a crash left behind put in order."""

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Literal, cast

from summarizer.errors import RunChanged
from summarizer.runs.database import failure
from summarizer.runs.items import Flaw
from summarizer.runs.lock import holder
from summarizer.runs.parcels import parcels_under_way, post_here, release_unposted
from summarizer.runs.verdicts import PASSING

__all__ = ["Opened", "Retry", "begin"]

Retry = Literal["none", "passing", "all"]
"""Which failed articles are taken up again: none, those whose error may pass by itself, or all."""

_NO_REPLY = "NOT EXISTS (SELECT 1 FROM replies WHERE replies.key = attempts.request)"
_NOT_POSTED = "number NOT IN (SELECT attempt FROM posted)"
_BROUGHT = "EXISTS (SELECT 1 FROM replies WHERE key = request AND replies.outcome IS NULL)"
"""A parcel has brought the reply already, and nobody had judged it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found.

    Attributes:
        options: Digest of the options that shape a briefing.
        session: Which start of the command this is, from 1.
        attempts: Requests sent by earlier ones.
        unknown: Of these, requests that may have been paid for without an answer, found only now.
        unknown_usd: The most that those can have cost; None when a price is unknown.
    """

    options: str
    session: int
    attempts: int
    unknown: int
    unknown_usd: float | None


def begin(
    database: Connection,
    path: Path,
    options: Mapping[str, str],
    *,
    skip_unknown: bool,
    retry: Retry,
    posts: bool = False,
) -> Opened:
    """Put the store in order for a process that holds its lock; after an error the connection is to be closed.

    Raises:
        RunChanged: the run was begun with other options.
        StoreFailed: the disk does not take it.
    """
    try:
        database.execute("BEGIN IMMEDIATE")
        _keep_to(database, path, options)
        _keep_posting(database, path, posts=posts)
        session = int(_fact(database, "session") or 0) + 1
        _set(database, "session", str(session))
        _set(database, "holder", holder())
        database.execute("DELETE FROM facts WHERE name = 'total'")  # the input may have grown
        release_unposted(database)
        if posts:
            post_here(database, session)
        unknown, unknown_usd = _close_attempts(database)
        _reopen(database, retry)
        if skip_unknown:
            _skip(database)
        (attempts,) = database.execute("SELECT coalesce(max(number), 0) FROM attempts").fetchone()
        database.execute("COMMIT")
    except sqlite3.Error as error:
        raise failure(error, path) from error
    return Opened(_digest(options), session, attempts, unknown, unknown_usd)


def _keep_to(database: Connection, path: Path, options: Mapping[str, str]) -> None:
    kept = _fact(database, "options")
    if kept is None:
        _set(database, "options", json.dumps(dict(options)))
        return
    before = cast("dict[str, str]", json.loads(kept))
    changes = [
        f"{name}: {before.get(name, 'not set')} before, {options.get(name, 'not set')} now"
        for name in sorted(before.keys() | options.keys())
        if before.get(name) != options.get(name)
    ]
    if changes:
        raise RunChanged(f"the run in {str(path)!r} was begun with other options ({'; '.join(changes)}).")


def _keep_posting(database: Connection, path: Path, *, posts: bool) -> None:
    parcels, requests = parcels_under_way(database)
    if parcels and not posts:
        raise RunChanged(
            f"{requests:,} requests of the run in {str(path)!r} are under way in {parcels:,} batches at the provider.",
            hint="Go on with --batch-api, which collects them; or give them up with `summarizer batch cancel OUT`.",
        )


def _close_attempts(database: Connection) -> tuple[int, float | None]:
    """What was under way when the last process ended: with its reply kept, or with an unknown outcome."""
    database.execute(
        f"UPDATE attempts SET outcome = 'unknown' WHERE outcome IS NULL AND {_NO_REPLY} AND {_NOT_POSTED}"  # noqa: S608 - our words
    )
    (found,) = database.execute("SELECT changes()").fetchone()
    newest = "SELECT worst_usd FROM attempts WHERE outcome = 'unknown' ORDER BY number DESC LIMIT ?"
    prices = [usd for (usd,) in database.execute(newest, (found,))]
    database.execute(
        f"UPDATE attempts SET outcome = 'received' WHERE outcome IS NULL AND ({_NOT_POSTED} OR {_BROUGHT})"  # noqa: S608 - our words
    )
    return found, None if None in prices else sum(prices)


def _reopen(database: Connection, retry: Retry) -> None:
    if retry == "none":
        return
    passing = json.dumps(sorted(PASSING))
    again = "state = 'failed'"
    if retry == "passing":
        again += " AND flaw IN (SELECT value FROM json_each(:passing))"
    items = f"SELECT number FROM items WHERE {again}"  # noqa: S608 - our words
    # A reply that nothing could be made of would only be recalled to fail in the same way.
    for change in (
        f"UPDATE replies SET outcome = 'disowned' WHERE outcome = 'malformed' AND item IN ({items})",  # noqa: S608
        f"DELETE FROM results WHERE item IN ({items})",  # noqa: S608
        f"UPDATE items SET state = 'open', flaw = NULL, ended = NULL WHERE {again}",  # noqa: S608
    ):
        database.execute(change, {"passing": passing})


def _skip(database: Connection) -> None:
    flaw = Flaw(
        "OutcomeUnknown",
        "a request for it was under way when an earlier run ended, and may have been paid for",
        "Run the command again with --retry-failed --unknown resend to send it once more.",
    )
    unanswered = f"SELECT item FROM attempts WHERE outcome = 'unknown' AND {_NO_REPLY}"  # noqa: S608 - our words
    skipped = f"state = 'open' AND number IN ({unanswered})"
    body = zlib.compress(flaw.to_json(), 1)
    database.execute(
        f"INSERT OR REPLACE INTO results SELECT number, ? FROM items WHERE {skipped}",  # noqa: S608
        (body,),
    )
    database.execute(
        f"UPDATE items SET state = 'failed', flaw = ?, ended = ? WHERE {skipped}",  # noqa: S608
        (flaw.type, time.time()),
    )


def _fact(database: Connection, name: str) -> str | None:
    row = database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _set(database: Connection, name: str, value: str) -> None:
    database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def _digest(options: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(options.items())).encode()).hexdigest()
