"""The schema as OpenAI's strict mode wants it."""

import copy
from typing import Any, Literal

import pytest
from openai.lib._pydantic import _ensure_strict_json_schema  # pyright: ignore[reportPrivateUsage]
from pydantic import BaseModel, ConfigDict, Field

from summarizer.llm.dialects import response_format, strict
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
