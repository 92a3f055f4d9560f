"""The published JSON Schemas, and the shapes behind them."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from summarizer.resources import folder
from summarizer.types import Span
from summarizer.types.publish import PUBLISHED, published_schema


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_the_schema_file_is_what_the_types_say(name: str) -> None:
    """`make schemas` writes them anew after a change of the types."""
    assert (folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8") == published_schema(name)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_the_schema_is_itself_valid_and_closed(name: str) -> None:
    schema = json.loads(published_schema(name))
    Draft202012Validator.check_schema(schema)

    objects: list[dict[str, Any]] = [schema, *schema.get("$defs", {}).values()]
    assert all(o["additionalProperties"] is False for o in objects if o.get("type") == "object")


@pytest.mark.parametrize(
    "fields",
    [
        {"sentence": 1, "start": 0, "end": 3, "quote": "four"},
        {"sentence": 0, "start": 0, "end": 4, "quote": "four"},
        {"sentence": 1, "start": -1, "end": 3, "quote": "four"},
        {"sentence": 1, "start": 0, "end": 4, "quote": "four", "page": 2},
    ],
)
def test_a_span_that_cannot_quote_what_it_says_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Span.model_validate(fields)
