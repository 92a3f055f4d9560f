"""The smallest instance of a response type, around the parts that a test cares about."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

__all__ = ["filled", "least"]

FILLER = "This sentence was made up by a test. "

Schema = Mapping[str, Any]


def filled(shape: type[BaseModel], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, and for every other required field the smallest value that its schema allows."""
    return {**least(shape.model_json_schema()), **given}


def least(schema: Schema) -> dict[str, Any]:
    """The smallest object that a schema allows."""
    return cast("dict[str, Any]", _value(schema, schema.get("$defs", {})))


def _value(schema: Schema, definitions: Mapping[str, Schema]) -> Any:
    if "$ref" in schema:
        return _value(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if branches := schema.get("anyOf", schema.get("oneOf")):
        # Nothing is less than any something.
        empty = any(branch.get("type") == "null" for branch in branches)
        return None if empty else _value(branches[0], definitions)
    return _of_type(schema, definitions)


def _of_type(schema: Schema, definitions: Mapping[str, Schema]) -> Any:
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", ())
            return {name: _value(schema["properties"][name], definitions) for name in wanted}
        case "array":
            return [_value(schema["items"], definitions)] * schema.get("minItems", 0)
        case "string":
            return _text(schema.get("minLength", 1), schema.get("maxLength"))
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        case "boolean":
            return False
        case _:
            return None


def _text(shortest: int, longest: int | None) -> str:
    text = FILLER * (1 + shortest // len(FILLER))
    return text[: longest or len(text)].strip().ljust(shortest, ".")
