"""What governs what in a sentence: "agreed to withdraw" is one concession, not an agreement and a retreat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.grounding.lexicon import Entry, Hit, Lexicon
from summarizer.grounding.modality import modality_at
from summarizer.types.signals import Direction, EventType, Modality

__all__ = ["Finding", "compose"]

_WITHIN_WORDS = 9
_CUT = re.compile(
    r"[;:—]|\b(?:after|before|when|while|because|although|though|following|since|amid|who|which|as)\b",
    re.IGNORECASE,
)
_FACTIVE: frozenset[EventType] = frozenset({"ACCUSE", "SUPPORT"})
"""Condemning or welcoming something takes it as a fact, so the fact stays an event of its own."""
_CONTENT = re.compile(r"\b(?:to|of|that|for|from)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_FUTURE: dict[EventType, EventType] = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
_OPEN: frozenset[Modality] = frozenset({"planned", "hypothetical", "threatened"})
_CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"\b(?:will|would|shall|to)\b", re.IGNORECASE)
_AUXILIARY_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One event as a sentence tells it: `body[start:end]` is its trigger."""

    event_type: EventType
    mode: str | None
    direction: Direction
    modality: Modality
    sure: float
    hit: Hit
    end: int
    """One past the last character of the trigger, in the sentence's body; what is folded in belongs to it."""
    content: EventType | None = None
    """What it governs, if anything."""
    losers: tuple[EventType, ...] = ()

    @property
    def start(self) -> int:
        """First character of the trigger, in the sentence's body."""
        return self.hit.start


def compose(body: str, words: Lexicon) -> list[Finding]:
    """The events of one sentence, what is governed folded into what governs it, in reading order."""
    every = words.hits(body)
    hits = [
        hit
        for at, hit in enumerate(every)
        if not hit.entry.needs_content or _governed(every, at, body, words) is not None
    ]
    found: list[Finding] = []
    absorbed: set[int] = set()
    for at, hit in enumerate(hits):
        if at in absorbed:
            continue
        inner = _governed(hits, at, body, words) if hit.entry.governs else None
        finding = _finding(hit, hits[inner] if inner is not None else None, body, words)
        if inner is not None and _takes_in(hit, hits[inner], body):
            absorbed.add(inner)
            finding = replace(finding, end=hits[inner].end)
        found.append(finding)
    return list(_later(found, body))


def _governed(hits: Sequence[Hit], at: int, body: str, words: Lexicon) -> int | None:
    """Which later hit the one at `at` governs."""
    if at + 1 >= len(hits):
        return None
    between = body[hits[at].end : hits[at + 1].start]
    if len(between.split()) > _WITHIN_WORDS or _CUT.search(between) or between.count(",") > 1:
        return None
    only = words.governing[hits[at].entry.governs or ""].only
    return at + 1 if not only or hits[at + 1].entry.type in only else None


def _takes_in(outer: Hit, inner: Hit, body: str) -> bool:
    """Whether the governed event is only the content of the governing one."""
    if outer.entry.type not in _FACTIVE:
        return True
    between = body[outer.start : inner.start]
    return bool(
        _CONTENT.search(between) and body[inner.start : inner.end].split(" ", maxsplit=1)[0].endswith("ing")
    )


def _finding(hit: Hit, inner: Hit | None, body: str, words: Lexicon) -> Finding:
    entry = hit.entry
    event_type, mode, direction = _composed(entry, inner, words)
    content = inner.entry.type if inner else None
    return Finding(
        event_type=event_type,
        mode=mode,
        direction=direction,
        modality=entry.modality or _modality(hit, inner, event_type, mode, body, words),
        sure=entry.sure,
        hit=hit,
        end=hit.end,
        content=content,
        losers=tuple(dict.fromkeys([*entry.alternatives, *hit.losers, *([content] if content else [])])),
    )


def _composed(entry: Entry, inner: Hit | None, words: Lexicon) -> tuple[EventType, str | None, Direction]:
    """Type, mode and direction of what an entry says, alone or of what it governs."""
    if inner is None or not entry.governs:
        return entry.type, entry.mode, entry.direction or words.natures[entry.type].direction
    rule, content = words.governing[entry.governs], inner.entry
    event_type = rule.makes.get(content.type, entry.type)
    own: Direction | None = content.direction if content.type == event_type else None
    direction: Direction | None = rule.directions.get(content.type) or entry.direction or own
    mode = rule.modes.get(content.type, content.mode if content.type == event_type else entry.mode)
    return event_type, mode, direction or words.natures[event_type].direction


def _modality(
    hit: Hit, inner: Hit | None, event_type: EventType, mode: str | None, body: str, words: Lexicon
) -> Modality:
    """What the cues say; but a threat is threatened, and an accusation alleged, unless it is denied."""
    keeps_its_type = inner is not None and inner.entry.type == event_type
    rule = words.governing[hit.entry.governs] if hit.entry.governs and keeps_its_type else None
    modality = (rule.modality if rule else None) or modality_at(body, hit.start, hit.end, words=words)
    if event_type == "THREATEN" and modality in ("occurred", "planned", "hypothetical", "ongoing"):
        return "threatened"
    if event_type == "ACCUSE" and mode == "allege" and modality == "occurred":
        return "alleged"
    return modality


def _later(found: Sequence[Finding], body: str) -> Iterator[Finding]:
    """PLOVER's rules for what has not happened: a meeting to come is an agreement, force on a condition a threat."""
    for one in found:
        after = _FUTURE.get(one.event_type)
        if one.modality == "planned" and after:
            yield replace(one, event_type=after, mode=None, losers=(one.event_type, *one.losers))
        elif one.event_type == "ASSAULT" and one.modality in _OPEN and _on_condition(body, one):
            yield replace(
                one,
                event_type="THREATEN",
                mode="violence",
                modality="threatened",
                losers=("ASSAULT", *one.losers),
            )
        else:
            yield one


def _on_condition(body: str, one: Finding) -> bool:
    return bool(
        _CONDITION.search(body) and _AUXILIARY.search(body, max(0, one.start - _AUXILIARY_WITHIN), one.start)
    )
