"""Reports of one event become one signal; nothing is lost, and the order of the articles does not matter."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.notes.actors import merge_actors
from summarizer.notes.events import same_events
from summarizer.notes.reports import Report, reports_of
from summarizer.notes.same_actor import entries_of
from summarizer.notes.signals import level_of, merge_reports
from summarizer.notes.sources import gather
from summarizer.types import Attribution, Briefing, Direction, EventType, Modality, Signal, Span, Verdict
from summarizer.types.note import NoteSignal
from tests.notes.briefed import by_code, record
from tests.notes.lake import lake_articles, lake_briefings


def report(
    source: int,
    text: str,
    event_type: EventType = "ASSAULT",
    *,
    modality: Modality = "occurred",
    date: str | None = None,
    actors: tuple[str, ...] = (),
    sides: frozenset[str] = frozenset(),
    verdict: Verdict = "supported",
    direction: Direction = "escalatory",
) -> Report:
    signal = Signal(
        id="s1",
        description=text,
        event_type=event_type,
        mode=None,
        direction=direction,
        axis="vertical",
        domain=None,
        modality=modality,
        intensity=None,
        actor_ids=[],
        target_ids=[],
        date=date,
        attribution=Attribution(type="reporter_voice", speaker=None, speaker_id=None),
        evidence=[Span(sentence=1, start=0, end=len(text), quote=text)],
        verdict=verdict,
    )
    return Report(f"d{source}", source, signal, actors, (), sides)


FIRED = "A patrol boat fired on a trawler on the lake and killed five fishermen."
SHOT = "Five fishermen died when a patrol boat shot at their trawler on the lake."
MARCH = "Thousands of students marched to the parliament against the tax."


def test_one_event_in_other_words_is_one() -> None:
    assert [
        len(event) for event in same_events([report(1, FIRED), report(2, SHOT), report(3, MARCH, "PROTEST")])
    ] == [2, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (report(1, FIRED), report(2, MARCH)),
        (report(1, FIRED, date="2026-06-09"), report(2, SHOT, date="2026-06-15")),
        (report(1, FIRED), report(2, SHOT, "CONSULT")),
        (
            report(1, "Belmora moved two brigades to the shore.", "MOBILIZE", sides=frozenset({"Belmora"})),
            report(2, "Oskara moved two battalions to the other shore.", "MOBILIZE", sides=frozenset({"Oskara"})),
        ),
        (
            report(1, "Voss accused the government of weakness on the lake.", "ACCUSE", actors=("n1",)),
            report(2, "Dasko accused the government of delay on the lake.", "ACCUSE", actors=("n2",)),
        ),
    ],
)  # fmt: skip
def test_other_words_days_types_or_doers_are_another_event(one: Report, other: Report) -> None:
    assert len(same_events([one, other])) == 2


def test_dates_of_differing_precision_are_no_difference() -> None:
    pair = [report(1, FIRED, date="2026-06"), report(2, SHOT, date="2026-06-09")]

    (signal,) = merge_reports(same_events(pair))

    assert signal.date == "2026-06-09"


def test_a_source_never_reports_one_event_twice() -> None:
    """It has told the two apart, so they stay apart."""
    assert len(same_events([report(1, FIRED), report(1, SHOT)])) == 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["occurred", "occurred"], "occurred"),
        (["planned", "occurred"], "occurred"),
        (["occurred", "denied"], "alleged"),
        (["occurred", "denied", "occurred"], "occurred"),
        (["denied", "occurred"], "occurred"),
        (["alleged", "alleged", "occurred"], "alleged"),
        (["planned", "planned"], "planned"),
        (["denied", "denied"], "denied"),
    ],
)
def test_what_is_denied_counts_as_a_claim_until_somebody_confirms_it(
    told: list[Modality], expected: Modality
) -> None:
    (signal,) = merge_reports([[report(n, FIRED, modality=m) for n, m in enumerate(told, 1)]])

    assert signal.modality == expected


def test_the_words_of_a_report_that_holds_stand_for_all() -> None:
    (signal,) = merge_reports([[report(1, FIRED, verdict="altered"), report(2, SHOT)]])

    assert signal.description == SHOT
    assert signal.verdict == "supported"
    assert [span.source for span in signal.evidence] == ["d2", "d1"]


def test_the_level_of_one_source_is_that_of_its_briefing() -> None:
    for briefing in lake_briefings():
        signals = merge_reports(
            [[Report("d1", 0, s, (), (), frozenset())] for s in briefing.escalation_signals]
        )
        assert level_of(signals) == briefing.escalation


def signals_of(briefings: tuple[Briefing, ...] | list[Briefing], articles: list[Article]) -> list[NoteSignal]:
    gathered = gather(briefings, articles, grades=None)
    merged = merge_actors(entries_of(gathered.sources, gathered.articles))
    return merge_reports(same_events(reports_of(gathered.sources, merged)))


def test_the_shooting_on_the_lake_is_one_signal_with_the_evidence_of_four_sources() -> None:
    shooting = signals_of(lake_briefings(), list(lake_articles()))[0]

    assert (
        {ref.source for ref in shooting.reports}
        == {span.source for span in shooting.evidence}
        == {"d1", "d2", "d3", "d4"}
    )
    assert shooting.event_type == "ASSAULT"
    assert shooting.modality == "occurred"
    assert shooting.date == "2026-06-09"


def test_the_order_of_the_articles_changes_nothing() -> None:
    expected = signals_of(lake_briefings(), list(lake_articles()))

    pairs = list(zip(lake_briefings(), lake_articles(), strict=True))
    for order in list(permutations(pairs))[::180]:
        assert signals_of([b for b, _ in order], [a for _, a in reversed(order)]) == expected


def test_every_signal_of_every_source_is_in_exactly_one_signal_of_the_note() -> None:
    gathered = gather(lake_briefings(), lake_articles(), grades=None)
    expected = [(s.id, signal.id) for s in gathered.sources for signal in s.briefing.escalation_signals]

    held = [
        (ref.source, ref.id)
        for signal in signals_of(lake_briefings(), list(lake_articles()))
        for ref in signal.reports
    ]

    assert sorted(held) == sorted(expected)


def test_a_briefing_merged_with_itself_is_the_briefing() -> None:
    """Under another name and from another outlet, every signal meets its twin and no other."""
    briefing, article = lake_briefings()[4], lake_articles()[4]
    again = replace(article, id="again", source="Another Outlet")
    twin = by_code(again)
    reports = [
        Report(f"d{n}", n, signal, (), (), frozenset())
        for n, one in enumerate((briefing, twin), 1)
        for signal in one.escalation_signals
    ]

    for event in same_events(reports):
        assert [r.signal.id for r in event] == [event[0].signal.id] * 2
    assert record(again).sha256 == briefing.article.sha256


WORDS = st.lists(
    st.sampled_from(
        ["boat", "fired", "lake", "troops", "moved", "shore", "killed", "signed", "talks", "envoy"]
    ),
    min_size=3,
    max_size=8,
).map(" ".join)
TOLD = st.tuples(
    st.integers(1, 5),
    WORDS,
    st.sampled_from(["ASSAULT", "MOBILIZE", "AGREE", "REJECT"]),
    st.sampled_from([None, "2026-06-09", "2026-06", "2026-06-20"]),
    st.sampled_from(["occurred", "denied", "planned"]),
)


@given(st.lists(TOLD, max_size=14))
def test_no_report_is_lost_or_doubled_whatever_the_sources_say(
    told: list[tuple[int, str, EventType, str | None, Modality]],
) -> None:
    reports = [
        report(source, text, event_type, date=date, modality=modality)
        for source, text, event_type, date, modality in sorted(told, key=lambda t: t[0])
    ]

    events = same_events(reports)
    signals = merge_reports(events)

    assert sorted(id(r) for event in events for r in event) == sorted(map(id, reports))
    for event, signal in zip(events, signals, strict=True):
        assert len({r.source for r in event}) == len(event)
        dates = [r.signal.date for r in event if r.signal.date]
        assert not {"2026-06-09", "2026-06-20"} <= set(dates)
        assert {ref.source for ref in signal.reports} == {span.source for span in signal.evidence}
