"""News article in, typed and checkable briefing out."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.api import asummarize, check_claim, summarize
    from summarizer.article import Article
    from summarizer.batching import BatchOptions, abatch, batch
    from summarizer.errors import SummarizerError
    from summarizer.limits import Limits
    from summarizer.llm.offline import offline
    from summarizer.loaders import from_url
    from summarizer.notes_api import abrief, brief
    from summarizer.testing import replay
    from summarizer.types import Actor, Briefing, Point, Signal, Span
    from summarizer.types.note import Note

__all__ = [
    "Actor",
    "Article",
    "BatchOptions",
    "Briefing",
    "Limits",
    "Note",
    "Point",
    "Signal",
    "Span",
    "SummarizerError",
    "abatch",
    "abrief",
    "asummarize",
    "batch",
    "brief",
    "check_claim",
    "from_url",
    "offline",
    "replay",
    "summarize",
]

_HOMES = {
    "batching": "BatchOptions abatch batch",
    "loaders": "from_url",
    "notes_api": "abrief brief",
    "types.note": "Note",
    "testing": "replay",
    "api": "asummarize check_claim summarize",
    "article": "Article",
    "errors": "SummarizerError",
    "limits": "Limits",
    "llm.offline": "offline",
}


def __getattr__(name: str) -> object:
    # Loaded when first used: the command line's --help needs none of it, and the types alone cost 0.1 s.
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    home = next((home for home, names in _HOMES.items() if name in names.split()), "types")
    return getattr(import_module(f"{__name__}.{home}"), name)
