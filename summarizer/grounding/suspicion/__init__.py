"""Text of an article that is addressed to the reader's software, found by rule and table."""

from summarizer.grounding.suspicion.aside import set_aside
from summarizer.grounding.suspicion.finding import Reading, Suspicion, read_closely, suspicions

__all__ = ["Reading", "Suspicion", "read_closely", "set_aside", "suspicions"]
