"""One article's conversation with one model: each pass asked once, its cost and outcome written down."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from summarizer.article import Article
from summarizer.errors import MalformedReply, Truncated
from summarizer.llm import Client, Journal
from summarizer.pipeline.progress import Progress
from summarizer.pipeline.strategy import Strategy
from summarizer.prompting import Prompt
from summarizer.types import PassReport, Tokens
from summarizer.types.drafts import Draft

__all__ = ["Conversation", "Question", "merged"]

Outcome = Literal["complete", "limited", "truncated", "failed"]


@dataclass(frozen=True, slots=True)
class Question:
    """What one pass asks."""

    prompt: Prompt
    shape: type[Draft]
    """Of the answer."""
    max_tokens: int
    """Longest answer."""


@dataclass
class Conversation:
    """Asks the passes of one article and keeps the account."""

    article: Article
    client: Client
    strategy: Strategy
    progress: Progress
    names: tuple[str, ...] = ()
    """Names of the article that the model may repeat freely."""
    journal: Journal = field(default_factory=Journal)
    reports: list[PassReport] = field(default_factory=list[PassReport])

    async def ask(self, question: Question, *, limited: bool = False) -> dict[str, object]:
        """The validated answer, field by field, as plain data.

        Args:
            question: What the pass asks.
            limited: Whether more was found than is asked about.

        Raises:
            ModelError: the pass could not be completed.
        """
        name = question.prompt.name
        self.progress.pass_started(name)
        started = time.monotonic()
        reply = await self.client.ask(
            question.prompt.system,
            question.prompt.user,
            question.shape,
            name=name,
            max_tokens=question.max_tokens,
            sampling=self.strategy.sampling(self.names),
            journal=self.journal,
            listener=self.progress.listener(name),
        )
        answer = reply.value.model_dump()
        usage, seconds = reply.usage, time.monotonic() - started
        self._report(name, len(answer), usage.tokens, seconds, _outcome(limited), recalled=usage.recalled)
        return answer

    async def try_to_ask(self, question: Question, *, limited: bool = False) -> dict[str, object] | None:
        """The same for a pass that only corrects: where the answer is unusable, None, and the report says so."""
        started = time.monotonic()
        before = self.journal.usage.tokens
        try:
            return await self.ask(question, limited=limited)
        except (Truncated, MalformedReply) as error:
            after = self.journal.usage.tokens
            spent = Tokens(
                input=after.input - before.input,
                cached=after.cached - before.cached,
                output=after.output - before.output,
            )
            outcome = "truncated" if isinstance(error, Truncated) else "failed"
            self._report(question.prompt.name, 0, spent, time.monotonic() - started, outcome)
            return None

    def skip(self, name: str, *, limited: bool = False) -> None:
        """Write down that a pass had nothing to ask."""
        self._report(name, 0, Tokens(input=0, cached=0, output=0), 0.0, _outcome(limited))

    def _report(
        self, name: str, items: int, tokens: Tokens, seconds: float, outcome: Outcome, *, recalled: int = 0
    ) -> None:
        report = PassReport(
            name=name,
            outcome=outcome,
            items=items,
            tokens=tokens,
            recalled=recalled,
            seconds=round(seconds, 3),
        )
        self.reports.append(report)
        self.progress.pass_done(report)


def merged(answers: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The answers of all windows to one pass: each has fields of its own, but for the lists, which go on."""
    found: dict[str, object] = {}
    for answer in answers:
        for name, value in answer.items():
            before = found.get(name)
            both = isinstance(before, Sequence) and isinstance(value, Sequence)
            if both and not isinstance(value, str) and not isinstance(before, str):
                found[name] = [*cast("Sequence[object]", before), *cast("Sequence[object]", value)]
            else:
                found[name] = value
    return found


def _outcome(limited: bool) -> Outcome:
    return "limited" if limited else "complete"
