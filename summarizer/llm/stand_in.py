"""A client that stands in for whatever model would have been asked, inside a block."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.llm.client import Client

__all__ = ["stand_in", "standing_in"]

_current: ContextVar["Client | None"] = ContextVar("_current", default=None)


@contextmanager
def standing_in(client: "Client") -> Generator[None]:
    """Inside this block `client` answers, whatever model is asked for."""
    token = _current.set(client)
    try:
        yield
    finally:
        _current.reset(token)


def stand_in() -> "Client | None":
    """The client that answers here in place of the model asked for, if there is one."""
    return _current.get()
