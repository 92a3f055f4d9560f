"""One sentence of a note against the sentences it cites, across articles.

Each cited article is asked first, by itself, with its own date of publication: one that carries the whole sentence
settles it. Only a sentence that no single article carries is held against all of them together, their relative days
written out, since "Tuesday" means another day in each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.article import Article
from summarizer.grounding.claims import check_claim
from summarizer.grounding.claims.reading import read
from summarizer.grounding.foreign.check import is_between_languages
from summarizer.grounding.spans import evidence
from summarizer.notes.estimates import estimate_issues
from summarizer.notes.sources import span_of
from summarizer.notes.weekdays import absolute
from summarizer.pipeline.claims import Claim, Verified, verify
from summarizer.types import Issue, Verdict
from summarizer.types.note import NotePoint, SourceId, SourceSpan

__all__ = ["RANK", "check_across", "holds"]

_JOINT = re.compile(r",?\s+(?:and|but|while|whereas)\s+(?:that\s+)?|;\s+")
_SHORTEST_PART = 4
"""Words without which it is no statement."""

RANK: Mapping[Verdict, int] = {"supported": 0, "unchecked": 1, "altered": 2, "unsupported": 3}


def holds(point: NotePoint) -> bool:
    """Whether nothing is known against it: supported, or in a language in which it could not be checked."""
    untranslated = any(issue.kind == "language" and issue.claim for issue in point.issues)
    return point.verdict in {"supported", "unchecked"} and not untranslated


def check_across(
    text: str,
    cited: Sequence[SourceSpan],
    articles: Mapping[SourceId, Article],
    *,
    language: str = "en",
) -> NotePoint:
    """The sentence as a point of the note: its verdict, the reasons, and the sentences it stands on.

    Args:
        text: What is said.
        cited: Spans of known sources, the most direct first.
        articles: Of all sources; spans of others are passed over.
        language: Of the sentence (BCP 47).
    """
    numbers: dict[SourceId, list[int]] = {}
    for span in cited:
        if span.source in articles:
            numbers.setdefault(span.source, []).append(span.sentence)
    alone = {
        source: verify(articles[source], Claim(text, tuple(dict.fromkeys(held))), language=language)
        for source, held in numbers.items()
    }
    if not alone:
        return NotePoint(text=text, evidence=[], verdict="unsupported", issues=[_cites_nothing(text)])
    best = min(alone, key=lambda source: RANK[alone[source].verdict])
    verdict, issues = alone[best].verdict, alone[best].issues
    readable = not any(is_between_languages(articles[source], language) for source in numbers)
    if verdict != "supported" and len(numbers) > 1 and readable:
        together = _together(text, numbers, articles)
        if RANK[together.verdict] < RANK[verdict]:
            verdict, issues = together.verdict, together.issues
    odd = tuple(estimate_issues(text))
    if odd and verdict == "supported":
        verdict = "altered"
    return NotePoint(
        text=text,
        evidence=_spans(best, alone, articles),
        verdict=verdict,
        issues=[*issues, *odd],
    )


def _spans(
    best: SourceId, alone: Mapping[SourceId, Verified], articles: Mapping[SourceId, Article]
) -> list[SourceSpan]:
    """What the best source says comes first."""
    order = [best, *(source for source in alone if source != best)]
    return [
        span_of(source, span)
        for source in order
        for span in evidence(articles[source], alone[source].sentences)
    ]


@dataclass(frozen=True, slots=True)
class _Together:
    verdict: Verdict
    issues: tuple[Issue, ...]


def _together(
    text: str, numbers: Mapping[SourceId, Sequence[int]], articles: Mapping[SourceId, Article]
) -> _Together:
    joined, starts = _joined(tuple(articles[source] for source in numbers))
    cited = [
        number
        for places, held in zip(starts, numbers.values(), strict=True)
        for n in held
        for number in _numbers(joined, *places[n - 1])
    ]
    found = check_claim(text, joined, sentences=cited)
    if found.verdict == "supported":
        odd = next((issues for part in _parts(text) if (issues := _altered(part, numbers, articles))), None)
        if odd:
            return _Together("altered", odd)
    return _Together(found.verdict, found.issues)


def _parts(text: str) -> list[str]:
    """The statements of a sentence that joins several."""
    parts = _JOINT.split(text)
    whole = all(len(part.split()) >= _SHORTEST_PART and read(part).verbs for part in parts)
    return parts if len(parts) > 1 and whole else []


def _altered(
    part: str, numbers: Mapping[SourceId, Sequence[int]], articles: Mapping[SourceId, Article]
) -> tuple[Issue, ...]:
    """Why a statement that only one article can carry is not as that one has it.

    All sentences together hold the days and numbers of all statements, so a swap shows only here.
    """
    found = [check_claim(part, articles[source], sentences=held) for source, held in numbers.items()]
    best = min(found, key=lambda check: RANK[check.verdict])
    return best.issues if best.verdict == "altered" else ()


Places = tuple[tuple[tuple[int, int], ...], ...]
"""For each article the place of each of its sentences in the joined text."""


@lru_cache(maxsize=32)
def _joined(articles: tuple[Article, ...]) -> tuple[Article, Places]:
    """Several articles as one, a line for each sentence."""
    lines: list[str] = []
    places: list[tuple[tuple[int, int], ...]] = []
    at = 0
    for article in articles:
        held: list[tuple[int, int]] = []
        for sentence in article.sentences:
            line = absolute(" ".join(sentence.body.split()), article.published)
            held.append((at, at + len(line)))
            lines.append(line)
            at += len(line) + 2
        places.append(tuple(held))
    return Article(text="\n\n".join(lines), id="joined"), tuple(places)


def _numbers(article: Article, start: int, end: int) -> list[int]:
    """The sentences of the joined text that one line has become: one, or two where it was cut anew."""
    return [s.number for s in article.sentences if s.start < end and start < s.end]


def _cites_nothing(text: str) -> Issue:
    return Issue(kind="citation", claim=text[:500], source="", message="The sentence cites no known source.")
