"""Which sentences of an article tell of the same event: the headline and its details become one proposal."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.types.signals import EventType, Modality

__all__ = ["Told", "group"]

_STEM = 5
_NEAR = 3
_THRESHOLD = 0.45
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "about after again against also amid among around because been before being between both could "
        "country during early every first from have here into just last later many more most much near "
        "next only other over people said same say says several should since some such than that their "
        "them then there these they this those three through told under until very week weeks were what "
        "when where which while will with would year years your officials official government president "
        "minister",
    )
)
_GOES_ON = re.compile(
    r"[\"“]?(?:He|She|They|It|This|That|These|Those|The\s+(?:attack|move|decision|call|strike|visit|talks|meeting|raid))\b"
)
_ENDING = re.compile(r"(?<=\w{3})(?:ations?|ings?|ers?|ed|es|s)$")
_NOT_SETTLED: frozenset[Modality] = frozenset({"planned", "hypothetical", "threatened", "denied"})


@dataclass(frozen=True)
class Told:
    """An event as one sentence tells it."""

    sentence: int
    event_type: EventType
    mode: str | None
    modality: Modality
    body: str
    trigger: str
    score: float
    background: bool
    """Told as history."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Beginnings of its telling words."""
        return frozenset(
            w[:_STEM] for w in re.findall(r"[^\W\d_]{4,}", self.body.casefold()) if w not in _COMMON
        )

    @cached_property
    def trigger_stems(self) -> frozenset[str]:
        """Beginnings of the trigger's words."""
        return _stems(self.trigger)

    def weight(self, rarity: Mapping[str, float]) -> float:
        """How telling its words are together."""
        return sum(rarity[stem] for stem in self.stems)


def _stems(text: str) -> frozenset[str]:
    words = (w for w in re.findall(r"[^\W\d_]{4,}", text.casefold()) if w not in _COMMON)
    return frozenset(_ENDING.sub("", w)[:_STEM] for w in words)


def group(told: Sequence[Told]) -> list[list[int]]:
    """Indices of `told` by event; in each group the surest telling first."""
    rarity = _rarity(told)
    weights = [one.weight(rarity) for one in told]
    order = sorted(range(len(told)), key=lambda i: (-told[i].score, told[i].sentence))
    groups: list[list[int]] = []
    of_type: defaultdict[EventType, list[int]] = defaultdict(list)
    for i in order:
        # Tellings of two types are never of one event: only groups of its own type are looked at.
        fits = [(_fit(i, groups[n], told, weights, rarity), n) for n in of_type[told[i].event_type]]
        best = max(fits, default=(0.0, -1))
        if best[0] >= _THRESHOLD:
            groups[best[1]].append(i)
        else:
            of_type[told[i].event_type].append(len(groups))
            groups.append([i])
    return groups


def _fit(
    i: int,
    members: Sequence[int],
    told: Sequence[Told],
    weights: Sequence[float],
    rarity: Mapping[str, float],
) -> float:
    """How well an event fits a group: by its surest telling, and a little less by any other."""
    alike = [_likeness(told[i], told[j], min(weights[i], weights[j]), rarity) for j in members]
    return max(alike[0], 0.9 * max(alike))


def _rarity(told: Sequence[Told]) -> dict[str, float]:
    """Weight of a word: the fewer sentences hold it, the more it tells."""
    seen = {t.sentence: t.stems for t in told}
    counts = Counter(stem for stems in seen.values() for stem in stems)
    return {stem: 1.0 / (1 + 0.5 * (count - 1)) for stem, count in counts.items()}


def _likeness(a: Told, b: Told, smaller: float, rarity: Mapping[str, float]) -> float:
    """How likely two tellings of one type are of one event, 0 to 1; `smaller` is the lesser of their weights."""
    if a.sentence == b.sentence:
        return 0.0
    shared = a.stems & b.stems
    overlap = min(1.0, sum(rarity[s] for s in shared) / (smaller or 1.0) * 2)
    return 0.45 * overlap + _of_triggers(a, b) + _of_places(a, b)


def _of_triggers(a: Told, b: Told) -> float:
    score = 0.0
    if a.mode is not None and a.mode == b.mode:
        score += 0.2
    elif a.mode is not None and b.mode is not None:
        score -= 0.15
    elif a.mode != b.mode:  # a general telling and a detailed one
        score += 0.12
    if a.trigger_stems & b.trigger_stems:
        score += 0.25
    elif a.trigger_stems & b.stems or b.trigger_stems & a.stems:
        score += 0.12
    if (a.modality in _NOT_SETTLED) != (b.modality in _NOT_SETTLED):
        score -= 0.15
    return score


def _of_places(a: Told, b: Told) -> float:
    apart = abs(a.sentence - b.sentence)
    later = a if a.sentence > b.sentence else b
    score = 0.2 if apart == 1 else 0.1 if apart <= _NEAR else 0.0
    if apart == 1 and _GOES_ON.match(later.body):
        score += 0.3
    return score - (0.4 if a.background != b.background else 0.0)
