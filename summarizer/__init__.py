"""News article in, typed and checkable briefing out."""

from summarizer.api import asummarize, check_claim, summarize
from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.types import Actor, Briefing, Point, Signal, Span

__all__ = [
    "Actor",
    "Article",
    "Briefing",
    "Point",
    "Signal",
    "Span",
    "SummarizerError",
    "asummarize",
    "check_claim",
    "summarize",
]
