"""Fetching one document from the public web: nothing of ours goes out, and not much may come in.

Every hop is checked on its own: scheme, port, and every address its host has. The connection goes to the address that
was checked, so a name that changes its address in between gains nothing.
"""

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.errors import AddressRefused, FetchFailed, LimitExceeded
from summarizer.loaders.addresses import Address, Resolve, check_host, is_public, public_address, resolve

if TYPE_CHECKING:
    import httpcore2
    import httpx2

__all__ = ["Fetched", "Network", "fetch", "inflate"]

MOST_REDIRECTS = 5
MOST_BYTES = 10 * 2**20
"""Of the document, once inflated."""
DEADLINE_S = 20.0
"""From the first question to the last byte, redirects included."""
SILENCE_S = 10.0
LONGEST_URL = 4096

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
"""The types we take, and the suffix that each is as good as."""

_HEADERS = {
    "accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "accept-encoding": "gzip, deflate, identity",
    "user-agent": "summarizer (news briefings; fetches one page when its user asks)",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_PIECE = 2**16


@dataclass(frozen=True, slots=True)
class Fetched:
    """One document as it arrived."""

    data: bytes
    url: str
    """Where it was found, after redirects."""
    host: str
    suffix: str
    """Of a file of its type."""
    charset: str | None


@dataclass(frozen=True, slots=True)
class Network:
    """What a fetch reaches the world by. Another one than the default exists in tests only."""

    resolve: Resolve = resolve
    permitted: Callable[[Address], bool] = is_public
    backend: "httpcore2.NetworkBackend | None" = None


_PUBLIC = Network()


def fetch(url: str, *, ports: tuple[int, ...] = (80, 443), network: Network = _PUBLIC) -> Fetched:
    """The document at `url`.

    No cookies, no keys, no proxies of the environment; at most 5 redirects, 10 MB inflated and 20 seconds in all.

    Args:
        url: An http or https address.
        ports: Those that may be connected to, redirects included.
        network: For tests.

    Raises:
        AddressRefused: another scheme or port, or an address that is not public, here or after a redirect.
        FetchFailed: no answer in time, an error of the server, or a type we do not read.
        LimitExceeded: more than 10 MB.
    """
    import httpcore2
    import httpx2

    deadline = time.monotonic() + DEADLINE_S
    place = _parsed(url)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            _check(place, ports)
            answer = _hop(place, deadline, network)
            if isinstance(answer, Fetched):
                return answer
            place = answer
    except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
        raise FetchFailed(f"{place.host} did not deliver within {DEADLINE_S:.0f} seconds.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchFailed(f"{place.host} cannot be reached: {error or type(error).__name__}.") from error
    raise FetchFailed(f"{url} leads from one address to the next, more than {MOST_REDIRECTS} times.")


def _parsed(url: str) -> "httpx2.URL":
    import httpx2

    if len(url) > LONGEST_URL or any(sign <= " " for sign in url):
        raise AddressRefused("the address is too long, or has a space in it.")
    try:
        return httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefused(f"{url!r} is no address: {error}.") from error


def _check(place: "httpx2.URL", ports: tuple[int, ...]) -> None:
    if not place.scheme:
        raise AddressRefused(
            f"{str(place)!r} is no address of a page: http:// or https:// is missing.",
            hint="Write it whole, such as https://news.example/story.html; a file is given without --url.",
        )
    if place.scheme not in {"http", "https"}:
        raise AddressRefused(f"{place.scheme!r}: only http and https are fetched.")
    if place.userinfo:
        raise AddressRefused("an address with a name or password in it is not fetched.")
    port = place.port or (443 if place.scheme == "https" else 80)
    if port not in ports:
        raise AddressRefused(
            f"port {port} of {place.host} is not among those fetched from ({', '.join(map(str, ports))})."
        )
    check_host(place.host)


def _hop(place: "httpx2.URL", deadline: float, network: Network) -> "Fetched | httpx2.URL":
    """Ask one server: its document, or where it sends us."""
    import httpcore2
    import httpx2

    from summarizer.loaders.pinned import PinnedTransport

    def choose(host: str, port: int) -> str:
        return public_address(host, port, deadline - time.monotonic(), network.resolve, network.permitted)

    transport = PinnedTransport(choose, deadline, network.backend or httpcore2.SyncBackend())
    # A client of its own for each hop: no cookie and no connection outlives it.
    with httpx2.Client(transport=transport, trust_env=False, timeout=SILENCE_S) as client:
        request = client.build_request("GET", place.copy_with(fragment=None), headers=_HEADERS)
        answer = client.send(request, stream=True, follow_redirects=False)
        try:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return place.join(_parsed(answer.headers["location"]))
            return _document(answer, place)
        finally:
            answer.close()


def _document(answer: "httpx2.Response", place: "httpx2.URL") -> Fetched:
    if answer.status_code != 200:  # noqa: PLR2004 - the one that brings a document
        raise FetchFailed(
            f"{place.host} answered {answer.status_code} {answer.reason_phrase}.".replace(" .", ".")
        )
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    suffix = _SUFFIXES.get(kind.strip().lower())
    if suffix is None:
        raise FetchFailed(f"{place.host} sent {kind.strip() or 'no type'!r}, which we do not read.")
    declared = answer.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > 12 or int(declared) > MOST_BYTES):  # noqa: PLR2004 - digits
        raise LimitExceeded(f"{place.host} announces more than {MOST_BYTES // 2**20} MB.")
    data = bytearray()
    for piece in _inflated(answer, place.host):
        data += piece
        if len(data) > MOST_BYTES:
            raise LimitExceeded(f"{place.host} sends more than {MOST_BYTES // 2**20} MB.")
    return Fetched(bytes(data), str(place), place.host, suffix, _charset(parameters))


def _inflated(answer: "httpx2.Response", host: str) -> Iterator[bytes]:
    """The body, never more than one small piece ahead: a client's own decoder inflates a whole chunk at once."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        yield from answer.iter_raw(_PIECE)
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchFailed(f"{host} encodes its answer as {coding!r}, which was not asked for.")
    inflater: Any = None
    for raw in answer.iter_raw(_PIECE):
        if inflater is None:
            # 47: gzip or zlib by its header; -15: what some servers send as deflate.
            bare = coding == "deflate" and (raw[0] & 0x0F) != 8  # noqa: PLR2004 - zlib's mark of the method
            inflater = zlib.decompressobj(-15 if bare else 47)
        yield from inflate(inflater, raw, host)
    if inflater is not None and not inflater.eof:
        raise FetchFailed(f"{host} broke off in the middle of its answer.")


def inflate(inflater: Any, raw: bytes, host: str) -> Iterator[bytes]:
    """What `raw` inflates to, in pieces of at most 64 KB.

    Raises:
        FetchFailed: it is not what its header said.
    """
    try:
        while raw and not inflater.eof:
            yield inflater.decompress(raw, _PIECE)
            raw = inflater.unconsumed_tail
    except zlib.error as error:
        raise FetchFailed(f"{host} sent a compressed answer that cannot be unpacked.") from error


def _charset(parameters: str) -> str | None:
    for part in parameters.split(";"):
        name, _, value = part.strip().partition("=")
        if name.strip().lower() == "charset":
            return value.strip("\"' ")[:40] or None
    return None
