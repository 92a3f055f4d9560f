"""Prove a briefing again, or anyone's sentences about an article, without a model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.codebook import codebook
from summarizer.errors import SettingsError
from summarizer.grounding.claims import ClaimCheck
from summarizer.grounding.claims import check_claim as check_sentence
from summarizer.grounding.coverage import uncovered
from summarizer.grounding.escalation import escalation
from summarizer.grounding.reach import actors_in, gaps_in
from summarizer.grounding.source_issues import suspicion_issues
from summarizer.grounding.suspicion import read_closely, set_aside, suspicions
from summarizer.loaders.language import language_of
from summarizer.loaders.single import check_kind
from summarizer.types import Briefing, Point, Signal, Span

__all__ = ["ClaimCheck", "Difference", "check_claim", "verify"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a briefing that cannot be proven again."""

    where: str
    """The place in the briefing, such as `escalation_signals[2].evidence[0]`."""
    message: str


def check_claim(
    article: Article | str, claim: str, *, evidence: Sequence[tuple[int, int]] | None = None
) -> ClaimCheck:
    """What `summarizer.check_claim` does."""
    _check_sentence(claim)
    check_kind(article)
    if isinstance(article, str):
        known = replace(Article.from_text(article), language=language_of(article))
    else:
        known = article
    return check_sentence(claim, known, sentences=None if evidence is None else _numbers(known, evidence))


def _check_sentence(claim: object) -> None:
    if not isinstance(claim, str):
        raise SettingsError(
            f"a claim of the type {type(claim).__name__} cannot be checked.", hint="Give one sentence (str)."
        )


def verify(briefing: Briefing, article: Article) -> list[Difference]:
    """Prove every span, verdict and number of a briefing against the article it was made from.

    Returns:
        What differs; empty when everything holds.
    """
    digests = (briefing.article.sha256, article.sha256)
    if digests[0] != digests[1]:
        message = f"the briefing was made from {digests[0][:12]}..., this text is {digests[1][:12]}..."
        return [Difference("article.sha256", f"another article: {message}")]
    article = replace(article, language=briefing.article.language)  # by which it was cut into sentences
    given, article = article, _placed(article, briefing)
    trusted = set_aside(article, read_closely(article).apart)
    return [
        *_places(briefing, given),
        *_spans(briefing, article),
        *_claims(briefing, trusted),
        *_names(briefing, trusted),
        *_codes(briefing),
        *_sums(briefing, article, trusted),
        *_suspicions(briefing, article),
    ]


def _numbers(article: Article, evidence: Sequence[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    for start, end in evidence:
        if not 0 <= start < end <= len(article.text):
            raise SettingsError(
                f"the evidence {start}-{end} lies outside the article of {len(article.text)} characters.",
                hint="Give 0-based, half-open character offsets into the article's text.",
            )
        numbers += [s.number for s in article.sentences if s.start < end and start < s.end]
    return list(dict.fromkeys(numbers))


def _cited(briefing: Briefing) -> Iterator[tuple[str, Sequence[Span]]]:
    summary = briefing.summary
    yield "summary.bottom_line.evidence", summary.bottom_line.evidence
    for n, point in enumerate(summary.key_points):
        yield f"summary.key_points[{n}].evidence", point.evidence
    for n, signal in enumerate(briefing.escalation_signals):
        yield f"escalation_signals[{n}].evidence", signal.evidence
    for n, gap in enumerate(briefing.gaps):
        yield f"gaps[{n}].evidence", gap.evidence
    for n, actor in enumerate(briefing.actors):
        yield f"actors[{n}].mentions", actor.mentions
    for n, issue in enumerate(briefing.issues):
        yield f"issues[{n}].evidence", issue.evidence


def _spans(briefing: Briefing, article: Article) -> Iterator[Difference]:
    for where, spans in _cited(briefing):
        for n, span in enumerate(spans):
            said = article.text[span.start : span.end]
            if said != span.quote:
                yield Difference(f"{where}[{n}]", f"quotes {span.quote!r} where the article has {said!r}")
            elif not _lies_in(article, span):
                yield Difference(f"{where}[{n}]", f"does not lie in sentence {span.sentence}")
            elif span.place is not None and span.place != (found := article.place_at(span.start)):
                yield Difference(f"{where}[{n}]", f"is said to stand on {span.place}, but stands on {found}")


def _places(briefing: Briefing, article: Article) -> Iterator[Difference]:
    if not article.places and any(span.place for _, spans in _cited(briefing) for span in spans):
        message = "it names pages or paragraphs, and this text has none: give the original file"
        yield Difference("evidence", message)


def _placed(article: Article, briefing: Briefing) -> Article:
    """The article; where only one of the two has places, with those that the briefing names."""
    said = {span.start: span.place for _, spans in _cited(briefing) for span in spans}
    named = tuple(sorted((start, place) for start, place in said.items() if place is not None))
    return article if named and article.places else replace(article, places=named)


def _lies_in(article: Article, span: Span) -> bool:
    if span.sentence > len(article.sentences):
        return False
    sentence = article.sentence(span.sentence)
    return sentence.start <= span.start and span.end <= sentence.end


def _claims(briefing: Briefing, article: Article) -> Iterator[Difference]:
    summary = briefing.summary
    claims: list[tuple[str, str, Point | Signal]] = [
        ("summary.bottom_line", summary.bottom_line.text, summary.bottom_line)
    ]
    claims += [(f"summary.key_points[{n}]", p.text, p) for n, p in enumerate(summary.key_points)]
    claims += [
        (f"escalation_signals[{n}]", s.description, s) for n, s in enumerate(briefing.escalation_signals)
    ]
    for where, text, item in claims:
        numbers = [span.sentence for span in item.evidence if span.sentence <= len(article.sentences)]
        if isinstance(item, Signal):
            numbers = numbers[:1]  # it restates its first sentence; the others report the same event
        found = check_sentence(text, article, sentences=numbers, language=briefing.language)
        if found.verdict != item.verdict:
            yield Difference(where, f"is marked {item.verdict}, but the check says {found.verdict}")
        elif [i for i in item.issues if i.kind != "citation"] != [
            i for i in found.issues if i.kind != "citation"
        ]:
            yield Difference(where, "lists other issues than the check finds")


def _codes(briefing: Briefing) -> Iterator[Difference]:
    book, actors = codebook(), {actor.id for actor in briefing.actors}
    for n, signal in enumerate(briefing.escalation_signals):
        where = f"escalation_signals[{n}]"
        if signal.mode is not None and signal.mode not in book.event_types[signal.event_type].modes:
            yield Difference(where, f"{signal.event_type} has no mode {signal.mode!r}")
            continue
        intensity = book.intensity(signal.event_type, signal.mode, signal.modality)
        if intensity != signal.intensity:
            yield Difference(f"{where}.intensity", f"is {signal.intensity}, the codebook has {intensity}")
        unknown = sorted({*signal.actor_ids, *signal.target_ids} - actors)
        if unknown:
            yield Difference(where, f"names {', '.join(unknown)}, which is no actor of the briefing")


def _names(briefing: Briefing, article: Article) -> Iterator[Difference]:
    """Names are the article's own, or those that the tables have for what it names."""
    proposed = {one.name: one for one in actors_in(article, language=briefing.language)}
    for n, actor in enumerate(briefing.actors):
        known = proposed.get(actor.name)
        if known is None and actor.name.casefold() not in {m.quote.casefold() for m in actor.mentions}:
            yield Difference(f"actors[{n}].name", f"is {actor.name!r}, which the article does not name")
        if (
            actor.role is not None
            and actor.role not in article.text
            and (known is None or actor.role != known.role)
        ):
            yield Difference(f"actors[{n}].role", f"is {actor.role!r}, which the article does not say")
    named = {actor.name for actor in briefing.actors}
    for n, signal in enumerate(briefing.escalation_signals):
        speaker = signal.attribution.speaker
        if speaker is not None and speaker not in named and speaker not in article.text:
            where = f"escalation_signals[{n}].attribution.speaker"
            yield Difference(where, f"is {speaker!r}, whom the article does not name")


def _sums(briefing: Briefing, article: Article, trusted: Article) -> Iterator[Difference]:
    signals = briefing.escalation_signals
    if all(s.mode is None or s.mode in codebook().event_types[s.event_type].modes for s in signals):
        level = escalation(signals)
        if level != briefing.escalation:
            yield Difference(
                "escalation", f"is not what the signals give: {level.level}, {level.score}, {level.drivers}"
            )
    made: Mapping[str, tuple[object, object]] = {
        "article.sentences": (briefing.article.sentences, len(article.sentences)),
        "gaps": (briefing.gaps, gaps_in(trusted)),
        "coverage.uncovered": (briefing.coverage.uncovered, _uncovered(briefing, article)),
        "provenance.codebook_version": (briefing.provenance.codebook_version, codebook().version),
    }
    for where, (said, found) in made.items():
        if said != found:
            yield Difference(where, f"is {said}, but {found} is found")


def _suspicions(briefing: Briefing, article: Article) -> Iterator[Difference]:
    """Text written for software is what the rules find, neither more nor less."""
    said = [issue for issue in briefing.issues if issue.type == "suspicious_text" and issue.evidence]
    found = suspicion_issues(article, suspicions(article))
    if said != found:
        where = [[span.sentence for span in issue.evidence] for issue in said]
        there = [[span.sentence for span in issue.evidence] for issue in found]
        yield Difference("issues", f"has suspicious text in the sentences {where}, but {there} is found")


def _uncovered(briefing: Briefing, article: Article) -> list[int]:
    summary = briefing.summary
    items = [summary.bottom_line, *summary.key_points, *briefing.escalation_signals]
    return uncovered(article, briefing.actors, (span for item in items for span in item.evidence))
