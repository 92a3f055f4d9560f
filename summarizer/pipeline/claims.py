"""Every sentence of the model against the sentences it cites.

What fails the check is asked for again, once, naming only the offending sentences; what still fails is
published with its verdict and the reasons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.grounding.claims import check_claim
from summarizer.grounding.spans import evidence
from summarizer.pipeline.asking import Question
from summarizer.pipeline.wording import tidy
from summarizer.prompting import PromptLibrary
from summarizer.types import Issue, Point, Signal, Summary, Verdict
from summarizer.types.drafts import revision_draft

__all__ = ["Claim", "Verified", "ask_revision", "claims_of", "read_revision", "verify", "with_verdicts"]

TOKENS_A_CLAIM = 90

_RANK: Mapping[Verdict, int] = {"supported": 0, "altered": 1, "unsupported": 2, "unchecked": 3}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the model's and the numbers of those it cites."""

    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What is published for a claim."""

    text: str
    sentences: tuple[int, ...]
    verdict: Verdict
    issues: tuple[Issue, ...]


def claims_of(summary: Summary, signals: Sequence[Signal]) -> list[Claim]:
    """All claims of a briefing, each once, in its order."""
    points = [_of_point(point) for point in (summary.bottom_line, *summary.key_points)]
    return list(dict.fromkeys([*points, *map(_of_signal, signals)]))


def verify(article: Article, claim: Claim) -> Verified:
    """Check one claim; where its citation misses the sentences that plainly carry it, these take its place."""
    found = check_claim(claim.text, article, sentences=claim.sentences)
    issues = found.issues
    if found.repaired:
        cited, used = (", ".join(map(str, numbers)) for numbers in (claim.sentences, found.sentences))
        message = f"The citation was repaired: it gave {cited}, but {used} carries the claim."
        issues = (*issues, Issue(kind="citation", claim=cited, source=used, message=message))
    sentences = found.sentences if found.repaired else claim.sentences
    return Verified(claim.text, sentences, found.verdict, issues)


def ask_revision(article: Article, faulty: Mapping[str, Verified], library: PromptLibrary) -> Question:
    """Ask for each faulty claim again, showing its passage and what is wrong with it."""
    shown = {
        name: {
            "passage": " ".join(article.sentence(number).body for number in claim.sentences[:2]),
            "text": claim.text,
            "wrong": " ".join(issue.message for issue in claim.issues[:2])
            or "The passage does not say this.",
        }
        for name, claim in faulty.items()
    }
    prompt = library.render("revision", article, claims=shown)
    return Question(prompt, revision_draft(list(faulty)), TOKENS_A_CLAIM * (len(faulty) + 1))


def read_revision(
    article: Article, faulty: Mapping[str, Verified], answer: Mapping[str, object]
) -> dict[str, Verified]:
    """The better of the two wordings of each claim; the first where both are equally good."""
    better: dict[str, Verified] = {}
    for name, before in faulty.items():
        text = tidy(str(answer.get(name, before.text)), article)
        after = verify(article, Claim(text, before.sentences))
        better[name] = after if _RANK[after.verdict] < _RANK[before.verdict] else before
    return better


def with_verdicts(
    article: Article, summary: Summary, signals: Iterable[Signal], found: Mapping[Claim, Verified]
) -> tuple[Summary, list[Signal]]:
    """The same briefing with each claim as verified."""

    def published(claim: Verified, text_field: str) -> dict[str, object]:
        return {
            text_field: claim.text,
            "evidence": evidence(article, claim.sentences),
            "verdict": claim.verdict,
            "issues": list(claim.issues),
        }

    def point(one: Point) -> Point:
        return one.model_copy(update=published(found[_of_point(one)], "text"))

    checked = Summary(
        bottom_line=point(summary.bottom_line), key_points=[point(one) for one in summary.key_points]
    )
    return checked, [
        signal.model_copy(update=published(found[_of_signal(signal)], "description")) for signal in signals
    ]


def _of_point(point: Point) -> Claim:
    return Claim(point.text, tuple(span.sentence for span in point.evidence))


def _of_signal(signal: Signal) -> Claim:
    return Claim(signal.description, tuple(span.sentence for span in signal.evidence))
