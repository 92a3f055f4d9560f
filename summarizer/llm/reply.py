"""Reads a model's reply into the response type, or says in our own words what is wrong with it."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from pydantic import BaseModel, ValidationError

from summarizer.errors import MalformedReply
from summarizer.llm.usage import Outcome
from summarizer.llm.wires.base import Said

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Reading", "correction", "read"]

T = TypeVar("T", bound=BaseModel)

_TRAILING_COMMA: Final = re.compile(r'("(?:[^"\\]|\\.)*+")|,(\s*+[}\]])')
"""A comma before a closing bracket, or a whole string, in which such a comma is text."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that no text needs and that terminals, databases and documents stumble over."""
_MAY_HOLD_CONTROL: Final = re.compile(r"\\(?:u00|[bf])|[\x7f-\x9f]")
"""How they look in JSON."""

_SHOWN: Final = 12
"""Wrong fields that are named in one correction."""

_RULES: Final[Mapping[str, str]] = {
    "bool_type": "must be true or false",
    "enum": "must be one of {expected}",
    "extra_forbidden": "holds a field that was not asked for",
    "finite_number": "must be a finite number",
    "float_type": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "missing": "is missing",
    "model_type": "must be an object",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": "must be a string",
    "too_long": "must have at most {max_length} items",
    "too_short": "must have at least {min_length} items",
}
"""Our words for what pydantic finds; its own may quote the reply, and a reply may quote the article."""


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[T]):
    """What a reply turned out to be."""

    outcome: Outcome
    value: T | None = None
    """The answer, when the outcome is `complete` or `repaired`."""
    words: str = ""
    """What the model said instead, when it refused."""
    complaints: tuple[str, ...] = ()
    """What is wrong with it, when it is `malformed`: no word of it comes from the reply."""


def read(said: Said, shape: type[T]) -> Reading[T]:
    """Read what the model said as an answer of this shape."""
    if said.refusal:
        return Reading(outcome="refused", words=said.refusal)
    if said.finish == "filter":
        return Reading(outcome="filtered")
    if said.finish == "length":
        return Reading(outcome="truncated")
    return _read_text(said.text, shape)


def correction(complaints: tuple[str, ...]) -> str:
    """The words that follow the prompt when it is sent again."""
    lines = "\n".join(f"- {complaint}" for complaint in complaints)
    return f"\n\n<correction>\nAn earlier answer did not have the required form:\n{lines}\nGive the whole answer again, in the required form.\n</correction>"


def _read_text(text: str, shape: type[T]) -> Reading[T]:
    bare = _bare(text)
    try:
        bare = _plain(_parse(bare), bare)
        value = shape.model_validate_json(bare, strict=True)
    except MalformedReply as error:
        return Reading(outcome="malformed", complaints=(str(error),))
    except ValidationError as error:
        return Reading(outcome="malformed", complaints=_complaints(error, shape))
    except (ValueError, RecursionError):
        return Reading(outcome="malformed", complaints=("the answer is not one JSON object",))
    return Reading(outcome="complete" if bare == text.strip() else "repaired", value=value)


def _bare(text: str) -> str:
    """The one JSON object in a text, without byte order mark, code fence, words around it or trailing commas."""
    stripped = _TRAILING_COMMA.sub(r"\1\2", text.strip().removeprefix("\ufeff").strip())
    start = stripped.find("{")
    if start < 0:
        return stripped
    try:
        _, end = json.JSONDecoder().raw_decode(stripped, start)
    except (ValueError, RecursionError):
        return stripped
    around = stripped[:start] + stripped[end:]
    # Another bracket could open another answer, or hold this one: then nobody can say which is meant.
    return stripped if any(bracket in around for bracket in "{}[]") else stripped[start:end]


def _plain(data: object, text: str) -> str:
    """The JSON of `data`, which is `text`, without control characters in its strings."""
    if not _MAY_HOLD_CONTROL.search(text):
        return text
    plain = _without_controls(data)
    return text if plain == data else json.dumps(plain)


def _without_controls(data: object) -> object:
    match data:
        case str():
            return _CONTROL.sub("", data)
        case list():
            return [_without_controls(item) for item in cast("list[object]", data)]
        case dict():
            return {key: _without_controls(item) for key, item in cast("dict[str, object]", data).items()}
        case _:
            return data


def _parse(text: str) -> object:
    """Refuse JSON that means different things to different readers."""
    return json.loads(text, object_pairs_hook=_distinct, parse_constant=_no_constant, parse_float=_finite)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedReply("a field appears twice in one object")
    return found


def _no_constant(_: str) -> None:
    raise MalformedReply("NaN and Infinity are not numbers")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise MalformedReply("a number is too large")
    return value


def _complaints(error: ValidationError, shape: type[BaseModel]) -> tuple[str, ...]:
    known = frozenset(_property_names(shape.model_json_schema()))
    found = (_complaint(detail, known) for detail in error.errors(include_url=False, include_input=False))
    return tuple(dict.fromkeys(found))[:_SHOWN]


def _complaint(detail: "ErrorDetails", known: frozenset[str]) -> str:
    loc = detail["loc"]
    # The name of a field that was not asked for is the model's, so the object around it is named instead.
    shown = loc[:-1] if detail["type"] == "extra_forbidden" else loc
    place = ".".join(str(part) for part in shown if isinstance(part, int) or part in known)
    rule = _RULES.get(detail["type"], "is not valid")
    return f"{place or 'the answer'} {rule.format_map(detail.get('ctx', {}))}"


def _property_names(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        node = cast("dict[str, object]", schema)
        properties = node.get("properties")
        if isinstance(properties, dict):
            yield from cast("dict[str, object]", properties)
        for child in node.values():
            yield from _property_names(child)
    elif isinstance(schema, list):
        for child in cast("list[object]", schema):
            yield from _property_names(child)
