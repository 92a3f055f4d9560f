"""A provider for workers in other processes: it counts what it is paid, and may kill who pays."""

import asyncio
import os
import signal
import socketserver
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.runs.scripted import Provider

__all__ = ["Till", "open_till"]


class Till:
    """The provider: counts every request as paid once it has read it, and then may kill who sent it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.paid: Counter[str] = Counter()
        self.kill_at = 0  # after so many requests their senders die, until it is set anew
        self.deadly = ""
        self._lock = threading.Lock()
        till = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 30  # of who connects and says nothing

            def handle(self) -> None:
                pid, key = self.rfile.readline().decode().split()
                if till.take(key):
                    with suppress(ProcessLookupError):  # a request may outlive its sender
                        os.kill(int(pid), signal.SIGKILL)
                else:
                    with suppress(BrokenPipeError):  # it has died of something else
                        self.wfile.write(asyncio.run(Provider().answer(key)))

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            request_queue_size = 64

        self.server = Server(str(path), Handler)

    def take(self, key: str) -> bool:
        """Take the money for a request; whether its sender is to die."""
        with self._lock:
            self.paid[key] += 1
            return key == self.deadly or 0 < self.kill_at <= sum(self.paid.values())


@contextmanager
def open_till(path: Path) -> Generator[Till]:
    """A till that takes money at this socket."""
    till = Till(path)
    thread = threading.Thread(target=till.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield till
    finally:
        till.server.shutdown()
        thread.join()
        till.server.server_close()
