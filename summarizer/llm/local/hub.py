"""The first source of model bytes: the Hugging Face Hub, over https, from any byte on."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import ModelNotFetched
from summarizer.llm.local.models import HubFile, LocalModel

if TYPE_CHECKING:
    import httpx2

__all__ = ["Hub"]

_HOSTS = ("huggingface.co", "hf.co")
"""Where a download may be redirected to: these and their subdomains, which are the Hub's CDN."""
_REDIRECTS = 5


@dataclass(frozen=True)
class Hub:
    """Reads a model file from the Hub, at most five redirects away and over https only."""

    transport: "httpx2.BaseTransport | None" = None
    """How to reach it, when not over the network."""
    connect_timeout: float = 5.0
    """Seconds after which we look elsewhere."""
    name: str = "Hugging Face Hub"

    def scratch_bytes(self, model: LocalModel) -> int:  # noqa: ARG002 - a source's signature
        """Disk space needed besides the model file: none."""
        return 0

    def read(self, model: LocalModel, start: int, *, scratch: Path) -> Generator[bytes]:  # noqa: ARG002
        """The file's bytes from offset `start` on, in pieces.

        Raises:
            ModelNotFetched: one line that says why it cannot be had here.
        """
        import httpx2

        if model.hub is None:
            raise ModelNotFetched("it does not hold this model.")
        timeout = httpx2.Timeout(30.0, connect=self.connect_timeout)
        try:
            with httpx2.Client(transport=self.transport, timeout=timeout, headers=_headers(start)) as client:
                yield from _body(_answer(client, model.hub), model, start)
        except httpx2.HTTPError as failure:
            why = str(failure) or type(failure).__name__
            raise ModelNotFetched(f"the connection failed: {why}.") from failure


def _headers(start: int) -> dict[str, str]:
    # A compressed body would make byte offsets meaningless.
    headers = {"Accept-Encoding": "identity", "User-Agent": "summarizer"}
    return headers | {"Range": f"bytes={start}-"} if start else headers


def _answer(client: "httpx2.Client", wanted: HubFile) -> "httpx2.Response":
    """The first answer that is not a redirect; its body is still to be read."""
    request = client.build_request("GET", f"https://huggingface.co/{wanted.repo}/resolve/main/{wanted.file}")
    for _ in range(_REDIRECTS + 1):
        response = client.send(request, stream=True, follow_redirects=False)
        if response.next_request is None:
            return response
        response.close()
        request = response.next_request
        if request.url.scheme != "https" or not _is_ours(request.url.host):
            raise ModelNotFetched(
                f"it redirects to {request.url.scheme}://{request.url.host}, which is not its CDN."
            )
    raise ModelNotFetched(f"it redirects more than {_REDIRECTS} times.")


def _is_ours(host: str) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in _HOSTS)


def _body(response: "httpx2.Response", model: LocalModel, start: int) -> Generator[bytes]:
    """What the response carries, without the bytes we already have."""
    try:
        skip = _check(response, model, start)
        # No chunk size: what were gathered to fill one would be lost with the connection.
        for chunk in response.iter_raw():
            yield chunk[skip:]
            skip = max(0, skip - len(chunk))
    finally:
        response.close()


def _check(response: "httpx2.Response", model: LocalModel, start: int) -> int:
    """How many bytes to pass over: all we have, when the server does not know ranges."""
    if response.status_code not in {200, 206}:
        raise ModelNotFetched(f"it answered {response.status_code} {response.reason_phrase}".rstrip() + ".")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ModelNotFetched("it sent the file compressed.")
    partial = response.status_code == 206  # noqa: PLR2004 - Partial Content
    expected = f"bytes {start}-{model.bytes - 1}/{model.bytes}" if partial else str(model.bytes)
    found = response.headers.get("Content-Range" if partial else "Content-Length", "of unknown size")
    if found != expected:
        raise ModelNotFetched(f"its file is not the pinned one: {found} instead of {expected}.")
    return 0 if partial else start
