"""The candidates of an article made of a test's own sentences, by name."""

from summarizer.article import Article
from summarizer.grounding.candidates import Candidate, candidates

__all__ = ["propose", "quotes"]


def propose(*sentences: str, title: str | None = None, source: str | None = None) -> dict[str, Candidate]:
    """The candidates of an article made of these sentences, by name."""
    article = Article.from_text(" ".join(sentences), title=title, source=source)
    return {candidate.name: candidate for candidate in candidates(article)}


def quotes(candidate: Candidate) -> list[str]:
    """The words of its mentions."""
    return [span.quote for span in candidate.mentions]
