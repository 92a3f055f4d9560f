"""A FAKE model for runs whose requests are posted: on loopback, one by one or in batches, it always says the same."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summarizer.runs.posting import Terms
from summarizer.testing.fake_server import FakeServer, Received, Say, completion

__all__ = ["SWIFT", "Model", "article_text", "write_articles"]

SWIFT = Terms(
    quiet_s=0.05,
    first_look_s=0.01,
    look_s=0.02,
    room_s=0.02,
    longest_room_s=0.05,
    settling_s=0.0,
    farewell_s=5.0,
)
"""For tests: nothing is waited for longer than it takes to happen."""

_PLACES = ("Varn", "Ostrel", "Kelm", "Dorrin", "Palach", "Tirsk", "Ulmen")


class Model(FakeServer):
    """Fills in the form that it is asked to fill in, differently for each prompt, and always the same for one."""

    def next(self, received: Received) -> Say:
        """Keep the request, and fill in its form."""
        super().next(received)
        body = received.body
        shape = body["response_format"]["json_schema"]["schema"]
        seed = hashlib.sha256(received.user.encode()).hexdigest()[:6]
        said = completion(json.dumps(_filled(shape, shape.get("$defs", {}), seed)))
        read = sum(len(message["content"]) for message in body["messages"]) // 4
        said["usage"] |= {"prompt_tokens": read, "total_tokens": read + 20}
        return Say(body=said)


def article_text(number: int) -> str:
    """An invented article."""
    place = _PLACES[number % len(_PLACES)]
    return (
        f"Troops of {place} crossed the river at checkpoint {number} on Monday, the interior ministry said. "
        f"President Anna Brel of {place} condemned the crossing and called up {100 + number} reservists. "
        f"Foreign minister Jon Okar met envoys of the neighbouring republic in the capital on Tuesday. "
        "Both sides agreed to hold further talks on the river border next week, a spokesman of the ministry said."
    )


def write_articles(path: Path, count: int) -> Path:
    """So many of them as a .jsonl."""
    rows = ({"id": f"a{n}", "text": article_text(n), "published": "2026-03-05"} for n in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _filled(schema: Mapping[str, Any], definitions: Mapping[str, Any], seed: str) -> Any:  # noqa: PLR0911 -- a case a kind
    if "$ref" in schema:
        return _filled(definitions[schema["$ref"].rpartition("/")[2]], definitions, seed)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][int(seed, 16) % len(schema["enum"])]
    if branches := schema.get("anyOf"):
        return _filled(branches[0], definitions, seed)
    match schema.get("type"):
        case "object":
            return {name: _filled(one, definitions, seed) for name, one in schema["properties"].items()}
        case "array":
            return [_filled(schema["items"], definitions, seed)] * schema.get("minItems", 0)
        case "string":
            return f"The ministry said that the troops crossed the river on Monday, {seed}."
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return bool(int(seed, 16) % 2)
        case _:
            return None
