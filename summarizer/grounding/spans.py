"""Sentence numbers into verbatim spans."""

from collections.abc import Iterable

from summarizer.article import Article
from summarizer.types import Span

__all__ = ["evidence"]


def evidence(article: Article, numbers: Iterable[int]) -> list[Span]:
    """The sentences of those numbers as spans, without a dateline, each once, in the order given.

    Raises:
        IndexError: the article has no such sentence.
    """
    found = [article.sentence(number) for number in dict.fromkeys(numbers)]
    return [Span(sentence=s.number, start=s.body_start, end=s.end, quote=s.body) for s in found]
