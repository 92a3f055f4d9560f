"""How much a trigger counts: by its place in the sentence, and by what kind of sentence it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article, Sentence
from summarizer.grounding.composition import Finding, compose
from summarizer.grounding.lexicon import Lexicon
from summarizer.grounding.suspicion.aside import is_mute
from summarizer.types.signals import EventType

__all__ = ["Standing", "rank", "standing", "title_types"]

_DISTANCE = 0.3
"""What a trigger at the very end of its sentence loses."""
_SUBORDINATE = re.compile(
    r"\b(?:after|before|when|while|because|although|though|following|since|amid|who|whose|which|that|as|if|over|despite)"
    r"\s+(?:\w+\s+){0,6}$",
    re.IGNORECASE,
)
_PREPOSITION = r"\b(?:after|over|following|of|for|against|about|on|in|from|by|with|to)\s+"
_IN_A_PHRASE = re.compile(
    rf"{_PREPOSITION}(?:(?:(?:the|a|an|its|his|her|their|this|that|any|recent|latest|last|two|three)\s+)*(?:[\w-]+\s+){{0,2}}"
    r"|(?:[\w\u2019'.-]+\s+){0,4}[\w.-]+['\u2019]s?\s+(?:\w+\s+)?)$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"(?:\w+\s+){0,2}(?:after|following|despite|amid|since|during|when|while|as|because|in|on|at|with|under|ahead|hours|days|weeks)"
    r"\b[^,]{0,140},\s",
    re.IGNORECASE,
)
_AS_ADJECTIVE = re.compile(
    r"\b(?:the|a|an|its|his|her|their|these|those|of|by|\d+|release|free)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")
_DATED_PLACE = re.compile(r",\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s+)?\d{4}\.?\)?$")
_PRESENT_TENSE = re.compile(
    r"(?:[\w\u2019'.-]+,?\s+){1,14}?(?:[a-z]+[^s\W]s|hold|carry|shout|gather|detain|stand|walk|drive|line|march|wave|mourn|take|sit)\s"
)
_CAPTION, _BACKGROUND, _LEAD, _EARLY, _TITLE = 0.3, 0.5, 1.15, 1.05, 1.08
_LEAD_SENTENCES, _EARLY_SENTENCES, _FAR_SENTENCES = 2, 6, 40


@dataclass(frozen=True, slots=True)
class Standing:
    """What kind of sentence it is."""

    factor: float
    """What its scores are multiplied by."""
    background: bool
    """It tells history."""
    caption: bool
    """It describes a picture."""


def rank(body: str, words: Lexicon) -> list[tuple[Finding, float]]:
    """The events of one sentence with their scores, the surest first."""
    found = compose(body, words)
    return sorted(((f, _score(f, found, body)) for f in found), key=lambda pair: -pair[1])


def _score(finding: Finding, found: Sequence[Finding], body: str) -> float:
    before, trigger = body[: finding.start], body[finding.start : finding.end]
    front = _FRONTED.match(body)
    opening = front.end() if front else 0
    score = finding.sure * (1 - _DISTANCE * max(0, finding.start - opening) / max(1, len(body)))
    if finding.end <= opening:
        score *= 0.75
    if trigger.split(" ", 1)[0].endswith("ed") and _AS_ADJECTIVE.search(before):
        score *= 0.6
    if _SUBORDINATE.search(before):
        score *= 0.85
    elif _IN_A_PHRASE.search(before):
        score *= 0.8
    if any(f.hit.entry.governs and f.start < finding.start for f in found):
        score *= 0.62
    doubt = (
        1.0
        if finding.hit.entry.modality
        else {"hypothetical": 0.85, "denied": 0.8}.get(finding.modality, 1.0)
    )
    return score * doubt


def standing(sentence: Sentence, article: Article, words: Lexicon) -> Standing:
    """Judge one sentence of an article, apart from the events it tells."""
    body = sentence.body
    year = article.published[:4] if article.published else None
    caption = words.caption.found_in(body) or bool(_DATED_PLACE.search(body) and _PRESENT_TENSE.match(body))
    background = words.background.found_in(body) or bool(year and any(y != year for y in _YEAR.findall(body)))
    factor = (_CAPTION if caption else 1.0) * (_BACKGROUND if background else 1.0)
    place = _place(sentence, article)
    if place <= _LEAD_SENTENCES:
        factor *= _LEAD
    elif place <= _EARLY_SENTENCES:
        factor *= _EARLY
    if article.title and len(_stems(article.title) & _stems(body)) > 1:
        factor *= _TITLE
    return Standing(factor, background, caption)


def _place(sentence: Sentence, article: Article) -> int:
    """Its number among the sentences that say something: what is set aside above an article takes nobody's place."""
    if sentence.number > _FAR_SENTENCES:
        return sentence.number
    return sentence.number - sum(map(is_mute, article.sentences[: sentence.number - 1]))


def title_types(article: Article, words: Lexicon) -> frozenset[EventType]:
    """The event types that the headline speaks of."""
    return frozenset(f.event_type for f in compose(article.title, words)) if article.title else frozenset()


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
