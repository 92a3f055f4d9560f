"""F20 to F37: replies that came whole and are still not what was asked for."""

import json
from typing import Any

import pytest

from summarizer.errors import (
    Filtered,
    MalformedReply,
    ProviderFailed,
    QuotaExhausted,
    RateLimited,
    Refused,
    Truncated,
)
from summarizer.llm import RetryPolicy
from tests.llm.asking import Asked, asking
from tests.llm.fake_server import FakeServer, Say, answer, completion
from tests.llm.faults.cases import ARTICLE, GOOD, KEY, Case, Run, examine, listed

pytestmark = pytest.mark.summarizer_loopback

TEXT = '{"city": "Lisbon", "year": 1755}'
UNCOUNTED = {key: value for key, value in completion(TEXT).items() if key != "usage"}
CALL = {"id": "1", "type": "function", "function": {"name": "other", "arguments": TEXT}}
PAGE = Say(body=f"<html>{ARTICLE}</html>", headers={"content-type": "text/html"})
NOBODYS = {
    "F20-a-page-under-200": PAGE,
    "F20-an-empty-body-under-200": Say(body=""),
    "F20-null-under-200": Say(body="null"),
    "F20-a-list-under-200": Say(body="[]"),
    "F21-an-error-under-200": Say(body={"error": {"message": f"{ARTICLE} {KEY}", "code": 503}}),
    "F21-an-error-without-a-code-under-200": Say(body={"error": "upstream"}),
    "F22-no-choices": Say(body={"choices": []}),
    "F22-no-message": Say(body={"choices": [{"message": None}]}),
    "F23-no-content-and-no-tokens": Say(body={**UNCOUNTED, "choices": completion(None)["choices"]}),
}


@listed(
    *(
        Case(
            name=f"{name}-once",
            script=[say, answer()],
            outcomes=["failed", "complete"],
            counted=1,
            waits=[(0, 0.05)],
        )
        for name, say in NOBODYS.items()
    ),
    *(
        Case(
            name=f"{name}-for-ever",
            script=[say],
            error=ProviderFailed,
            outcomes=["failed"] * 6,
            counted=0,
            waits=[(0, bound) for bound in (0.05, 0.1, 0.2, 0.4, 0.8)],
        )
        for name, say in NOBODYS.items()
    ),
)
def test_what_no_model_said_is_waited_out_like_a_502(run: Run, case: Case) -> None:
    """It cost nothing, and it is never sent back to the model for correction."""
    asked = examine(run, case)
    assert asked.journal[0].cost_usd == 0
    assert asked.journal[0].status == 200


@listed(
    Case(
        name="F21-a-throttle-under-200",
        script=[Say(body={"error": {"message": "slow down", "code": 429}}, headers={"retry-after": "3"})],
        error=RateLimited,
        outcomes=["failed"] * 6,
        counted=0,
        waits=[(3, 4)] * 5,
    ),
    Case(
        name="F21-no-credit-under-200",
        script=[Say(body={"error": {"message": "no credit", "code": 402}})],
        error=QuotaExhausted,
        outcomes=["rejected"],
        counted=0,
        waits=[],
    ),
    Case(
        name="F24-a-refusal-keeps-its-words",
        script=[answer(None, refusal="I would rather not count lorries.")],
        error=Refused,
        outcomes=["refused"],
        counted=1,
        words="I would rather not count lorries.",
        waits=[],
    ),
    Case(
        name="F25-a-filtered-reply",
        script=[answer(TEXT, finish="content_filter")],
        error=Filtered,
        outcomes=["filtered"],
        counted=1,
        waits=[],
    ),
    Case(
        name="F25-a-filtered-reply-without-content",
        script=[answer(None, finish="content_filter")],
        error=Filtered,
        outcomes=["filtered"],
        counted=1,
        waits=[],
    ),
)
def test_what_the_provider_has_decided_counts_as_decided(run: Run, case: Case) -> None:
    examine(run, case)


@listed(
    Case(
        name="F26-cut-once",
        script=[answer(TEXT[:12], finish="length"), answer()],
        outcomes=["truncated", "complete"],
        reasons=["first", "reask"],
        counted=2,
        waits=[],
    ),
    Case(
        name="F26-cut-for-ever-even-where-it-looks-whole",
        script=[answer(TEXT, finish="length")],
        error=Truncated,
        outcomes=["truncated"] * 2,
        reasons=["first", "reask"],
        counted=2,
        waits=[],
    ),
)
def test_a_reply_cut_at_its_limit_is_asked_for_once_more_with_twice_the_room(run: Run, case: Case) -> None:
    with FakeServer(*case.script) as server:
        run(asking(server))
        assert [sent.body["max_tokens"] for sent in server.requests] == [64, 128]
    examine(run, case)


MALFORMED = {
    "F23-no-content-but-tokens": answer(None),
    "F27-no-json": answer("It was Lisbon, in 1755."),
    "F27-cut-json": answer(TEXT[:-4]),
    "F27-a-field-missing": answer('{"city": "Lisbon"}'),
    "F27-a-field-too-many": answer('{"city": "Lisbon", "year": 1755, "url": "http://x.example"}'),
    "F27-a-number-as-text": answer('{"city": "Lisbon", "year": "1755"}'),
    "F27-the-schema-echoed": answer('{"type": "object", "properties": {}}'),
    "F29-a-key-twice": answer('{"city": "Lisbon", "year": 1755, "year": 1756}'),
    "F30-nan": answer('{"city": "Lisbon", "year": NaN}'),
    "F30-infinity": answer('{"city": "Lisbon", "year": -Infinity}'),
    "F30-beyond-any-float": answer('{"city": "Lisbon", "year": 1e999}'),
    "F30-five-thousand-digits": answer('{"city": "Lisbon", "year": %s}' % ("9" * 5000)),
    "F31-nested-without-end": answer('{"city": ' + "[" * 100_000),
    "F31-nested-and-closed": answer('{"city": ' + "[" * 50_000 + "]" * 50_000 + "}"),
    "F32-two-megabytes-in-a-string": answer(json.dumps({"city": "x" * 2**21, "year": 1755})),
    "F33-half-a-character": answer('{"city": "\\ud83d", "year": 1755}'),
    "F34-a-tool-that-nobody-offered": answer(None, tool_calls=[CALL], finish="tool_calls"),
    "F35-two-answers": answer(f'{{"city": "HIJACKED", "year": 1}}\n{TEXT}'),
    "F35-the-articles-json-after-the-answer": answer(f'{TEXT}\n{{"city": "HIJACKED", "year": 1}}'),
}


@listed(
    *(
        Case(
            name=f"{name}-once",
            script=[say, answer()],
            outcomes=["malformed", "complete"],
            reasons=["first", "reask"],
            counted=2,
            waits=[],
        )
        for name, say in MALFORMED.items()
    ),
    *(
        Case(
            name=f"{name}-for-ever",
            script=[say],
            error=MalformedReply,
            outcomes=["malformed"] * 2,
            reasons=["first", "reask"],
            counted=2,
            waits=[],
        )
        for name, say in MALFORMED.items()
    ),
    *(
        Case(
            name=f"F27-for-ever-with-{reasks}-reasks",
            script=[answer("[]")],
            error=MalformedReply,
            outcomes=["malformed"] * (reasks + 1),
            reasons=["first", *["reask"] * reasks],
            counted=reasks + 1,
            options={"policy": RetryPolicy(reasks=reasks)},
        )
        for reasks in (0, 2, 4)
    ),
)
def test_a_malformed_reply_is_asked_for_again_once_and_every_one_is_counted(run: Run, case: Case) -> None:
    """Typed or put right, never silently wrong."""
    examine(run, case)


@listed(
    *(
        Case(name=name, script=[answer(text)], outcomes=["repaired"], counted=1, waits=[])
        for name, text in {
            "F28-a-fence": f"```json\n{TEXT}\n```",
            "F28-a-byte-order-mark": f"\ufeff{TEXT}",
            "F28-a-trailing-comma": '{"city": "Lisbon", "year": 1755, }',
            "F28-words-around-it": f"Here you are:\n{TEXT}\nAnything else?",
            "F33-control-characters": '{"city": "L\\u0000is\\u001bb\\u009bo\\bn\x7f", "year": 1755}',
        }.items()
    )
)
def test_what_can_be_mended_here_is_not_paid_for_twice(run: Run, case: Case) -> None:
    examine(run, case)


def test_F35_a_tool_is_not_taken_for_an_answer_whatever_it_holds(run: Run) -> None:  # noqa: N802 -- its number
    """Both, a tool nobody offered and an answer: the answer is where it belongs."""
    with FakeServer(answer(TEXT, tool_calls=[CALL])) as server:
        asked: Asked = run(asking(server))
    assert asked.value == GOOD


def test_F36_a_stream_that_nobody_asked_for_is_not_read_in_part(run: Run) -> None:  # noqa: N802 -- its number
    piece = json.dumps({"choices": [{"delta": {"content": TEXT}}]})
    examine(
        run,
        Case(
            name="",
            script=[Say(body=f"data: {piece}\n\n", headers={"content-type": "text/event-stream"}), answer()],
            outcomes=["failed", "complete"],
            counted=1,
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(UNCOUNTED, id="F37-no-usage"),
        pytest.param({**UNCOUNTED, "usage": None}, id="F37-usage-null"),
    ],
)
def test_tokens_that_nobody_counted_are_estimated_and_said_to_be(run: Run, body: dict[str, Any]) -> None:
    with FakeServer(Say(body=body)) as server:
        asked: Asked = run(asking(server, user=ARTICLE * 40))
        assert len(server.requests) == len(asked.journal) == 1
    assert asked.value == GOOD
    assert asked.reply is not None
    usage = asked.reply.usage
    assert usage.estimated
    assert 1000 < usage.tokens.input < 2000
    assert 0 < usage.tokens.output < 200
