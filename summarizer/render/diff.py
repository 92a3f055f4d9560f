"""What changed between two briefings or notes, laid out with the words of both sides."""

from collections.abc import Iterable, Sequence

from summarizer.render.layout import (
    Block,
    Fixed,
    Items,
    Layout,
    Paragraph,
    Runs,
    Section,
    Subheading,
    Table,
    Words,
)
from summarizer.render.markdown import to_markdown
from summarizer.render.page import to_page
from summarizer.render.wording import NONE, caveat, code, column, joined, label, words
from summarizer.types.changes import (
    ActorChange,
    ActorSeen,
    Changed,
    Changes,
    Edition,
    PointChange,
    PointSeen,
    Quoted,
    SignalChange,
    SignalSeen,
)

__all__ = ["changes_layout", "changes_to_html", "changes_to_markdown"]

_WHAT = {"event_type": "type", "actors": "who", "targets": "to whom"}
_COUNTED = (("points", "sentence"), ("signals", "signal"), ("actors", "actor"))


def changes_to_markdown(changes: Changes) -> str:
    """The differences in Markdown."""
    return to_markdown(changes_layout(changes))


def changes_to_html(changes: Changes) -> str:
    """The differences as one page of HTML that loads nothing."""
    return to_page(changes_layout(changes))


def changes_layout(changes: Changes) -> Layout:
    """The differences as blocks: level, sentences, signals, actors."""
    points, signals, actors = changes.points, changes.signals, changes.actors
    sections = (
        Section(None, (Paragraph(_origin(changes), "origin"),)),
        Section(None, (Paragraph(_level(changes), "lead"),)),
        Section("Changed sentences", tuple(_each(map(_point_change, points.changed)))),
        Section("New sentences", (Items(tuple(map(_point, points.new))),)),
        Section("Sentences that are gone", (Items(tuple(map(_point, points.gone))),)),
        Section("Changed signals", tuple(_each(map(_signal_change, signals.changed)))),
        Section("New signals", (Items(tuple(map(_signal, signals.new))),)),
        Section("Signals that are gone", (Items(tuple(map(_signal, signals.gone))),)),
        Section("Changed actors", tuple(_each(map(_actor_change, actors.changed)))),
        Section("New actors", (Items(tuple(map(_actor, actors.new))),)),
        Section("Actors that are gone", (Items(tuple(map(_actor, actors.gone))),)),
        Section("In short", (_counts(changes),)),
    )
    return Layout(f"What changed: {changes.new.title}", sections, changes.new.created, "en", "summarizer")


def _each(groups: Iterable[Iterable[Block]]) -> Iterable[Block]:
    return (block for group in groups for block in group)


def _origin(changes: Changes) -> Runs:
    return joined([_edition("Old", changes.old), _edition("New", changes.new)], " · ")


def _edition(which: str, edition: Edition) -> Runs:
    counted = f", {len(edition.sources)} sources" if edition.kind == "note" else ""
    made = f" ({edition.kind} of {edition.created:%Y-%m-%d %H:%M}{counted})"
    return (Fixed(f"{which}: "), Words(edition.title), Fixed(made))


def _level(changes: Changes) -> Runs:
    level = changes.level
    moved = {"up": "up", "down": "down", "same": "the same level"}[level.moved]
    sides = [(Fixed(side.level, "strong"), Fixed(f" ({side.score:.1f} of 10{_towards(side.direction)})")) for side in (level.old, level.new)]  # fmt: skip
    return (Fixed("Level: "), *joined(sides, " → "), Fixed(f", {moved}."))


def _towards(direction: str | None) -> str:
    return f", {label(direction)}" if direction else ""


def _point_change(change: PointChange) -> list[Block]:
    place = "Bottom line" if change.new.place == "bottom_line" else "Key point"
    head: Runs = (Fixed(f"{place}: "), Words(change.new.text))
    return [Subheading(head), _sides(change.changed, change.old.evidence, change.new.evidence)]


def _signal_change(change: SignalChange) -> list[Block]:
    old, new = change.old, change.new
    ids = new.id if old.id == new.id else f"{old.id} → {new.id}"
    head: Runs = (Fixed(f"{ids}: "), Words(new.description))
    return [Subheading(head), _sides(change.changed, old.evidence, new.evidence)]


def _actor_change(change: ActorChange) -> list[Block]:
    return [
        Subheading((Words(change.new.name),)),
        _sides(change.changed, change.old.evidence, change.new.evidence),
    ]


def _sides(changed: Sequence[Changed], old: Sequence[Quoted], new: Sequence[Quoted]) -> Table:
    rows = [
        ((Fixed(_WHAT.get(one.what, label(one.what))),), _value(one, one.old), _value(one, one.new))
        for one in changed
    ]
    if [span.quote for span in old] != [span.quote for span in new]:
        rows.append(((Fixed("quoted"),), _quotes(old) or NONE, _quotes(new) or NONE))
    return Table((column("", 1), column("Before", 3), column("After", 3)), tuple(rows))


def _value(changed: Changed, value: str | None) -> Runs:
    if changed.what in {"number", "wording", "actors", "targets", "role"}:
        return words(value)
    return code(value)


def _quotes(spans: Iterable[Quoted]) -> Runs:
    return joined([(Fixed("“"), Words(span.quote), Fixed(f"” [{_place(span)}]")) for span in spans], " ")


def _place(span: Quoted) -> str:
    return f"{span.source}:{span.sentence}" if span.source else str(span.sentence)


def _point(point: PointSeen) -> Runs:
    said: Runs = (Words(point.text), *caveat(point.verdict))
    return joined([said, _quotes(point.evidence)], " ")


def _signal(signal: SignalSeen) -> Runs:
    details = [signal.event_type, label(signal.direction), label(signal.modality), signal.date or ""]
    coded = f" ({', '.join(part for part in details if part)})"
    said: Runs = (Fixed(signal.id, "strong"), Fixed(": "), Words(signal.description), Fixed(coded))
    return joined([(*said, *caveat(signal.verdict)), _quotes(signal.evidence)], " ")


def _actor(actor: ActorSeen) -> Runs:
    details = [code(actor.kind), code(actor.country) if actor.country else (), words(actor.role) if actor.role else ()]  # fmt: skip
    named = ", ".join(_place(span) for span in actor.evidence)
    where: Runs = (Fixed(f" [{named}]"),) if named else ()
    return (Words(actor.name, "strong"), Fixed(" ("), *joined(details), Fixed(")"), *where)


def _counts(changes: Changes) -> Items:
    if changes.is_empty:
        return Items(((Fixed("Nothing that is compared has changed."),),))
    found: list[Runs] = []
    for name, one in _COUNTED:
        group = getattr(changes, name)
        numbers = f"{len(group.new)} new, {len(group.gone)} gone, {len(group.changed)} changed, {group.unchanged} unchanged"
        found.append((Fixed(f"{one}s: {numbers}"),))
    return Items(tuple(found))
