"""The check itself: one claim against the sentences it cites."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.claims.amounts import quantifier_issues
from summarizer.grounding.claims.article import ArticleReading, read_article
from summarizer.grounding.claims.certainty import modality_issues
from summarizer.grounding.claims.clauses import Predicates, told_in, untold
from summarizer.grounding.claims.comparison import Comparison
from summarizer.grounding.claims.days import date_issues
from summarizer.grounding.claims.denial import negation_issues
from summarizer.grounding.claims.evidence import Support, best, support
from summarizer.grounding.claims.figures import number_issues
from summarizer.grounding.claims.identity import name_issues
from summarizer.grounding.claims.index import bare
from summarizer.grounding.claims.opposites import opposite_issues
from summarizer.grounding.claims.parties import role_issues
from summarizer.grounding.claims.reading import Reading, read
from summarizer.grounding.claims.speakers import speaker_issues
from summarizer.grounding.claims.words import plain
from summarizer.grounding.foreign.check import compare, is_between_languages
from summarizer.types import Issue, Verdict

__all__ = ["ClaimCheck", "best_sentences", "check_claim"]

_MOST = 3
"""Sentences that a claim without citations is held against."""
_CARRIED = 0.45
"""Share of a claim's words below which its evidence does not carry it."""
_TOLD = 0.25
"""The same of the words that say what happens: names that the evidence has too do not make up for those."""
_GAIN, _PLAINLY = 0.25, 0.75
"""What other sentences must add, and carry, to stand in for those that a claim cites."""
_LONGEST = 500
_CHECKS = (
    number_issues,
    date_issues,
    name_issues,
    negation_issues,
    modality_issues,
    quantifier_issues,
    opposite_issues,
    role_issues,
    speaker_issues,
)


@dataclass(frozen=True)
class ClaimCheck:
    """What became of one claim."""

    verdict: Verdict
    """`supported`, `altered` or `unsupported`."""
    issues: tuple[Issue, ...]
    """Why, with the words on both sides; empty when it is supported."""
    sentences: tuple[int, ...]
    """Numbers of the sentences it was held against, the most direct first; behind those it cites, those that tell the rest."""
    repaired: bool
    """Whether these are others than it cites, because the cited ones do not carry it and these do."""


@dataclass(frozen=True, eq=False)
class _Evidence:
    """The sentences that a claim is held against."""

    numbers: tuple[int, ...]
    support: Support
    """How much of the claim they carry."""
    cited: bool
    repaired: bool = False


def check_claim(
    claim: str, article: Article, *, sentences: Sequence[int] | None = None, language: str = "en"
) -> ClaimCheck:
    """Check a sentence about an article, without a model; the same input always gives the same verdict.

    Args:
        claim: What is said; one sentence, or a few.
        article: What it is said about.
        sentences: Numbers of the sentences it cites, the most direct first. None or nothing: the best
            ones are looked for, at most 3. Numbers that the article does not have are passed over.
        language: Of the claim (BCP 47).

    Returns:
        `supported`: the evidence carries it, and nothing that bears meaning is changed. `altered`: the
        evidence is about the same thing, but a number, date, name, negation, hedge, quantifier,
        direction or role differs. `unsupported`: no sentence carries it. `unchecked`: claim or article is not in
        English, and only numbers and names could be compared.
    """
    if is_between_languages(article, language):
        known_to_it = [n for n in dict.fromkeys(sentences or ()) if 1 <= n <= len(article.sentences)]
        other = compare(claim, article, known_to_it, language=language)
        return ClaimCheck(other.verdict, other.issues, other.sentences, repaired=False)
    known, reading = read_article(article), read(claim)
    cited = tuple(dict.fromkeys(n for n in sentences or () if n in known.readings))
    if (verbatim := _verbatim(claim, known, cited)) is not None:
        return ClaimCheck("supported", (), (verbatim,), repaired=bool(cited) and verbatim not in cited)
    evidence = _evidence(reading, known, cited)
    found = _judged(reading, known, evidence)
    if found.verdict == "unsupported" and cited and _is_carried(evidence.support):
        wider = _widened(reading, known, evidence)
        again = _judged(reading, known, wider) if wider else found
        return again if again.verdict == "supported" else found
    return found


def _widened(reading: Reading, known: ArticleReading, evidence: _Evidence) -> _Evidence | None:
    """The evidence and, for each clause that it does not tell, a sentence that does; nothing where one has none."""
    lacking = _lacking(reading, known, evidence)
    more = [n for p in lacking if (n := told_in(reading, p, evidence.support, known)) is not None]
    numbers = tuple(dict.fromkeys((*evidence.numbers, *more)))
    if len(more) < len(lacking):
        return None
    return _Evidence(numbers, support(reading, known, numbers), cited=True)


def _lacking(reading: Reading, known: ArticleReading, evidence: _Evidence) -> Predicates:
    return untold(reading, evidence.support, [known.readings[n] for n in evidence.numbers])


def _judged(reading: Reading, known: ArticleReading, evidence: _Evidence) -> ClaimCheck:
    """What becomes of a claim on this evidence."""
    issues = tuple(_distinct(_issues(reading, known, evidence)))
    if not _is_carried(evidence.support):
        lacking = (_uncarried(reading, evidence),)
    else:
        lacking = tuple(_invented(reading, known, evidence))
    verdict = "unsupported" if lacking else "altered" if issues else "supported"
    return ClaimCheck(verdict, (*issues, *lacking), evidence.numbers, evidence.repaired)


def _is_carried(found: Support) -> bool:
    return found.share >= _CARRIED and found.told >= _TOLD


def best_sentences(claim: str, article: Article, *, limit: int = 3) -> tuple[int, ...]:
    """The sentences of an article that together carry most of a claim.

    Args:
        claim: What is said.
        article: Where to look.
        limit: At most so many.

    Returns:
        Sentence numbers, the most direct first; nothing when no word of the claim is in the article.
    """
    return best(read(claim), read_article(article), limit=limit)


def _verbatim(claim: str, known: ArticleReading, cited: Sequence[int]) -> int | None:
    """The sentence that the claim repeats word by word; of several, one that it cites."""
    words = bare(claim)
    same = known.repeated.get(words, []) if words else []
    return next((n for n in cited if n in same), same[0] if same else None)


def _evidence(reading: Reading, known: ArticleReading, cited: tuple[int, ...]) -> _Evidence:
    numbers = cited or best(reading, known, limit=_MOST)
    found = support(reading, known, numbers)
    if cited and not _is_carried(found):
        # Where names alone carry the cited ones, they would carry many others too: one sentence has to tell it plainly.
        limit, told = (_MOST - 1, _TOLD) if found.share < _CARRIED else (1, _PLAINLY)
        other = best(reading, known, limit=limit)
        better = support(reading, known, other)
        if better.told >= told and better.share >= max(_PLAINLY, found.share + _GAIN):
            return _Evidence(other, better, cited=False, repaired=True)
    return _Evidence(numbers, found, cited=bool(cited))


def _issues(reading: Reading, known: ArticleReading, evidence: _Evidence) -> Iterator[Issue]:
    case = Comparison(known.study(reading), known, evidence.numbers, evidence.cited)
    for check in _CHECKS:
        yield from check(case)


def _distinct(issues: Iterable[Issue]) -> Iterator[Issue]:
    """One issue for each kind and place in the claim."""
    seen: set[tuple[str, str]] = set()
    for issue in issues:
        if (issue.kind, issue.claim) not in seen:
            seen.add((issue.kind, issue.claim))
            yield issue


def _uncarried(reading: Reading, evidence: _Evidence) -> Issue:
    words = plain(", ".join(reading.tokens[i].text for i in evidence.support.missing))[:_LONGEST]
    who = "Its evidence does not say" if evidence.cited else "No sentence of the article says"
    message = f"{who} this; what is lacking: {words}." if words else "The claim says nothing to check."
    return Issue(kind="content", claim=words, source="", message=message)


def _invented(reading: Reading, known: ArticleReading, evidence: _Evidence) -> Iterator[Issue]:
    """The clauses of a claim that its evidence does not tell, whatever it has of the others."""
    who = "Its evidence does not say" if evidence.cited else "No sentence of the article says"
    for predicate in _lacking(reading, known, evidence):
        words = plain(reading.words(predicate))[:_LONGEST].rstrip(" ,.;:")
        yield Issue(kind="content", claim=words, source="", message=f"{who} this part of it: {words}.")
