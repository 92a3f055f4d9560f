"""What workers of the sharded tests do: ask the till, and now and then die."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summarizer.runs import Batch, OpenWork
from summarizer.runs.output import local_path
from summarizer.runs.remote import Place, Remote
from tests.runs.crash_worker import CONCURRENCY, PASSES, Paying, dying_at
from tests.runs.load import Asking
from tests.runs.scripted import Provider, scripted

__all__ = ["asking", "open_asking", "open_batch", "open_remote"]


def open_batch(output: Path, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard; its worker dies once in the shard that `dies` names."""
    mark = output.with_suffix(".died")
    dies = settings.get("dies") == output.stem and not mark.exists()
    if dies:
        mark.touch()
    return Batch(
        output=output,
        options={"model": settings["model"]},
        open_work=scripted(Paying(Path(settings["till"])), passes=PASSES),
        concurrency=CONCURRENCY,
        step=dying_at("after_reply", 9) if dies else dying_at("", 0),
        retry="passing",
        whole=True,
    )


class Wire(Provider):
    """Asks a server with a client of a few lines, so that shards and engines are what costs time."""

    def __init__(self, server: str) -> None:
        super().__init__()
        self._host, _, self._port = server.removeprefix("http://").partition(":")

    async def answer(self, key: str) -> bytes:
        """Its reply."""
        body = json.dumps({"prompt": f"number {key}"}).encode()
        reader, writer = await asyncio.open_connection(self._host, int(self._port))
        try:
            writer.write(b"POST /v1/x HTTP/1.1\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
            head = await reader.readuntil(b"\r\n\r\n")
            return await reader.readexactly(int(head.rpartition(b"content-length: ")[2]))
        finally:
            writer.close()


def asking(server: str, client: str) -> OpenWork:
    """Work that asks a server once about each article, through our client or a bare one."""
    return Asking(server) if client == "ours" else scripted(Wire(server), passes=1)


def open_asking(output: Path, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard that asks a server once about each article."""
    return Batch(
        output=output,
        options={},
        open_work=asking(settings["server"], settings["client"]),
        concurrency=settings["concurrency"],
        retry="passing",
        whole=True,
    )


def open_remote(output: Place, settings: Mapping[str, Any]) -> Batch:
    """The batch of one shard that goes into storage, and is kept in the folder `work` of this machine."""
    return Batch(
        output=local_path(output, Path(settings["work"])),
        remote=output if isinstance(output, Remote) else None,
        options={},
        open_work=scripted(Paying(Path(settings["till"])), passes=PASSES),
        concurrency=CONCURRENCY,
        retry="passing",
        whole=True,
    )
