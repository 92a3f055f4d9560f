"""A scripted model answers a whole briefing, and says what a script lacks."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from summarizer.article import Article
from summarizer.errors import CassetteError, Refused
from summarizer.llm import Journal, ModelRef
from summarizer.llm.stand_in import stand_in
from summarizer.pipeline import brief_article
from summarizer.prompting import PromptLibrary
from summarizer.testing import ScriptedModel
from summarizer.testing.filling import filled
from summarizer.types.drafts import actors_draft, revision_draft, signals_draft, summary_draft

TEXT = (
    "Port Merrin closed its harbour on Friday after two ships collided in fog. "
    "The transport minister, Ada Quist, said that nobody was hurt and that the harbour would open on Monday."
)


class City(BaseModel):
    """What the scripts answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    city: str
    year: int


def ask(model: ScriptedModel, name: str = "where", **options: Any) -> City:
    reply = asyncio.run(model.ask("Be brief.", "Where?", City, name=name, max_tokens=9, **options))
    return reply.value


LISBON, KOBE = City(city="Lisbon", year=1755), City(city="Kobe", year=1995)


def test_drafts_are_said_in_turn_and_then_the_script_has_ended() -> None:
    model = ScriptedModel([LISBON, {"city": "Kobe", "year": 1995}])

    assert [ask(model), ask(model)] == [LISBON, KOBE]
    with pytest.raises(CassetteError, match=r"no draft for question 3, which is the pass 'where'") as caught:
        ask(model)
    assert "city, year" in caught.value.hint


def test_drafts_by_pass_do_not_depend_on_the_order_and_the_last_one_stays() -> None:
    model = ScriptedModel({"when": KOBE, "where": [LISBON, KOBE]})

    assert [ask(model), ask(model, "when"), ask(model), ask(model), ask(model, "when")] == [
        *[LISBON, KOBE, KOBE],
        *[KOBE, KOBE],
    ]


def test_an_error_is_raised_in_place_of_an_answer() -> None:
    model = ScriptedModel([Refused("no"), LISBON])

    with pytest.raises(Refused):
        ask(model)
    assert ask(model) == LISBON


def test_a_draft_that_does_not_fit_names_the_field_and_the_pass() -> None:
    with pytest.raises(CassetteError, match=r"the draft for the pass 'where' does not fit: year: ") as caught:
        ask(ScriptedModel([{"city": "Lisbon", "year": "long ago"}]))

    assert "fill=True" in caught.value.hint


@pytest.mark.parametrize("script", [["x"], "x", 5, {"where": "x"}, {"where": [{"city": "Lisbon"}, 5]}])
def test_what_is_no_draft_is_refused_before_anything_is_asked(script: Any) -> None:
    with pytest.raises(CassetteError, match=r"the script holds .*, which is no draft") as caught:
        ScriptedModel(script)

    assert "A draft is a dict" in caught.value.hint


def test_what_it_was_asked_is_kept_and_costs_nothing() -> None:
    model, journal = ScriptedModel([LISBON]), Journal()
    ask(model, journal=journal)

    (asked,) = model.asked
    assert (asked.name, asked.user, asked.shape) == ("where", "Where?", City)
    assert [row.name for row in journal.rows] == [row.name for row in model.journal] == ["where"]
    assert model.usage.cost_usd == 0
    assert model.usage.requests == 1


def test_it_stands_in_only_inside_its_block() -> None:
    with ScriptedModel([LISBON]) as outer:
        with ScriptedModel([KOBE]) as inner:
            assert stand_in() is inner
        assert stand_in() is outer

    assert stand_in() is None


@pytest.mark.parametrize("model", ["scripted/model", "local/any"])
def test_a_whole_briefing_can_be_made_up(model: str) -> None:
    """Nothing is scripted but the bottom line: the rest is the smallest answer of each pass."""
    script = ScriptedModel(
        {"summary": {"bottom": "Port Merrin closed its harbour on Friday after two ships collided in fog."}},
        fill=True,
        model=model,
    )

    briefing = asyncio.run(brief_article(Article.from_text(TEXT), script, PromptLibrary()))

    assert script.ref == ModelRef(*model.split("/"))
    assert briefing.provenance.model == model
    assert (
        briefing.summary.bottom_line.text
        == "Port Merrin closed its harbour on Friday after two ships collided in fog."
    )
    assert briefing.summary.bottom_line.verdict == "supported"
    assert "summary" in {asked.name for asked in script.asked}


@given(
    st.dictionaries(st.sampled_from(["bottom", "s2", "s3", "s4b"]), st.integers(1, 900), min_size=1),
    st.integers(1, 40),
    st.booleans(),
)
def test_every_form_that_a_pass_asks_for_can_be_filled(
    passages: dict[str, int], sentences: int, judges: bool
) -> None:
    shapes = [
        summary_draft(passages, sentences=sentences, judges=judges, headline=True),
        actors_draft(3, unsure=[1, 3], sentences=sentences, judges=judges),
        signals_draft(list(passages), actors=2, sentences=sentences, judges=judges),
        revision_draft(list(passages)),
    ]
    for shape in shapes:
        assert shape.model_validate(filled(shape, {}))


def test_what_is_given_stays() -> None:
    shape = revision_draft(["c1", "c2"])

    assert filled(shape, {"c2": "Given, and long enough."})["c2"] == "Given, and long enough."
