"""Words of likelihood in a sentence of ours: those of ICD 203, one row only, never beside a confidence level."""

import re
from collections.abc import Iterator

from summarizer.types import Issue

__all__ = ["estimate_issues"]

_FIRST_ROW = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
    "almost certainly",
)
_SECOND_ROW = (
    "remote chance",
    "highly improbable",
    "improbable",
    "roughly even odds",
    "probable",
    "probably",
    "highly probable",
    "nearly certain",
)
_FOREIGN = (
    "highly likely",
    "highly unlikely",
    "quite likely",
    "most likely",
    "more likely than not",
    "realistic possibility",
    "realistic probability",
    "good chance",
    "high probability",
    "low probability",
    "strong possibility",
    "virtually certain",
)
_TERM = re.compile(
    r"\b(?:"
    + "|".join(
        sorted((*_FIRST_ROW, *_SECOND_ROW, *_FOREIGN), key=len, reverse=True),
    )
    + r"|\d{1,3}\s?(?:%|percent|per\s+cent)\s+(?:chance|likely|probability))(?![\w-])",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(
    r"\b(?:high|moderate|medium|low)(?:ly)?[- ]confiden(?:ce|t)\b|\bconfidence\s+(?:is|level\s+is)\s+(?:high|moderate|low)\b",
    re.IGNORECASE,
)


def estimate_issues(text: str) -> Iterator[Issue]:
    """What is wrong with the likelihood words of one sentence, as issues of kind `modality`.

    Args:
        text: One sentence of a note. `May`, `might`, `could` and `possible` are no estimates and are let pass.
    """
    found = [match.group() for match in _TERM.finditer(text)]
    rows = [" ".join(term.lower().split()) for term in found]
    for term, plain in zip(found, rows, strict=True):
        if plain not in _FIRST_ROW and plain not in _SECOND_ROW:
            yield _issue(term, f'"{term}" is not one of the likelihood words of ICD 203.')
    if any(row in _FIRST_ROW for row in rows) and any(row in _SECOND_ROW for row in rows):
        yield _issue(
            ", ".join(found), "The likelihood words are of two rows of ICD 203; one note uses one row."
        )
    confidence = _CONFIDENCE.search(text)
    if found and confidence:
        yield _issue(
            f"{found[0]}, {confidence.group()}",
            "A likelihood and a confidence level stand in one sentence, which ICD 203 forbids.",
        )


def _issue(words: str, message: str) -> Issue:
    return Issue(kind="modality", claim=words[:500], source="", message=message)
