"""How a result came to be, as `Provenance` tells it: made of what was used, read back, and told anew."""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from summarizer.codebook import codebook
from summarizer.llm import Client, Usage
from summarizer.prompting import PromptLibrary
from summarizer.types import Provenance

__all__ = ["provenance", "restated", "usage_of"]

_SHARED: Final = ("requests", "retries", "reasks", "recalled", "tokens", "estimated", "cost_usd")
"""What `Usage` and `Provenance` both have; `seconds` is another thing in each: spent on requests, and on the clock."""


def provenance(
    client: Client,
    library: PromptLibrary,
    usage: Usage,
    *,
    result: type[BaseModel],
    engine: str | None,
    seconds: float,
) -> Provenance:
    """The account of a result that is made now.

    Args:
        client: The model that was asked.
        library: The prompts.
        usage: What all requests took.
        result: The class of the result, whose schema is named by its digest.
        engine: Name and version of the embedded engine, if it was used.
        seconds: On the clock.
    """
    return Provenance(
        model=str(client.ref),
        provider=client.ref.provider,
        engine=engine,
        prompt_digest=library.digest,
        schema_digest=_digest(result),
        codebook_version=codebook().version,
        created=datetime.now(UTC).replace(microsecond=0),
        seconds=round(seconds, 3),
        **_stated(usage),
    )


def usage_of(made: Provenance) -> Usage:
    """What an account says its requests took."""
    return Usage(**{name: getattr(made, name) for name in _SHARED})


def restated(made: Provenance, usage: Usage, *, seconds: float | None = None) -> Provenance:
    """The same account with other requests in it, and with other seconds, if they are given."""
    clock = {} if seconds is None else {"seconds": round(seconds, 3)}
    return made.model_copy(update={**_stated(usage), **clock})


def _stated(usage: Usage) -> dict[str, Any]:
    return {name: getattr(usage, name) for name in _SHARED}


@cache
def _digest(result: type[BaseModel]) -> str:
    return hashlib.sha256(json.dumps(result.model_json_schema(), sort_keys=True).encode()).hexdigest()
