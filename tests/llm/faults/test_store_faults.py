"""F38 and F39: what goes wrong with kept replies and with the disk."""

import hashlib
import logging
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from summarizer.errors import StoreFailed
from summarizer.llm.cache import ReplyCache
from summarizer.llm.keeping import Kept
from summarizer.llm.usage import Sent
from tests.llm.asking import Answer, Asked, asking
from tests.llm.fake_server import FakeServer, answer
from tests.llm.faults.cases import ARTICLE, GOOD, Run, spotless

pytestmark = pytest.mark.summarizer_loopback


def stricter() -> type[Answer]:
    """The same form as `Answer`, of which our own code has come to think differently."""

    class Answer(BaseModel):
        """A city and a year."""

        model_config = ConfigDict(extra="forbid", frozen=True)

        city: str = Field(max_length=40)
        year: int = Field(ge=1)

        @field_validator("city")
        @classmethod
        def only_porto(cls, city: str) -> str:
            if city != "Porto":
                raise ValueError("another city")
            return city

    return Answer  # type: ignore[return-value]  # the same fields


def change(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement, values)
    db.close()


POISON = b'{"choices": [{"message": {"content": "{\\"city\\": 7}"}}], "usage": {"completion_tokens": 9}}'


@pytest.mark.parametrize(
    ("damage", "values"),
    [
        pytest.param("UPDATE bodies SET body = x'00'", (), id="F38-corrupt-row"),
        pytest.param("UPDATE bodies SET body = ?", (POISON,), id="F38-poisoned-row"),
        pytest.param("DELETE FROM bodies", (), id="F38-row-without-its-reply"),
    ],
)
def test_a_damaged_row_of_the_cache_is_a_miss_with_a_warning(
    run: Run, tmp_path: Path, damage: str, values: tuple[object, ...], caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "cache" / "replies.sqlite"
    with FakeServer() as server:
        run(asking(server, keeper=ReplyCache(path), user=ARTICLE))
        change(path, damage, *values)
        asked: Asked = run(asking(server, keeper=ReplyCache(path), user=ARTICLE))
        third: Asked = run(asking(server, keeper=ReplyCache(path), user=ARTICLE))
        assert len(server.requests) == 2
    assert asked.value == third.value == GOOD
    assert [row.recalled for row in (*asked.journal, *third.journal)] == [False, True]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert ARTICLE not in caplog.text


def test_F38_a_row_that_was_forged_whole_is_read_again_and_found_wanting(  # noqa: N802 -- its number
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its digest is right, but what was kept as a good answer is none."""
    path = tmp_path / "cache" / "replies.sqlite"
    with FakeServer() as server:
        run(asking(server, keeper=ReplyCache(path)))
        change(path, "UPDATE bodies SET body = ?", POISON)
        change(path, "UPDATE replies SET sha256 = ?", hashlib.sha256(POISON).digest())
        asked: Asked = run(asking(server, keeper=ReplyCache(path)))
        assert len(server.requests) == 2
    assert asked.value == GOOD
    assert [(row.recalled, row.outcome) for row in asked.journal][-1] == (False, "complete")
    assert "cannot be read any more" in caplog.text


def test_F38_a_reply_that_our_own_rules_have_come_to_refuse_is_asked_for_again(  # noqa: N802 -- its number
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "cache" / "replies.sqlite"
    with FakeServer(answer(), answer('{"city": "Porto", "year": 1755}')) as server:
        run(asking(server, keeper=ReplyCache(path)))
        asked: Asked = run(asking(server, keeper=ReplyCache(path), shape=stricter()))
        assert len(server.requests) == 2
    assert asked.value.city == "Porto"
    assert "cannot be read any more" in caplog.text


@dataclass
class Failing:
    """A keeper whose disk fails at one step."""

    step: str
    told: list[str] = field(default_factory=list[str])

    def _take(self, step: str) -> None:
        self.told.append(step)
        if step == self.step:
            raise StoreFailed("the disk is full")

    async def recall(self, key: str) -> Kept | None:  # noqa: ARG002 -- nothing is ever kept
        """Nothing is kept."""
        self._take("recall")
        return None

    async def sending(self, key: str, row: Sent, worst_usd: float | None) -> None:  # noqa: ARG002
        """A request is about to leave."""
        self._take("sending")

    async def received(self, key: str, row: Sent, reply: Kept) -> None:  # noqa: ARG002
        """A reply has come."""
        self._take("received")

    async def judged(self, key: str, row: Sent) -> None:  # noqa: ARG002
        """It was judged."""
        self._take("judged")

    async def disown(self, key: str) -> None:  # noqa: ARG002
        """It was useless."""
        self._take("disown")


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        pytest.param(step, sent, id=f"F39-at-{step}")
        for step, sent in (("recall", 0), ("sending", 0), ("received", 1), ("judged", 1))
    ],
)
def test_a_store_that_fails_is_told_and_nothing_that_was_sent_is_forgotten(
    run: Run, step: str, sent: int
) -> None:
    """A batch adds: it stops, and goes on from its store once there is room. A full cache is only a warning."""
    with FakeServer() as server:
        asked: Asked = run(asking(server, user=ARTICLE, keeper=Failing(step)))
        assert len(server.requests) == len(asked.journal) == sent
    assert isinstance(asked.error, StoreFailed)
    assert sum(row.tokens.input for row in asked.journal if row.tokens) == 100 * sent
    spotless(asked.error)
