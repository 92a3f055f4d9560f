"""The last look at what a model wrote about an article that holds text written for it: what was drawn from that text goes.

Telling a model not to obey is no guarantee, and a sentence that obeys may pass the check by the names in it. Here code decides:
a claim with words that only the text set aside has, or that nothing supports in such an article, gives way to the
sentence it was to restate, and says so.
"""

from dataclasses import replace

from summarizer.grounding.suspicion.taint import drawn_from, strangeness
from summarizer.languages import same_language
from summarizer.pipeline.claims import Claim, Verified, verify
from summarizer.pipeline.plan import Plan
from summarizer.types import Issue

__all__ = ["cleared", "is_drawn"]

_SHOWN = 8
_STRANGE = 0.34
"""Share of words that the article lacks, from which on a sentence says something else; a restatement keeps its names."""


def is_drawn(text: str, plan: Plan) -> bool:
    """Whether a sentence has words that stand only in text that is set aside."""
    return bool(_words(text, plan))


def cleared(claim: Verified, plan: Plan, *, language: str = "en") -> Verified:
    """The claim, or in its place the article's own sentence.

    Args:
        claim: As it was checked against the article without the text set aside.
        plan: The article, and what of it is set aside.
        language: Of the briefing (BCP 47). Where it is not the article's, no sentence can stand in, so the
            claim stays, is not supported, and the issue is all there is.
    """
    words = _words(claim.text, plan)
    if not words and not (plan.apart and _is_doubtful(claim, plan)):
        return claim
    cited = ", ".join(map(str, claim.sentences))
    trusted = tuple(number for number in claim.sentences if number not in plan.apart)
    if not trusted or not same_language(plan.article.language, language):
        return replace(
            claim, issues=(_issue(words, cited, "nothing else stands in its place"), *claim.issues)
        )
    own = verify(plan.trusted, Claim(plan.article.sentence(trusted[0]).body, trusted[:1]), language=language)
    return replace(own, issues=(_issue(words, cited, "the article's own stands in its place"), *own.issues))


def _is_doubtful(claim: Verified, plan: Plan) -> bool:
    """Whether it says what the article does not: an order in another language shares no word with what it asks for."""
    return claim.verdict == "unsupported" or strangeness(claim.text, plan.article, plan.apart) > _STRANGE


def _words(text: str, plan: Plan) -> list[str]:
    return drawn_from(text, plan.article, plan.apart, plan.reading.decoded)


def _issue(words: list[str], cited: str, outcome: str) -> Issue:
    # About what it stands on, not about what it says: whoever proves the briefing again finds the sentence that is there.
    why = (
        f"used words that only text set aside has ({', '.join(words[:_SHOWN])})"
        if words
        else "says what the article does not"
    )
    message = f"The model's sentence {why}; {outcome}."
    return Issue(kind="citation", claim=cited, source=cited, message=message)
