"""Every fault is met twice: on the loop that serves synchronous callers, and on a caller's own."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from summarizer import loop


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Does the work, one way and the other."""
    return loop.run if request.param == "sync" else asyncio.run
