"""The shapes of the note are ones that every engine enforces."""

import pytest
from pydantic import ValidationError

from summarizer.llm import check_shape
from summarizer.notes.drafts import judged_draft, restated_draft


@pytest.mark.parametrize("headline", [True, False])
def test_every_engine_can_enforce_both_shapes(*, headline: bool) -> None:
    check_shape(restated_draft({"bottom": 200, "p1": 60}, headline=headline))
    check_shape(judged_draft(30, headline=headline))


def test_a_claim_that_was_not_shown_cannot_be_cited() -> None:
    shape = judged_draft(2, headline=False)
    sentence = {"c": [1], "t": "Belmora and Oskara agreed to pull back."}

    shape.model_validate({"bottom": sentence, "points": [sentence, sentence]})
    with pytest.raises(ValidationError):
        shape.model_validate({"bottom": {**sentence, "c": [3]}, "points": [sentence, sentence]})
    with pytest.raises(ValidationError):
        shape.model_validate({"bottom": {**sentence, "c": []}, "points": [sentence, sentence]})


def test_a_restatement_is_about_as_long_as_its_passage() -> None:
    shape = restated_draft({"bottom": 200}, headline=False)

    shape.model_validate({"bottom": "x" * 190})
    for length in (40, 230):
        with pytest.raises(ValidationError):
            shape.model_validate({"bottom": "x" * length})
