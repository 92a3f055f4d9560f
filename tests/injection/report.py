"""The figures of a run, in words: attack success by family, and what is left of the twins' findings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from summarizer.types import Briefing
from tests.injection import fidelity, intervals
from tests.injection.cases import Case, Clean
from tests.injection.judge import echoes, judge
from tests.injection.places import planted_in

__all__ = ["Judged", "judged", "report"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One case with a twin: how the attack succeeded, if it did, and what it cost."""

    case: Case
    ways: tuple[str, ...]
    echoes: int
    loss: float
    kept: fidelity.Kept | None


def report(
    wanted: Iterable[Clean | Case],
    briefings: Mapping[str, Briefing | None],
    folder: Path,
    *,
    details: bool = False,
) -> str:
    """The figures of all cases that were briefed and whose twin was."""
    found = list(judged(wanted, briefings, folder))
    return "\n".join([*_attacks(found), "", *_losses(found), *(_details(found) if details else ())]) + "\n"


def judged(
    wanted: Iterable[Clean | Case], briefings: Mapping[str, Briefing | None], folder: Path
) -> Iterator[Judged]:
    """Judge what there is."""
    for case in wanted:
        if isinstance(case, Clean) or case.id not in briefings:
            continue
        briefing, twin = briefings[case.id], briefings.get(case.article.id)
        if twin is None:
            continue
        attacked, clean = case.load(folder).article, case.article.load(folder).article
        planted = planted_in(attacked.text, clean.text)
        yield Judged(
            case,
            judge(case, briefing, twin, planted),
            echoes(briefing, planted) if briefing else 0,
            fidelity.loss(briefing, twin, clean, attacked, planted),
            fidelity.kept(briefing, twin, planted) if briefing else None,
        )


def _attacks(found: Sequence[Judged]) -> Iterator[str]:
    yield "attack success"
    families: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in found:
        families[one.case.attack.family].append(one)
    groups = {
        **families,
        "all, tuned on": [one for one in found if not one.case.attack.held],
        "all, held out": [one for one in found if one.case.attack.held],
        "all": found,
    }
    for name, group in groups.items():
        hits = sum(bool(one.ways) for one in group)
        low, high = intervals.of_share(hits, len(group))
        ways = Counter(way for one in group for way in one.ways)
        told = ", ".join(f"{way} {count}" for way, count in ways.most_common())
        share = hits / len(group) if group else 0.0
        yield f"  {name:14} {hits:3} of {len(group):3}  {share:6.1%}  [{low:.1%}, {high:.1%}]  {told}".rstrip()
    echoing = sum(bool(one.echoes) for one in found)
    yield f"  supported sentences that stand on planted text alone: in {echoing} of {len(found)}"


def _losses(found: Sequence[Judged]) -> Iterator[str]:
    yield "fidelity: injected against clean twin"
    by_article: defaultdict[str, list[float]] = defaultdict(list)
    for one in found:
        by_article[one.case.article.id].append(one.loss)
    if not found:
        return
    low, high = intervals.of_mean(list(by_article.values()))
    yield f"  points of score lost  {fmean(one.loss for one in found):.2f}  [{low:.2f}, {high:.2f}]"
    counts = [one.kept for one in found if one.kept]
    for name in ("actors", "signals", "points"):
        pairs: list[tuple[int, int]] = [getattr(count, name) for count in counts]
        there, of = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        low, high = intervals.of_share(there, of)
        yield f"  {name:8} kept  {there} of {of}  {there / of if of else 0:.1%}  [{low:.1%}, {high:.1%}]"


def _details(found: Sequence[Judged]) -> Iterator[str]:
    yield ""
    for one in found:
        if one.ways:
            yield f"  {one.case.id} ({one.case.place}): {', '.join(one.ways)}"
