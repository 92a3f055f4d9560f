"""Bodies come back as they were, and requests are the same when they deserve the same reply."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.testing.recording import (
    JsonBody,
    Recording,
    Reply,
    Request,
    body_bytes,
    body_of,
    fingerprint,
    in_order,
)

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TREES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def request(
    tree: Any = None, *, method: str = "POST", uri: str = "http://model.invalid/v1/chat/completions"
) -> Request:
    """A request with this JSON body."""
    return Request(method=method, uri=uri, body=None if tree is None else JsonBody(json=tree))


def talk(*texts: str) -> dict[str, Any]:
    """A chat with these messages."""
    return {"model": "m", "messages": [{"role": "user", "content": text} for text in texts]}


@given(TREES)
def test_json_comes_back_as_the_same_json(tree: Any) -> None:
    body = body_of(json.dumps(tree).encode())

    assert json.loads(body_bytes(body)) == json.loads(json.dumps(tree))


@given(st.binary())
def test_any_bytes_come_back_as_they_were_unless_they_are_json(content: bytes) -> None:
    body = body_of(content)

    assert isinstance(body, JsonBody) or body_bytes(body) == content


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'"\\ud800"',
        b"\xef\xbb\xbf{}",
        b'{"a": ',
        b"data: {}\n\ndata: [DONE]\n\n",
        b"[" * 100 + b"]" * 100,
        b"[" * 100_000,
        b"1" * 5000,
        b"\xff\xfe",
    ],
    ids=[
        "repeated-key",
        "nan",
        "infinite",
        "surrogate",
        "bom",
        "cut",
        "events",
        "deep",
        "abyss",
        "huge",
        "binary",
    ],
)
def test_what_a_json_tree_would_change_is_kept_as_it_came(content: bytes) -> None:
    body = body_of(content)

    assert not isinstance(body, JsonBody)
    assert body_bytes(body) == content


def test_key_order_and_whole_floats_do_not_make_a_request_another() -> None:
    assert fingerprint(request({"a": 1, "b": [2.0]})) == fingerprint(request({"b": [2], "a": 1.0}))


def test_field_order_of_a_schema_makes_a_request_another() -> None:
    """A constrained model writes its fields in the order of `properties`, so its reply depends on it."""
    one: Any = {"schema": {"properties": {"reason": {}, "verdict": {}}}}
    other: Any = {"schema": {"properties": {"verdict": {}, "reason": {}}}}

    assert fingerprint(request(one)) != fingerprint(request(other))


@pytest.mark.parametrize(
    "other",
    [
        request({"a": 1}, method="PUT"),
        request({"a": 1}, uri="http://model.invalid/v1/completions"),
        request({"a": 1}, uri="http://model.invalid/v1/chat/completions?v=1"),
        request({"a": "1"}),
        request({"a": True}),
        request({"a": 1, "b": None}),
        request(),
    ],
    ids=["method", "path", "query", "type", "truth", "key", "body"],
)
def test_whatever_shapes_the_reply_makes_a_request_another(other: Request) -> None:
    assert fingerprint(other) != fingerprint(request({"a": 1}))


def test_query_order_does_not_make_a_request_another() -> None:
    one, other = (
        request(uri="http://model.invalid/v1/models?a=1&b="),
        request(uri="http://model.invalid/v1/models?b=&a=1"),
    )

    assert fingerprint(one) == fingerprint(other)


@given(st.permutations(["alpha", "beta", "gamma", "delta"]))
def test_recordings_are_ordered_by_what_was_asked(texts: list[str]) -> None:
    taken = [Recording(request=request(talk("article", text)), reply=Reply(status=200)) for text in texts]

    assert [r.request.body for r in in_order(taken)] == [
        JsonBody(json=talk("article", text)) for text in ("alpha", "beta", "delta", "gamma")
    ]


def test_a_continued_chat_comes_after_the_one_it_continues() -> None:
    taken = [
        Recording(request=request(talk(*texts)), reply=Reply(status=200)) for texts in (("a", "b"), ("a",))
    ]

    assert [r.request.body for r in in_order(taken)] == [
        JsonBody(json=talk("a")),
        JsonBody(json=talk("a", "b")),
    ]


def test_replies_to_equal_requests_keep_their_order() -> None:
    taken = [Recording(request=request(talk("a")), reply=Reply(status=status)) for status in (429, 200)]

    assert [r.reply.status for r in in_order(taken)] == [429, 200]
