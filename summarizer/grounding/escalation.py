"""The escalation level of an article: one number, computed from its signals and nothing else.

What counts. A signal whose verdict is `altered` or `unsupported` is left out, as if it were not there; one that
nobody checked counts like a supported one.

What a signal weighs, 0 to 10: the size of its PLOVER score, times how certain it is.

    weight = size x modality x (1/2 if its direction is ambiguous)

* PLOVER scores what passes between actor and target; direction here is toward the conflict. A delivery of weapons
  is +10 between giver and taker, and yet feeds the war. Where the score would mislead, `size` comes from the
  codebook's tables: `rising` for escalatory signals, `easing` for de-escalatory ones, and `rising_nuclear` for
  threats and moves in the nuclear domain, which PLOVER scores like any other.
* A plan may be called off and a claim may be false, so they weigh less; what is denied or only thought possible
  weighs nothing. A threatened THREATEN and a planned AGREE or CONCEDE keep all: their score already says "not yet".
* An ambiguous act of a conflict type (a drill, a battle that ends a siege) counts half, as rising; an ambiguous
  act of cooperation does not count, as it is as likely to calm as to inflame.

How they add up, in points from 0 to 10.

    rise  = lead x strongest + min(further_limit, further x sum of the other rising weights)
    ease  = min(words_limit, words x sum of easing words) + min(deeds_limit, deeds x sum of easing deeds)
    score = rise - ease, kept within 0 to 10, to one decimal

So the gravest act sets the level, breadth adds to it, and contacts take a little back. The factors are chosen so
that the levels say what an analyst would. Threats and accusations are `low`, and many of them at most `moderate`,
nuclear threats aside. Pressure without force is `moderate`, and with nuclear forces on the move or on many fronts
`high`. One attack is `high`, if only alleged `moderate`. `severe` takes three strikes, or a weapon of mass
destruction. A phone call does not cancel a missile, nor many calls; a ceasefire that holds brings it down a level.
Adding a rising signal never lowers the score, adding an easing one never raises it, and order does not matter.

The net direction compares the sums of escalatory and de-escalatory weights; it is `ambiguous` while they are close.

Its limits. One article knows no baseline: an old war with daily shelling and a new war with the same shelling
score alike, and past events that the article recalls count like new ones. Victims, size and place are not weighed.
An event told twice counts twice, though little. What both sides claim weighs the same. The weights are judgements,
kept in `schemas/codebook.toml`; compare levels of one codebook version only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from summarizer.codebook import Codebook, EscalationRules, codebook
from summarizer.types.signals import Direction, Escalation, Level, Signal, SignalId

__all__ = ["escalation"]

_REFUTED = ("altered", "unsupported")


@dataclass(frozen=True, slots=True)
class _Weighed:
    id: SignalId
    direction: Direction
    weight: float
    is_deed: bool


def escalation(signals: Sequence[Signal], *, book: Codebook | None = None) -> Escalation:
    """Compute the level from the signals; the formula stands at the top of this module.

    Args:
        signals: All signals of one article, in any order, with their verdicts.
        book: The codebook with scores and factors; by default the one of this installation.

    Returns:
        Level, score (0 to 10), net direction, and the drivers: the fewest signals that lead to the level. The
        rising ones come first, strongest first, then the easing ones without which they would lead beyond it.
        `none` without direction when no signal counts.

    Raises:
        SettingsError: a signal has a mode that its event type does not have.
    """
    book = book or codebook()
    counted = [_weighed(signal, book) for signal in signals if signal.verdict not in _REFUTED]
    if not counted:
        return Escalation(level="none", score=0, direction=None, drivers=[])
    ranked = sorted(counted, key=_strongest_first)
    rising = [s for s in ranked if s.weight and s.direction != "de_escalatory"]
    easing = [s for s in ranked if s.weight and s.direction == "de_escalatory"]
    score = _score(rising, easing, book.escalation)
    return Escalation(
        level=_level(score, book),
        score=score,
        direction=_direction(ranked, book.escalation),
        drivers=[s.id for s in _drivers(rising, easing, book)][: book.escalation.drivers],
    )


def _strongest_first(signal: _Weighed) -> tuple[float, int]:
    return -signal.weight, int(signal.id[1:])


def _weighed(signal: Signal, book: Codebook) -> _Weighed:
    rules, entry = book.escalation, book.event_type(signal.event_type)
    weight = _size(signal, book) * _certainty(signal, rules)
    if signal.direction == "ambiguous":
        weight *= rules.ambiguous if entry.is_conflict else 0
    return _Weighed(signal.id, signal.direction, weight, entry.is_deed)


def _size(signal: Signal, book: Codebook) -> float:
    """How much the signal would weigh had it happened for certain."""
    rules, event_type = book.escalation, signal.event_type
    own = abs(book.score(event_type, signal.mode))
    if signal.direction == "de_escalatory":
        return rules.easing.get(event_type, own)
    if signal.domain == "nuclear" and event_type in rules.rising_nuclear:
        return rules.rising_nuclear[event_type]
    return rules.rising.get(event_type, own)


def _certainty(signal: Signal, rules: EscalationRules) -> float:
    if rules.inherent.get(signal.event_type) == signal.modality:
        return 1
    return rules.modality[signal.modality]


def _score(rising: Sequence[_Weighed], easing: Sequence[_Weighed], rules: EscalationRules) -> float:
    """Points from 0 to 10; `rising` is sorted, strongest first."""
    rise = rules.lead * rising[0].weight if rising else 0
    rise += min(rules.further_limit, rules.further * fsum(s.weight for s in rising[1:]))
    words = min(rules.words_limit, rules.words * fsum(s.weight for s in easing if not s.is_deed))
    deeds = min(rules.deeds_limit, rules.deeds * fsum(s.weight for s in easing if s.is_deed))
    return round(min(10.0, max(0.0, rise - words - deeds)), 1)


def _level(score: float, book: Codebook) -> Level:
    """The highest level whose floor the score reaches."""
    reached: dict[Level, float] = {
        level: entry.floor
        for level, entry in book.levels.items()
        if entry.floor is not None and entry.floor <= score
    }
    return max(reached, key=lambda level: reached[level])


def _direction(ranked: Sequence[_Weighed], rules: EscalationRules) -> Direction:
    """Where the weights lean; ambiguous signals have no vote."""
    up = fsum(s.weight for s in ranked if s.direction == "escalatory")
    down = fsum(s.weight for s in ranked if s.direction == "de_escalatory")
    if up == down or abs(up - down) < rules.balance * (up + down):
        return "ambiguous"
    return "escalatory" if up > down else "de_escalatory"


def _drivers(rising: Sequence[_Weighed], easing: Sequence[_Weighed], book: Codebook) -> list[_Weighed]:
    """The fewest of the strongest signals that lead to the level which all of them together have."""

    def level(up: int, down: int) -> Level:
        return _level(_score(rising[:up], easing[:down], book.escalation), book)

    final = level(len(rising), len(easing))
    if level(len(rising), 0) == level(0, 0):  # nothing lifted it from the ground
        return sorted([*rising, *easing], key=_strongest_first)[:1]
    up = next(n for n in range(1, len(rising) + 1) if level(n, len(easing)) == final)
    down = next(n for n in range(len(easing) + 1) if level(up, n) == final)
    return [*rising[:up], *easing[:down]]
