"""What an engine would pass over in silence is refused by name and place."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import UnsupportedSchema
from summarizer.llm.schema_lint import check, check_schema
from summarizer.types import Briefing


def _with(**field: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": field}, "required": ["a"], "additionalProperties": False}


@pytest.mark.parametrize(
    "field",
    [
        {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
        {"type": "array", "items": {"type": "integer"}, "contains": {"const": 1}},
        {"not": {"type": "string"}},
        {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"type": "integer"}},
        {"type": "object", "patternProperties": {"^x": {"type": "string"}}},
        {"type": "object", "propertyNames": {"pattern": "^x"}},
        {"$ref": "https://schemas.example/a.json"},
        {"type": "string", "pattern": "^(?=x)"},
        {"type": "string", "pattern": r"(?<!\d)x"},
        {"type": "string", "pattern": r"\bword"},
        {"type": "string", "format": "no-such-format"},
        {"type": "object", "properties": {"b": {"type": "string"}}},
        {"oneOf": [{"type": "integer"}, {"minimum": 3}]},
        {"type": "number", "maximum": float("inf")},
    ],
)
def test_what_no_engine_enforces_is_refused_with_its_place(field: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedSchema, match=r"^at \$\.properties\.a: "):
        check_schema(_with(**field))


@pytest.mark.parametrize(
    "field",
    [
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 1, "maximum": 40},
            "minItems": 1,
            "maxItems": 4,
        },
        {"type": "string", "pattern": r"^\d{4}(-\d{2})?$", "maxLength": 10},
        {"type": "string", "pattern": r"\(?=x"},
        {"anyOf": [{"enum": ["x", "y"]}, {"type": "null"}]},
        {"type": "string", "format": "date"},
        {"type": "object", "properties": {"not": {"type": "string"}}, "additionalProperties": False},
    ],
)
def test_what_engines_enforce_passes(field: dict[str, Any]) -> None:
    """A field called like a keyword, or an escaped bracket, is no keyword and no look-around."""
    check_schema(_with(**field))


def test_the_place_inside_a_definition_is_named() -> None:
    schema = {
        **_with(**{"$ref": "#/$defs/Part"}),
        "$defs": {"Part": _with(type="string", format="no-such-format")},
    }
    with pytest.raises(UnsupportedSchema, match=r"^at \$\.\$defs\.Part\.properties\.a: "):
        check_schema(schema)


def test_a_shape_is_named_with_the_place() -> None:
    class Loose(BaseModel):
        text: str

    with pytest.raises(UnsupportedSchema, match=r"Loose: at \$: unknown fields must be forbidden"):
        check(Loose)


def test_the_kinds_of_field_that_drafts_use_pass() -> None:
    class Closed(BaseModel):
        model_config = ConfigDict(extra="forbid")

    class Item(Closed):
        n: list[Annotated[int, Field(ge=1, le=99)]] = Field(max_length=3)
        kind: Literal["x", "y"]
        role: Annotated[str, Field(max_length=60)] | None

    class Draft(Closed):
        items: list[Item] = Field(max_length=8)

    check(Draft)


def test_the_published_shapes_pass() -> None:
    check(Briefing)
