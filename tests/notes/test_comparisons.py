"""What the sources of the invented crisis agree and differ in."""

from functools import cache

import pytest

from summarizer.notes.actors import merge_actors
from summarizer.notes.comparisons import compare
from summarizer.notes.disputes import is_confirmation
from summarizer.notes.events import same_events
from summarizer.notes.figures import figures_of, same_things
from summarizer.notes.reports import Report, reports_of
from summarizer.notes.same_actor import entries_of
from summarizer.notes.sources import gather
from summarizer.types.note import Comparison
from tests.notes.lake import lake_articles, lake_briefings
from tests.notes.test_events import FIRED, SHOT, report


@cache
def lake() -> tuple[Comparison, ...]:
    gathered = gather(lake_briefings(), lake_articles(), grades=None)
    merged = merge_actors(entries_of(gathered.sources, gathered.articles))
    return tuple(compare(gathered.sources, same_events(reports_of(gathered.sources, merged))))


def about(what: str, kind: str) -> list[Comparison]:
    return [found for found in lake() if found.about == what and found.kind == kind]


def test_the_denial_stands_beside_the_reports_and_the_confirmation_that_followed() -> None:
    (dispute,) = about("modality", "conflict")

    assert [s.source for s in dispute.statements] == ["d1", "d2", "d3", "d4"]
    assert "carries a denial by Lena Torvik" in dispute.text
    assert "carries a confirmation by Oskara's Defense Ministry" in dispute.text
    assert "confirmed on Friday" in dispute.statements[-1].text


def test_four_six_and_five_dead_are_one_difference_with_every_sentence() -> None:
    (dead,) = about("number", "conflict")

    assert "(killed)" in dead.text
    assert '"four fishermen"' in dead.text
    assert '"Six fishermen' in dead.text
    assert '"five Belmoran fishermen"' in dead.text
    assert {s.source for s in dead.statements} == {"d1", "d2", "d4", "d5"}


def test_the_number_of_soldiers_is_an_agreement_of_four_outlets() -> None:
    (soldiers,) = about("number", "agreement")

    assert {s.source for s in soldiers.statements} == {"d1", "d2", "d3", "d5"}
    assert "2,000 soldiers" in soldiers.text


def test_an_agreement_needs_two_outlets_and_a_disputed_event_is_none() -> None:
    for agreement in about("event", "agreement"):
        assert len({s.source for s in agreement.statements}) > 1
        assert "opened fire" not in agreement.text


def test_every_statement_quotes_its_source() -> None:
    gathered = gather(lake_briefings(), lake_articles(), grades=None)
    for statement in (s for found in lake() for s in found.statements):
        text = gathered.articles[statement.source].text
        assert statement.evidence
        for span in statement.evidence:
            assert span.source == statement.source
            assert text[span.start : span.end] == span.quote


def compared(*reports: Report) -> list[Comparison]:
    gathered = gather(lake_briefings()[:2], lake_articles()[:2], grades=None)
    found = compare(gathered.sources, [list(reports)])
    numbers = [one for one in found if one.about == "number"]
    return [one for one in found if one not in numbers]


def test_two_dates_of_one_event_are_a_difference() -> None:
    found = compared(report(1, FIRED, date="2026-06-09"), report(2, SHOT, date="2026-06-10"))

    assert any(one.about == "date" and "2026-06-09" in one.text and "2026-06-10" in one.text for one in found)


def test_a_month_and_its_day_are_none() -> None:
    found = compared(report(1, FIRED, date="2026-06"), report(2, SHOT, date="2026-06-10"))

    assert not any(one.about == "date" for one in found)


def test_two_sides_blamed_for_one_event_are_a_difference() -> None:
    found = compared(
        report(1, FIRED, sides=frozenset({"Oskara"})), report(2, SHOT, sides=frozenset({"Belmora"}))
    )

    assert [one.about for one in found if one.kind == "conflict"] == ["attribution"]


def test_a_fact_for_one_and_a_claim_for_another_is_a_difference() -> None:
    found = compared(report(1, FIRED, modality="alleged"), report(2, SHOT))

    assert [one.about for one in found] == ["modality"]
    assert "gives it as a claim" in found[0].text


def test_a_plan_that_was_carried_out_is_no_difference() -> None:
    found = compared(report(1, FIRED, modality="planned"), report(2, SHOT))

    assert not [one for one in found if one.kind == "conflict"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The ministry confirmed that it had fired, a day after it denied it.", True),
        ("The ministry denied it, though a diplomat confirmed it.", False),
        ("The captain admitted the shooting.", True),
        ("The boats left at dawn.", False),
    ],
)
def test_the_first_verb_is_the_news(sentence: str, *, expected: bool) -> None:
    assert is_confirmation(sentence) is expected


def test_distances_and_licences_are_not_compared_with_the_dead() -> None:
    gathered = gather(lake_briefings(), lake_articles(), grades=None)

    for group in same_things(figures_of(gathered.sources)):
        assert len({figure.measure for figure in group}) == 1
        assert len({figure.quantity.unit for figure in group}) == 1
