"""What a wire protocol has to tell the rest: how to send, what was said, and what a reply is worth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, cast

from pydantic import BaseModel

from summarizer.llm.providers import Provider
from summarizer.types import Tokens

if TYPE_CHECKING:
    import httpx2

__all__ = ["Asked", "Said", "Seen", "Wire", "count", "field", "parsed"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a model, whatever the protocol."""

    model: str
    """As its service spells it."""
    system: str
    user: str
    shape: type[BaseModel]
    max_tokens: int
    sampling: Mapping[str, Any]
    """Further fields of the request, which only this model's server knows."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the model said, whatever the protocol."""

    text: str = ""
    refusal: str | None = None
    """Its words, when it declined."""
    finish: Literal["whole", "length", "filter"] = "whole"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a reply is worth, seen from the outside, before anyone has read the answer in it."""

    status: int
    """As it should have been: a page or an error that came with status 200 is a gateway's fault."""
    fault: str | None = None
    tokens: Tokens | None = None
    written: int = 0
    """How many of the input tokens the provider put into its cache, where it charges for that."""


class Wire(Protocol):
    """One model service, spoken to in its own protocol."""

    streams: ClassVar[bool]
    """Whether `llm.streaming` knows how it sends replies piece by piece."""

    def __init__(self, provider: Provider, *, key: str | None, http_client: "httpx2.AsyncClient") -> None: ...

    async def ask(self, asked: Asked) -> Said:
        """Send one request through Instructor, over the HTTP client that the wire was made with.

        Returns:
            What the model said, whether or not it fits the shape.

        Raises:
            openai.OpenAIError: there was no such reply; whatever the protocol, in the words of OpenAI's client.
        """
        ...

    @staticmethod
    def worth(data: object) -> Seen:
        """What a reply under a good status is worth; `data` is its JSON."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


def parsed(body: bytes) -> object | None:
    """The JSON of a body; None when it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def field(data: object, key: str) -> Any:
    """`data[key]` where `data` is an object that has it, else None."""
    return cast("dict[str, Any]", data).get(key) if isinstance(data, dict) else None


def count(data: object, key: str, default: int = 0) -> int:
    """`data[key]` where it is a count."""
    value: object = field(data, key)
    return value if isinstance(value, int) and value >= 0 else default
