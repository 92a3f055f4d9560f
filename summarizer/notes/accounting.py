"""How a note came to be: the sum of its briefings and of its own requests."""

from collections.abc import Sequence

from summarizer.llm import Client, Usage
from summarizer.pipeline.accounting import provenance, usage_of
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
    return provenance(
        client,
        library,
        sum((usage_of(one) for one in made), usage),
        result=Note,
        engine=next((one.engine for one in made if one.engine and one.model == str(client.ref)), None),
        seconds=seconds + sum(one.seconds for one in made),
    )
