"""A FAKE of OpenAI's files and batches, for `FakeServer(batches=...)`: its rows are answered by that server's own script.

A batch makes its way each time somebody looks at it, so that no test has to wait. Everything that is paid for is
counted, and whatever can go wrong with a batch can be made to.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast
from urllib.parse import parse_qs, urlsplit

__all__ = ["Batch", "FakeBatches", "Trouble"]

Answer = Callable[[str, dict[str, Any]], tuple[int, Mapping[str, Any]]]
"""What a model says to the body of a row that was sent to a path: status and body."""


@dataclass(kw_only=True)
class Trouble:
    """What goes wrong; nothing, unless it is said."""

    most_rows: int = 50_000
    """A longer file is refused when a batch is made of it."""
    most_bytes: int = 200_000_000
    """Likewise."""
    room: int | None = None
    """Rows under way in all batches; one that would be too many fails with `token_limit_exceeded`."""
    throttled: int = 0
    """Times that making a batch is answered with 429."""
    cut: int = 0
    """Times that a batch is made and the connection breaks before anybody hears of it."""
    expires: Mapping[int, int] = field(default_factory=dict[int, int])
    """By number of the batch, from 1: how many rows are done when it expires."""
    row: Callable[[str, int], Mapping[str, Any] | None] = lambda _key, _time: None
    """The error of a row, by its custom_id and how often it was tried, in place of an answer."""
    wrong_lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    """By number of the batch: lines that it is refused for."""


@dataclass
class Batch:
    """One batch."""

    id: str
    file: str
    metadata: dict[str, str]
    created: int
    rows: list[dict[str, Any]]
    status: Literal[
        "validating", "in_progress", "completed", "failed", "expired", "cancelling", "cancelled"
    ] = "validating"
    looks: int = 0
    done: int = 0
    failed: int = 0
    output: str | None = None
    errors: str | None = None
    complaints: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def shown(self) -> dict[str, Any]:
        """As the endpoint shows it."""
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "errors": {"object": "list", "data": self.complaints} if self.complaints else None,
            "input_file_id": self.file,
            "completion_window": "24h",
            "status": self.status,
            "output_file_id": self.output,
            "error_file_id": self.errors,
            "created_at": self.created,
            "request_counts": {"total": len(self.rows), "completed": self.done, "failed": self.failed},
            "metadata": self.metadata,
        }


class FakeBatches:
    """Files and batches in memory.

    Args:
        trouble: What goes wrong.
        looks: Times that a batch is looked at before it has ended; between, half of its rows are done.

    Attributes:
        batches: All that were made, in order.
        paid: Rows that were answered, by custom_id.
        tried: Rows that were taken up, by custom_id.
        files: That are not deleted.
        held: While it is set, no batch ends.
    """

    def __init__(self, trouble: Trouble | None = None, *, looks: int = 1) -> None:
        self.trouble = trouble or Trouble()
        self.batches: list[Batch] = []
        self.paid: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()
        self.files: dict[str, bytes] = {}
        self.held = threading.Event()
        self._looks = looks
        self._lock = threading.Lock()
        self._numbers = 0

    def handle(  # noqa: PLR0911 -- a row a route
        self, method: str, url: str, content_type: str, raw: bytes, answer: Answer
    ) -> tuple[int, bytes] | Literal["cut"] | None:
        """Status and body for a request; None when it is about no file or batch, `cut` when nobody is to hear."""
        parts = urlsplit(url)
        _, _, path = parts.path.partition("/v1/")
        names = path.split("/")
        with self._lock:
            match method, names:
                case "POST", ["files"]:
                    return _json(self._upload(content_type, raw))
                case "GET", ["files", name, "content"] if name in self.files:
                    return 200, self.files[name]
                case "DELETE", ["files", name] if self.files.pop(name, None) is not None:
                    return _json({"id": name, "object": "file", "deleted": True})
                case "POST", ["batches"]:
                    return self._make(json.loads(raw))
                case "GET", ["batches"]:
                    return _json(self._list(parse_qs(parts.query)))
                case _, ["batches", name, *rest]:
                    return self._one(name, rest, answer)
                case _, ["files", *_]:
                    return _error(404, "No such File object")
                case _:
                    return None

    def _upload(self, content_type: str, raw: bytes) -> dict[str, Any]:
        name, content = self._name("file"), _file_of(content_type, raw)
        self.files[name] = content
        return {
            "id": name,
            "object": "file",
            "bytes": len(content),
            "created_at": int(time.time()),
            "filename": "batch.jsonl",
            "purpose": "batch",
            "status": "processed",
        }

    def _make(self, wanted: Mapping[str, Any]) -> tuple[int, bytes] | Literal["cut"]:
        trouble, file = self.trouble, wanted["input_file_id"]
        if trouble.throttled:
            trouble.throttled -= 1
            return _error(429, "too many requests for batches")
        lines = self.files[file].splitlines()
        if len(lines) > trouble.most_rows or len(self.files[file]) > trouble.most_bytes:
            return _error(400, "the input file is larger than a batch may be")
        batch = Batch(
            self._name("batch"),
            file,
            dict(wanted.get("metadata") or {}),
            int(time.time()),
            [json.loads(line) for line in lines],
        )
        self.batches.append(batch)
        self._validate(batch)
        if trouble.cut:
            trouble.cut -= 1
            return "cut"
        return _json(batch.shown())

    def _validate(self, batch: Batch) -> None:
        trouble = self.trouble
        under_way = sum(len(one.rows) for one in self.batches if one.status in {"validating", "in_progress"})
        if trouble.room is not None and under_way > trouble.room:
            batch.status = "failed"
            batch.complaints = [
                {"code": "token_limit_exceeded", "message": "Enqueued token limit reached", "line": None}
            ]
        elif lines := trouble.wrong_lines.get(len(self.batches)):
            batch.status = "failed"
            batch.complaints = [
                {"code": "invalid_request", "message": "this line is refused", "line": line} for line in lines
            ]

    def _list(self, query: Mapping[str, list[str]]) -> dict[str, Any]:
        newest = [batch.shown() for batch in reversed(self.batches)]
        after = query.get("after", [""])[0]
        start = next((n for n, one in enumerate(newest, 1) if one["id"] == after), 0)
        shown = newest[start : start + int(query.get("limit", ["20"])[0])]
        more = len(newest) > start + len(shown)
        return {
            "object": "list",
            "data": shown,
            "has_more": more,
            "last_id": shown[-1]["id"] if shown else None,
        }

    def _one(self, name: str, rest: list[str], answer: Answer) -> tuple[int, bytes]:
        batch = next((one for one in self.batches if one.id == name), None)
        if batch is None:
            return _error(404, "No batch found with this id")
        if rest == ["cancel"]:
            if batch.status not in {"validating", "in_progress"}:
                return _error(400, f"Cannot cancel a batch with status {batch.status!r}")
            batch.status = "cancelling"
            return _json(batch.shown())
        self._move(batch, answer)
        return _json(batch.shown())

    def _move(self, batch: Batch, answer: Answer) -> None:
        if batch.status not in {"validating", "in_progress", "cancelling"}:
            return
        if batch.status == "cancelling":
            self._end(batch, batch.done + batch.failed, "cancelled", answer)
            return
        batch.looks += 1
        batch.status = "in_progress"
        if self.held.is_set() or batch.looks <= self._looks:
            batch.done = len(batch.rows) // 2
            return
        number = self.batches.index(batch) + 1
        upto = self.trouble.expires.get(number)
        self._end(
            batch,
            len(batch.rows) if upto is None else upto,
            "completed" if upto is None else "expired",
            answer,
        )

    def _end(
        self, batch: Batch, upto: int, status: Literal["completed", "expired", "cancelled"], answer: Answer
    ) -> None:
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        for row in batch.rows[:upto]:
            said = self._do(row, answer)
            (bad if said["error"] or said["response"]["status_code"] >= 400 else good).append(said)  # noqa: PLR2004 -- HTTP errors
        code = f"batch_{status}"
        bad += [
            _row(row, None, {"code": code, "message": "not executed in time"}) for row in batch.rows[upto:]
        ]
        # The order of the rows is nobody's to rely on.
        batch.output = self._keep(list(reversed(good)))
        batch.errors = self._keep(bad)
        batch.done, batch.failed, batch.status = len(good), len(bad), status

    def _do(self, row: dict[str, Any], answer: Answer) -> dict[str, Any]:
        key = row["custom_id"]
        self.tried[key] += 1
        error = self.trouble.row(key, self.tried[key])
        if error is not None:
            status = cast("int", error.get("status", 500))
            return _row(
                row, {"status_code": status, "request_id": "fake", "body": {"error": dict(error)}}, None
            )
        status, body = answer(row["url"], row["body"])
        self.paid[key] += 1
        return _row(row, {"status_code": status, "request_id": "fake", "body": dict(body)}, None)

    def _keep(self, rows: list[dict[str, Any]]) -> str | None:
        if not rows:
            return None
        name = self._name("file")
        self.files[name] = "".join(json.dumps(row) + "\n" for row in rows).encode()
        return name

    def _name(self, kind: str) -> str:
        self._numbers += 1
        return f"{kind}-fake-{self._numbers}"


def _row(row: Mapping[str, Any], response: object, error: object) -> dict[str, Any]:
    return {"id": "batch_req_fake", "custom_id": row["custom_id"], "response": response, "error": error}


def _json(data: Mapping[str, Any]) -> tuple[int, bytes]:
    return 200, json.dumps(data).encode()


def _error(status: int, message: str) -> tuple[int, bytes]:
    return status, json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()


def _file_of(content_type: str, raw: bytes) -> bytes:
    """The file in a form, as browsers send one."""
    boundary = b"--" + content_type.partition("boundary=")[2].strip('"').encode()
    parts = raw.split(boundary)
    part = next(part for part in parts if b'name="file"' in part.partition(b"\r\n\r\n")[0])
    return part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
