"""What one recording holds: the request that was sent, the reply that came back, and when two requests are the same.

A body is kept as a JSON tree when the tree says everything the bytes said, else as text, else as base64.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import Base64Bytes, Field, JsonValue

from summarizer.types.base import Model

__all__ = [
    "ORIGIN",
    "BinaryBody",
    "Body",
    "Recording",
    "Reply",
    "Request",
    "body_bytes",
    "body_of",
    "fingerprint",
    "in_order",
    "ordered",
    "reply_type",
]

ORIGIN = "http://model.invalid"
"""Stands for whatever server answered: a provider, a loopback port, a Unix socket."""

MAX_DEPTH = 60
"""Deeper trees are kept as text: no reply of ours nests so far, and YAML readers recurse."""

Headers = dict[str, list[str]]


class JsonBody(Model):
    """A body that is JSON."""

    tree: JsonValue = Field(alias="json")


class TextBody(Model):
    """A body that is text but not plain JSON: an error page, a cut reply, an event stream."""

    text: str


class BinaryBody(Model):
    """A body that is not text."""

    base64: Base64Bytes


Body = JsonBody | TextBody | BinaryBody


class Request(Model):
    """One request as it is kept: method, address without its host, JSON body."""

    method: str
    uri: str
    headers: Headers = Field(default_factory=Headers)
    body: JsonBody | None = None

    @property
    def path(self) -> str:
        """Path of the address."""
        return urlsplit(self.uri).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """Query parameters, sorted."""
        return sorted(parse_qsl(urlsplit(self.uri).query, keep_blank_values=True))


class Reply(Model):
    """One reply as it is kept."""

    status: int
    reason: str = ""
    headers: Headers = Field(default_factory=Headers)
    body: Body | None = None


class Recording(Model):
    """One request and its reply."""

    request: Request
    reply: Reply


def body_of(content: bytes) -> Body | None:
    """The most readable form that gives the same content back; None for an empty body."""
    if not content:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return BinaryBody(base64=base64.b64encode(content))
    try:
        tree = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return TextBody(text=text)
    return JsonBody(json=tree) if _is_plain(tree, MAX_DEPTH) else TextBody(text=text)


def body_bytes(body: Body | None) -> bytes:
    """The content of a body; a JSON tree is written compactly."""
    match body:
        case None:
            return b""
        case TextBody():
            return body.text.encode()
        case BinaryBody():
            return body.base64
        case _:
            return json.dumps(body.tree, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(request: Request) -> str:
    """Digest of method, path, query and body: equal for requests that deserve the same reply."""
    tree = ordered(request.body.tree) if request.body else None
    canonical = json.dumps([request.method, request.path, request.query, request.body is None, tree])
    return hashlib.sha256(canonical.encode()).hexdigest()


def in_order(recordings: Iterable[Recording]) -> list[Recording]:
    """Sorted by what was asked, so that a new recording of the same run is the same file.

    Equal requests keep the order in which they were answered; one that continues another comes after it.
    """
    return sorted(recordings, key=lambda recording: _place(recording.request))


def _place(request: Request) -> tuple[str, list[str], str]:
    tree = ordered(request.body.tree) if request.body else None
    messages = tree.get("messages") if isinstance(tree, dict) else None
    talk = [json.dumps(message) for message in messages] if isinstance(messages, list) else []
    return request.method + request.uri, talk, json.dumps(tree)


def reply_type(tree: JsonValue) -> str | None:
    """The name of the type that a request wants filled in, in JSON-schema mode or as the first tool."""
    for steps in (("response_format", "json_schema", "name"), ("tools", 0, "function", "name")):
        found: JsonValue = tree
        for step in steps:
            if isinstance(found, dict) and isinstance(step, str):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and found:
                found = found[step]
            else:
                found = None
        if isinstance(found, str):
            return found
    return None


def ordered(tree: JsonValue, *, name: str = "") -> JsonValue:
    """The same tree with its keys sorted and its whole floats as integers, so that equal JSON looks equal.

    The order of a schema's `properties` stays: a constrained model writes its fields in that order.
    """
    match tree:
        case dict():
            keys: Iterable[str] = tree if name == "properties" else sorted(tree)
            return {key: ordered(tree[key], name=key) for key in keys}
        case list():
            return [ordered(item) for item in tree]
        case float() if tree.is_integer():
            return int(tree)
        case _:
            return tree


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one that repeats a key would lose it in a tree."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is repeated")
    return found


def _refuse(constant: str) -> None:
    message = f"{constant} is not JSON"
    raise ValueError(message)


def _is_plain(tree: JsonValue, depth: int) -> bool:
    """Whether JSON and YAML both give this tree back unchanged."""
    match tree:
        case str():
            # A lone surrogate stands in JSON as an escape and nowhere else.
            return tree.isascii() or not any("\ud800" <= char <= "\udfff" for char in tree)
        case float():
            return tree not in (float("inf"), float("-inf"))
        case list():
            return depth > 0 and all(_is_plain(item, depth - 1) for item in tree)
        case dict():
            return depth > 0 and all(_is_plain(k, 0) and _is_plain(v, depth - 1) for k, v in tree.items())
        case _:
            return True
