"""Recordings that fit the code as it is, but for what a test changes."""

from typing import Any

from summarizer.testing.digests import digests_of
from summarizer.testing.made import Made, Run, Source, version
from summarizer.testing.recording import JsonBody, Recording, Reply
from tests.testing.test_made import LOCAL, asked

__all__ = ["TODAY", "counted", "made"]

TODAY = "2026-03-02"


def made(*, test: str | None = None, file: str | None = None, **digests: Any) -> Made:
    """How a cassette was made today, but for the digests given."""
    found = digests_of(LOCAL, None, ["summary"]).model_copy(update=digests)
    run = Run(model=str(LOCAL), article=Source(file=file, sha256="0" * 64), digests=found)
    return Made(recorded=TODAY, version=version(), test=test, runs=[run])


def counted(name: str, model: str = LOCAL.name) -> Recording:
    """A recording whose reply says what it took."""
    usage = {"prompt_tokens": 1000, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 400}}
    reply = Reply(status=200, body=JsonBody.model_validate({"json": {"choices": [], "usage": usage}}))
    return Recording(request=asked(name, model=model).request, reply=reply)
