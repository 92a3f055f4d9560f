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
from summarizer.windows import Window

__all__ = [
    "Claim",
    "Verified",
    "ask_revision",
    "claims_of",
    "is_faulty",
    "own_words",
    "read_revision",
    "strayed",
    "strays",
    "verify",
    "with_verdicts",
]

TOKENS_A_CLAIM = 90

_RANK: Mapping[Verdict, int] = {"supported": 0, "unchecked": 1, "altered": 2, "unsupported": 3}


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


def verify(article: Article, claim: Claim, *, language: str = "en") -> Verified:
    """Check one claim; where its citation misses the sentences that plainly carry it, these take its place.

    A sentence that tells what the cited ones leave open is cited beside them.
    """
    found = check_claim(claim.text, article, sentences=claim.sentences, language=language)
    if not found.repaired:
        told = found.sentences if set(claim.sentences) <= set(found.sentences) else claim.sentences
        return Verified(claim.text, told, found.verdict, found.issues)
    carried = found.sentences[: len(claim.sentences)]
    # Once more, against what is published: whoever proves the briefing again has nothing else to go by.
    found = check_claim(claim.text, article, sentences=carried)
    before, after = (", ".join(map(str, numbers)) for numbers in (claim.sentences, carried))
    message = f"The citation was repaired: sentence {after} carries the claim, not {before}."
    repaired = Issue(kind="citation", claim=before, source=after, message=message)
    return Verified(claim.text, carried, found.verdict, (repaired, *found.issues))


def strays(
    signals: Iterable[Signal], claims: Mapping[str, Claim], checked: Mapping[str, Verified]
) -> list[str]:
    """Claims that state another event than the one they are to state: carried by none of its sentences.

    A small model that mixes up its answers would have the codes of one event beside the words of another.
    """
    told = {_of_signal(one): {span.sentence for span in one.evidence} for one in signals}
    return [
        name
        for name, claim in claims.items()
        if claim in told and checked[name].sentences[0] not in told[claim]
    ]


def strayed(claim: Claim, found: Verified) -> Verified:
    """As what a claim that states another event is asked for again."""
    here, there = claim.sentences[0], found.sentences[0]
    issue = Issue(
        kind="citation",
        claim=str(here),
        source=str(there),
        message=f"This states sentence {there}; it is to state sentence {here}.",
    )
    return Verified(claim.text, claim.sentences, "unsupported", (issue,))


def own_words(article: Article, claim: Claim) -> Verified:
    """The passage itself, where the model has not stated it when asked again either."""
    number = claim.sentences[0]
    message = f"The model stated another sentence; these are the words of sentence {number} itself."
    issue = Issue(kind="citation", claim=str(number), source=str(number), message=message)
    return Verified(tidy(article.sentence(number).body, article), (number,), "supported", (issue,))


def is_faulty(claim: Verified) -> bool:
    """Whether to ask for it again: something is wrong with it, beyond that it could not be checked."""
    return _is_untranslated(claim) or claim.verdict in {"altered", "unsupported"}


def ask_revision(
    article: Article, window: Window, faulty: Mapping[str, Verified], library: PromptLibrary
) -> Question | None:
    """Ask for each faulty claim of the window again, showing its passage and what is wrong with it."""
    faulty = {name: claim for name, claim in faulty.items() if claim.sentences[0] in window.owned}
    if not faulty:
        return None
    shown = {
        name: {
            "passage": " ".join(article.sentence(number).body for number in claim.sentences[:2]),
            "text": claim.text,
            "wrong": " ".join(issue.message for issue in claim.issues[:2])
            or "The passage does not say this.",
        }
        for name, claim in faulty.items()
    }
    prompt = library.render("revision", article, sentences=window.sentences, claims=shown)
    return Question(prompt, revision_draft(list(faulty)), TOKENS_A_CLAIM * (len(faulty) + 1))


def read_revision(
    article: Article,
    faulty: Mapping[str, Verified],
    answer: Mapping[str, object],
    *,
    language: str = "en",
) -> dict[str, Verified]:
    """The better of the two wordings of each claim; the first where both are equally good."""
    better: dict[str, Verified] = {}
    for name, before in faulty.items():
        text = tidy(str(answer.get(name, before.text)), article)
        after = verify(article, Claim(text, before.sentences), language=language)
        better[name] = after if _badness(after) < _badness(before) else before
    return better


def _is_untranslated(claim: Verified) -> bool:
    return any(issue.kind == "language" and issue.claim for issue in claim.issues)


def _badness(claim: Verified) -> tuple[bool, int]:
    """A sentence in the wrong language is of less use than one with a wrong number that is told."""
    return _is_untranslated(claim), _RANK[claim.verdict]


def with_verdicts(
    article: Article, summary: Summary, signals: Iterable[Signal], found: Mapping[Claim, Verified]
) -> tuple[Summary, list[Signal]]:
    """The same briefing with each claim as verified."""

    def point(one: Point) -> Point:
        claim = found[_of_point(one)]
        return one.model_copy(
            update={"text": claim.text, "evidence": evidence(article, claim.sentences), **_judged(claim)}
        )

    def signal(one: Signal) -> Signal:
        claim = found[_of_signal(one)]
        # What states the event comes first; the other sentences that report it stay.
        numbers = (*claim.sentences, *(span.sentence for span in one.evidence))
        return one.model_copy(
            update={"description": claim.text, "evidence": evidence(article, numbers), **_judged(claim)}
        )

    points = [point(one) for one in summary.key_points]
    return Summary(bottom_line=point(summary.bottom_line), key_points=points), [
        signal(one) for one in signals
    ]


def _judged(claim: Verified) -> dict[str, object]:
    return {"verdict": claim.verdict, "issues": list(claim.issues)}


def _of_point(point: Point) -> Claim:
    return Claim(point.text, tuple(span.sentence for span in point.evidence))


def _of_signal(signal: Signal) -> Claim:
    """Held against its first sentence, which it restates; the others only report the same event."""
    return Claim(signal.description, (signal.evidence[0].sentence,))
