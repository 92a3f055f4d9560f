"""The forms that a model fills in can be enforced, whatever the code has found."""

import pytest

from summarizer.llm import schema_lint
from summarizer.types.drafts import actors_draft, signals_draft


@pytest.mark.parametrize("found", [0, 1, 40])
def test_the_forms_of_a_model_that_judges_can_be_enforced_for_any_number_of_actors(found: int) -> None:
    for shape in (
        actors_draft(found, unsure=range(1, found + 1), sentences=9, judges=True),
        signals_draft(["s1"], actors=found, sentences=9, judges=True),
    ):
        schema_lint.check(shape)


def test_each_event_has_a_form_under_its_own_name_and_all_are_alike() -> None:
    schema = signals_draft(["s1", "s4", "s4b"], actors=5, sentences=9, judges=True).model_json_schema()
    assert list(schema["$defs"]) == ["More", "S1", "S4", "S4B"]
    for name in ("s1", "s4", "s4b"):
        assert schema["properties"][name]["anyOf"] == [{"$ref": f"#/$defs/{name.upper()}"}, {"type": "null"}]
        assert schema["$defs"][name.upper()].pop("title") == name.upper()
    assert schema["$defs"]["S1"] == schema["$defs"]["S4"] == schema["$defs"]["S4B"]


def test_a_form_without_events_asks_only_for_what_was_missed() -> None:
    schema = signals_draft([], actors=5, sentences=9, judges=True).model_json_schema()
    assert (list(schema["$defs"]), list(schema["properties"])) == (["More"], ["more"])
