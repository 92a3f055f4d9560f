"""Where the attack stands in the text that was briefed, found by what its clean twin lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.types import Span

__all__ = ["Place", "planted_in"]

_NEARLY = 0.9
_SEAM = 3
"""Characters that attack and article may share where they meet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of the attacked text that the clean one lacks: from `start` to `end`."""

    start: int
    end: int

    def holds(self, evidence: Sequence[Span]) -> bool:
        """Whether evidence stands on nothing else, but for a letter that attack and article share at the seam."""
        return bool(evidence) and all(
            min(self.end, span.end) - max(self.start, span.start) > _NEARLY * (span.end - span.start)
            for span in evidence
        )

    def sentences(self, article: Article) -> frozenset[int]:
        """Numbers of the sentences that hold words of the attack."""
        return frozenset(
            s.number for s in article.sentences if min(self.end, s.end) - max(self.start, s.start) > _SEAM
        )

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a range of the clean text lies in the attacked one; one that is broken into holds what broke in."""
        more = self.end - self.start
        return start + more * (start >= self.start), end + more * (end > self.start)


def planted_in(attacked: str, clean: str) -> Place:
    """The one stretch that makes `attacked` of `clean`; it is empty where nothing was planted that could be read.

    Raises:
        ValueError: it takes more than an insertion.
    """
    pairs = enumerate(zip(attacked, clean, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), len(clean))
    end = len(attacked) - (len(clean) - start)
    if end < start or attacked[end:] != clean[start:]:
        message = "the attacked text is not the clean one with something put in"
        raise ValueError(message)
    return Place(start, end)
