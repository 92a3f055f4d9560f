"""The check itself: one claim against the sentences it cites."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.claims.amounts import quantifier_issues
from summarizer.grounding.claims.article import ArticleReading, read_article
from summarizer.grounding.claims.certainty import modality_issues
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.days import date_issues
from summarizer.grounding.claims.denial import negation_issues
from summarizer.grounding.claims.evidence import best, support
from summarizer.grounding.claims.figures import number_issues
from summarizer.grounding.claims.identity import name_issues
from summarizer.grounding.claims.opposites import opposite_issues
from summarizer.grounding.claims.parties import role_issues
from summarizer.grounding.claims.reading import Reading, read
from summarizer.grounding.claims.speakers import speaker_issues
from summarizer.types import Issue, Verdict

__all__ = ["ClaimCheck", "best_sentences", "check_claim"]

_CARRIED = 0.5
"""Share of a claim's words below which its evidence does not carry it."""
_GAIN, _PLAINLY = 0.25, 0.75
_CHECKS = (number_issues, date_issues, name_issues, negation_issues, modality_issues, quantifier_issues, opposite_issues, role_issues, speaker_issues)


@dataclass(frozen=True)
class ClaimCheck:
    """What became of one claim."""

    verdict: Verdict
    issues: tuple[Issue, ...]
    sentences: tuple[int, ...]
    """Numbers of the sentences it was held against, the most direct first."""
    repaired: bool
    """Whether these are others than it cites, because the cited ones do not carry it and these do."""


def check_claim(claim: str, article: Article, *, sentences: Sequence[int] | None = None) -> ClaimCheck:
    """Check a sentence about an article."""
    known, reading = read_article(article), read(claim)
    cited = tuple(dict.fromkeys(n for n in sentences or () if n in known.readings))
    numbers = cited or best(reading, known, limit=3)
    share = support(reading, known, numbers).share
    repaired = False
    if cited and share < _CARRIED:
        other = best(reading, known, limit=2)
        better = support(reading, known, other).share
        if better >= max(_PLAINLY, share + _GAIN):
            numbers, share, repaired = other, better, True
    issues = tuple(_issues(reading, known, numbers))
    if share < _CARRIED:
        return ClaimCheck("unsupported", issues or (_uncarried(reading, known, numbers),), numbers, repaired)
    return ClaimCheck("altered" if issues else "supported", issues, numbers, repaired)


def _issues(reading: Reading, known: ArticleReading, numbers: tuple[int, ...]) -> Iterator[Issue]:
    case = Comparison(known.study(reading), known, numbers)
    for check in _CHECKS:
        yield from check(case)


def _uncarried(reading: Reading, known: ArticleReading, numbers: tuple[int, ...]) -> Issue:
    missing = support(reading, known, numbers).missing
    words = ", ".join(reading.tokens[i].text for i in missing)[:500]
    return Issue(kind="content", claim=words, source="", message=f"No sentence of the article says this; it lacks: {words}."[:2000])


def best_sentences(claim: str, article: Article, *, limit: int = 3) -> tuple[int, ...]:
    """The sentences of an article that carry most of a claim, the most direct first."""
    return best(read(claim), read_article(article), limit=limit)
