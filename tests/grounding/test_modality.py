"""Modality: the nearest cue in the trigger's clause decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.modality import modality_at, modality_of
from summarizer.types.signals import Modality


@pytest.mark.parametrize(
    ("sentence", "trigger", "modality"),
    [
        ("Rebels shelled the harbour at dawn.", "shelled", "occurred"),
        ("The two brigades crossed the river on Monday.", "crossed", "occurred"),
        ("The army is shelling the harbour.", "shelling", "ongoing"),
        ("The army has been shelling the harbour for weeks.", "shelling", "ongoing"),
        ("Talks between the two sides continue in Oslo.", "Talks", "ongoing"),
        ("The navy continued to blockade the port.", "blockade", "ongoing"),
        ("The army will shell the harbour, he said.", "shell", "planned"),
        ("The kingdom plans to send two frigates.", "send two frigates", "planned"),
        ("The ministers are to meet in spring.", "meet", "planned"),
        ("The general said reinforcements would arrive on Friday.", "arrive", "planned"),
        ("The militia threatened to shell the harbour.", "shell", "threatened"),
        ("The general vowed to strike the bridge.", "strike", "threatened"),
        ("Velnia accused the rebels of shelling the harbour.", "shelling", "alleged"),
        ("The rebels reportedly shelled the harbour.", "shelled", "alleged"),
        ("The militia claimed it had captured the airfield.", "captured", "alleged"),
        ("The army denied shelling the harbour.", "shelling", "denied"),
        ("The army did not shell the harbour.", "shell", "denied"),
        ("There is no evidence of an attack on the ship.", "attack", "denied"),
        ("The army could shell the harbour.", "shell", "hypothetical"),
        ("Analysts fear an attack on the dam.", "attack", "hypothetical"),
        ("If the rebels shell the harbour, ships will leave.", "shell", "hypothetical"),
    ],
)
def test_the_cue_in_the_clause_decides(sentence: str, trigger: str, modality: Modality) -> None:
    assert modality_of(sentence, trigger) == modality


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("He denied the report after rebels shelled the harbour.", "shelled"),
        ("The plan was dropped; rebels shelled the harbour.", "shelled"),
        ("Rebels not only shelled the harbour but also mined it.", "shelled"),
        ("The guns, which could reach the city, fell silent when the rebels shelled the harbour.", "shelled"),
    ],
)
def test_a_cue_in_another_clause_does_not_count(sentence: str, trigger: str) -> None:
    assert modality_of(sentence, trigger) == "occurred"


def test_one_auxiliary_serves_two_verbs() -> None:
    assert modality_of("The army will encircle and shell the harbour.", "shell") == "planned"


def test_the_nearest_of_several_cues_wins() -> None:
    """Plans are reported as alleged: what stands next to the trigger is what the trigger takes."""
    assert modality_of("The army denied that it plans to shell the harbour.", "shell") == "planned"


def test_without_the_trigger_the_whole_sentence_is_judged() -> None:
    assert modality_of("The army will shell the harbour.", "not in it") == "planned"
    assert modality_of("The army shelled the harbour.", "") == "occurred"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_place_in_any_text_has_a_modality(text: str, start: int, end: int) -> None:
    assert modality_at(text, min(start, end), max(start, end))
