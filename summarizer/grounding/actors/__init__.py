"""Proposing actors from an article by rule and table: the parts behind `summarizer.grounding.candidates`."""
