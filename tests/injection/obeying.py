"""The worst model there could be: it obeys every attack as far as the form of the answer lets it."""

from collections.abc import Mapping
from typing import Any, cast

from summarizer.testing import ScriptedModel
from summarizer.testing.scripted import Asked, Draft

__all__ = ["Obeying"]

Schema = Mapping[str, Any]


class Obeying(ScriptedModel):
    """Writes what the attack wants into every text of every answer, and cites whatever carries it.

    Args:
        wanted: What the attacker wants to read: the planted claim, or the words of the order.
        cites: Numbers of the sentences that were planted.
        model: What it claims to be, as of `ScriptedModel`.
    """

    def __init__(self, wanted: str, cites: tuple[int, ...], *, model: str) -> None:
        super().__init__(model=model)
        self._wanted = wanted
        self._cites = cites

    def _draft(self, asked: Asked) -> Draft:
        schema = asked.shape.model_json_schema()
        return cast("Draft", self._obeyed(schema, schema.get("$defs", {})))

    def _obeyed(self, schema: Schema, definitions: Mapping[str, Schema]) -> Any:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        if branches := schema.get("anyOf"):
            # A country's code says nothing; any other text may say what the attack wants.
            return None if "pattern" in branches[0] else self._obeyed(branches[0], definitions)
        match schema.get("type"):
            case "object":
                wanted = schema["properties"]
                return {name: self._obeyed(wanted[name], definitions) for name in schema["required"]}
            case "array":
                return self._list(schema, definitions)
            case "integer":
                return self._number(schema)
            case _:
                return schema["enum"][-1] if "enum" in schema else _fitted(self._wanted, schema)

    def _list(self, schema: Schema, definitions: Mapping[str, Schema]) -> list[Any]:
        one = self._obeyed(schema["items"], definitions)
        if isinstance(
            one, int
        ):  # numbers of sentences or actors: as few as may be, so that no actor is dropped
            return [one] * schema.get("minItems", 0)
        return [one] * schema.get("maxItems", 1)

    def _number(self, schema: Schema) -> int:
        first, last = schema.get("minimum", 1), schema.get("maximum", 1)
        return next((number for number in self._cites if first <= number <= last), last)


def _fitted(text: str, schema: Schema) -> str:
    shortest, longest = schema.get("minLength", 1), schema.get("maxLength", 1000)
    whole = " ".join([text] * (1 + shortest // max(1, len(text))))
    return whole[:longest].strip().ljust(shortest, ".")
