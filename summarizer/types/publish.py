"""The JSON Schemas we publish, made from the models."""

import json
from typing import Final, Literal

from pydantic import BaseModel

from summarizer.types.actors import Actor
from summarizer.types.briefing import Briefing
from summarizer.types.signals import Signal

__all__ = ["PUBLISHED", "published_schema"]

PUBLISHED: Final[dict[str, type[BaseModel]]] = {"briefing": Briefing, "actor": Actor, "signal": Signal}


def published_schema(name: Literal["briefing", "actor", "signal"]) -> str:
    """The JSON Schema (draft 2020-12) of a published shape, as the file `schemas/NAME.schema.json` holds it."""
    schema = PUBLISHED[name].model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": schema.pop("title")}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"
