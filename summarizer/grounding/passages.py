"""Which sentences a summary should carry: code proposes them, the model puts them into words.

A small model asked for the important sentences answers with the first ones. What makes a sentence worth a
line in a briefing can be read off it: it reports an act or a statement that bears on the conflict (its best
proposal), gives a figure, says who says so, stands early, and shares words with the headline.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence
from summarizer.grounding.proposals import Proposal
from summarizer.grounding.stretches import stretches

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


def choose(
    article: Article, proposals: Sequence[Proposal], *, without: Collection[int] = frozenset()
) -> Passages:
    """Propose the sentences that the summary restates: the lead, and 3 to 6 of each stretch of the article.

    Args:
        article: Whose sentences are chosen.
        proposals: Its possible signals.
        without: Numbers of sentences that are not chosen, unless there are no others.
    """
    sentences = [s for s in article.sentences if s.number not in without] or list(article.sentences)
    left = {s.number for s in sentences}
    full = len(sentences) == 1 or len(sentences[0].body) >= FULL_LEAD
    lead = tuple(s.number for s in sentences[: 1 if full else 2])
    title = _stems(article.title or "")
    heard = _heard(proposals)
    best: list[int] = []
    for stretch in stretches(article):
        here = [number for number in stretch if number in left]
        room = MOST_IN_SHORT if len(here) < SHORT_ARTICLE else MOST
        wanted = min(max(FEWEST, round(len(here) / SENTENCES_A_POINT)), room)
        worth = {
            number: _worth(article.sentence(number), place / len(here), title, heard)
            for place, number in enumerate(here, 1)
            if number not in lead
        }
        best += sorted(worth, key=lambda number: (-worth[number], number))[:wanted]
    return Passages(lead, tuple(sorted(best)))


def _heard(proposals: Sequence[Proposal]) -> dict[int, tuple[float, int]]:
    """For each sentence, the score of its best event, and how many events were told before it."""
    scores: defaultdict[int, float] = defaultdict(float)
    again: Counter[int] = Counter()
    for proposal in proposals:
        scores[proposal.sentence] = max(scores[proposal.sentence], proposal.score)
        again.update(proposal.also)
    return {number: (scores[number], again[number]) for number in {*scores, *again}}


def _worth(
    sentence: Sentence, depth: float, title: set[str], heard: Mapping[int, tuple[float, int]]
) -> float:
    """What a sentence is worth that stands so deep in its stretch: 1 is the end."""
    said = sentence.body
    words = _stems(said)
    score, told_before = heard.get(sentence.number, (0.0, 0))
    return (
        score
        + _EARLY * (1 - depth)
        + _HEADLINE * len(title & words) / max(1, len(title))
        + _FIGURE * bool(_FIGURES.search(said))
        + _SPOKEN * bool(_SAID.search(said))
        - _TOLD_BEFORE * told_before
        - _BRIEF * (len(said) < FRAGMENT)
    )


def _stems(text: str) -> set[str]:
    return {word[:6].casefold() for word in _WORD.findall(text)}
