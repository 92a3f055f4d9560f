"""The words that briefings, notes and differences share: labels, citations, verdicts, levels, how it was made."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from summarizer.render.layout import Cite, Column, Fixed, Quotation, Runs, Words
from summarizer.types.briefing import Provenance
from summarizer.types.evidence import Issue, Point, Span, Verdict
from summarizer.types.note import NotePoint, NoteSignal, SourceSpan
from summarizer.types.signals import Escalation, Signal

__all__ = [
    "ADMIRALTY",
    "NONE",
    "caveat",
    "cites",
    "code",
    "column",
    "drivers",
    "intensity",
    "joined",
    "label",
    "level",
    "made",
    "point",
    "quotations",
    "span_label",
    "who",
    "words",
]

NONE: Runs = (Fixed("–"),)
"""An empty cell."""

ADMIRALTY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""What the grades of the Admiralty code say: letters of a source, digits of one report."""

_LABELS = {"de_escalatory": "de-escalatory", "igo": "international organisation", "ngo": "NGO"}
_NOT_SUPPORTED = {"altered": "differs from its source", "unsupported": "not found in its source"}


def label(word: str) -> str:
    """A code of ours as an ordinary word."""
    return _LABELS.get(word, word.replace("_", " "))


def code(word: str | None) -> Runs:
    """A cell with a code of ours, or a dash."""
    return NONE if word is None else (Fixed(label(word)),)


def words(text: str | None) -> Runs:
    """A cell with somebody's words, or a dash."""
    return (Words(text),) if text else NONE


def column(head: str, weight: float = 1, *, fold: bool = False) -> Column:
    """A column under a head of ours."""
    return Column((Fixed(head),) if head else (), weight, fold)


def joined(parts: Iterable[Runs], between: str = ", ") -> Runs:
    """The parts with our own text between them."""
    found = [part for part in parts if part]
    return tuple(chain.from_iterable((Fixed(between), *part) if i else part for i, part in enumerate(found)))


def span_label(span: Span) -> str:
    """What a citation of the span is called: `4`, or `d1:4` for a source of a note."""
    return f"{span.source}:{span.sentence}" if isinstance(span, SourceSpan) else str(span.sentence)


def cites(spans: Iterable[Span]) -> Runs:
    """One citation for each sentence."""
    return tuple(Cite(name, quote) for name, quote in {span_label(s): s.quote for s in spans}.items())


def quotations(
    spans: Iterable[Span], languages: Mapping[str, str | None] = MappingProxyType({})
) -> tuple[Quotation, ...]:
    """Each cited sentence once, in the order of the articles; of several quotations of it the last.

    Args:
        spans: What is cited.
        languages: By source, "" for the article of a briefing: those that are not the document's own (BCP 47).
    """
    found = {span_label(span): span for span in spans}
    ordered = sorted(found, key=lambda name: (_source_number(found[name]), found[name].sentence))
    return tuple(
        Quotation(name, found[name].quote, found[name].place, languages.get(_source(found[name])))
        for name in ordered
    )


def _source(span: Span) -> str:
    return span.source if isinstance(span, SourceSpan) else ""


def caveat(verdict: Verdict, issues: Sequence[Issue] = (), *, between: str = " ") -> Runs:
    """Why a sentence should not be relied on; nothing where it may be."""
    if verdict == "unchecked" and issues:
        wrong = [(Fixed("; "), Words(issue.message)) for issue in issues if issue.claim]
        return (
            Fixed(" (not checked", "quiet"),
            *(run for runs in wrong for run in runs),
            Fixed(")", "quiet"),
        )
    if verdict not in _NOT_SUPPORTED:
        return ()
    why = joined([(Words(issue.message),) for issue in issues], between)
    mark: Runs = (Fixed(" "), Fixed(f"⚠ {_NOT_SUPPORTED[verdict]}", "alert"))
    return (*mark, Fixed(": "), *why) if why else mark


def point(item: Point | NotePoint) -> Runs:
    """A sentence, its citations, and its caveat."""
    between = " " if isinstance(item, NotePoint) else "; "
    said = caveat(item.verdict, item.issues, between=between)
    return (Words(item.text), Fixed(" "), *cites(item.evidence), *said)


def level(escalation: Escalation, nothing: str) -> Runs:
    """The level in one sentence; `nothing` is what to say where there is no signal."""
    if escalation.direction is None:
        return (Fixed(nothing),)
    why = f"; driven by {drivers(escalation)}" if escalation.drivers else ""
    value = f" ({escalation.score:.1f} of 10, {label(escalation.direction)}{why})."
    return (Fixed("Level: "), Fixed(escalation.level, "strong"), Fixed(value))


def drivers(escalation: Escalation) -> str:
    """The signals that decide the level."""
    return ", ".join(escalation.drivers)


def intensity(value: float | None) -> Runs:
    """A PLOVER score with its sign."""
    return NONE if value is None else (Fixed(f"{value:+.1f}"),)


def who(signal: Signal | NoteSignal, names: Mapping[str, str]) -> Runs:
    """Actors, an arrow, targets; a question mark where a target stands alone, which would pass for the doer."""
    doers, targets = (
        joined((Words(names[i]),) for i in ids) for ids in (signal.actor_ids, signal.target_ids)
    )
    return joined((doers or (Fixed("?"),), targets), " → ") if targets else doers or NONE


def made(provenance: Provenance, of: str) -> list[Runs]:
    """Who made it, when and at what cost, as parts of one line; `of` names what it was made from."""
    tokens, cost = provenance.tokens, provenance.cost_usd
    counted = f"{tokens.input:,} tokens in ({tokens.cached:,} cached), {tokens.output:,} out"
    price = "cost unknown" if cost is None else f"{cost:.4f} USD"
    return [
        (
            Fixed("Made by "),
            Words(provenance.model),
            Fixed(f" on {provenance.created:%Y-%m-%d %H:%M %Z}"),
        ),
        (Fixed(f"{provenance.requests} requests, {counted}"),),
        (Fixed(f"{provenance.seconds:.0f} s, {price}"),),
        (Fixed(f"{of}, codebook "), Words(provenance.codebook_version)),
    ]


def _source_number(span: Span) -> int:
    return int(span.source[1:]) if isinstance(span, SourceSpan) else 0
