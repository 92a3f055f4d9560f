"""Where posted requests wait until they are worth a batch: enough of them, or nothing further comes."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Final

from summarizer.llm.batch_rows import line_of
from summarizer.runs.posting import Letter, Terms

__all__ = ["Letterbox"]

_STEPS: Final = 4
"""Times within the quiet that it is looked whether it lasts."""


class Letterbox:
    """Letters, in the order in which they came.

    Args:
        terms: When they are enough.

    Attributes:
        most: Letters that are taken at once; less than the terms say where the provider took no more.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._letters: list[Letter] = []
        self._bytes = 0
        self._first_at = self._last_at = 0.0
        self._came = asyncio.Event()
        self._plenty = asyncio.Event()
        self._room = asyncio.Event()
        self._room_s = 0.0
        self.most = terms.requests

    def __len__(self) -> int:
        return len(self._letters)

    def put(self, letters: Iterable[Letter]) -> None:
        """Let these wait, as far as somebody waits for them."""
        now = time.monotonic()
        if not self._letters:
            self._first_at = now
        self._last_at = now
        for letter in letters:
            if not letter.answer.done():
                self._letters.append(letter)
                self._bytes += len(letter.body)
        self._came.set()
        self._weigh()

    def clear(self) -> None:
        """Forget them all."""
        self._letters, self._bytes = [], 0
        self._weigh()

    @property
    def crowded(self) -> bool:
        """Whether the provider had no room when it was last tried."""
        return self._room_s > 0

    def crowd(self, tried: int | None = None) -> None:
        """The provider has no room at the moment: for so many letters, or for any."""
        terms = self._terms
        self.most = self.most if tried is None else max(1, tried // 2)
        self._room_s = min(max(terms.room_s, 2 * self._room_s), terms.longest_room_s)
        self._room.clear()
        self._weigh()

    def relieve(self) -> None:
        """The provider has brought something to an end, and may have room again."""
        self._room_s = 0.0
        self._room.set()

    async def full(self) -> None:
        """Wait until it is worth while to take some out, and there is room for it."""
        await self._came.wait()
        while not self._enough():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._terms.quiet_s / _STEPS):
                    await self._plenty.wait()
        if self.crowded:
            # The queue may as well be full of what others have handed in, so it is tried again after a while.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._room_s):
                    await self._room.wait()

    def take(self) -> list[Letter]:
        """The next letters that fit into one file; those that nobody waits for any more go."""
        self._letters = [letter for letter in self._letters if not letter.answer.done()]
        size = number = 0
        for letter in islice(self._letters, self.most):
            size += len(line_of(letter.key, letter.body))
            if number and size > self._terms.file_bytes:
                break
            number += 1
        taken, self._letters = self._letters[:number], self._letters[number:]
        self._bytes = sum(len(letter.body) for letter in self._letters)
        if not self._letters:
            self._came.clear()
        self._weigh()
        return taken

    def _weigh(self) -> None:
        if self._fills_a_file():
            self._plenty.set()
        else:
            self._plenty.clear()

    def _fills_a_file(self) -> bool:
        return len(self._letters) >= self.most or self._bytes >= self._terms.file_bytes

    def _enough(self) -> bool:
        terms, now = self._terms, time.monotonic()
        return (
            self._fills_a_file()
            or now - self._last_at >= terms.quiet_s
            or now - self._first_at >= terms.longest_s
        )
