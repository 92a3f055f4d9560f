"""The schema as OpenAI's strict mode wants it."""

import copy
from typing import Any, Literal, cast

import pytest
from openai.lib._pydantic import _ensure_strict_json_schema  # pyright: ignore[reportPrivateUsage]
from pydantic import BaseModel, ConfigDict, Field

from summarizer.llm.dialects import response_format, schema_for, strict
from summarizer.llm.providers import Dialect
from summarizer.types import Briefing


class Leaf(BaseModel):
    """A leaf."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["x", "y"]
    text: str = Field(max_length=9, min_length=1, pattern="^[a-z]+$")
    default: int = 3


class Tree(BaseModel):
    """Refers to leaves and to itself."""

    model_config = ConfigDict(extra="forbid")

    best: Leaf = Field(description="The best of them.")
    leaves: list[Leaf] = Field(max_length=4)
    inner: "Tree | None" = None


def test_every_field_is_required_and_none_is_unknown() -> None:
    leaf = strict(Tree.model_json_schema())["$defs"]["Leaf"]
    assert leaf["required"] == ["kind", "text", "default"]
    assert leaf["additionalProperties"] is False


def test_limits_that_openai_refuses_are_left_out_and_the_others_kept() -> None:
    leaf = strict(Leaf.model_json_schema())
    assert leaf["properties"]["text"] == {"type": "string", "pattern": "^[a-z]+$"}
    assert strict(Tree.model_json_schema())["$defs"]["Tree"]["properties"]["leaves"]["maxItems"] == 4


def test_a_field_called_like_a_keyword_stays() -> None:
    assert "default" in strict(Leaf.model_json_schema())["properties"]


def test_a_description_beside_a_reference_is_kept_by_writing_the_reference_out() -> None:
    best = strict(Tree.model_json_schema())["$defs"]["Tree"]["properties"]["best"]
    assert best["description"] == "The best of them."
    assert best["properties"]["kind"]["enum"] == ["x", "y"]
    assert "$ref" not in best


def test_a_type_that_contains_itself_is_not_written_out_without_end() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node", "description": "The next."}}}
    written = strict({"$ref": "#/$defs/Node", "description": "The first.", "$defs": {"Node": node}})
    assert written["properties"]["next"] == {"$ref": "#/$defs/Node"}


@pytest.mark.parametrize("shape", [Leaf, Tree, Briefing])
def test_openais_own_client_finds_nothing_to_make_stricter(shape: type[BaseModel]) -> None:
    schema = strict(shape.model_json_schema())
    again: dict[str, Any] = copy.deepcopy(schema)
    assert _ensure_strict_json_schema(again, path=(), root=again) == schema


def test_the_name_of_a_generic_type_is_made_fit() -> None:
    named = type("Page[Leaf]", (Leaf,), {})
    assert response_format(named)["json_schema"]["name"] == "Page_Leaf_"


def keywords(schema: object) -> set[str]:
    """All words of a schema that are not names of fields or definitions."""
    if isinstance(schema, list):
        return set[str]().union(*(keywords(each) for each in cast("list[object]", schema)))
    if not isinstance(schema, dict):
        return set()
    found: set[str] = set()
    for key, value in cast("dict[str, Any]", schema).items():
        found |= {key} | keywords(list(value.values()) if key in {"properties", "$defs"} else value)
    return found


ENUMS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "year": {"const": 1755, "type": "integer"},
        "kind": {"const": "x", "type": "string"},
        "level": {"enum": [1, 2], "type": "integer", "description": "How far."},
    },
}


class Enumerated(BaseModel):
    """Speaks only through its schema."""

    @classmethod
    def model_json_schema(cls, *_: object, **__: object) -> dict[str, Any]:
        """The schema that the test is about."""
        return ENUMS


@pytest.mark.parametrize("shape", [Leaf, Tree, Briefing])
def test_anthropic_is_sent_none_of_the_limits_that_it_refuses(shape: type[BaseModel]) -> None:
    limits = {"maxItems", "minItems", "maxLength", "minLength", "maximum", "minimum", "pattern"}
    assert not keywords(schema_for(shape, "anthropic")) & limits


def test_limits_that_are_not_enforced_are_told_in_words() -> None:
    tree = schema_for(Tree, "anthropic")["$defs"]["Tree"]["properties"]
    assert tree["leaves"]["description"] == "(maxItems: 4)"
    text = schema_for(Leaf, "anthropic")["properties"]["text"]
    assert text == {"type": "string", "description": "(maxLength: 9, minLength: 1, pattern: ^[a-z]+$)"}


def test_anthropics_own_client_finds_nothing_more_to_take_out() -> None:
    transform = pytest.importorskip("anthropic").transform_schema
    schema = schema_for(Tree, "anthropic")
    again = transform(copy.deepcopy(schema))
    assert keywords(again) == keywords(schema)
    assert again["$defs"]["Tree"]["properties"]["leaves"] == schema["$defs"]["Tree"]["properties"]["leaves"]


@pytest.mark.parametrize("shape", [Leaf, Tree])
def test_gemini_is_sent_no_reference_and_no_keyword_that_it_refuses(shape: type[BaseModel]) -> None:
    refused = {"$ref", "$defs", "const", "additionalProperties", "title", "default", "pattern", "maxLength"}
    assert not keywords(schema_for(shape, "gemini")) & refused


def test_gemini_enumerates_texts_only_and_is_told_other_choices() -> None:
    sent = schema_for(Enumerated, "gemini")["properties"]
    assert sent["kind"] == {"type": "string", "enum": ["x"]}
    assert sent["year"] == {"type": "integer", "description": "(one of 1755)"}
    assert sent["level"] == {"type": "integer", "description": "How far. (one of 1, 2)"}


def test_mistral_keeps_the_limits_on_numbers_and_lists() -> None:
    tree = schema_for(Tree, "mistral")["$defs"]["Tree"]["properties"]
    assert tree["leaves"]["maxItems"] == 4
    assert "maxLength" not in keywords(schema_for(Tree, "mistral"))


@pytest.mark.parametrize("dialect", ["openai-strict", "anthropic", "gemini", "mistral"])
def test_every_field_is_required_in_every_dialect(dialect: Dialect) -> None:
    assert schema_for(Leaf, dialect)["required"] == ["kind", "text", "default"]


def test_a_schema_is_sent_whole_where_all_of_it_is_understood() -> None:
    assert schema_for(Leaf, "full") == Leaf.model_json_schema()
