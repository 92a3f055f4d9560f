"""What code can say of an article, and prove of a briefing, without a model."""
