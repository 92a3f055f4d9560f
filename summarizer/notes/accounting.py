"""How a note came to be: the sum of its briefings and of its own requests."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from summarizer.codebook import codebook
from summarizer.llm import Client, Usage
from summarizer.prompting import PromptLibrary
from summarizer.types import Briefing, Provenance
from summarizer.types.note import Note

__all__ = ["summed"]


def summed(
    briefings: Sequence[Briefing], client: Client, library: PromptLibrary, usage: Usage, seconds: float
) -> Provenance:
    """One account for the whole note.

    Args:
        briefings: All that were made for it, those of copies included: they were paid for.
        client: The model that wrote the note.
        library: Its prompts.
        usage: What the note's own requests took.
        seconds: What they took on the clock.
    """
    made = [briefing.provenance for briefing in briefings]
    total = sum((_usage(one) for one in made), usage)
    return Provenance(
        model=str(client.ref),
        provider=client.ref.provider,
        engine=next((one.engine for one in made if one.engine and one.model == str(client.ref)), None),
        prompt_digest=library.digest,
        schema_digest=_schema_digest(),
        codebook_version=codebook().version,
        created=datetime.now(UTC).replace(microsecond=0),
        requests=total.requests,
        retries=total.retries,
        reasks=total.reasks,
        recalled=total.recalled,
        tokens=total.tokens,
        estimated=total.estimated,
        cost_usd=total.cost_usd,
        seconds=round(seconds + sum(one.seconds for one in made), 3),
    )


def _usage(made: Provenance) -> Usage:
    return Usage(
        requests=made.requests,
        retries=made.retries,
        reasks=made.reasks,
        recalled=made.recalled,
        tokens=made.tokens,
        estimated=made.estimated,
        cost_usd=made.cost_usd,
    )


def _schema_digest() -> str:
    return hashlib.sha256(json.dumps(Note.model_json_schema(), sort_keys=True).encode()).hexdigest()
