"""Record the HTTP of a real model run, and replay it offline."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import cast

from summarizer.errors import CassetteError, SettingsError
from summarizer.llm.replay import recording, replaying
from summarizer.testing.leaks import check_secrets
from summarizer.testing.made import Made, describe
from summarizer.testing.mismatch import since, stale, unplayed
from summarizer.testing.recording import in_order
from summarizer.testing.storage import read_tape, save, test_extra
from summarizer.testing.watching import Played, tell

__all__ = ["cassette_block", "explain", "replay", "use_cassette"]


def use_cassette(
    path: Path, *, record: bool = False, hint: str | None = None, test: str | None = None
) -> AbstractContextManager[None]:
    """Answer every model request inside the block from the cassette; with `record`, make the cassette.

    A request is answered by a recording of the same method, path, query and JSON body that is still unused;
    host, port and headers do not count. Nothing is sent in replay. A recording replaces the file when the
    block succeeds, and only then. The block may hold synchronous and asynchronous code; one block at a time.

    Args:
        path: The cassette, a YAML file.
        record: Send the requests, and keep what comes back.
        hint: What to do when the cassette is missing or does not fit; default: how it was made.
        test: The test that records, as pytest names it; kept in the cassette, so that it can be made again.

    Raises:
        CassetteError: vcrpy is not installed; the cassette is missing or broken; a request was not recorded,
            even when the code inside the block survived that; a recording was never asked for; there was
            nothing to record; what was recorded holds something that may not be published.
    """
    return _recording(path, test) if record else _replay(path, hint)


def replay(cassette: str | Path, *, record: bool = False) -> "Block":
    """Answer every model request inside the block from a recording: no model file, no key, no network.

    For scripts and notebooks, as `with replay("cassettes/demo.yaml"):` or `async with`; tests have the mark
    `summarizer_cassette`.

    Args:
        cassette: The recording, a YAML file.
        record: Make it: send the requests, and keep what comes back once the block has succeeded.

    Raises:
        CassetteError: as `use_cassette` says.
    """
    path = Path(cassette)
    if not record and not path.exists():
        raise _missing(
            path, f"Make it once with replay({str(cassette)!r}, record=True) around the same calls."
        )
    return Block(use_cassette(path, record=record))


def cassette_block(cassette: Path | None, *, record: bool) -> AbstractContextManager[None]:
    """The same for a command: replays `cassette`, records it with `record`, and does nothing without one.

    Raises:
        SettingsError: something is to be recorded, and nobody said where.
        CassetteError: as `use_cassette` says.
    """
    if cassette is None:
        if record:
            raise SettingsError(
                "--record needs --cassette FILE.", hint="Say where the recording is to be kept."
            )
        return nullcontext()
    if not record and not cassette.exists():
        raise _missing(cassette, "Make it once: the same command with --record added.")
    return use_cassette(cassette, record=record)


def explain(error: BaseException) -> CassetteError | None:
    """The cassette's own error behind whatever a client library made of it.

    Args:
        error: Any exception; its causes, contexts and groups are searched.
    """
    return next((found for found in _behind(error) if isinstance(found, CassetteError)), None)


class Block(AbstractContextManager[None], AbstractAsyncContextManager[None]):
    """A block for `with` and for `async with`."""

    def __init__(self, block: AbstractContextManager[None]) -> None:
        self._block = block

    def __enter__(self) -> None:
        self._block.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._block.__exit__(kind, error, trace)

    async def __aenter__(self) -> None:
        self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self.__exit__(kind, error, trace)


@contextmanager
def _replay(path: Path, hint: str | None) -> Generator[None]:
    with test_extra():
        from summarizer.testing.player import opened
    tape = read_tape(path)
    advice = hint or _how_again(path, tape.made)
    with (
        replaying(tape.made.models if tape.made else {}),
        opened(path, tape.recordings) as player,
        _Outspoken(player.failures, path, tape.made, advice),
    ):
        try:
            yield
        finally:
            tell(Played(path, frozenset(player.played), len(tape.recordings)))
    left = unplayed(tape.recordings, player.played)
    if left:
        raise stale(path, left + since(path, tape.made), hint=advice)


@contextmanager
def _recording(path: Path, test: str | None) -> Generator[None]:
    with test_extra():
        from summarizer.testing.player import opened
    # What is imported for it is heavy, and only a recording needs it.
    from summarizer.pipeline.witness import witnessed

    with recording(), witnessed() as heard, opened(path, None) as player, _Outspoken(player.failures, path):
        yield
    taken = in_order(player.taken())
    if not taken:
        raise CassetteError(
            f"{path}: nothing was recorded, because no request was sent",
            hint="Look for an answer that came from the cache, or a client that does not use httpx2.",
        )
    save(path, taken, describe(path, taken, heard, asked=player.asked, test=test))
    tell(Played(path, frozenset(range(len(taken))), len(taken), recorded=True))
    _refuse_leaks(path)


def _refuse_leaks(path: Path) -> None:
    problems = check_secrets(path)
    if problems:
        raise CassetteError(
            "\n".join(["this recording was written, but may not be published:", *map(str, problems)]),
            hint="Remove the cause (a key in a message, a model named by its path) and record again.",
        )


def _missing(path: Path, hint: str) -> CassetteError:
    return CassetteError(f"there is no recording {str(path)!r}", hint=hint)


def _how_again(path: Path, made: Made | None) -> str:
    """The command that renews a cassette, as far as the cassette knows."""
    if made is not None and made.can_be_made_again:
        return f"If the change is meant, renew the recording: summarizer cassettes record {path}"
    return "If the change is meant, record again: run the code that made it inside use_cassette(path, record=True)."


class _Outspoken(AbstractContextManager[None]):
    """Lets a failure of the cassette be seen at the end of the block, whatever the code inside made of it."""

    def __init__(
        self,
        failures: Sequence[CassetteError],
        path: Path,
        made: Made | None = None,
        hint: str | None = None,
    ) -> None:
        self._failures = failures
        self._path = path
        self._made = made
        self._hint = hint

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ordinary = error is None or (isinstance(error, Exception) and not isinstance(error, CassetteError))
        ours = isinstance(error, CassetteError) and any(str(error) == str(one) for one in self._failures)
        if self._failures and (ordinary or ours):
            first = self._failures[0]
            # A fresh one: the first may itself be the cause of the error it is raised from.
            fresh = CassetteError(f"{first}{since(self._path, self._made)}", hint=self._hint or first.hint)
            fresh.add_note(fresh.hint)
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
