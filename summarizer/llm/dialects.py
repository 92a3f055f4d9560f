"""The JSON Schema of a response type, as a provider wants to be told it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from pydantic import BaseModel

from summarizer.llm.providers import Dialect

__all__ = ["response_format", "schema_for", "strict"]

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

_FORM: Final = frozenset({"anyOf", "description", "enum", "items", "properties", "required", "type"})

_LIMITS: Final = (
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
)
"""Keywords worth telling the model in words where they cannot be enforced."""


@dataclass(frozen=True, kw_only=True)
class _Subset:
    """What a provider takes of JSON Schema."""

    keywords: frozenset[str]
    refs: bool = True
    """Whether a definition may stand apart from where it is used."""
    text_enums: bool = False
    """Whether only strings may be enumerated."""


_ANTHROPIC: Final = _Subset(keywords=_FORM | {"$defs", "$ref", "additionalProperties", "const"})
"""Any limit on numbers, strings or lists makes the whole request fail."""

_GEMINI: Final = _Subset(
    keywords=_FORM | {"maxItems", "maximum", "minItems", "minimum"}, refs=False, text_enums=True
)
"""What its older form of schemas knows too; that one refuses a request with any other keyword."""

_MISTRAL: Final = _Subset(
    keywords=_FORM
    | {"$defs", "$ref", "additionalProperties", "const", "maxItems", "maximum", "minItems", "minimum"}
)
"""Limits on strings are reported to be refused."""


def response_format(shape: type[BaseModel], dialect: Dialect = "openai-strict") -> dict[str, Any]:
    """The `response_format` of a chat completion that makes a provider enforce a response type.

    Services that enforce a part of the schema want to be told so (`strict`); the others take it whole.
    """
    name = re.sub(r"[^\w-]", "_", shape.__name__)[:64]
    form = {"name": name, "schema": schema_for(shape, dialect)}
    return {"type": "json_schema", "json_schema": form if dialect == "full" else {**form, "strict": True}}


@lru_cache(maxsize=32)
def schema_for(shape: type[BaseModel], dialect: Dialect) -> Schema:
    """The part of a response type's schema that a provider enforces; nobody may change what comes back.

    Limits that are left out still hold when the reply is validated.
    """
    if dialect == "full":
        return shape.model_json_schema()
    schema = schema_for(shape, "full")
    match dialect:
        case "openai-strict":
            return strict(schema)
        case "anthropic":
            return _subset(schema, _ANTHROPIC)
        case "gemini":
            return _subset(schema, _GEMINI)
        case "mistral":
            return _subset(schema, _MISTRAL)


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


def _subset(schema: Schema, subset: _Subset) -> Schema:
    return _reduced(schema, schema.get("$defs", {}), subset, ())


def _reduced(node: Schema, definitions: Schema, subset: _Subset, open_refs: tuple[str, ...]) -> Schema:
    ref = node.get("$ref")
    if ref and (ref in open_refs or (subset.refs and len(node) == 1)):
        # A type that contains itself cannot be written out: without references, its inside is left open.
        return {"$ref": ref} if subset.refs else {"type": "object"}
    if ref:
        named = definitions[ref.rpartition("/")[2]]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _reduced({**named, **beside}, definitions, subset, (*open_refs, ref))
    node = _enumerated(node, subset)
    out: Schema = {
        key: _inside(key, value, definitions, subset, open_refs)
        for key, value in ((_spelled(key), value) for key, value in node.items())
        if key in subset.keywords
    }
    told = [f"{key}: {node[key]}" for key in _LIMITS if key in node and key not in subset.keywords]
    if told:
        out["description"] = " ".join(
            [*([out["description"]] if "description" in out else []), f"({', '.join(told)})"]
        )
    if "properties" in out:
        out["required"] = list(out["properties"])
        if "additionalProperties" in subset.keywords:
            out["additionalProperties"] = False
    return out


def _enumerated(node: Schema, subset: _Subset) -> Schema:
    """A node whose constants are in the provider's words."""
    if "const" in node and "const" not in subset.keywords:
        node = {**node, "enum": [node["const"]]}
    values = cast("list[object]", node.get("enum", []))
    if not subset.text_enums or all(isinstance(value, str) for value in values):
        return node
    shown = ", ".join(str(value) for value in values)
    words = f"{node.get('description', '')} (one of {shown})".strip()
    return {**{key: value for key, value in node.items() if key != "enum"}, "description": words}


def _inside(
    key: str, value: object, definitions: Schema, subset: _Subset, open_refs: tuple[str, ...]
) -> object:
    if key in {"$defs", "properties"}:
        named = cast("dict[str, Schema]", value)
        return {name: _reduced(child, definitions, subset, open_refs) for name, child in named.items()}
    if key == "anyOf":
        return [_reduced(child, definitions, subset, open_refs) for child in cast("list[Schema]", value)]
    if key == "items" and isinstance(value, dict):
        return _reduced(cast("Schema", value), definitions, subset, open_refs)
    return value
