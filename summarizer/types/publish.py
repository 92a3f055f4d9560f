"""The JSON Schemas we publish, made from the models; run as a script, it writes them to `schemas/`."""

import json
from typing import Final

from pydantic import BaseModel

from summarizer.errors import SettingsError
from summarizer.resources import folder
from summarizer.types.actors import Actor
from summarizer.types.briefing import Briefing
from summarizer.types.changes import Changes
from summarizer.types.note import Note
from summarizer.types.signals import Signal

__all__ = ["PUBLISHED", "published_schema"]

PUBLISHED: Final[dict[str, type[BaseModel]]] = {
    "briefing": Briefing,
    "actor": Actor,
    "signal": Signal,
    "note": Note,
    "changes": Changes,
}


def published_schema(name: str) -> str:
    """The JSON Schema (draft 2020-12) of a published shape, as the file `schemas/NAME.schema.json` holds it.

    Raises:
        SettingsError: no such shape.
    """
    if name not in PUBLISHED:
        raise SettingsError(f"there is no schema {name!r}.", hint=f"There are {', '.join(PUBLISHED)}.")
    schema = PUBLISHED[name].model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": schema.pop("title")}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for published in PUBLISHED:
        (folder("schemas") / f"{published}.schema.json").write_text(
            published_schema(published), encoding="utf-8"
        )
