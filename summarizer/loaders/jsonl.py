"""JSON lines: one article a line, read as they are asked for."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from summarizer.errors import InputError, LimitExceeded, UnsupportedSource
from summarizer.loaders.blocks import short
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.invisible import strip_invisible
from summarizer.loaders.limits import LONGEST_TEXT
from summarizer.loaders.loaded import Extract

__all__ = ["read_lines"]

LONGEST_LINE = LONGEST_TEXT * 6
"""Bytes: JSON may write a character with six."""

_FIELDS = ("id", "title", "published", "source")


def read_lines(file: BinaryIO, name: str) -> Iterator[tuple[int, Extract | InputError]]:
    """Each line that is not empty, by its number: what it holds, or what is wrong with it."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        where = f"line {number:,} of {name}"
        if len(line) > LONGEST_LINE:
            _skip_line(file, line)
            yield number, LimitExceeded(f"{where} is longer than {LONGEST_LINE // 2**20} MB.")
            continue
        if not line.strip():
            continue
        try:
            yield number, _extract(line, where)
        except InputError as error:
            yield number, error


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST_LINE)


def _extract(line: bytes, where: str) -> Extract:
    record = _record(decode_text(line, where), where)
    text = record.get("text")
    if not isinstance(text, str):
        raise UnsupportedSource(
            f"{where} has no `text`.",
            hint='A line is {"id": ..., "text": ..., "title"?, "published"?, "source"?}.',
        )
    for field in _FIELDS:
        if not isinstance(record.get(field), str | int | None) or isinstance(record.get(field), bool):
            raise UnsupportedSource(f"{where}: `{field}` is no string.", hint="Write it in quotation marks.")
    stripped, removed = strip_invisible(text)
    given = {field: str(record[field]) for field in _FIELDS if record.get(field) is not None}
    return Extract(
        text=stripped,
        removed=removed,
        id=short(given.get("id")),
        title=short(given.get("title")),
        published=given.get("published"),
        site=short(given.get("source")),
    )


def _record(text: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except RecursionError as error:
        raise LimitExceeded(f"{where} is nested too deeply.") from error
    except ValueError as error:
        why = (
            f"{error.msg} at character {error.pos + 1:,}"
            if isinstance(error, json.JSONDecodeError)
            else error
        )
        raise UnsupportedSource(
            f"{where} is no JSON: {why}.", hint="Write one whole JSON object a line."
        ) from error
    if not isinstance(record, dict):
        raise UnsupportedSource(f"{where} is no JSON object.", hint="Write one whole JSON object a line.")
    return cast("dict[str, Any]", record)
