"""What changed between two briefings or notes: matched and compared by code, without a model."""

from summarizer.changes.compare import compare

__all__ = ["compare"]
