"""Which sentences of an article nothing in its briefing speaks of."""

import re
from collections.abc import Iterable, Sequence

from summarizer.article import Article
from summarizer.types import Actor, Span

__all__ = ["uncovered"]

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)


def uncovered(article: Article, actors: Sequence[Actor], cited: Iterable[Span]) -> list[int]:
    """Numbers of the sentences that name an actor or a number and that none of the `cited` spans lies in."""
    covered = {span.sentence for span in cited}
    telling = {span.sentence for actor in actors for span in actor.mentions}
    telling |= {sentence.number for sentence in article.sentences if _NUMBER.search(sentence.body)}
    return sorted(telling - covered)
