"""What changed is found, what only reads otherwise is not, and nothing is lost on the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.changes import compare
from summarizer.changes.pairing import pair
from summarizer.types import Actor, Briefing, Escalation, Point, Signal, Span
from summarizer.types.changes import Changed, Changes
from tests.render.invented_note import actors, briefing, note, signal


def _span(quote: str, sentence: int = 1) -> Span:
    return Span(sentence=sentence, start=0, end=len(quote), quote=quote)


def _signal(text: str, quote: str, event: str = "ASSAULT", number: int = 1, **changes: Any) -> Signal:
    return signal(number, "d1", 1, text, event, evidence=[_span(quote)], **changes)


def _of(*signals: Signal, **changes: Any) -> Briefing:
    return briefing("d1").model_copy(update={"escalation_signals": list(signals)} | changes)


def _changed(old: Briefing, new: Briefing) -> list[Changed]:
    found = compare(old, new).signals
    assert not found.new
    assert not found.gone
    return [one for change in found.changed for one in change.changed]


def test_a_document_does_not_differ_from_itself() -> None:
    for document in (briefing("d2"), note()):
        found = compare(document, document)
        assert found.is_empty
        assert found.level.moved == "same"


def test_a_new_and_a_gone_signal_are_told_with_their_quotations() -> None:
    old = _of(_signal("Varnia shelled Port Sule.", "Varnia shelled Port Sule on Monday."))
    new = _of(
        _signal("Ostrel closed its airspace.", "Ostrel closed its airspace on Friday.", "COERCE", actor_ids=["a2"])
    )  # fmt: skip

    found = compare(old, new).signals

    assert [one.evidence[0].quote for one in found.new] == ["Ostrel closed its airspace on Friday."]
    assert [one.evidence[0].quote for one in found.gone] == ["Varnia shelled Port Sule on Monday."]


def test_a_denial_that_is_confirmed_is_a_changed_modality() -> None:
    old = _of(
        _signal(
            "Varnia denied shelling Port Sule.",
            "Varnia denied that it had shelled Port Sule.",
            modality="denied",
        )
    )
    new = _of(
        _signal("Varnia confirmed shelling Port Sule.", "Varnia confirmed that it had shelled Port Sule.")
    )

    assert Changed(what="modality", old="denied", new="occurred") in _changed(old, new)


def test_a_number_that_rose_is_told_as_both_sides_write_it() -> None:
    old = _of(
        _signal(
            "Shells killed nine dock workers in Port Sule.",
            "Nine dock workers died when shells hit Port Sule.",
        )
    )
    new = _of(_signal("Shells killed 11 people in Port Sule.", "11 people died when shells hit Port Sule."))

    assert next((one.what, one.old, one.new) for one in _changed(old, new)) == (
        "number",
        "nine dock workers",
        "11 people",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nine workers died in Port Sule.", "9 workers died in Port Sule."),
        ("About 1,000 soldiers entered Port Sule.", "1,012 soldiers entered Port Sule."),
        ("On 5 May soldiers entered Port Sule.", "On 6 June soldiers entered Port Sule."),
        ("Soldiers entered Port Sule.", "200 soldiers entered Port Sule."),
        ("Two ships entered Port Sule.", "Two ships and three aircraft entered Port Sule."),
    ],
)
def test_the_same_number_written_otherwise_is_no_change(old: str, new: str) -> None:
    assert not [one for one in _changed(_of(_signal(old, old)), _of(_signal(new, new))) if one.what == "number"]  # fmt: skip


def test_a_verdict_a_direction_and_a_date_that_changed_are_told() -> None:
    text = "Varnia shelled Port Sule."
    old = _of(_signal(text, text))
    new = _of(_signal(text, text, verdict="altered", direction="ambiguous", date="2031-05-05"))

    assert {(one.what, one.old, one.new) for one in _changed(old, new)} == {
        ("verdict", "supported", "altered"),
        ("direction", "escalatory", "ambiguous"),
        ("date", None, "2031-05-05"),
    }


@pytest.mark.parametrize(
    ("old", "new", "dates"),
    [
        ("Varnia shelled Port Sule.", "Varnia shelled Cape Dorrin.", (None, None)),
        ("Varnia shelled the port again.", "Varnia shelled the port again.", ("2031-05-05", "2031-05-07")),
    ],
)
def test_another_place_or_day_is_another_event(
    old: str, new: str, dates: tuple[str | None, str | None]
) -> None:
    before, after = _signal(old, old + " One.", date=dates[0]), _signal(new, new + " Two.", date=dates[1])

    found = compare(_of(before), _of(after)).signals

    assert (len(found.new), len(found.gone)) == (1, 1)


def test_the_same_event_in_other_words_is_one() -> None:
    old = _of(
        _signal(
            "Varnian ships shelled the harbour of Port Sule.",
            "Varnian warships opened fire on Port Sule harbour.",
        )
    )
    new = _of(
        _signal(
            "Varnia's navy shelled Port Sule harbour.",
            "Port Sule harbour came under fire from the Varnian navy.",
        )
    )

    assert compare(old, new).signals.unchanged == 1


def test_of_two_signals_of_one_sentence_each_finds_its_own() -> None:
    quote = "Varnia shelled Port Sule and demanded that Ostrel yield."
    pair_of = [
        _signal("Varnia shelled Port Sule.", quote),
        _signal("Varnia demanded that Ostrel yield.", quote, "REQUEST", number=2),
    ]

    assert compare(_of(*pair_of), _of(*reversed(pair_of))).signals.unchanged == 2


def test_an_actor_is_known_again_by_alias_or_surname_but_not_in_another_country() -> None:
    base = actors()[0].model_copy(update={"kind": "person", "country": None})

    def cast(*people: tuple[str, str | None]) -> Briefing:
        made = [
            base.model_copy(update={"id": f"a{i}", "name": name, "country": country})
            for i, (name, country) in enumerate(people, 1)
        ]
        return briefing("d1").model_copy(update={"actors": made, "escalation_signals": []})

    same = compare(cast(("Ivo Tarn", "VAR"), ("Mira Toll", None)), cast(("Tarn", None), ("Mira Toll", "OST")))
    other = compare(cast(("Ivo Tarn", "VAR")), cast(("Ivo Tarn", "OST")))

    assert not same.actors.new
    assert [one.what for change in same.actors.changed for one in change.changed] == ["country", "country"]
    assert (len(other.actors.new), len(other.actors.gone)) == (1, 1)


def test_two_actors_of_one_name_do_not_break_it() -> None:
    double: list[Actor] = [actors()[0], actors()[0].model_copy(update={"id": "a2", "kind": "armed_force"})]
    document = briefing("d1").model_copy(update={"actors": double})

    assert compare(document, document).is_empty


def test_a_file_whose_actors_were_edited_away_can_still_be_compared() -> None:
    edited = briefing("d1").model_copy(update={"actors": []})

    assert compare(edited, edited).is_empty
    assert len(compare(briefing("d1"), edited).actors.gone) == 2


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [("low", "high", "up"), ("severe", "high", "down"), ("none", "minimal", "up"), ("low", "low", "same")],
)
def test_the_level_goes_up_or_down(old: str, new: str, moved: str) -> None:
    sides = [
        briefing("d1").model_copy(
            update={
                "escalation": Escalation.model_validate(
                    {"level": one, "score": 1, "direction": None, "drivers": []}
                )
            }
        )
        for one in (old, new)
    ]

    assert compare(*sides).level.moved == moved


def test_a_bottom_line_in_other_words_is_told_and_a_key_point_in_other_words_is_not() -> None:
    old = briefing("d1")
    point = Point(
        text="Unless Ostrel pulled back its patrol boats, Varnia would mine the Sule Strait, Ivo Tarn said.",
        evidence=old.summary.key_points[0].evidence,
        verdict="supported",
    )
    line = old.summary.bottom_line.model_copy(update={"text": "The harbour of Port Sule was shelled."})
    new = old.model_copy(
        update={"summary": old.summary.model_copy(update={"bottom_line": line, "key_points": [point]})}
    )

    found = compare(old, new).points

    assert [one.what for change in found.changed for one in change.changed] == ["wording"]
    assert found.unchanged == 1
    assert not found.new


def test_a_briefing_can_be_compared_with_a_note() -> None:
    found = compare(briefing("d1"), note())

    assert (found.old.kind, found.new.kind) == ("briefing", "note")
    assert [one.id for one in found.signals.new] == ["s3", "s4"]
    assert found.signals.new[0].evidence[0].source == "d2"


def test_the_result_is_read_back_from_its_json() -> None:
    found = compare(briefing("d1"), briefing("d2"))

    assert Changes.model_validate_json(found.to_json()) == found


@given(
    st.lists(st.integers(0, 9), max_size=12),
    st.lists(st.integers(0, 9), max_size=12),
)
def test_pairing_loses_nothing_and_takes_nothing_twice(old: list[int], new: list[int]) -> None:
    found = pair(old, new, lambda a, b: 1.0 if a == b else 0.5 if abs(a - b) == 1 else 0)

    assert sorted([a for a, _ in found.both] + list(found.gone)) == sorted(old)
    assert sorted([b for _, b in found.both] + list(found.new)) == sorted(new)
    assert all(abs(a - b) <= 1 for a, b in found.both)
    assert not set(found.gone) & set(found.new)
