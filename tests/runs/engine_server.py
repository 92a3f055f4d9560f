"""A FAKE of an OpenAI-compatible server that holds no model, and counts its answers by the digest of the request.

It answers the question `number N` with the city `N`, after 50 to 150 ms. `GET /` says how often it gave which answer.
An answer counts also where whoever asked has died meanwhile: a provider bills that all the same.
"""

import asyncio
import hashlib
import json
import re
from collections import Counter
from typing import Final, cast

__all__ = ["main"]

_NUMBER: Final = re.compile(rb"number (\d+)")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class _Connection(asyncio.Protocol):
    def __init__(self, given: Counter[str]) -> None:
        self._given = given
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if not found or len(rest) < size:
            return
        self._buffer = rest[size:]
        if head.startswith(b"GET"):
            self._write(self._given)
            return
        digest = hashlib.sha256(rest[:size]).digest()
        asyncio.get_running_loop().call_later(0.05 + digest[0] / 2560, self._answer, rest[:size], digest)

    def _answer(self, body: bytes, digest: bytes) -> None:
        found = _NUMBER.search(body)
        number = int(found[1]) if found else 0
        self._given[f"{number} {digest.hex()[:16]}"] += 1
        said = {"role": "assistant", "content": json.dumps({"city": str(number), "year": 1000 + number})}
        read = len(body) // 4
        self._write(
            {
                "id": "fake-1",
                "object": "chat.completion",
                "created": 0,
                "model": "fake-model",
                "choices": [{"index": 0, "finish_reason": "stop", "message": said}],
                "usage": {"prompt_tokens": read, "completion_tokens": 20, "total_tokens": read + 20},
            }
        )

    def _write(self, data: object) -> None:
        body = json.dumps(data).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def _serve() -> None:
    given: Counter[str] = Counter()
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(given), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 -- whoever started it waits for the port
    await server.serve_forever()


def main() -> None:
    """Serve until killed; print the port first."""
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
