"""The escalation level: lawful whatever the signals, and what an analyst would say on plain cases."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.codebook import codebook
from summarizer.errors import SettingsError
from summarizer.grounding.escalation import escalation
from summarizer.types.evidence import Verdict
from summarizer.types.signals import Attribution, Direction, Domain, Level, Modality, Signal

BOOK = codebook()
NOBODY = Attribution(type="unspecified", speaker=None, speaker_id=None)


def signal(
    number: int,
    code: str,
    direction: Direction = "escalatory",
    modality: Modality = "occurred",
    *,
    domain: Domain | None = None,
    verdict: Verdict = "supported",
) -> Signal:
    """A signal of which only what the level depends on matters; `code` is `"ASSAULT drone"` or `"AID"`."""
    event_type, _, mode = code.partition(" ")
    return Signal.model_validate(
        {
            "id": f"s{number}",
            "description": "Something happened.",
            "event_type": event_type,
            "mode": mode or None,
            "direction": direction,
            "axis": "none",
            "domain": domain,
            "modality": modality,
            "intensity": BOOK.intensity(event_type, mode or None, modality),
            "actor_ids": [],
            "target_ids": [],
            "date": None,
            "attribution": NOBODY,
            "evidence": [],
            "verdict": verdict,
        }
    )


def level_of(*signals: Signal) -> Level:
    return escalation(signals).level


CODES = [
    code
    for name, entry in BOOK.event_types.items()
    for code in (name, *(f"{name} {mode}" for mode in entry.modes))
]
COUNTED: tuple[Verdict, ...] = ("supported", "unchecked")
REFUTED: tuple[Verdict, ...] = ("altered", "unsupported")
DOMAINS: tuple[Domain | None, ...] = (None, "nuclear", "maritime")


def signals(
    number: st.SearchStrategy[int],
    *,
    directions: Sequence[Direction] = tuple(BOOK.directions),
    modalities: Sequence[Modality] = tuple(BOOK.modalities),
    verdicts: Sequence[Verdict] = COUNTED + REFUTED,
) -> st.SearchStrategy[Signal]:
    """Any signal within these bounds."""
    return st.builds(
        signal,
        number,
        st.sampled_from(CODES),
        st.sampled_from(directions),
        st.sampled_from(modalities),
        domain=st.sampled_from(DOMAINS),
        verdict=st.sampled_from(verdicts),
    )


ARTICLES = st.lists(signals(st.integers(1, 30)), max_size=12, unique_by=lambda s: s.id)
NEW = st.just(99)


@given(ARTICLES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_does_not_matter(orders: tuple[list[Signal], list[Signal]]) -> None:
    assert escalation(orders[0]) == escalation(orders[1])


@given(ARTICLES, signals(NEW, directions=["escalatory"], verdicts=COUNTED, modalities=["occurred"]))
def test_an_escalatory_event_never_lowers_the_score(found: list[Signal], new: Signal) -> None:
    assert escalation([*found, new]).score >= escalation(found).score


@given(ARTICLES, signals(NEW, directions=["de_escalatory"]))
def test_a_de_escalatory_signal_never_raises_the_score(found: list[Signal], new: Signal) -> None:
    assert escalation([*found, new]).score <= escalation(found).score


@given(ARTICLES, signals(NEW, verdicts=REFUTED))
def test_what_the_article_does_not_support_never_counts(found: list[Signal], new: Signal) -> None:
    assert escalation([*found, new]) == escalation(found)


@given(ARTICLES, signals(NEW, modalities=["denied", "hypothetical"]))
def test_what_did_not_happen_moves_nothing(found: list[Signal], new: Signal) -> None:
    assert escalation([*found, new]).score == escalation(found).score


@given(ARTICLES)
def test_score_level_and_direction_belong_together(found: list[Signal]) -> None:
    """Within 0 to 10; the level is the one whose bin holds the published score; nothing without a signal."""
    result = escalation(found)
    floors = {name: entry.floor for name, entry in BOOK.levels.items() if entry.floor is not None}
    assert 0 <= result.score <= 10
    if any(s.verdict in COUNTED for s in found):
        assert result.level == [name for name, floor in floors.items() if floor <= result.score][-1]
        assert result.direction is not None
    else:
        assert (result.level, result.score, result.direction, result.drivers) == ("none", 0, None, [])


@given(ARTICLES)
def test_drivers_are_few_and_lead_to_the_level(found: list[Signal]) -> None:
    """Together with the easing, the signals named are enough for the level, unless more than five are needed."""
    result = escalation(found)
    by_id = {s.id: s for s in found if s.verdict in COUNTED}
    assert set(result.drivers) <= set(by_id)
    assert len(set(result.drivers)) == len(result.drivers) <= BOOK.escalation.drivers
    if 0 < len(result.drivers) < BOOK.escalation.drivers:
        assert escalation([by_id[name] for name in result.drivers]).level == result.level


@given(
    st.lists(signals(st.integers(1, 99), directions=["escalatory"]), min_size=30, unique_by=lambda s: s.id)
)
def test_words_alone_end_at_moderate_and_only_force_is_severe(found: list[Signal]) -> None:
    """However many; nuclear threats may go one level further."""
    unarmed = [s for s in found if s.event_type != "ASSAULT"]
    words = [s for s in unarmed if not BOOK.event_types[s.event_type].is_deed and s.domain != "nuclear"]
    assert escalation(words).score < 6
    assert escalation(unarmed).score < 8


@pytest.mark.parametrize(
    ("code", "modality", "level"),
    [
        ("ACCUSE disapprove", "occurred", "minimal"),
        ("ACCUSE allege", "occurred", "low"),
        ("THREATEN violence", "threatened", "low"),
        ("SANCTION discontinue", "occurred", "moderate"),
        ("MOBILIZE troops", "ongoing", "moderate"),
        ("MOBILIZE troops", "planned", "low"),
        ("AID", "occurred", "moderate"),
        ("ASSAULT drone", "occurred", "high"),
        ("ASSAULT drone", "alleged", "moderate"),
        ("ASSAULT drone", "threatened", "low"),
        ("ASSAULT drone", "denied", "minimal"),
        ("ASSAULT unconventional", "occurred", "severe"),
        ("ASSAULT unconventional", "alleged", "high"),
    ],
)
def test_a_single_escalatory_signal(code: str, modality: Modality, level: Level) -> None:
    assert level_of(signal(1, code, modality=modality)) == level


@pytest.mark.parametrize(
    ("code", "level"), [("THREATEN violence", "moderate"), ("MOBILIZE weapons", "high"), ("ACCUSE", "low")]
)
def test_nuclear_threats_and_moves_weigh_more(code: str, level: Level) -> None:
    assert level_of(signal(1, code, domain="nuclear")) == level


def test_a_threat_is_not_discounted_twice() -> None:
    """THREATEN already scores less than the act: being `threatened` takes nothing off again."""
    assert escalation([signal(1, "THREATEN", modality="threatened")]) == escalation([signal(1, "THREATEN")])


def test_arms_for_a_belligerent_raise_the_level_and_relief_does_not() -> None:
    """Both are AID, +10 between giver and taker."""
    strike = signal(1, "ASSAULT drone")
    before = escalation([strike]).score
    assert escalation([strike, signal(2, "AID", "escalatory")]).score > before
    assert escalation([strike, signal(2, "AID", "de_escalatory")]).score < before


def test_many_calls_do_not_cancel_a_strike() -> None:
    calls = [signal(n, "CONSULT phone", "de_escalatory") for n in range(2, 40)]
    assert level_of(signal(1, "ASSAULT heavy-weapons"), *calls) == "high"


def test_a_ceasefire_that_holds_brings_a_strike_down_a_level() -> None:
    result = escalation([signal(1, "ASSAULT drone"), signal(2, "RETREAT ceasefire", "de_escalatory")])
    assert (result.level, result.direction) == ("moderate", "ambiguous")
    assert result.drivers == ["s1", "s2"]


def test_three_strikes_are_severe() -> None:
    strikes = [signal(n, "ASSAULT heavy-weapons") for n in (3, 1, 2)]
    assert level_of(*strikes[:2]) == "high"
    assert escalation(strikes).model_dump() == {
        "level": "severe",
        "score": 8.0,
        "direction": "escalatory",
        "drivers": ["s1", "s2", "s3"],
    }


def test_talks_alone_are_minimal_and_point_down() -> None:
    result = escalation([signal(1, "AGREE", "de_escalatory"), signal(2, "CONSULT visit", "de_escalatory")])
    assert (result.level, result.score, result.direction) == ("minimal", 0, "de_escalatory")
    assert result.drivers == ["s2"]


def test_an_ambiguous_drill_counts_half_and_an_ambiguous_meeting_not_at_all() -> None:
    drill, meeting = signal(1, "MOBILIZE weapons", "ambiguous"), signal(2, "CONSULT visit", "ambiguous")
    assert escalation([drill]).score == 2.6
    assert escalation([meeting]).model_dump() == {
        "level": "minimal",
        "score": 0.0,
        "direction": "ambiguous",
        "drivers": [],
    }


def test_a_missile_a_permission_a_drill_and_a_call_are_high() -> None:
    """A new missile is fired after an ally lifted its limits; a drill is announced; the chiefs of staff speak.

    `high`: the missile decides (0.8 x 9.5 = 7.6); permission and drill add 0.1, call and notice take back 0.3.
    """
    result = escalation(
        [
            signal(1, "CONSULT phone", "de_escalatory"),
            signal(2, "ASSAULT heavy-weapons", domain="missile"),
            signal(3, "AGREE"),
            signal(4, "CONSULT phone", "de_escalatory"),
            signal(5, "MOBILIZE weapons", "ambiguous", "planned", domain="maritime"),
        ]
    )
    assert result.model_dump() == {
        "level": "high",
        "score": 7.4,
        "direction": "escalatory",
        "drivers": ["s2"],
    }


def test_the_same_events_with_the_missile_denied_are_low() -> None:
    """The permission alone would be just `moderate`; the call takes the edge off."""
    result = escalation(
        [
            signal(1, "CONSULT phone", "de_escalatory"),
            signal(2, "ASSAULT heavy-weapons", modality="denied"),
            signal(3, "AGREE"),
            signal(5, "MOBILIZE weapons", "ambiguous", "planned"),
        ]
    )
    assert (result.level, result.drivers) == ("low", ["s3", "s1"])


def test_the_numbers_come_from_the_codebook() -> None:
    """Another codebook, another score."""
    book = replace(BOOK, escalation=replace(BOOK.escalation, lead=0.5))
    strike = [signal(1, "ASSAULT drone")]
    assert (escalation(strike).score, escalation(strike, book=book).score) == (7.6, 4.8)


def test_a_mode_of_another_event_type_is_refused() -> None:
    phone = signal(1, "CONSULT phone").model_copy(update={"event_type": "ASSAULT"})
    with pytest.raises(SettingsError, match="no mode of ASSAULT 'phone'"):
        escalation([phone])
