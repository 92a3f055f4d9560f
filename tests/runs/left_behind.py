"""What a run leaves behind: its rows, and what its store has written down."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from summarizer.runs.database import store_path

__all__ = ["ledger", "rows"]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ledger(output: Path, query: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(store_path(output))
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()
