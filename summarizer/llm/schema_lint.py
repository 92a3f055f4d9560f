"""Says before the first request whether an engine can enforce a response type.

A grammar engine that cannot compile a schema answers as if none had been given, so what it does not know is
refused here, with the place.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, cast

from pydantic import BaseModel

from summarizer.errors import UnsupportedSchema
from summarizer.llm.dialects import schema_for

__all__ = ["check", "check_schema"]

Schema = dict[str, Any]

_IGNORED: Final = frozenset(
    {
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "maxContains",
        "minContains",
        "not",
        "patternProperties",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
    }
)
"""Keywords that one engine or another passes over in silence."""

_LOOK_AROUND: Final = re.compile(r"(?<!\\)(?:\\\\)*\(\?<?[=!]")

_ONE: Final = ("additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS: Final = ("$defs", "definitions", "properties", "patternProperties", "dependentSchemas")


@lru_cache(maxsize=32)
def check(shape: type[BaseModel]) -> None:
    """Refuse a response type that an engine would not enforce as it stands.

    Raises:
        UnsupportedSchema: names the place in the JSON Schema, as a JSON path.
    """
    try:
        check_schema(schema_for(shape, "full"))
    except UnsupportedSchema as error:
        raise UnsupportedSchema(f"{shape.__name__}: {error}") from None


def check_schema(schema: Schema) -> None:
    """Refuse a JSON Schema that an engine would not enforce as it stands.

    Raises:
        UnsupportedSchema: names the place, as a JSON path.
    """
    places = list(_places(schema, "$"))
    for path, node in places:
        for problem in _problems(node):
            raise UnsupportedSchema(f"at {path}: {problem}")
    if refusal := _refusal(schema):
        raise UnsupportedSchema(f"at {_blame(schema, places)}: {refusal}")


def _places(node: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    yield path, node
    for key, value in node.items():
        for step, child in _children(key, value):
            yield from _places(child, path + step)


def _children(key: str, value: object) -> Iterator[tuple[str, Schema]]:
    """The schemas directly below a keyword; a property that is called like a keyword is not one."""
    if key in _ONE and isinstance(value, dict):
        yield f".{key}", cast("Schema", value)
    elif key in _LISTS and isinstance(value, list):
        for index, child in enumerate(cast("list[object]", value)):
            if isinstance(child, dict):
                yield f".{key}[{index}]", cast("Schema", child)
    elif key in _MAPS and isinstance(value, dict):
        for name, child in cast("dict[str, object]", value).items():
            if isinstance(child, dict):
                yield f".{key}.{name}", cast("Schema", child)


def _problems(node: Schema) -> Iterator[str]:
    for keyword in sorted(_IGNORED & node.keys()):
        yield f"{keyword!r} would be ignored"
    if not str(node.get("$ref", "#")).startswith("#"):
        yield "a $ref to another document is never fetched"
    if _LOOK_AROUND.search(str(node.get("pattern", ""))):
        yield "a pattern with look-around would be ignored"
    if "properties" in node and node.get("additionalProperties") is not False:
        yield "unknown fields must be forbidden (extra='forbid'), or a reply could slip into them"


def _refusal(schema: Schema) -> str:
    """What the grammar compiler says against a schema; empty when nothing."""
    from llguidance import LLMatcher

    try:
        grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema))
    except ValueError as error:
        return " ".join(str(error).split())
    _, messages = LLMatcher.validate_grammar_with_warnings(grammar)
    return " ".join(" ".join(messages).split())


def _blame(schema: Schema, places: list[tuple[str, Schema]]) -> str:
    """The deepest place that the compiler refuses even on its own."""
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    refused = [path for path, node in places if _refusal({**definitions, **node})]
    # Whatever contains the culprit is refused with it, so the deepest one is it.
    return max(refused, key=lambda path: path.count("."), default="$")
