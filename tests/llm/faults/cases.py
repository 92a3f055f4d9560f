"""One fault, as the fake server plays it, and all that has to hold afterwards."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from summarizer.errors import SummarizerError
from summarizer.llm import Usage
from tests.llm.asking import Answer, Asked, asking
from tests.llm.fake_server import FakeServer, Say

__all__ = ["ARTICLE", "GOOD", "KEY", "Case", "Run", "examine", "examined", "listed", "spotless"]

Run = Callable[[Coroutine[Any, Any, Any]], Any]

GOOD = Answer(city="Lisbon", year=1755)
KEY = "sk-secret-key"
ARTICLE = (
    "Correspondents in Vellmar counted seventeen lorries on the bridge before the fog came down at noon."
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A fault.

    Attributes:
        name: Its number in the list of faults, and the behaviour in words.
        script: What the server says; the last is said again and again.
        error: What the call ends with; None for the good answer.
        outcomes: Of each request, in order.
        reasons: Why each was sent; None for a first and retries after it.
        counted: How many replies the provider counted tokens for: 100 in, 20 out each.
        waits: Least and most seconds of each wait.
        words: What the message says.
        options: Of the client.
    """

    name: str
    script: Sequence[Say]
    error: type[SummarizerError] | None = None
    outcomes: Sequence[str]
    reasons: Sequence[str] | None = None
    counted: int
    waits: Sequence[tuple[float, float]] | None = None
    words: str = ""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


def listed(*cases: Case) -> pytest.MarkDecorator:
    """Each case as one test with its name."""
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def examine(run: Run, case: Case) -> Asked:
    """Meet the fault, and see that everything holds."""
    with FakeServer(*case.script) as server:
        asked: Asked = run(asking(server, user=ARTICLE, **case.options))
        return examined(case, asked, server)


def examined(case: Case, asked: Asked, server: FakeServer) -> Asked:
    """See that the outcome, the requests, the tokens and the waits are as they should be."""
    if case.error is None:
        assert asked.value == GOOD
    else:
        assert type(asked.error) is case.error, asked.error
        assert case.words in str(asked.error)
    journal = asked.journal
    assert asked.outcomes == list(case.outcomes)
    assert len(server.requests) == len(journal)
    reasons = case.reasons or ["first", *["retry"] * (len(journal) - 1)]
    assert [row.reason for row in journal] == list(reasons)
    counted = [row.tokens for row in journal if row.tokens and not row.estimated]
    assert len(counted) == case.counted
    total = Usage.of(row for row in journal if not row.estimated).tokens
    assert (total.input, total.output) == (100 * case.counted, 20 * case.counted)
    if case.waits is not None:
        assert len(asked.waits) == len(case.waits)
        for waited, (least, most) in zip(asked.waits, case.waits, strict=True):
            assert least <= waited < most
    spotless(asked.error)
    return asked


def spotless(error: BaseException | None) -> None:
    """See that neither the key nor the article is in an error, or in one that it stands on."""
    seen: set[int] = set()
    while error is not None:
        assert id(error) not in seen, "an error stands on itself"
        seen.add(id(error))
        shown = f"{error} {error!r} {getattr(error, 'hint', '')} {error.args} {vars(error)}"
        assert KEY not in shown
        assert ARTICLE not in shown
        error = error.__cause__ or error.__context__
