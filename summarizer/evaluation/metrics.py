"""The measures: one briefing against one labelled article, and their means over a run.

Places are compared by characters, so any way of cutting sentences will do. A measure without anything to count
is None and left out of the mean; a case without a briefing is measured as an empty briefing.
Shares lie between 0 and 1, and F1 is 2PR / (P + R), 0 when either is 0 or undefined.

Names are compared folded: lower case, no punctuation, no possessive, no titles or articles.

| measure | definition |
|---|---|
| `actor_precision` | listed actors that are labelled / listed; 0 when none is listed |
| `actor_recall` | salient labelled actors that are listed / salient |
| `actor_f1` | F1 of these two |
| `actor_country`, `actor_kind` | matched pairs with the same country, kind / matched pairs |
| `signal_precision` | signals matched with a labelled one / signals; 1 when there are none on either side |
| `signal_recall` | essential labelled signals that are matched / essential |
| `signal_f1` | F1 of these two |
| `signal_event` | matched pairs whose event type is the labelled one or an accepted alternative / pairs |
| `signal_direction`, `signal_modality` | matched pairs with the same direction, modality / pairs |
| `signal_actor` | pairs whose first actor is a labelled one (same name, or same last word) / pairs where both name one |
| `signal_strict_f1` | F1 of right / signals and right / labelled signals; right: place, event type and direction |
| `fact_recall` | key facts covered by a sentence of the summary / key facts |
| `fact_must_recall` | the same over the facts marked `must` |
| `verbatim` | quotations that are the article's own words at their place / quotations of points and signals |
| `uncited` | points and signals without evidence (a count) |
| `copied` | sentences of the summary that repeat ten words of the article in a row / sentences |
| `n_actors`, `n_signals`, `n_points` | how many of each (counts) |
| `score` | of a run only: mean of its `actor_f1`, `signal_f1`, `signal_strict_f1` and `fact_recall`, undefined ones as 0 |

Matching is one to one. Actors: in the briefing's order, each takes the first free labelled actor that shares a
form of its name; a person may share the last word only. Signals: of all pairs whose evidence overlaps a labelled
sentence, those of the right event type come first, then those that overlap more sentences, then the earlier ones.
A fact is covered by a sentence whose evidence overlaps one of the fact's and which has at least 34% of its
content words, by their first six letters.

For `uncited` and `copied` less is better; the counts of items are neither good nor bad.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from summarizer.evaluation.cases import (
    Case,
    CitedSpan,
    Fact,
    GoldActor,
    GoldSignal,
    Produced,
    ProducedActor,
    ProducedPoint,
    ProducedSignal,
)

__all__ = ["MEASURES", "SCORE_PARTS", "RunScores", "Scores", "difference", "score_case", "score_run"]

Scores = Mapping[str, float | None]
"""Measure to value, in the order of `MEASURES`; None where there was nothing to count."""

SCORE_PARTS = ("actor_f1", "signal_f1", "signal_strict_f1", "fact_recall")

MEASURES = (
    *("actor_precision", "actor_recall", "actor_f1", "actor_country", "actor_kind"),
    *("signal_precision", "signal_recall", "signal_f1", "signal_event", "signal_direction"),
    *("signal_modality", "signal_actor", "signal_strict_f1"),
    *("fact_recall", "fact_must_recall", "verbatim", "uncited", "copied"),
    *("n_actors", "n_signals", "n_points"),
)
"""Every measure of one briefing; a run has `score` besides."""

COPIED_RUN = 10
"""Words in a row that make a sentence a copy."""
FACT_OVERLAP = 0.34
"""Share of a fact's words that a sentence about it has; paraphrase keeps the names and figures."""
STEM = 6
"""Letters by which two words count as the same."""

_WORD = re.compile(r"[^\W_]+")
_COPY_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"[’']s")
_TITLE_WORDS = (
    "adm admiral capt captain chief col colonel commander defence defense dr foreign former gen general jr king "
    "lt minister mr mrs ms of president prime queen rep secretary sen senator spokesman spokesperson spokeswoman "
    "sr state the"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_SMALL_WORDS = (
    "a about after an and are as at be been before but by for from had has have he her his in into is it its no "
    "not of on or over said say says than that the their then there these they this those to under was were which "
    "who will with would"
)
_FUNCTION_WORDS = frozenset(_SMALL_WORDS.split())

_Range = tuple[int, int]
_Ranges = Mapping[int, _Range]


@dataclass(frozen=True, slots=True)
class RunScores:
    """The scores of a run: of each case by its id, of all together, and the cases without a briefing."""

    articles: Mapping[str, Scores]
    total: Scores
    missing: tuple[str, ...]


def score_run(cases: Sequence[Case], produced: Mapping[str, Produced]) -> RunScores:
    """Score the briefings of a run, given by the ids of their cases; `total` holds the means and `score`."""
    articles = {case.id: score_case(case, produced.get(case.id, Produced())) for case in cases}
    total = {name: _mean(row[name] for row in articles.values()) for name in MEASURES}
    total["score"] = fmean(total[part] or 0.0 for part in SCORE_PARTS)
    return RunScores(articles, total, tuple(name for name in articles if name not in produced))


def score_case(case: Case, briefing: Produced) -> Scores:
    """Every measure of one briefing, as the head of this module defines them."""
    points, signals = briefing.points, briefing.escalation_signals
    cited = [item.evidence for item in (*points, *signals)]
    spans = [span for evidence in cited for span in evidence]
    return {
        **_actors(briefing.actors, case.gold.actors),
        **_signals(briefing, case.gold.signals, case.ranges),
        **_facts(points, case.gold.key_facts, case.ranges),
        "verbatim": _share(_is_verbatim(span, case.text) for span in spans),
        "uncited": float(sum(not evidence for evidence in cited)),
        "copied": _copied(points, case.text),
        "n_actors": float(len(briefing.actors)),
        "n_signals": float(len(signals)),
        "n_points": float(len(points)),
    }


def difference(ours: Scores, theirs: Scores) -> Scores:
    """`ours - theirs`, measure by measure; None where either is."""
    pairs = {name: (value, theirs.get(name)) for name, value in ours.items()}
    return {name: None if a is None or b is None else a - b for name, (a, b) in pairs.items()}


def _actors(listed: Sequence[ProducedActor], labelled: Sequence[GoldActor]) -> Scores:
    pairs = _actor_pairs(listed, labelled)
    precision = _ratio(len(pairs), len(listed))
    recall = _ratio(sum(gold.salient for _, gold in pairs), sum(gold.salient for gold in labelled))
    return {
        "actor_precision": precision or 0.0,
        "actor_recall": recall,
        "actor_f1": None if recall is None else _f1(precision, recall),
        "actor_country": _share(actor.country == gold.country for actor, gold in pairs),
        "actor_kind": _share(actor.kind == gold.kind for actor, gold in pairs),
    }


def _actor_pairs(
    listed: Sequence[ProducedActor], labelled: Sequence[GoldActor]
) -> list[tuple[ProducedActor, GoldActor]]:
    free, pairs = list(labelled), list[tuple[ProducedActor, GoldActor]]()
    for actor in listed:
        k = next((k for k, gold in enumerate(free) if _is_same(actor, gold)), None)
        if k is not None:
            pairs.append((actor, free.pop(k)))
    return pairs


def _is_same(actor: ProducedActor, gold: GoldActor) -> bool:
    ours = {_folded(name) for name in (actor.name, *actor.aliases) if name}
    theirs = {_folded(name) for name in (gold.name, *gold.aliases) if name}
    if ours & theirs:
        return True
    return gold.kind == "person" and _last(_folded(gold.name)) in {_last(name) for name in ours if name}


def _signals(briefing: Produced, labelled: Sequence[GoldSignal], ranges: _Ranges) -> Scores:
    made = briefing.escalation_signals
    pairs = _signal_pairs(made, labelled, ranges)
    precision = _ratio(len(pairs), len(made))
    recall = _ratio(sum(gold.essential for _, gold in pairs), sum(gold.essential for gold in labelled))
    events = [_has_event(signal, gold) for signal, gold in pairs]
    directions = [signal.direction == gold.direction for signal, gold in pairs]
    right = sum(event and direction for event, direction in zip(events, directions, strict=True))
    names = {actor.id: (actor.name, *actor.aliases) for actor in briefing.actors}
    nothing = 0.0 if labelled else 1.0
    return {
        "signal_precision": nothing if precision is None else precision,
        "signal_recall": recall,
        "signal_f1": None if recall is None else _f1(precision, recall),
        "signal_event": _share(events),
        "signal_direction": _share(directions),
        "signal_modality": _share(signal.modality == gold.modality for signal, gold in pairs),
        "signal_actor": _share(
            _names_one(names.get(signal.actor_ids[0], signal.actor_ids[:1]), gold.actors)
            for signal, gold in pairs
            if signal.actor_ids and gold.actors
        ),
        "signal_strict_f1": _f1(_ratio(right, len(made)), right / len(labelled)) if labelled else None,
    }


def _signal_pairs(
    made: Sequence[ProducedSignal], labelled: Sequence[GoldSignal], ranges: _Ranges
) -> list[tuple[ProducedSignal, GoldSignal]]:
    table: list[tuple[bool, int, int, int]] = []
    for i, signal in enumerate(made):
        for j, gold in enumerate(labelled):
            overlaps = _overlaps(signal.evidence, [ranges[number] for number in gold.sentences])
            if overlaps:
                table.append((not _has_event(signal, gold), -overlaps, i, j))
    chosen: dict[int, int] = {}
    for _, _, i, j in sorted(table):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [(made[i], labelled[j]) for i, j in chosen.items()]


def _has_event(signal: ProducedSignal, gold: GoldSignal) -> bool:
    return signal.event_type in {gold.event, *gold.event_alt}


def _names_one(names: Iterable[str | None], labelled: Iterable[str]) -> bool:
    ours, theirs = {_folded(name or "") for name in names}, {_folded(name) for name in labelled}
    return bool(ours & theirs or {_last(name) for name in ours} & {_last(name) for name in theirs})


def _facts(points: Sequence[ProducedPoint], facts: Sequence[Fact], ranges: _Ranges) -> Scores:
    covered = [(fact.must, any(_carries(point, fact, ranges) for point in points)) for fact in facts]
    return {
        "fact_recall": _share(hit for _, hit in covered),
        "fact_must_recall": _share(hit for must, hit in covered if must),
    }


def _carries(point: ProducedPoint, fact: Fact, ranges: _Ranges) -> bool:
    wanted = _stems(fact.text)
    alike = len(wanted & _stems(point.text)) >= FACT_OVERLAP * len(wanted)
    return alike and _overlaps(point.evidence, [ranges[number] for number in fact.sentences]) > 0


def _copied(points: Sequence[ProducedPoint], text: str) -> float | None:
    article = " ".join(_COPY_WORD.findall(text.casefold()))
    runs = [_runs(_COPY_WORD.findall(point.text.casefold())) for point in points]
    return _share(any(run in article for run in of_point) for of_point in runs)


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[k : k + COPIED_RUN]) for k in range(len(words) - COPIED_RUN + 1)]


def _is_verbatim(span: CitedSpan, text: str) -> bool:
    return span.start is not None and span.end is not None and text[span.start : span.end] == span.quote


def _overlaps(evidence: Sequence[CitedSpan], ranges: Iterable[_Range]) -> int:
    """How many of the ranges share a character with the evidence."""
    spans = [(s.start, s.end) for s in evidence if s.start is not None and s.end is not None]
    return sum(any(a < end and start < b for a, b in spans) for start, end in ranges)


def _folded(name: str) -> str:
    words = _WORD.findall(_POSSESSIVE.sub("", name.casefold()))
    return " ".join([word for word in words if word not in _TITLES] or words)


def _last(name: str) -> str:
    return name.rpartition(" ")[2]


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.casefold()) if word not in _FUNCTION_WORDS}


def _share(hits: Iterable[bool]) -> float | None:
    found = list(hits)
    return _ratio(sum(found), len(found))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
