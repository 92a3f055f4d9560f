"""Article to briefing, with one model."""

from summarizer.pipeline.briefing import brief_article, preview, record_of
from summarizer.pipeline.progress import Progress, Silent
from summarizer.pipeline.rechecking import brief_rechecked
from summarizer.pipeline.strategy import strategy_for

__all__ = ["Progress", "Silent", "brief_article", "brief_rechecked", "preview", "record_of", "strategy_for"]
