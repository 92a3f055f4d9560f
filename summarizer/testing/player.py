"""The seam to vcrpy: its cassette, playing our recordings, and explaining itself when none answers.

Only import this module through `summarizer.testing.cassettes`: it needs vcrpy.
"""

import importlib
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from summarizer.errors import CassetteError
from summarizer.llm.replay import is_aside
from summarizer.testing.made import Asked
from summarizer.testing.mismatch import explanation, stale
from summarizer.testing.recording import Recording, Reply, Request, body_bytes, fingerprint
from summarizer.testing.scrub import scrubbed_reply, scrubbed_request

__all__ = ["Player", "opened"]

# vcrpy has no types. Imported this way its names are Any, so that the rest of this module stays checked;
# super() of such a class would be unknown again, hence the calls by name.
Cassette: Any = importlib.import_module("vcr.cassette").Cassette
WireRequest: Any = importlib.import_module("vcr.request").Request
PATCHERS: tuple[str, ...] = importlib.import_module("vcr.patch").PATCHER_NAMES

Wire = tuple[list["Scrubbed"], list[dict[str, Any]]]
"""Requests and replies, side by side, as vcrpy wants them."""


class Scrubbed(WireRequest):
    """A request of which only the part that is matched and kept is left."""

    def __init__(self, kept: Request) -> None:
        headers = {name: values[0] for name, values in kept.headers.items()}
        WireRequest.__init__(self, kept.method, kept.uri, body_bytes(kept.body), headers)
        self.kept = kept
        self.fingerprint = fingerprint(kept)


class Player(Cassette):
    """A vcrpy cassette that raises our own error inside the transport, and remembers that it did."""

    def __init__(self, path: Path, recordings: Sequence[Recording], **options: Any) -> None:
        Cassette.__init__(self, path, **options)
        self.recordings = recordings
        self.failures: list[CassetteError] = []
        self.asked: set[Asked] = set()
        """Which models were asked where, of what was recorded; for the recorder alone."""

    @property
    def played(self) -> set[int]:
        """Positions, from 0, of the recordings that answered something."""
        return {position for position, count in self.play_counts.items() if count}

    def can_play_response_for(self, request: Any) -> bool:
        """Whether a recording answers this request and is still unused.

        Raises:
            CassetteError: none does, and nothing may be sent; or the request can be neither matched nor kept.
        """
        try:
            return self._answers(_scrubbed(request))
        except CassetteError as error:
            # Client libraries wrap or swallow it; the block still has to know.
            self.failures.append(error)
            raise

    def _answers(self, request: Scrubbed) -> bool:
        found = bool(Cassette.can_play_response_for(self, request))
        if not found and self.write_protected:
            raise stale(self.path, explanation(request.kept, self.recordings, self.played))
        return found

    def append(self, request: Any, response: Any) -> None:
        """Keep an exchange, and take note of where the model is, which the file will not say."""
        kept = _scrubbed(request).kept
        tree = kept.body.tree if kept.body else None
        if isinstance(tree, dict) and not isinstance(request, Scrubbed):
            where = urlsplit(str(request.uri))
            self.asked.add(Asked(str(tree.get("model")), where.hostname or "", where.path))
        Cassette.append(self, request, response)

    def taken(self) -> list[Recording]:
        """What was recorded, in the order in which the replies came."""
        return [Recording(request=sent.kept, reply=_kept_reply(reply)) for sent, reply in self.data]


class _Shelf:
    """Hands vcrpy what it plays; what it records is saved by us, once the block has succeeded."""

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self._recordings = recordings

    def load_cassette(self, _path: Path, serializer: object) -> Wire:  # noqa: ARG002 - vcrpy's signature
        """All recordings."""
        return [Scrubbed(r.request) for r in self._recordings], [
            _wire_reply(r.reply) for r in self._recordings
        ]

    def save_cassette(self, path: Path, content: object, serializer: object) -> None:
        """Nothing: vcrpy would save at its own time, and leave its patches behind if that fails."""


@contextmanager
def opened(path: Path, recordings: Sequence[Recording] | None) -> Generator[Player]:
    """Answer every request inside the block from these recordings; with None, send and record it."""
    originals = _doors()
    with Player.use(
        path=path,
        recordings=recordings or (),
        record_mode="all" if recordings is None else "none",
        persister=_Shelf(recordings or ()),
        match_on=[_same],
        before_record_request=_scrubbed,
        # The model is spoken to over httpx2 only; a download in the block must never end up in a cassette.
        skip_patchers=[name for name in PATCHERS if name != "httpx2"],
    ) as player:
        intercepted = _doors()
        for (kind, name), original in originals.items():
            setattr(kind, name, _either(original, intercepted[kind, name]))
        try:
            yield player
        finally:
            for (kind, name), door in intercepted.items():
                setattr(kind, name, door)


def _doors() -> dict[tuple[type, str], Callable[..., Any]]:
    """What sends requests, as it is now."""
    import httpx2

    doors = {httpx2.HTTPTransport: "handle_request", httpx2.AsyncHTTPTransport: "handle_async_request"}
    return {(kind, name): getattr(kind, name) for kind, name in doors.items()}


def _either(original: Callable[..., Any], intercepted: Callable[..., Any]) -> Callable[..., Any]:
    """Past the recorder for what stands aside: it would hold a whole model file in memory."""

    def send(transport: Any, request: Any) -> Any:
        return (original if is_aside() else intercepted)(transport, request)

    return send


def _same(one: Scrubbed, other: Scrubbed) -> bool:
    return one.fingerprint == other.fingerprint


def _scrubbed(request: Any) -> Scrubbed:
    if isinstance(request, Scrubbed):
        return request
    return Scrubbed(scrubbed_request(request.method, request.uri, request.headers, request.body or b""))


def _wire_reply(reply: Reply) -> dict[str, Any]:
    status = {"code": reply.status, "message": reply.reason}
    return {"status": status, "headers": reply.headers, "body": {"string": body_bytes(reply.body)}}


def _kept_reply(reply: dict[str, Any]) -> Reply:
    status = reply["status"]
    return scrubbed_reply(status["code"], status["message"], reply["headers"], reply["body"]["string"])
