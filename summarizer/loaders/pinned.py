"""A connection to the very address that was checked, under one deadline for everything that happens on it."""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import httpcore2
import httpx2

__all__ = ["PinnedTransport"]

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to believe that they are who they say, whatever the environment says; read once, since that takes long."""
    return httpx2.create_ssl_context(trust_env=False)


class PinnedTransport(httpx2.BaseTransport):
    """Sends a request to the address that `choose` names for its host; name and certificate stay the host's."""

    def __init__(
        self, choose: Callable[[str, int], str], deadline: float, backend: httpcore2.NetworkBackend
    ) -> None:
        """Take `deadline` on the clock of `time.monotonic`."""
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_trusted(),
            http2=False,
            network_backend=_Pinned(choose, deadline, backend),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request on a connection of its own."""
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(status_code=answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _Pinned(httpcore2.NetworkBackend):
    def __init__(
        self, choose: Callable[[str, int], str], deadline: float, backend: httpcore2.NetworkBackend
    ) -> None:
        self._choose, self._deadline, self._backend = choose, deadline, backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore2.NetworkStream:
        address = self._choose(host, port)
        left = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
        return _Stream(
            self._backend.connect_tcp(address, port, left, local_address, socket_options), self._deadline
        )


class _Stream(httpcore2.NetworkStream):
    """A server that sends a byte now and then never runs into a timeout of one read; it runs into ours."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None, late: type[httpcore2.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("the deadline has passed")
    return left if timeout is None else min(left, timeout)
