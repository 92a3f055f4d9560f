"""A model that answers from a script, and keeps what it was asked."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from pydantic import BaseModel

from summarizer.article import Article
from summarizer.errors import Truncated
from summarizer.llm import Client, Reply, Usage, parse_model
from summarizer.notes import make_note
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing
from summarizer.types.note import Note

Answer = Callable[[type[BaseModel], str], Mapping[str, object]]


class Scripted(Client):
    """Gives its answers in order; a question too many is an error of the test."""

    def __init__(self, *answers: Answer, model: str = "local/invented") -> None:
        super().__init__(parse_model(model), base_url="http://model.invalid/v1", api_key="none")
        self.answers = list(answers)
        self.asked: list[str] = []

    async def ask(self, system: str, user: str, shape: type[Any], **_: Any) -> Reply[Any]:
        """The next answer of the script."""
        self.asked.append(f"{system}\n{user}")
        answer = self.answers.pop(0)
        return Reply(value=shape.model_validate(answer(shape, user)), usage=Usage(requests=1))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None


def echo(shape: type[BaseModel], user: str) -> Mapping[str, object]:
    """Repeats each passage, cut to the length that is allowed."""
    said: dict[str, object] = {}
    for name, field in shape.model_fields.items():
        found = re.search(rf"^{name}(?: claims)?: (.*)$", user, re.MULTILINE)
        longest = next(m.max_length for m in field.metadata if hasattr(m, "max_length"))
        words = found[1] if found else "Oskaran patrol boat kills five Belmoran fishermen"
        said[name] = words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0]
    return said


def saying(**fields: object) -> Answer:
    """The echo, with some fields said otherwise."""
    return lambda shape, user: {
        **echo(shape, user),
        **{k: v for k, v in fields.items() if k in shape.model_fields},
    }


def cut_short(shape: type[BaseModel], user: str) -> Mapping[str, object]:
    """A reply that hits its limit."""
    raise Truncated("the reply hit the limit")


def note_from(
    briefings: Sequence[Briefing], articles: Sequence[Article], client: Scripted, **options: Any
) -> Note:
    """The note that the scripted model writes."""
    return asyncio.run(make_note(briefings, articles, client, PromptLibrary(), **options))
