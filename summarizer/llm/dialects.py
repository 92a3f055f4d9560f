"""The JSON Schema of a response type, as a provider wants to be told it."""

import re
from typing import Any, Final, cast

from pydantic import BaseModel

__all__ = ["response_format", "strict"]

Schema = dict[str, Any]

_ENFORCED: Final = frozenset(
    {
        "$defs",
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "description",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minimum",
        "multipleOf",
        "pattern",
        "properties",
        "required",
        "type",
    }
)
"""Keywords of OpenAI's structured outputs; any other makes the whole request fail."""


def response_format(shape: type[BaseModel]) -> dict[str, Any]:
    """The `response_format` that makes OpenAI enforce a response type (`strict`)."""
    schema = strict(shape.model_json_schema())
    return {
        "type": "json_schema",
        "json_schema": {
            "name": re.sub(r"[^\w-]", "_", shape.__name__)[:64],
            "schema": schema,
            "strict": True,
        },
    }


def strict(schema: Schema) -> Schema:
    """The part of a schema that OpenAI enforces: every field required, nothing unknown.

    Limits that are left out, such as `maxLength`, still hold when the reply is validated.
    """
    return _strict(schema, schema.get("$defs", {}), ())


def _strict(node: Schema, definitions: Schema, open_refs: tuple[str, ...]) -> Schema:
    ref = node.get("$ref")
    if ref in open_refs or (ref and len(node) == 1):
        # Words beside a reference are lost only where the type contains itself.
        return {"$ref": ref}
    if ref:
        named = definitions[ref.rpartition("/")[2]]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _strict({**named, **beside}, definitions, (*open_refs, ref))
    kept = {_spelled(key): value for key, value in node.items() if _spelled(key) in _ENFORCED}
    out: Schema = {key: _inner(key, value, definitions, open_refs) for key, value in kept.items()}
    if "properties" in out:
        out["required"] = list(out["properties"])
        out["additionalProperties"] = False
    return out


def _inner(key: str, value: object, definitions: Schema, open_refs: tuple[str, ...]) -> object:
    if key in {"$defs", "properties"}:
        named = cast("dict[str, Schema]", value)
        return {name: _strict(child, definitions, open_refs) for name, child in named.items()}
    if key == "anyOf":
        return [_strict(child, definitions, open_refs) for child in cast("list[Schema]", value)]
    if key == "items" and isinstance(value, dict):
        return _strict(cast("Schema", value), definitions, open_refs)
    return value


def _spelled(key: str) -> str:
    # Pydantic writes a union with a discriminator as oneOf; the branches exclude each other anyway.
    return "anyOf" if key == "oneOf" else key
