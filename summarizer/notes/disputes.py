"""Whether an event is told as a fact, as a claim, or denied: by each source, and by those it quotes."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.codebook import codebook
from summarizer.grounding import dispute_words as cue
from summarizer.notes.reports import Report
from summarizer.notes.signals import ASSERTED

__all__ = ["Told", "answers_to", "how_told", "is_confirmation", "is_disputed"]

Manner = Literal["reports", "claims", "denies", "confirms", "foresees"]

_CONFIRMS = re.compile(r"\b(?:confirm(?:s|ed)|acknowledg(?:es|ed)|admit(?:s|ted))\b")
_ENOUGH = 0.4
"""Share of the words of a denial that the event it denies must hold."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one source puts an event."""

    report: Report
    manner: Manner

    @property
    def words(self) -> str:
        """The manner as the end of a sentence about the source."""
        speaker = self.report.signal.attribution.speaker
        by = f" by {speaker}" if speaker else ""
        match self.manner:
            case "denies":
                return f"carries a denial{by}"
            case "confirms":
                return f"carries a confirmation{by}"
            case "claims":
                return f"gives it as a claim{by}"
            case "foresees":
                return f"gives it as {self.report.signal.modality}"
            case "reports":
                return "reports it"


def answers_to(events: Sequence[Sequence[Report]]) -> Mapping[int, Sequence[Told]]:
    """Denials and confirmations that are signals of their own, under the event that each answers best.

    Args:
        events: The reports of each event.
    """
    words = {n: _words(reports) for n, reports in enumerate(events) if _can_be_denied(reports)}
    found: defaultdict[int, list[Told]] = defaultdict(list)
    for n, reports in enumerate(events):
        for report in reports:
            manner = _answer(report)
            if manner is None:
                continue
            said = {word for word in report.words if not word.startswith("#")}
            shares = {m: len(said & held) / max(1, len(said)) for m, held in words.items() if m != n}
            best = max(shares, key=lambda m: shares[m], default=None)
            if best is not None and shares[best] >= _ENOUGH:
                found[best].append(Told(report, manner))
    return found


def how_told(reports: Sequence[Report], answers: Sequence[Told]) -> list[Told]:
    """How each source puts one event; a confirmation or denial counts before a plain report of the same source."""
    told = {report.source: _told(report) for report in reports if report.signal.event_type != "REJECT"}
    for answer in answers:
        plain = told.get(answer.report.source)
        if plain is None or plain.manner == "reports":
            told[answer.report.source] = answer
    return sorted(told.values(), key=lambda one: one.report.order)


def is_disputed(told: Sequence[Told]) -> bool:
    """Whether one source tells as a fact what another only claims or carries a denial of."""
    manners = {one.manner for one in told}
    return bool(manners & {"reports", "confirms"}) and bool(manners & {"denies", "claims"})


def _told(report: Report) -> Told:
    modality, quote = report.signal.modality, report.signal.evidence[0].quote
    if modality == "denied":
        return Told(report, "denies")
    if modality == "alleged":
        return Told(report, "claims")
    if modality in ASSERTED:
        return Told(report, "confirms" if _CONFIRMS.search(quote) else "reports")
    return Told(report, "foresees")


def _answer(report: Report) -> Manner | None:
    """What a rejection says; other signals answer nothing."""
    if report.signal.event_type != "REJECT":
        return None
    quote = report.signal.evidence[0].quote
    if is_confirmation(quote):
        return "confirms"
    return "denies" if cue.DENY.search(quote) else None


def is_confirmation(sentence: str) -> bool:
    """Whether somebody confirms or admits something, before anything is denied: the first verb is the news."""
    denies, confirms = cue.DENY.search(sentence), _CONFIRMS.search(sentence)
    return confirms is not None and (denies is None or confirms.start() < denies.start())


def _can_be_denied(reports: Sequence[Report]) -> bool:
    """Whether it is a deed against somebody that a source tells as a fact, outside the sentence of a denial."""
    return any(
        codebook().event_types[report.signal.event_type].quad == 4  # noqa: PLR2004 - material conflict
        and report.signal.modality in ASSERTED
        and not cue.DENY.search(report.signal.evidence[0].quote)
        for report in reports
    )


def _words(reports: Sequence[Report]) -> set[str]:
    return {word for report in reports for word in report.words}
