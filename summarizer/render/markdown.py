"""A briefing as a note in Markdown, each sentence with the numbers of the sentences it stands on."""

from collections.abc import Iterable, Sequence

from summarizer.render.clean import to_markdown_text as md
from summarizer.types import Actor, Briefing, Issue, Point, Signal, Span, Verdict

__all__ = ["briefing_to_markdown"]

_LABELS = {"de_escalatory": "de-escalatory", "igo": "international organisation", "ngo": "NGO"}
_NOT_SUPPORTED = {"altered": "differs from its source", "unsupported": "not found in its source"}


def briefing_to_markdown(briefing: Briefing) -> str:
    """The whole note: bottom line, key points, actors, signals, gaps, quoted sources, provenance."""
    names = {actor.id: actor.name for actor in briefing.actors}
    sections = [
        f"# {md(briefing.headline)}",
        _origin(briefing),
        f"**Bottom line.** {_point(briefing.summary.bottom_line)}",
        _section("Key points", [f"{i}. {_point(p)}" for i, p in enumerate(briefing.summary.key_points, 1)]),
        _section("Actors", _actors(briefing.actors)),
        _section("Escalation signals", [_level(briefing), "", *_signals(briefing.escalation_signals, names)]),
        _section("What is not known", _gaps(briefing)),
        _section("Sources", _sources(briefing)),
        "---",
        _provenance(briefing),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body.strip() else ""


def _origin(briefing: Briefing) -> str:
    article = briefing.article
    parts = [article.title if article.title != briefing.headline else None, article.source, article.published]
    known = [md(part) for part in parts if part]
    return f"*{' · '.join(known)}*" if known else ""


def _point(point: Point) -> str:
    return f"{md(point.text)} {_cites(point.evidence)}{_caveat(point.verdict, point.issues)}"


def _cites(spans: Sequence[Span]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(span.sentence for span in spans))


def _caveat(verdict: Verdict, issues: Sequence[Issue]) -> str:
    if verdict not in _NOT_SUPPORTED:
        return ""
    why = "; ".join(md(issue.message) for issue in issues)
    return f" **⚠ {_NOT_SUPPORTED[verdict]}**{': ' + why if why else ''}"


def _label(word: str | None) -> str:
    return "–" if word is None else md(_LABELS.get(word, word.replace("_", " ")))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines] if lines else []


def _actors(actors: Sequence[Actor]) -> list[str]:
    return _table(
        ["Actor", "Kind", "Country", "Role", "Also named"],
        [
            [
                md(actor.name),
                _label(actor.kind),
                actor.country or "–",
                md(actor.role) if actor.role else "–",
                md(", ".join(actor.aliases)) or "–",
            ]
            for actor in actors
        ],
    )


def _level(briefing: Briefing) -> str:
    escalation = briefing.escalation
    if escalation.direction is None:
        return "The article reports no sign of escalation or de-escalation."
    drivers = f"; driven by {', '.join(escalation.drivers)}" if escalation.drivers else ""
    return f"Level: **{escalation.level}** ({escalation.score:.1f} of 10, {_label(escalation.direction)}{drivers})."


def _signals(signals: Sequence[Signal], names: dict[str, str]) -> list[str]:
    return _table(
        ["", "Signal", "Type", "Direction", "Status", "Intensity", "Who → whom", "When", "According to"],
        [
            [
                signal.id,
                f"{md(signal.description)} {_cites(signal.evidence)}{_caveat(signal.verdict, signal.issues)}",
                signal.event_type + (f" ({md(signal.mode)})" if signal.mode else ""),
                _label(signal.direction),
                _label(signal.modality),
                "–" if signal.intensity is None else f"{signal.intensity:+.1f}",
                _who(signal, names),
                signal.date or "–",
                md(
                    signal.attribution.speaker
                    or _LABELS.get(signal.attribution.type, signal.attribution.type.replace("_", " "))
                ),
            ]
            for signal in signals
        ],
    )


def _who(signal: Signal, names: dict[str, str]) -> str:
    sides = [", ".join(md(names[i]) for i in ids) for ids in (signal.actor_ids, signal.target_ids)]
    return " → ".join(side for side in sides if side) or "–"


def _gaps(briefing: Briefing) -> list[str]:
    return [f"- {md(gap.text)} {_cites(gap.evidence)}" for gap in briefing.gaps]


def _sources(briefing: Briefing) -> list[str]:
    items = [
        briefing.summary.bottom_line,
        *briefing.summary.key_points,
        *briefing.escalation_signals,
        *briefing.gaps,
    ]
    quoted = {span.sentence: span.quote for item in items for span in item.evidence}
    return [f"- [{number}] “{md(quoted[number])}”" for number in sorted(quoted)]


def _provenance(briefing: Briefing) -> str:
    made, read = briefing.provenance, briefing.coverage
    cost = "cost unknown" if made.cost_usd is None else f"{made.cost_usd:.4f} USD"
    uncovered = ", ".join(map(str, read.uncovered))
    parts = [
        f"Made by {md(made.model)} on {made.created:%Y-%m-%d %H:%M %Z}",
        f"{made.requests} requests, {made.tokens.input:,} tokens in ({made.tokens.cached:,} cached), {made.tokens.output:,} out",
        f"{made.seconds:.0f} s, {cost}",
        f"article {briefing.article.sha256[:12]}, codebook {md(made.codebook_version)}",
        *[f"pass {md(p.name)}: {p.outcome}" for p in read.passes if p.outcome != "complete"],
    ]
    line = f"*{'. '.join(parts)}.*"
    if uncovered:
        line += f"\n\n*Sentences that name an actor or a number and that nothing above cites: {uncovered}.*"
    return line
