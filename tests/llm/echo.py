"""What a FAKE model says to the passes of the pipeline: each passage back as it was shown, cut to the length allowed.

It holds no model and says so. What it says of an article is true of it, so the pipeline does what it does with a good
model: most claims are supported, few are asked for again.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from summarizer.testing.filling import filled

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["echoed"]

Schema = Mapping[str, Any]

_SHOWN: Final = re.compile(r'^(\w+)(?:, about "[^"]*" \((\w+)\))?: (.+)$', re.MULTILINE)
"""A passage or an event in the task of a prompt: its name, the type that was proposed, its words."""


def echoed(schema: Schema, user: str) -> dict[str, Any]:
    """An answer of the form asked for, made of the passages that the prompt shows.

    Args:
        schema: Of the answer.
        user: The prompt.
    """
    shown = {name: (kind, words) for name, kind, words in _SHOWN.findall(user.rpartition("Task:")[2])}
    shown.setdefault("headline", shown.get("bottom", ("", "Nobody says what happened")))
    definitions = schema.get("$defs", {})
    given = {
        name: _said(schema["properties"][name], definitions, *shown[name])
        for name in shown.keys() & schema["properties"].keys()
    }

    class Shape:
        @staticmethod
        def model_json_schema() -> Schema:
            return schema

    said = {name: value for name, value in given.items() if value is not None}
    return filled(cast("type[BaseModel]", Shape), said)


def _said(field: Schema, definitions: Mapping[str, Schema], kind: str, words: str) -> object:
    """A sentence, or an event with its codes; None where neither is wanted."""
    one = field.get("anyOf", [field])[0]
    if "$ref" in one:
        event = definitions[one["$ref"].rpartition("/")[2]]
        codes = {"type": kind, "direction": "ambiguous", "status": "occurred", "by": [1], "to": []}
        return {"what": _cut(words, event["properties"]["what"]), **codes}
    return _cut(words, one) if one.get("type") == "string" and "enum" not in one else None


def _cut(words: str, field: Schema) -> str:
    longest: int = field.get("maxLength", len(words))
    shorter = words if len(words) <= longest else words[: longest + 1].rpartition(" ")[0][:longest]
    return shorter.ljust(field.get("minLength", 0), ".")
