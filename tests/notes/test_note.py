"""A note from several briefings, with a scripted model for its head."""

import pytest

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.notes import Grades, articles_of, note_of
from summarizer.types.note import Grade, Note
from tests.notes.briefed import by_code
from tests.notes.lake import lake_articles, lake_briefings
from tests.notes.scripted import Scripted, cut_short, echo, note_from, saying

CLOCK = {"provenance": {"created", "seconds"}}


@pytest.fixture(scope="module")
def note() -> Note:
    return note_from(lake_briefings(), lake_articles(), Scripted(echo, echo))


def test_five_sources_and_a_copy_come_out_of_six_articles(note: Note) -> None:
    assert [source.briefing.article.id for source in note.sources] == [
        "halden-wire-clash",
        "velmar-gazette-clash",
        "oskaran-radio-denial",
        "halden-wire-correction",
        "kestrian-monitor-talks",
    ]
    assert [copy.article.source for copy in note.sources[0].copies] == ["Morning Ledger"]


def test_every_span_of_the_note_quotes_its_source(note: Note) -> None:
    articles = articles_of(note.sources, lake_articles())
    items = [note.bottom_line, *note.key_points, *note.escalation_signals]
    spans = [span for item in items for span in item.evidence]
    spans += [span for found in note.comparisons for s in found.statements for span in s.evidence]

    assert spans
    for span in spans:
        assert articles[span.source].text[span.start : span.end] == span.quote


def test_every_id_is_known(note: Note) -> None:
    actors, signals = {a.id for a in note.actors}, {s.id for s in note.escalation_signals}
    dated = [signal for entry in note.timeline for signal in entry.signals]

    for signal in note.escalation_signals:
        assert {*signal.actor_ids, *signal.target_ids} <= actors
    assert sorted([*dated, *note.undated]) == sorted(signals)
    assert set(note.escalation.drivers) <= signals
    for actor in note.actors:
        for member in actor.members:
            source = next(s for s in note.sources if s.id == member.source)
            assert member.id in {a.id for a in source.briefing.actors}


def test_every_actor_of_every_source_is_in_exactly_one_entry(note: Note) -> None:
    members = [(member.source, member.id) for actor in note.actors for member in actor.members]

    assert sorted(members) == sorted((s.id, a.id) for s in note.sources for a in s.briefing.actors)


def test_the_order_of_briefings_and_articles_changes_nothing(note: Note) -> None:
    other = note_from(lake_briefings()[::-1], lake_articles()[3:] + lake_articles()[:3], Scripted(echo, echo))

    assert other.model_dump(exclude=CLOCK) == note.model_dump(exclude=CLOCK)


def test_a_copy_needs_no_briefing(note: Note) -> None:
    briefings = [b for b in lake_briefings() if b.article.id != "morning-ledger-reprint"]

    other = note_from(briefings, lake_articles(), Scripted(echo, echo))

    assert other.model_dump(exclude={"provenance"}) == note.model_dump(exclude={"provenance"})


def test_a_note_survives_json(note: Note) -> None:
    assert Note.model_validate_json(note.to_json()) == note


def test_the_account_is_the_sum_of_all_briefings_and_of_the_note_itself() -> None:
    client = Scripted(echo, echo)
    note = note_from(lake_briefings(), lake_articles(), client)
    made = [briefing.provenance for briefing in lake_briefings()]

    assert note.provenance.tokens.input == sum(one.tokens.input for one in made)
    assert note.provenance.requests == sum(one.requests for one in made)
    assert note.provenance.model == "local/invented"
    assert note.provenance.engine == "invented 1"


def test_one_briefing_becomes_a_note_without_a_model() -> None:
    briefing = lake_briefings()[0]

    note = note_of(briefing)

    assert note.title == briefing.headline
    assert note.bottom_line.text == briefing.summary.bottom_line.text
    assert [p.text for p in note.key_points] == [p.text for p in briefing.summary.key_points]
    assert note.escalation == briefing.escalation
    assert [s.description for s in note.escalation_signals] == [
        s.description for s in briefing.escalation_signals
    ]
    assert [a.name for a in note.actors] == [a.name for a in briefing.actors]
    assert note.provenance == briefing.provenance


def test_a_report_and_its_reprint_are_one_source_and_no_model_is_asked() -> None:
    client = Scripted()

    note = note_from(lake_briefings()[:3:2], lake_articles()[:3:2], client, title="Shots on the lake")

    assert client.asked == []
    assert note.title == "Shots on the lake"
    assert len(note.sources) == 1
    assert note.bottom_line.text == lake_briefings()[0].summary.bottom_line.text


def test_grades_stand_only_where_the_configuration_gives_them() -> None:
    grades = Grades(outlets={"halden wire": Grade(reliability="B")})

    note = note_from(lake_briefings(), lake_articles(), Scripted(echo, echo), grades=grades)

    assert [source.grade is not None for source in note.sources] == [True, False, False, True, False]
    assert note_of(lake_briefings()[0], grades=grades).sources[0].grade == Grade(reliability="B")


def test_a_briefing_without_its_article_is_refused() -> None:
    with pytest.raises(SettingsError, match="velmar-gazette-clash"):
        note_from(lake_briefings()[:2], lake_articles()[:1], Scripted())
    with pytest.raises(SettingsError, match="briefing"):
        note_from([], lake_articles(), Scripted())


def test_the_bottom_line_starts_from_the_newest_report_and_not_from_a_corrected_number(note: Note) -> None:
    assert note.bottom_line.evidence[0].source == "d5"
    assert "five" in note.bottom_line.text
    assert note.bottom_line.verdict == "supported"
    assert 3 <= len(note.key_points) <= 6
    said = " ".join(point.text for point in note.key_points)
    assert "Six fishermen" not in said
    assert "confirmed" in said


def test_the_model_reads_claims_with_absolute_days_and_no_article() -> None:
    client = Scripted(echo, echo)
    note_from(lake_briefings(), lake_articles(), client)

    asked = client.asked[0]
    assert "agreed on June 16" in asked
    assert "on Tuesday" not in asked
    for article in lake_articles():
        assert article.sentences[-1].body not in asked


def test_a_sentence_that_fails_is_asked_for_again_with_the_reason() -> None:
    wrong = "Belmora and Oskara refused on June 16 to pull their 9,000 soldiers back from the shores of Lake Sarn."
    client = Scripted(saying(bottom=wrong), echo)

    note = note_from(lake_briefings(), lake_articles(), client)

    assert len(client.asked) == 2
    assert f"bottom failed: {wrong}" in client.asked[1]
    assert "bottom because: " in client.asked[1]
    assert note.bottom_line.verdict == "supported"
    assert note.bottom_line.text.startswith("Belmora and Oskara agreed on June 16")


def test_what_fails_twice_gives_way_to_the_claim_it_was_made_from() -> None:
    wrong = "Belmora and Oskara refused on June 16 to pull their 9,000 soldiers back from the shores of Lake Sarn."
    client = Scripted(saying(bottom=wrong), saying(bottom=wrong))

    note = note_from(lake_briefings(), lake_articles(), client)

    assert note.bottom_line.verdict == "supported"
    assert "9,000" not in note.bottom_line.text
    assert note.bottom_line.text.startswith("Belmora and Oskara agreed on June 16 to pull their forces back")


def test_a_likelihood_that_no_source_gives_is_not_published() -> None:
    wrong = "Belmora and Oskara agreed on June 16 to pull back and a new clash is highly likely."
    client = Scripted(saying(bottom=wrong), saying(bottom=wrong))

    note = note_from(lake_briefings(), lake_articles(), client)

    assert "likely" not in note.bottom_line.text


def test_an_unusable_answer_leaves_the_claims_themselves() -> None:
    note = note_from(lake_briefings(), lake_articles(), Scripted(cut_short, cut_short))

    assert note.bottom_line.verdict == "supported"
    assert note.bottom_line.text.startswith("Belmora and Oskara agreed on June 16")
    assert len(note.key_points) >= 3
    assert all(point.verdict == "supported" for point in note.key_points)


def test_a_headline_that_the_bottom_line_does_not_carry_gives_way_to_it() -> None:
    client = Scripted(saying(headline="Nine admirals resign after the lake froze over"), echo)

    note = note_from(lake_briefings(), lake_articles(), client)

    assert note.title == note.bottom_line.text.rstrip(".")


def test_a_given_title_is_the_title_and_none_is_asked_for() -> None:
    client = Scripted(echo, echo)

    note = note_from(lake_briefings(), lake_articles(), client, title="Lake Sarn, 9 to 16 June")

    assert note.title == "Lake Sarn, 9 to 16 June"
    assert "headline" not in client.asked[0]


def judged(bottom: str, *cited: int) -> Scripted:
    answer = {
        "headline": "Belmora and Oskara agree to pull back",
        "bottom": {"c": list(cited), "t": bottom},
        "points": [
            {"c": [n], "t": "Belmora recalled its ambassador from Oskara and moved about 2,000 soldiers."}
            for n in (1, 2, 3)
        ],
    }
    return Scripted(lambda _, __: answer, echo, model="openai/gpt-5-mini")


def test_a_model_that_judges_chooses_among_numbered_claims() -> None:
    client = judged("Belmora and Oskara agreed on June 16 to pull their forces back from Lake Sarn.", 1)

    note = note_from(lake_briefings(), lake_articles(), client)

    asked = client.asked[0]
    assert "[c1]" in asked
    assert "Kestrian Monitor (2026-06-16)" in asked
    assert "corrected by a later report" in asked
    assert all(point.verdict == "supported" for point in [note.bottom_line, *note.key_points])


def test_two_articles_with_nothing_in_common_are_still_one_note() -> None:
    other = Article.from_text(
        "Karvelia moved two armored brigades to its northern border on Monday. Ostrava's foreign minister said "
        "that any unit that crossed the river would be destroyed.",
        id="other",
        source="Tarsk Daily",
        published="2026-03-10",
    )

    note = note_from([by_code(other), lake_briefings()[5]], [other, lake_articles()[5]], Scripted(echo, echo))

    assert all(len(signal.reports) == 1 for signal in note.escalation_signals)
    assert not [found for found in note.comparisons if found.about != "account"]
