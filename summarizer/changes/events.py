"""Which signal of the newer side is which of the older, and what of it changed.

Two signals are one event when they say much the same of the same actors at the same time. A different place, day or
kind of act makes a different one, unless both stand on the very same sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.changes.pairing import pair
from summarizer.changes.sides import Side
from summarizer.changes.words import alike, changed_numbers, names_in, roots
from summarizer.codebook import codebook
from summarizer.types.changes import Changed, SignalChange, SignalChanges, SignalSeen

__all__ = ["signal_changes"]

_WORDS, _TYPE, _ACTORS, _DATE = 0.5, 0.2, 0.2, 0.1
"""Weights of what two signals may share; together 1."""
_ENOUGH = 0.5
_FEW_WORDS = 0.25
"""Below this share of common words nothing else makes two signals one."""
_SAME_QUAD = 0.5
"""What two types have in common that are both words or both deeds, and both help or both hurt."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A signal and what it is compared by; who acts is compared apart from the words."""

    seen: SignalSeen
    parties: frozenset[str]
    quotes: frozenset[str]
    said: frozenset[str]
    quoted: frozenset[str]
    names: frozenset[str]


def signal_changes(old: Side, new: Side, keys: tuple[Mapping[str, str], Mapping[str, str]]) -> SignalChanges:
    """What became of the signals.

    Args:
        old: The older side.
        new: The newer side.
        keys: For each side, the names of its actors with keys that tell which actors are on both.
    """
    pairing = pair(
        [_read(signal, keys[0]) for signal in old.signals],
        [_read(signal, keys[1]) for signal in new.signals],
        _likeness,
    )
    both = [(a.seen, b.seen, _changed(a.seen, b.seen, keys)) for a, b in pairing.both]
    compared = [SignalChange(old=a, new=b, changed=changed) for a, b, changed in both if changed]
    return SignalChanges(
        new=[one.seen for one in pairing.new],
        gone=[one.seen for one in pairing.gone],
        changed=compared,
        unchanged=len(both) - len(compared),
    )


def _read(signal: SignalSeen, keys: Mapping[str, str]) -> _Read:
    acting = names_in(" and ".join([*signal.actors, *signal.targets]))
    quotes = frozenset(" ".join(span.quote.split()) for span in signal.evidence)
    return _Read(
        signal,
        frozenset(keys.get(name, name) for name in (*signal.actors, *signal.targets)),
        quotes,
        roots(signal.description) - acting,
        frozenset[str]().union(*map(roots, quotes)) - acting,
        names_in(signal.description) - acting,
    )


def _likeness(old: _Read, new: _Read) -> float:
    same_sentence = not old.quotes.isdisjoint(new.quotes)
    if not same_sentence and (_other_day(old.seen, new.seen) or _other_place(old, new)):
        return 0
    words = 1.0 if same_sentence else max(alike(old.said, new.said), alike(old.quoted, new.quoted))
    if words < _FEW_WORDS:
        return 0
    score = (
        _WORDS * words
        + _TYPE * _same_type(old.seen, new.seen)
        + _ACTORS * alike(old.parties, new.parties)
        + _DATE * (old.seen.date == new.seen.date)
    )
    return score if score >= _ENOUGH else 0


def _other_day(old: SignalSeen, new: SignalSeen) -> bool:
    if not old.date or not new.date:
        return False
    shared = min(len(old.date), len(new.date))
    return old.date[:shared] != new.date[:shared]


def _other_place(old: _Read, new: _Read) -> bool:
    """Whether each names something that the other does not, besides who acts."""
    return bool(old.names and new.names) and old.names.isdisjoint(new.names)


def _same_type(old: SignalSeen, new: SignalSeen) -> float:
    if old.event_type == new.event_type:
        return 1
    types = codebook().event_types
    return _SAME_QUAD if types[old.event_type].quad == types[new.event_type].quad else 0


def _changed(
    old: SignalSeen, new: SignalSeen, keys: tuple[Mapping[str, str], Mapping[str, str]]
) -> list[Changed]:
    found = changed_numbers(_said(old), _said(new))
    if old.modality != new.modality:
        found.append(Changed(what="modality", old=old.modality, new=new.modality))
    if old.verdict != new.verdict:
        found.append(Changed(what="verdict", old=old.verdict, new=new.verdict))
    if (old.event_type, old.mode) != (new.event_type, new.mode):
        found.append(Changed(what="event_type", old=_type(old), new=_type(new)))
    if old.direction != new.direction:
        found.append(Changed(what="direction", old=old.direction, new=new.direction))
    if old.date != new.date:
        found.append(Changed(what="date", old=old.date, new=new.date))
    if _keys(old.actors, keys[0]) != _keys(new.actors, keys[1]):
        found.append(Changed(what="actors", old=_names(old.actors), new=_names(new.actors)))
    if _keys(old.targets, keys[0]) != _keys(new.targets, keys[1]):
        found.append(Changed(what="targets", old=_names(old.targets), new=_names(new.targets)))
    return found


def _keys(names: Sequence[str], keys: Mapping[str, str]) -> set[str]:
    """A name that no actor of the side bears stands for itself: the file may have been edited."""
    return {keys.get(name, name) for name in names}


def _said(signal: SignalSeen) -> list[str]:
    return [signal.description, *(span.quote for span in signal.evidence)]


def _type(signal: SignalSeen) -> str:
    return signal.event_type + (f" ({signal.mode})" if signal.mode else "")


def _names(names: Sequence[str]) -> str | None:
    return ", ".join(names) or None
