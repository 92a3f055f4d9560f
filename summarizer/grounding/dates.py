"""Dates that a sentence names, relative ones resolved by the article's own date, and which of them is an event's.

`last week` is given as its month: the published date format knows days, months and years.
"""

import re
from dataclasses import dataclass
from datetime import date

from summarizer.article import Article
from summarizer.grounding.date_words import Context, readings

__all__ = ["DateMention", "dates_in", "event_date"]

_SAYING = re.compile(
    r"\b(?:said|says|told|announced|reported|added|warned|confirmed|stated|tweeted|wrote)(?:\s+(?:reporters|journalists|lawmakers|state\s+media|state\s+television))?"
    r"(?:\s+in\s+a\s+\w+)?(?:\s+(?:on|late|early))*\s*$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|next|scheduled\s+for|planned\s+for|due|upcoming|expected|is\s+to|are\s+to|deadline|would)\b",
    re.IGNORECASE,
)
_SPEECH_PENALTY, _BREAK_PENALTY = 60, 40
_AHEAD = 45
"""How far before a date `will` makes it one to come, in characters."""
_LOOK_BACK = 2
"""How many sentences before may hold the day that `two days later` counts from."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a date: `body[start:end]`."""

    start: int
    end: int
    iso: str


def dates_in(body: str, published: str | None, *, anchor: date | None = None) -> list[DateMention]:
    """Every date that `body` names and that can be resolved, in reading order.

    Args:
        body: One sentence.
        published: ISO 8601 date of the article; without a full one only absolute dates resolve.
        anchor: A day named before this sentence, from which `two days later` counts.
    """
    today = _parsed(published)
    found: list[DateMention] = []
    for match, reader in readings(body):
        future = bool(_FUTURE.search(body, max(0, match.start() - _AHEAD), match.start()))
        iso = reader(match, Context(today, future, anchor))
        if iso:
            lead = len(match.group()) - len(match.group().lstrip())
            found.append(DateMention(match.start() + lead, match.end(), iso))
            anchor = _parsed(iso) or anchor
    return found


def event_date(article: Article, sentence_number: int, trigger: str) -> str | None:
    """When the event that `trigger` names took, or is to take, place.

    Args:
        article: Its `published` resolves relative dates; without it only absolute ones count.
        sentence_number: The sentence that tells of the event.
        trigger: Words of that sentence; when they are not in it, its first date counts.

    Returns:
        ISO 8601, as precise as the words are (`2024-11-27`, `2024-11`, `2024`); None when the sentence names no date.
    """
    body = article.sentence(sentence_number).body
    mentions = dates_in(body, article.published, anchor=_anchor(article, sentence_number))
    at = body.find(trigger) if trigger else -1
    if not mentions or at < 0:
        return mentions[0].iso if mentions else None
    return min(mentions, key=lambda m: _distance(body, m, at, at + len(trigger))).iso


def _anchor(article: Article, sentence_number: int) -> date | None:
    """The last day named in the two sentences before."""
    known = (
        _parsed(m.iso)
        for s in article.sentences[max(0, sentence_number - 1 - _LOOK_BACK) : sentence_number - 1]
        for m in dates_in(s.body, article.published)
    )
    return next((d for d in reversed(list(known)) if d), None)


def _distance(body: str, mention: DateMention, start: int, end: int) -> int:
    """Characters between date and trigger, more across a clause or when the date belongs to who said it."""
    if mention.start >= end:
        between = body[end : mention.start]
    elif mention.end <= start:
        between = body[mention.end : start]
    else:
        return 0
    breaks = len(re.findall(r"[,;:—]|\b(?:after|before|when|while|and|but|that|who|which)\b", between))
    points_on = re.search(r"\b(?:after|before)$", body[mention.start : mention.end].lower())
    if points_on and mention.start < end:
        return 0 if mention.end <= start else len(between)
    speech = _SAYING.search(body, 0, mention.start) if not _spoken(body[start:end]) else None
    return (
        len(between)
        + _BREAK_PENALTY * breaks
        + (_SPEECH_PENALTY if speech else 0)
        + (999 if points_on else 0)
    )


def _spoken(trigger: str) -> bool:
    return bool(_SAYING.search(trigger))


def _parsed(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso and len(iso) == len("2024-12-05") else None
    except ValueError:
        return None
