"""Whether answers come from recordings, or are being recorded.

While they come from recordings no engine is started, no file fetched, and no key needed. In both cases nothing else
may answer: a kept reply would leave a hole in the recording, or a recording that nobody asks for.

Global like the interception itself, which also serves every thread of the process.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

__all__ = [
    "is_aside",
    "is_recorded",
    "is_replaying",
    "recording",
    "replayed_address",
    "replayed_model",
    "replaying",
    "unrecorded",
]

_aside = ContextVar("_aside", default=False)
_tapes: list[Mapping[str, str | None]] = []
_recorders = 0


@contextmanager
def replaying(models: Mapping[str, str | None] = MappingProxyType({})) -> Generator[None]:
    """Inside this block every request is answered by a recording.

    Args:
        models: Those that were asked when it was made, as `provider/name`, each with a base URL that stands for its
            server, or None where that was the provider's own; empty when nobody knows.
    """
    _tapes.append(models)
    try:
        yield
    finally:
        _tapes.pop()


def is_replaying() -> bool:
    """Whether such a block is open."""
    return bool(_tapes)


def replayed_model() -> str | None:
    """The one model that the recording was made with, where it is known: the default while it answers."""
    models = list(_tapes[-1]) if _tapes else []
    return models[0] if len(models) == 1 else None


def replayed_address(model: str, given: str | None) -> str | None:
    """The base URL to ask a model at: the one given, unless a recording knows better.

    What is sent depends on whether the server is the provider's own, and so must not depend on the environment of
    whoever replays.

    Args:
        model: As `provider/name`.
        given: What the caller or the environment says.
    """
    return _tapes[-1].get(model, given) if _tapes else given


@contextmanager
def recording() -> Generator[None]:
    """Inside this block every request is sent and recorded."""
    global _recorders  # noqa: PLW0603 - one interception for the process
    _recorders += 1
    try:
        yield
    finally:
        _recorders -= 1


def is_recorded() -> bool:
    """Whether requests are recorded or answered by recordings: then no reply cache may stand in between."""
    return bool(_tapes) or _recorders > 0


@contextmanager
def unrecorded() -> Generator[None]:
    """Inside this block requests are sent and not recorded: a model file is fetched, an engine is being started."""
    token = _aside.set(True)
    try:
        yield
    finally:
        _aside.reset(token)


def is_aside() -> bool:
    """Whether such a block is open here."""
    return _aside.get()
