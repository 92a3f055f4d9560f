"""What limits a run over the Batch endpoint: size of files, a full queue, a budget, and providers that have none."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.batching import BatchOptions, prepare
from summarizer.errors import BatchesRefused, BudgetReached, SettingsError
from summarizer.llm.budget import Budget
from summarizer.llm.providers import check_batches, parse_model
from summarizer.llm.tariff import Tariff
from summarizer.runs.board import Board
from summarizer.runs.run import Batch
from summarizer.runs.status import status_of
from summarizer.testing.fake_batches import Trouble
from summarizer.types import Tokens
from tests.runs.posted import SWIFT
from tests.runs.posting_work import COUNT, Echo, batch_of, batches_of, check_end, done, posting, sending

pytestmark = pytest.mark.summarizer_loopback


@pytest.mark.thorough
@pytest.mark.parametrize("limits", [Trouble(most_rows=6), Trouble(most_bytes=2500)])
def test_files_are_made_smaller_until_the_provider_takes_them(limits: Trouble, out: Path, echo: Echo) -> None:
    batches = batches_of(echo)
    batches.trouble = limits
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
    assert max(len(one.rows) for one in batches.batches) <= 6


@pytest.mark.thorough
def test_files_keep_to_the_limits_that_are_known(out: Path, echo: Echo) -> None:
    terms = replace(SWIFT, requests=8, file_bytes=2000)
    assert done(batch_of(out, echo.base_url, terms=terms)).complete
    check_end(out, echo)
    sizes = [len(one.rows) for one in batches_of(echo).batches]
    assert max(sizes) <= 8
    assert all(sum(len(json.dumps(row)) + 1 for row in one.rows) <= 2000 for one in batches_of(echo).batches)


@pytest.mark.thorough
def test_a_full_queue_is_waited_for_with_smaller_batches(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.room = 11
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)
    assert "failed" in {one.status for one in batches_of(echo).batches}


@pytest.mark.thorough
def test_being_asked_to_slow_down_loses_nothing(out: Path, echo: Echo) -> None:
    batches_of(echo).trouble.throttled = 9
    assert done(batch_of(out, echo.base_url)).complete
    check_end(out, echo)


def test_a_server_without_the_endpoint_is_named_and_nothing_is_lost(out: Path) -> None:
    with Echo() as plain:
        report = done(batch_of(out, plain.base_url))
        assert isinstance(report.stopped, BatchesRefused)
        assert "POST /v1/files" in str(report.stopped)
        assert "--batch-api" in report.stopped.hint
        ordinary = Batch(
            output=out,
            options={"model": "openai/fake-model", "base URL": plain.base_url},
            open_work=sending(plain.base_url),
        )
        assert done(ordinary).complete
    assert status_of(out).uncertain_count == 0


@pytest.mark.parametrize("model", ["anthropic/claude-x", "mistral/small", "local/qwen2.5-coder-1.5b"])
def test_a_provider_that_has_no_such_endpoint_is_refused_at_once(model: str, out: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be asked in batches") as refused:
        check_batches(parse_model(model))
    assert "--batch-api" in refused.value.hint
    with pytest.raises(SettingsError, match="cannot be asked in batches"):
        prepare(out, BatchOptions(model=model, batch_api=True))


def test_limits_a_minute_do_not_go_with_the_batch_api() -> None:
    with pytest.raises(SettingsError, match="rpm and tpm"):
        BatchOptions(model="openai/gpt-5-mini", batch_api=True, rpm=10)


def test_half_the_price_is_charged_and_set_aside() -> None:
    tokens = Tokens(input=10_000, cached=2_000, output=500)
    usual = Tariff("openai", "gpt-5-mini", elsewhere=False, free=False)
    posted = Tariff("openai", "gpt-5-mini", elsewhere=False, free=False, share=0.5)
    full, half = usual.price(tokens), posted.price(tokens)
    assert full is not None
    assert half == pytest.approx(full / 2)
    most = usual.most(b"x" * 1000, output_tokens=100)
    assert most is not None
    assert posted.most(b"x" * 1000, output_tokens=100) == pytest.approx(most / 2)


def test_a_budget_stops_before_a_request_is_posted(out: Path, echo: Echo) -> None:
    board = Board()
    budget = Budget(requests=COUNT + 5)
    limited = Batch(
        output=out,
        options={"model": "openai/fake-model", "base URL": echo.base_url},
        open_work=posting(echo.base_url, board, budget=budget),
        concurrency=100,
        board=board,
        drain_s=0.05,
    )
    report = done(limited)
    assert isinstance(report.stopped, BudgetReached)
    assert sum(batches_of(echo).paid.values()) <= COUNT + 5
    assert done(batch_of(out, echo.base_url)).complete
    assert set(batches_of(echo).paid.values()) == {1}
