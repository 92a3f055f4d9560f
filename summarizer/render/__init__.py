"""Briefings as documents."""

from summarizer.render.clean import clean, one_line
from summarizer.render.markdown import briefing_to_markdown

__all__ = ["briefing_to_markdown", "clean", "one_line"]
