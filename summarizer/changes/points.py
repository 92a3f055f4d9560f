"""Which sentence of the newer summary is which of the older, and what of it changed."""

from summarizer.changes.pairing import Pairing, pair
from summarizer.changes.sides import Side
from summarizer.changes.words import alike, changed_numbers, names_in, roots
from summarizer.types.changes import Changed, PointChange, PointChanges, PointSeen

__all__ = ["point_changes"]

_ENOUGH = 0.5
_SAME_SENTENCE = 0.25
"""What it adds when both stand on the same sentence of an article."""


def point_changes(old: Side, new: Side) -> PointChanges:
    """What became of the sentences; the bottom line is compared with the bottom line, whatever it says."""
    lines = Pairing(((old.points[0], new.points[0]),), (), ())
    key_points = pair(old.points[1:], new.points[1:], _likeness)
    both = (*lines.both, *key_points.both)
    compared = [PointChange(old=a, new=b, changed=changed) for a, b in both if (changed := _changed(a, b))]
    return PointChanges(
        new=list(key_points.new),
        gone=list(key_points.gone),
        changed=compared,
        unchanged=len(both) - len(compared),
    )


def _likeness(old: PointSeen, new: PointSeen) -> float:
    words = alike(roots(old.text), roots(new.text))
    one, other = names_in(old.text), names_in(new.text)
    if one and other and one.isdisjoint(other):
        return 0
    shared = {span.quote for span in old.evidence} & {span.quote for span in new.evidence}
    score = words + (_SAME_SENTENCE if shared else 0)
    return score if score >= _ENOUGH else 0


def _changed(old: PointSeen, new: PointSeen) -> list[Changed]:
    found: list[Changed] = []
    if old.place == "bottom_line" and old.text != new.text:
        found.append(Changed(what="wording", old=old.text, new=new.text))
    found += changed_numbers(_said(old), _said(new))
    if old.verdict != new.verdict:
        found.append(Changed(what="verdict", old=old.verdict, new=new.verdict))
    return found


def _said(point: PointSeen) -> list[str]:
    return [point.text, *(span.quote for span in point.evidence)]
