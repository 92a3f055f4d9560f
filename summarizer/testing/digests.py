"""Digests of what shapes a request: prompts, schemas, codebook, model, settings; and which of them have changed.

A digest leaves out what no model sees: comments of templates and tables, line endings. It is taken of templates
and of response types on made-up articles, so it tells that a part has changed, not what that did to one request.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from summarizer.errors import SettingsError
from summarizer.llm import PROVIDERS, ModelRef
from summarizer.llm.dialects import strict
from summarizer.llm.providers import wording
from summarizer.prompting import SUFFIX
from summarizer.resources import folder
from summarizer.types.base import Model

if TYPE_CHECKING:
    from summarizer.types.drafts import Draft

__all__ = ["NOTE", "NOTE_DRAFTS", "Digests", "changed", "digests_of"]

SHOWN = 16
"""Hexadecimal digits kept of a digest: a collision by accident is out of the question."""

GONE = "gone"
"""Stands for what was there when the recording was made, and is not any more."""

NOTE, NOTE_DRAFTS = "note", frozenset({"judgednote", "restatednote"})
"""The pass that writes the head of a note, and the types that it wants filled in, in small letters."""

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_INCLUDED = re.compile(r"""\{%-?\s*(?:include|import|from|extends)\s+["']([^"']+)["']""")


class Digests(Model):
    """What the requests of one run were made of."""

    prompts: dict[str, str] = Field(default_factory=dict[str, str])
    """Digest of the templates of each pass."""
    schemas: dict[str, str] = Field(default_factory=dict[str, str])
    """Digest of the response type of each pass, as far as it is known here."""
    codebook: str
    model: str | None = None
    """Digest of the pinned model file; None for a model served elsewhere."""
    settings: str


def digests_of(model: ModelRef, overlay: Path | None, passes: Iterable[str]) -> Digests:
    """The digests as they are now.

    Args:
        model: The model.
        overlay: Templates that come before ours.
        passes: The passes that were asked.
    """
    from summarizer.pipeline import strategy_for

    asked = sorted(passes)
    judges = strategy_for(model).judges
    shapes = {name: shape for name in asked if (shape := _shape(name, judges=judges))}
    return Digests(
        prompts={name: _prompt(name, overlay) for name in asked if _is_pass(name, overlay)},
        schemas={name: _schema(shape) for name, shape in shapes.items()},
        codebook=_table(folder("schemas") / "codebook.toml"),
        model=_model_file(model),
        settings=_settings(model),
    )


def changed(then: Digests, now: Digests) -> list[str]:
    """What differs, in words: `prompt summary`, `schema signals`, `codebook`, `model file`, `settings`."""
    found = [
        *_differing("prompt", then.prompts, now.prompts),
        *_differing("schema", then.schemas, now.schemas),
    ]
    single = {"codebook": "codebook", "model": "model file", "settings": "settings"}
    return found + [word for name, word in single.items() if getattr(then, name) != getattr(now, name)]


def _differing(kind: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    return (f"{kind} {name}" for name, digest in then.items() if now.get(name, GONE) != digest)


def _homes(overlay: Path | None) -> list[Path]:
    return [home for home in (overlay, folder("prompts")) if home is not None]


def _template(name: str, overlay: Path | None) -> str | None:
    found = next((home / name for home in _homes(overlay) if (home / name).is_file()), None)
    return None if found is None else _COMMENT.sub("", found.read_text(encoding="utf-8"))


def _is_pass(name: str, overlay: Path | None) -> bool:
    return _template(f"{name}.user{SUFFIX}", overlay) is not None


def _prompt(name: str, overlay: Path | None) -> str:
    texts: dict[str, str] = {}
    waiting = [f"{name}.system{SUFFIX}", f"{name}.user{SUFFIX}"]
    while waiting:
        part = waiting.pop()
        if part not in texts:
            texts[part] = _template(part, overlay) or GONE
            waiting += _INCLUDED.findall(texts[part])
    return _digest(texts)


def _shape(name: str, *, judges: bool) -> "type[Draft] | None":
    """The response type of a pass over an article that never was."""
    from summarizer.notes.drafts import judged_draft, restated_draft
    from summarizer.types.drafts import actors_draft, revision_draft, signals_draft, summary_draft

    match name:
        case "summary":
            return summary_draft({"bottom": 90, "s2": 400}, sentences=9, judges=judges, headline=True)
        case "actors":
            return actors_draft(3, unsure=[2], sentences=9, judges=judges)
        case "signals":
            return signals_draft(["s2"], actors=3, sentences=9, judges=judges)
        case "revision":
            return revision_draft(["c1"])
        case "note":
            few = {"bottom": 90, "p1": 400}
            return judged_draft(5, headline=True) if judges else restated_draft(few, headline=True)
        case _:
            return None


def _schema(shape: "type[Draft]") -> str:
    schema = shape.model_json_schema()
    return _digest([schema, strict(schema)])


def _table(path: Path) -> str:
    return _digest(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else GONE


def _model_file(model: ModelRef) -> str | None:
    from summarizer.llm.local.models import find

    if model.provider != "local":
        return None
    try:
        return find(model.name).sha256[:SHOWN]
    except SettingsError:
        return GONE


def _settings(model: ModelRef) -> str:
    from summarizer.pipeline import strategy_for

    row, strategy = PROVIDERS.get(model.provider), strategy_for(model)
    facts: dict[str, object] = {"judges": strategy.judges, "decoding": dict(strategy.decoding)}
    if row is not None:
        words = wording(row, model.name)
        facts |= {
            "mode": row.mode,
            "dialect": row.dialect,
            "limit": words.max_tokens_field,
            "temperature": words.temperature,
        }
    return _digest(facts)


def _digest(facts: object) -> str:
    text = json.dumps(facts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:SHOWN]
