"""Checks every generated sentence against the article, without a model."""

from summarizer.grounding.claims.check import ClaimCheck, best_sentences, check_claim

__all__ = ["ClaimCheck", "best_sentences", "check_claim"]
