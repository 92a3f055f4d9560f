"""The shapes of the note that a model fills in: claims by number, sentences in its own words."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints, create_model

from summarizer.types.drafts import Draft

__all__ = ["BOTTOM", "HEADLINE", "judged_draft", "restated_draft"]

BOTTOM, HEADLINE = "bottom", "headline"
FEWEST_POINTS, MOST_POINTS = 3, 6
MOST_CITED = 4
_SHORTEST, _LONGEST = 20, 280
_ROOM = 1.1
"""Characters of a restatement to one of its claims: these are short already, and a cut word fails the check."""


def restated_draft(passages: Mapping[str, int], *, headline: bool) -> type[Draft]:
    """One sentence for each passage, under its name; from a model that is better shown what to say.

    Args:
        passages: Length of each in characters; the restatement has about as many.
        headline: Whether a headline is asked for.
    """
    fields: dict[str, Any] = {HEADLINE: (_text(10, 110), ...)} if headline else {}
    for name, length in passages.items():
        longest = int(min(_LONGEST, max(100, _ROOM * length)))
        fields[name] = (_text(int(min(80, max(_SHORTEST, 0.3 * length))), longest), ...)
    return create_model("RestatedNote", __base__=Draft, **fields)


def judged_draft(claims: int, *, headline: bool) -> type[Draft]:
    """Bottom line and key points, each with the numbers of the claims it stands on.

    Args:
        claims: How many are shown, numbered from 1.
        headline: Whether a headline is asked for.
    """
    cited = Annotated[
        list[Annotated[int, Field(ge=1, le=claims)]], Field(min_length=1, max_length=MOST_CITED)
    ]
    sentence = create_model("Sentence", __base__=Draft, c=(cited, ...), t=(_text(_SHORTEST, _LONGEST), ...))
    points = Annotated[
        list[sentence], Field(min_length=min(FEWEST_POINTS, claims), max_length=min(MOST_POINTS, claims))
    ]
    fields: dict[str, Any] = {HEADLINE: (_text(10, 110), ...)} if headline else {}
    fields |= {BOTTOM: (sentence, ...), "points": (points, ...)}
    return create_model("JudgedNote", __base__=Draft, **fields)


def _text(shortest: int, longest: int) -> Any:
    return Annotated[str, StringConstraints(min_length=shortest, max_length=longest)]
