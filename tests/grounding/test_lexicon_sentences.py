"""What the lexicon proposes for one sentence: the right type, mode and direction, and how sure it is. All sentences are made up."""

import pytest

from summarizer.article import Article
from summarizer.grounding.proposals import Proposal, propose
from tests.grounding.plain_sentences import PLAIN

REST = " That was all that anyone would say about it for the rest of the day."
"""Makes one sentence long enough for an article."""


def best(sentence: str) -> Proposal:
    """The surest proposal for a sentence."""
    found = [p for p in propose(Article.from_text(sentence + REST)) if p.sentence == 1]
    assert found, sentence
    return max(found, key=lambda p: p.score)


@pytest.mark.parametrize(("sentence", "types", "mode", "direction"), PLAIN)
def test_a_plain_sentence_gets_its_type_mode_and_direction(
    sentence: str, types: str, mode: str | None, direction: str | None
) -> None:
    """Several types where PLOVER allows several; no mode or direction where the sentence leaves it open."""
    found = best(sentence)
    assert found.event_type in types.split()
    assert mode is None or found.mode == mode
    assert direction is None or found.direction == direction


@pytest.mark.parametrize(
    "sentence",
    [
        "The harvest was good this year and prices fell.",
        "The minister suffered a heart attack on Monday.",
        "She studied law in the capital and later taught there.",
        "The two teams drew 2-2 in the final.",
        "The plan strikes a balance between cost and speed.",
        "The spokesman declined to comment.",
    ],
)
def test_what_only_sounds_like_an_event_is_not_proposed(sentence: str) -> None:
    found = [p for p in propose(Article.from_text(sentence + REST)) if p.sentence == 1]
    assert not [p for p in found if p.score > 0.3]


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("The kingdom agreed to withdraw its garrison from the island.", "CONCEDE"),
        ("The kingdom refused to withdraw its garrison from the island.", "REJECT"),
        ("The council demanded that the kingdom withdraw its garrison.", "REQUEST"),
        ("The general threatened to bomb the dam.", "THREATEN"),
        ("The envoy called for sanctions on the shipping lines.", "REQUEST"),
        ("The envoy was accused of bombing the dam.", "ACCUSE"),
    ],
)
def test_what_governs_decides_the_type_of_what_it_governs(sentence: str, event_type: str) -> None:
    """Agreed to withdraw is one concession, not an agreement and a retreat."""
    assert best(sentence).event_type == event_type


def test_condemning_an_attack_leaves_the_attack_an_event_of_its_own() -> None:
    found = propose(Article.from_text("The bloc condemned the missile attack on the ferry terminal." + REST))
    assert {p.event_type for p in found} >= {"ACCUSE", "ASSAULT"}


def test_a_meeting_to_come_is_an_agreement_and_one_that_was_is_not() -> None:
    assert best("The two ministers held talks in Oslo.").event_type == "CONSULT"
    assert best("The two ministers will hold talks in Oslo next week.").event_type == "AGREE"


def test_force_on_a_condition_is_a_threat() -> None:
    found = best("The army will attack the port if the tanker is not returned.")
    assert (found.event_type, found.modality) == ("THREATEN", "threatened")


def test_one_country_exercises_alone_and_two_together_cooperate() -> None:
    assert best("The navy began a live-fire exercise near the cape.").event_type == "MOBILIZE"
    assert best("The navy began a joint exercise with its ally near the cape.").event_type == "COOPERATE"


def test_arms_are_aid_that_escalates_and_bread_is_aid_that_does_not() -> None:
    assert best("Meridia sent rocket launchers to the rebels.").direction == "escalatory"
    assert (
        best("Meridia sent flour and blankets to the refugees as humanitarian aid.").direction
        == "de_escalatory"
    )


def test_a_denial_points_away_from_escalation() -> None:
    found = propose(Article.from_text("The army said it did not shell the monastery." + REST))
    assert [(p.event_type, p.modality, p.direction) for p in found] == [
        ("ASSAULT", "denied", "de_escalatory")
    ]


def test_other_types_found_in_the_sentence_are_alternatives() -> None:
    found = best("The general threatened to bomb the dam.")
    assert "ASSAULT" in found.alternatives
    assert found.event_type not in found.alternatives


def test_history_and_captions_count_less_than_news() -> None:
    news = best("Rebels shelled the harbour on Monday.")
    history = best("Rebels shelled the harbour twenty years ago.")
    caption = best("FILE - Rebels are seen after they shelled the harbour on Monday.")
    assert history.score < 0.7 * news.score
    assert caption.score < 0.5 * news.score
