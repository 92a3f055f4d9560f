"""What governs what in a sentence: "agreed to withdraw" is one concession, not an agreement and a retreat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.grounding.lexicon import Hit, Lexicon
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
    content: EventType | None = None
    """What it governs, if anything."""
    losers: tuple[EventType, ...] = ()

    @property
    def start(self) -> int:
        """First character of the trigger, in the sentence's body."""
        return self.hit.start

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.hit.end


def compose(body: str, words: Lexicon) -> list[Finding]:
    """The events of one sentence, what is governed folded into what governs it, in reading order."""
    hits = words.hits(body)
    found: list[Finding] = []
    absorbed: set[int] = set()
    for at, hit in enumerate(hits):
        if at in absorbed:
            continue
        inner = _governed(hits, at, body) if hit.entry.governs else None
        finding = _finding(hit, hits[inner] if inner is not None else None, body, words)
        if inner is not None and _takes_in(hit, hits[inner], body):
            absorbed.add(inner)
        if finding is not None:
            found.append(finding)
    return list(_later(found, body))


def _governed(hits: Sequence[Hit], at: int, body: str) -> int | None:
    """Which later hit the one at `at` governs."""
    if at + 1 >= len(hits):
        return None
    between = body[hits[at].end : hits[at + 1].start]
    if len(between.split()) > _WITHIN_WORDS or _CUT.search(between) or between.count(",") > 1:
        return None
    return at + 1


def _takes_in(outer: Hit, inner: Hit, body: str) -> bool:
    """Whether the governed event is only the content of the governing one."""
    if outer.entry.type not in _FACTIVE:
        return True
    between = body[outer.start : inner.start]
    return bool(_CONTENT.search(between) and body[inner.start : inner.end].split(" ")[0].endswith("ing"))


def _finding(hit: Hit, inner: Hit | None, body: str, words: Lexicon) -> Finding | None:
    entry = hit.entry
    if inner is None and entry.needs_content:
        return None
    event_type, mode, direction = entry.type, entry.mode, entry.direction
    content = inner.entry.type if inner else None
    if inner is not None and entry.governs:
        rule = words.governing[entry.governs]
        event_type = rule.makes.get(inner.entry.type, entry.type)
        mode = rule.modes.get(inner.entry.type, entry.mode)
        direction = rule.directions.get(inner.entry.type, direction) or _same_type(event_type, inner)
    modality = entry.modality or modality_at(body, hit.start, hit.end, words=words)
    if (
        event_type == "THREATEN"
        and not entry.modality
        and modality in ("occurred", "planned", "hypothetical", "ongoing")
    ):
        modality = "threatened"
    if event_type == "ACCUSE" and mode == "allege" and modality == "occurred":
        modality = "alleged"
    return Finding(
        event_type=event_type,
        mode=mode,
        direction=direction or words.natures[event_type].direction,
        modality=modality,
        sure=entry.sure,
        hit=hit,
        content=content,
        losers=tuple(dict.fromkeys([*entry.alternatives, *hit.losers, *([content] if content else [])])),
    )


def _same_type(event_type: EventType, inner: Hit) -> Direction | None:
    return inner.entry.direction if inner.entry.type == event_type else None


def _later(found: Sequence[Finding], body: str) -> Iterator[Finding]:
    """PLOVER's rules for what has not happened: a meeting to come is an agreement, force on a condition a threat."""
    for one in found:
        after = _FUTURE.get(one.event_type)
        if one.modality == "planned" and after:
            yield replace(one, event_type=after, mode=None, losers=(one.event_type, *one.losers))
        elif one.event_type == "ASSAULT" and one.modality in _OPEN and _on_condition(body, one):
            yield replace(one, event_type="THREATEN", mode="violence", modality="threatened", losers=("ASSAULT", *one.losers))
        else:
            yield one


def _on_condition(body: str, one: Finding) -> bool:
    return bool(_CONDITION.search(body) and _AUXILIARY.search(body, max(0, one.start - _AUXILIARY_WITHIN), one.start))
