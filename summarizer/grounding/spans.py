"""Sentence numbers and offsets into verbatim spans."""

from collections.abc import Iterable

from summarizer.article import Article
from summarizer.types import Span

__all__ = ["evidence", "span_at"]


def evidence(article: Article, numbers: Iterable[int]) -> list[Span]:
    """The sentences of those numbers as spans, without a dateline, each once, in the order given.

    Raises:
        IndexError: the article has no such sentence.
    """
    found = [article.sentence(number) for number in dict.fromkeys(numbers)]
    return [span_at(article, s.number, s.body_start, s.end) for s in found]


def span_at(article: Article, sentence: int, start: int, end: int) -> Span:
    """The words of an article from `start` to `end`, with their place in the original; every span is made here.

    Args:
        article: The article.
        sentence: Number of the sentence that holds them.
        start: First character, 0-based.
        end: One past the last.
    """
    place = article.place_at(start)
    return Span(sentence=sentence, start=start, end=end, quote=article.text[start:end], place=place)
