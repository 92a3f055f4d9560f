"""Object storage in memory, filled with articles and with what is none."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from summarizer.runs.remote import Remote
from tests.runs.scripted import article

__all__ = ["COUNT", "filled", "lines", "memory"]

COUNT = 20


def memory() -> Any:
    found = pytest.importorskip("fsspec.implementations.memory", reason="the extra `remote` is not installed")
    return found.MemoryFileSystem


def lines(numbers: Iterable[int]) -> bytes:
    return "".join(json.dumps({"id": f"a{n}", "text": article(n).text}) + "\n" for n in numbers).encode()


def filled(bucket: Remote) -> Remote:
    (bucket / "in" / "b.jsonl").write_bytes(lines(range(2, COUNT)))
    (bucket / "in" / "a0.txt").write_bytes(article(0).text.encode())
    (bucket / "in" / "a1.txt").write_bytes(article(1).text.encode())
    (bucket / "in" / ".hidden.txt").write_bytes(article(7).text.encode())
    (bucket / "in" / "table.xlsx").write_bytes(b"no format of ours")
    return bucket / "in"
