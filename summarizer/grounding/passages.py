"""Which sentences a summary should carry: code proposes them, the model puts them into words.

A small model asked for the important sentences answers with the first ones. What makes a sentence worth a
line in a briefing can be read off it: it reports an act or a statement that bears on the conflict (its best
proposal), gives a figure, says who says so, stands early, and shares words with the headline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence
from summarizer.grounding.proposals import Proposal

__all__ = ["Passages", "choose"]

FEWEST, MOST, MOST_IN_SHORT = 3, 6, 5
SHORT_ARTICLE = 20
"""Sentences; a shorter article gets at most `MOST_IN_SHORT` key points."""
SENTENCES_A_POINT = 3.5
FULL_LEAD = 110
"""Characters; a shorter first sentence is read together with the second."""
FRAGMENT = 50
"""Characters; shorter sentences rarely say anything on their own."""

# Weights found by how many labelled key facts the chosen sentences touch; the figures are in prompts/README.md.
_EARLY, _HEADLINE, _FIGURE, _SPOKEN, _TOLD_BEFORE, _BRIEF = 0.5, 0.3, 0.15, 0.1, 0.1, 0.6

_FIGURES = re.compile(r"\d")
_SAID = re.compile(r"\b(?:said|says|told|warned|announced|according to)\b")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Passages:
    """Sentence numbers: what the bottom line stands on, and one sentence a key point, in reading order."""

    lead: tuple[int, ...]
    points: tuple[int, ...]


def choose(article: Article, proposals: Sequence[Proposal]) -> Passages:
    """Propose the sentences that the summary restates: the lead, and 3 to 6 more as the article is long."""
    sentences = article.sentences
    lead = (1,) if len(sentences) == 1 or len(sentences[0].body) >= FULL_LEAD else (1, 2)
    room = MOST_IN_SHORT if len(sentences) < SHORT_ARTICLE else MOST
    wanted = min(max(FEWEST, round(len(sentences) / SENTENCES_A_POINT)), room)
    others = [s for s in sentences if s.number not in lead]
    best = sorted(others, key=lambda s: (-_worth(s, article, proposals), s.number))[:wanted]
    return Passages(lead, tuple(sorted(s.number for s in best)))


def _worth(sentence: Sentence, article: Article, proposals: Sequence[Proposal]) -> float:
    said = sentence.body
    title, words = _stems(article.title or ""), _stems(said)
    return (
        max((p.score for p in proposals if p.sentence == sentence.number), default=0.0)
        + _EARLY * (1 - sentence.number / len(article.sentences))
        + _HEADLINE * len(title & words) / max(1, len(title))
        + _FIGURE * bool(_FIGURES.search(said))
        + _SPOKEN * bool(_SAID.search(said))
        - _TOLD_BEFORE * sum(sentence.number in p.also for p in proposals)
        - _BRIEF * (len(said) < FRAGMENT)
    )


def _stems(text: str) -> set[str]:
    return {word[:6].casefold() for word in _WORD.findall(text)}
