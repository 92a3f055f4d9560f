"""Record the HTTP of a real model run, and replay it offline."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import cast

from summarizer.errors import CassetteError
from summarizer.llm.replay import replaying
from summarizer.testing.leaks import check_secrets
from summarizer.testing.mismatch import stale, unplayed
from summarizer.testing.recording import in_order
from summarizer.testing.storage import read, save, test_extra

__all__ = ["explain", "use_cassette"]


def use_cassette(path: Path, *, record: bool = False) -> AbstractContextManager[None]:
    """Answer every model request inside the block from the cassette; with `record`, make the cassette.

    A request is answered by a recording of the same method, path, query and JSON body that is still unused;
    host, port and headers do not count. Nothing is sent in replay. A recording replaces the file when the
    block succeeds, and only then. The block may hold synchronous and asynchronous code; one block at a time.

    Args:
        path: The cassette, a YAML file.
        record: Send the requests, and keep what comes back.

    Raises:
        CassetteError: vcrpy is not installed; the cassette is missing or broken; a request was not recorded,
            even when the code inside the block survived that; a recording was never asked for; there was
            nothing to record; what was recorded holds something that may not be published.
    """
    return _recording(path) if record else _replay(path)


def explain(error: BaseException) -> CassetteError | None:
    """The cassette's own error behind whatever a client library made of it.

    Args:
        error: Any exception; its causes, contexts and groups are searched.
    """
    return next((found for found in _behind(error) if isinstance(found, CassetteError)), None)


@contextmanager
def _replay(path: Path) -> Generator[None]:
    with test_extra():
        from summarizer.testing.player import opened
    recordings = read(path)
    with replaying(), opened(path, recordings) as player, _Outspoken(player.failures):
        yield
    left = unplayed(recordings, player.played)
    if left:
        raise stale(path, left)


@contextmanager
def _recording(path: Path) -> Generator[None]:
    with test_extra():
        from summarizer.testing.player import opened
    with opened(path, None) as player, _Outspoken(player.failures):
        yield
    taken = in_order(player.taken())
    if not taken:
        raise CassetteError(
            f"{path}: nothing was recorded, because no request was sent",
            hint="Look for an answer that came from the cache, or a client that does not use httpx2.",
        )
    save(path, taken)
    _refuse_leaks(path)


def _refuse_leaks(path: Path) -> None:
    problems = check_secrets(path)
    if problems:
        raise CassetteError(
            "\n".join(["this recording was written, but may not be published:", *map(str, problems)]),
            hint="Remove the cause (a key in a message, a model named by its path) and record again.",
        )


class _Outspoken(AbstractContextManager[None]):
    """Lets a failure of the cassette be seen at the end of the block, whatever the code inside made of it."""

    def __init__(self, failures: Sequence[CassetteError]) -> None:
        self._failures = failures

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ordinary = error is None or (isinstance(error, Exception) and not isinstance(error, CassetteError))
        if self._failures and ordinary:
            first = self._failures[0]
            # A fresh one: the first may itself be the cause of the error it is raised from.
            fresh = CassetteError(str(first), hint=first.hint)
            fresh.add_note(first.hint)
            raise fresh from error


def _behind(error: BaseException) -> Iterator[BaseException]:
    """The exception and all behind it, nearest first."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting.extend(e for e in (found.__cause__, found.__context__, *_members(found)) if e is not None)


def _members(error: BaseException) -> tuple[BaseException, ...]:
    if not isinstance(error, BaseExceptionGroup):
        return ()
    return cast("BaseExceptionGroup[BaseException]", error).exceptions
