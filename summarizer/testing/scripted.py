"""A model that says what a test tells it to: drafts in, no HTTP, no engine, no key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from pydantic import BaseModel, JsonValue, ValidationError

from summarizer.errors import CassetteError
from summarizer.llm import Client, Journal, ModelRef, Reply, Sent, Usage
from summarizer.llm.stand_in import standing_in
from summarizer.testing.filling import filled

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["Asked", "Draft", "ScriptedModel"]

T = TypeVar("T", bound=BaseModel)

Draft = BaseModel | Mapping[str, Any] | BaseException
"""What is said to one question: the answer, or an error to raise in its place."""

SHOWN = 160
"""Characters of what a pass asks for that an error shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as the scripted model was asked it."""

    name: str
    """Of the pass: `summary`, `actors`, `signals`, `revision`."""
    system: str
    user: str
    shape: type[BaseModel]
    """Of the answer."""
    max_tokens: int


class ScriptedModel(Client):
    """Answers each question with the next draft; for `summarize(text, model=ScriptedModel(...))`, or as a block.

    Inside `with ScriptedModel(...) as model:` it answers whatever model is asked for, and `model.asked` keeps what
    it was asked.

    Args:
        drafts: Answers in the order of the questions; or by the name of the pass, each a draft or a list of them.
            The last draft of a pass is said to all its further questions. An error is raised instead of said.
        fill: Make up what a draft leaves out, and drafts that are missing: the smallest answer of the form asked for.
        model: What it claims to be. A `local/` model only restates what it is shown; any other also judges.

    Raises:
        CassetteError: something in the script is no draft; and from a question, when no draft is left for it or the
            draft does not have the form asked for.
    """

    def __init__(
        self,
        drafts: Iterable[Draft] | Mapping[str, Draft | Sequence[Draft]] = (),
        *,
        fill: bool = False,
        model: str = "scripted/model",
    ) -> None:
        super().__init__(ModelRef("openai", "scripted"), base_url="http://scripted.invalid/v1")
        provider, _, name = model.partition("/")
        self._played = ModelRef(provider, name)
        self._by_pass: dict[str, list[Draft]] | None = None
        self._in_turn: list[Draft] = []
        if isinstance(drafts, Mapping):
            self._by_pass = _by_pass(cast("Mapping[str, Draft | Sequence[Draft]]", drafts))
        else:
            self._in_turn = _drafts(drafts)
        self._fill = fill
        self._rows = Journal()
        self._block: AbstractContextManager[None] | None = None
        self.asked: list[Asked] = []
        """Every question, in order."""

    @property
    def ref(self) -> ModelRef:
        """What it claims to be."""
        return self._played

    @property
    def journal(self) -> tuple[Sent, ...]:
        """Every question as a request that cost nothing."""
        return self._rows.rows

    @property
    def usage(self) -> Usage:
        """The sum of these."""
        return self._rows.usage

    async def ask(
        self,
        system: str,
        user: str,
        shape: type[T],
        *,
        name: str,
        max_tokens: int,
        journal: Journal | None = None,
        **_options: Any,
    ) -> Reply[T]:
        """The next draft, as an instance of `shape`."""
        asked = Asked(name=name, system=system, user=user, shape=shape, max_tokens=max_tokens)
        self.asked.append(asked)
        draft = self._draft(asked)
        row = Sent(call=-len(self.asked), name=name, attempt=1, outcome="complete", cost_usd=0.0)
        for book in (self._rows, journal):
            if book is not None:
                book.write(row)
        if isinstance(draft, BaseException):
            raise draft
        return Reply(value=self._value(asked, shape, draft), usage=Usage.of([row]))

    async def aclose(self) -> None:
        """Nothing to close: the same script may serve several calls."""

    def __enter__(self) -> Self:
        self._block = standing_in(self)
        self._block.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._block is not None:
            self._block.__exit__(kind, error, trace)

    def _draft(self, asked: Asked) -> Draft:
        left = self._in_turn if self._by_pass is None else self._by_pass.get(asked.name, [])
        if left:
            # By pass, the last stays: a test that scripts one answer means all of them.
            return left[0] if self._by_pass is not None and len(left) == 1 else left.pop(0)
        if self._fill:
            return {}
        raise _unscripted(
            f"the script has no draft for question {len(self.asked)}, which is the pass {asked.name!r}", asked
        )

    def _value(self, asked: Asked, shape: type[T], draft: BaseModel | Mapping[str, Any]) -> T:
        given = draft.model_dump(mode="json") if isinstance(draft, BaseModel) else dict(draft)
        whole = filled(shape, given) if self._fill else given
        try:
            return shape.model_validate_json(json.dumps(whole), strict=True)
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(map(str, one['loc'])) or 'the draft'}: {one['msg']}" for one in error.errors()[:4]
            )
            raise _unscripted(f"the draft for the pass {asked.name!r} does not fit: {wrong}", asked) from None


def _by_pass(drafts: Mapping[str, Draft | Sequence[Draft]]) -> dict[str, list[Draft]]:
    return {
        name: [said] if isinstance(said, BaseModel | Mapping | BaseException) else _drafts(said)
        for name, said in drafts.items()
    }


def _drafts(said: object) -> list[Draft]:
    """A list of drafts, or an error that says what is none: a string, for one, would be taken apart as a list."""
    several = list(cast("Iterable[object]", said)) if isinstance(said, Iterable) else [said]
    for one in [said] if isinstance(said, str | bytes) else several:
        if not isinstance(one, BaseModel | Mapping | BaseException):
            raise CassetteError(
                f"the script holds {one!r:.60}, which is no draft",
                hint="A draft is a dict such as {'bottom': 'Two ships collided.'}, a Pydantic object, or an error.",
            )
    return cast("list[Draft]", several)


def _unscripted(what: str, asked: Asked) -> CassetteError:
    schema = cast("dict[str, JsonValue]", asked.shape.model_json_schema())
    fields = ", ".join(cast("dict[str, JsonValue]", schema.get("properties", {})))
    shown = fields if len(fields) <= SHOWN else fields[:SHOWN] + "…"
    return CassetteError(
        what, hint=f"It asks for {shown}. Script these, or let ScriptedModel(..., fill=True) make them up."
    )
