"""A long article in runs of about the length of an ordinary one: each has its own events, and its own share of the briefing."""

import itertools

from summarizer.article import Article

__all__ = ["STRETCH", "stretches"]

STRETCH = 60
"""Sentences; the longest of the labelled articles have about as many."""


def stretches(article: Article) -> tuple[range, ...]:
    """The runs, by sentence number; an article of up to 89 sentences is one."""
    last = len(article.sentences)
    count = max(1, round(last / STRETCH))
    ends = [round(last * n / count) for n in range(count + 1)]
    return tuple(range(start + 1, end + 1) for start, end in itertools.pairwise(ends))
